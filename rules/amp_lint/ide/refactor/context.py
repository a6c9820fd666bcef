"""A refactoring, and the place that it is requested for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from amp_lint.manifest.model import Integration, Manifest, manifest_of
from amp_lint.manifest.view import View
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.nodes import Node, Sequence

V = TypeVar("V", bound=View)


@dataclass(frozen=True, slots=True)
class Refactoring:
    """A change that the user can choose. `edits` are in the order of the text, without overlaps."""

    title: str
    edits: Edits


@dataclass(frozen=True)
class RefactorContext:
    """A document with a selection in it, and the destinations that the configuration lists."""

    document: Document
    span: Span
    destinations: tuple[str, ...] = ()

    @cached_property
    def edit(self) -> Editor:
        """Makes the edits."""
        return Editor(self.document)

    @cached_property
    def _manifest(self) -> Manifest:
        return manifest_of(self.document.root)

    def integrations(self) -> Iterator[Integration]:
        """Yield the integrations that the selection touches."""
        return filter(self._touches, self._manifest.integrations)

    def touched(self, outer: View, items: Iterable[V]) -> Iterator[V]:
        """Return the items of a list in `outer` that the selection touches.

        An item in block style has its whole lines. An aliased item is touched at the alias.
        """
        return (item for item in items if self._touches(item) and _stands_in(item.use, outer.use))

    def refactoring(self, title: str, edits: Iterable[Edits | None]) -> Refactoring | None:
        """Return a refactoring of several edits; None if one is impossible or two overlap."""
        parts = list(edits)
        every = [edit for part in parts for edit in part or ()]
        every.sort(key=lambda edit: edit.span)
        apart = all(one.span.end <= other.span.start for one, other in pairwise(every))
        if not every or None in parts or not apart:
            return None
        return Refactoring(title, tuple(every))

    def _touches(self, item: View) -> bool:
        reach = self._reach(item)
        return reach.start <= self.span.end and self.span.start <= reach.end

    def _reach(self, item: View) -> Span:
        node, source = item.use, self.document.source
        if isinstance(node.parent, Sequence) and node.parent.flow:
            return Span(node.outer, node.end)
        first = source.line_span(source.position(node.outer).line)
        last = source.line_span(source.position(node.end).line)
        lead = source.text[first.start : node.outer]
        # A block behind a key on the same line does not have the line for itself.
        return Span(node.outer if lead.strip(" -") else first.start, last.end)


def _stands_in(node: Node, outer: Node) -> bool:
    """Return whether a node is part of another one, without aliases."""
    above: Node | None = node
    while above is not None and above is not outer:
        above = above.parent
    return above is outer
