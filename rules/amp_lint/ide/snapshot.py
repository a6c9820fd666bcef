"""A text as whoever answers a question about it looks at it: its tree, views and way of writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from amp_lint.manifest.model import Manifest, manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.cursor import Cursor
    from amp_lint.yaml.emitter import Style
    from amp_lint.yaml.style_stats import StyleStats


@dataclass(frozen=True)
class Seen:
    """A document that was read. `habits` counts how it is written, where that is not to be counted
    in all of it."""

    document: Document
    manifest: Manifest
    habits: Callable[[], StyleStats] | None = None

    @cached_property
    def style(self) -> Style:
        """How the document is written."""
        from amp_lint.yaml.editor import Editor

        return Editor(self.document, self.habits() if self.habits is not None else None).style


class Look:
    """Looks at texts of which nothing is known."""

    def seen(self, source: Source) -> Seen:
        """What a text means."""
        document = read(source)
        return Seen(document, manifest_of(document.root))

    def cursor(self, source: Source, offset: int) -> Cursor | None:
        """What is under the caret."""
        from amp_lint.ide.cursor import cursor_at

        return cursor_at(source, offset)
