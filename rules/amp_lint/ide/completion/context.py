"""The caret and the manifest around it, as completion needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from amp_lint.ide.cursor import Cursor
from amp_lint.ide.snapshot import DocumentSnapshot, SnapshotReader
from amp_lint.manifest.model import Integration, Manifest
from amp_lint.text.source import Source
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.nodes import Node, follow

if TYPE_CHECKING:
    from amp_lint.manifest.view import V
    from amp_lint.project.snapshot import Snapshot

# How a JSON document begins: with a brace, and nothing or a quote behind it.
_JSON = re.compile(r"\s*\{\s*(?:[\"}]|\Z)")


@dataclass(frozen=True)
class CompletionContext:
    """One caret in one manifest.

    `configured` are the destinations that the configuration names, `elsewhere` those that other
    manifests use; `project` has those of the project, and more. The manifest is read without the
    word under the caret, so that an unfinished word does not break the rest.
    """

    source: Source
    cursor: Cursor
    configured: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reader: SnapshotReader = field(default_factory=SnapshotReader)
    project: Snapshot | None = None

    @property
    def line_continues(self) -> bool:
        """Whether text follows the word on its line, so that no line can be added below it."""
        end = self.cursor.word.end
        line = self.source.position(end).line
        rest = self.source.text[end : self.source.line_span(line).end]
        return not self.cursor.flow and bool(rest.strip())

    @cached_property
    def is_json(self) -> bool:
        """Whether the manifest is JSON, so that keys and strings need double quotes."""
        return self.cursor.flow and _JSON.match(self.source.text) is not None

    @property
    def tail(self) -> str:
        """What must be written behind the word: its closing quote, a space before a comment."""
        cursor = self.cursor
        return cursor.quote * cursor.unclosed + " " * (cursor.comment_follows and not cursor.quote)

    @property
    def style(self) -> Style:
        """How the manifest is written: indentation and quotes."""
        return self._snapshot.style

    @property
    def manifest(self) -> Manifest:
        """The manifest without the word under the caret."""
        return self._snapshot.manifest

    @cached_property
    def integration(self) -> Integration | None:
        """The integration around the caret; None if a syntax error hides it."""
        items = [item for item in self.manifest.places("integrations") if self._is_above(item)]
        here = self.around(self.manifest.integrations)
        return here if here is not None and items and follow(items[-1]) is here.node else None

    @property
    def provider(self) -> str:
        """The provider of the integration, empty if it has none."""
        return self._text_of("provider")

    @property
    def module(self) -> str:
        """The module of the integration, empty if it has none."""
        return self._text_of("module")

    def around(self, views: Iterable[V]) -> V | None:
        """Return the view around the caret: the last one that begins above it."""
        above = [view for view in views if self._is_above(view.node)]
        return max(above, key=lambda view: view.node.start, default=None)

    @cached_property
    def _text(self) -> Source:
        cursor, text = self.cursor, self.source.text
        if cursor.has_colon:
            return self.source
        start = cursor.word.start - len(cursor.quote)
        end = cursor.word.end
        end += not cursor.unclosed and bool(cursor.quote)
        return Source.from_text(f"{text[:start]}{' ' * (end - start)}{text[end:]}")

    @cached_property
    def _snapshot(self) -> DocumentSnapshot:
        snapshot, closers = self.reader.snapshot(self._text), self.cursor.closers
        if not closers or not snapshot.document.faults:
            return snapshot
        # An open bracket makes the whole integration unreadable. Closing it here limits the
        # damage to the rest of the line.
        text, end = self._text.text, self.cursor.prefix.end
        line = self._text.line_span(self._text.position(end).line)
        return self.reader.snapshot(Source.from_text(f"{text[:end]} {closers}{text[line.end :]}"))

    def _text_of(self, key: str) -> str:
        node = self.integration.text(key) if self.integration is not None else None
        return node.value if node is not None else ""

    def _is_above(self, node: Node) -> bool:
        return node.start <= self.cursor.prefix.end
