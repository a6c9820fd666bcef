"""A text that was read: its tree, its typed views, and how it is written."""

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
class DocumentSnapshot:
    """A document that was read.

    `style_stats` counts how it is written, if the counts are already known in part.
    """

    document: Document
    manifest: Manifest
    style_stats: Callable[[], StyleStats] | None = None

    @cached_property
    def style(self) -> Style:
        """How the document is written: indentation and quotes."""
        from amp_lint.yaml.editor import Editor

        stats = self.style_stats() if self.style_stats is not None else None
        return Editor(self.document, stats).style


class SnapshotReader:
    """Reads texts from the beginning; `ide.incremental` has one that reuses what is known."""

    def snapshot(self, source: Source) -> DocumentSnapshot:
        """Read a text."""
        document = read(source)
        return DocumentSnapshot(document, manifest_of(document.root))

    def cursor(self, source: Source, offset: int) -> Cursor | None:
        """Return what is under the caret at an offset (code points)."""
        from amp_lint.ide.cursor import cursor_at

        return cursor_at(source, offset)
