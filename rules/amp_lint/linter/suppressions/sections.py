"""The parts of the tree that a comment can cover: entries, and items of sequences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from operator import attrgetter

from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Mapping, Node, Scalar, Sequence, walk
from amp_schema.patterns import pattern

# A comment is taken to the end of its line or not at all, so that matching never tries parts of it.
_TO_DASH = pattern(r"(?:[ \t\r\n]|#[^\r\n]*(?![^\r\n]))*-")


class Section:
    """A part of the tree that is searched only if a suppression is in or near it.

    It reaches from `start` to the next one. `nodes` are what it holds; `outer` is the entry or item
    that they make together.
    """

    def __init__(self, text: str, start: int, nodes: list[Node], outer: Span | None) -> None:
        self.start = start
        self._text = text
        self._nodes = nodes
        self._outer = outer

    @cached_property
    def _scalars(self) -> list[Span]:
        return sorted(_uncommented(self._text, self._below()))

    @cached_property
    def _parts(self) -> list[Span]:
        outer = [] if self._outer is None else [self._outer]
        # Sorting keeps a node in front of those inside it that start at the same place.
        return sorted([*outer, *_parts(self._text, self._below())], key=attrgetter("start"))

    def _below(self) -> Iterator[Node]:
        return chain.from_iterable(map(walk, self._nodes))

    def scalar_at(self, offset: int) -> Span | None:
        """The scalar that an offset lies in."""
        before = bisect_right(self._scalars, offset, key=attrgetter("start")) - 1
        found = self._scalars[before] if before >= 0 else None
        return found if found is not None and offset < found.end else None

    def parts_in(self, line: Span) -> list[Span]:
        """The entries and items that start on a line."""
        first = bisect_left(self._parts, line.start, key=attrgetter("start"))
        behind = bisect_right(self._parts, line.end, key=attrgetter("start"))
        return self._parts[first:behind]


def sections_of(text: str, root: Node | None) -> list[Section]:
    """A tree in the order of the text: each entry at the top, and each item of a list there."""
    if not isinstance(root, Mapping):
        return [] if root is None else [Section(text, 0, [root], None)]
    found: list[Section] = []
    for entry in root.entries:
        key, value = entry.key, entry.value
        if isinstance(value, Sequence) and not value.flow:
            found.append(Section(text, entry.start, [key], entry.span))
            behind = value.start
            for item in value.items:
                outer = Span(_dash(text, behind, item.outer), item.end)
                found.append(Section(text, outer.start, [item], outer))
                behind = item.end
        else:
            found.append(Section(text, entry.start, [key, value], entry.span))
    return found


def _uncommented(text: str, nodes: Iterable[Node]) -> Iterator[Span]:
    """The stretches in which a `#` starts no comment: scalars, of block scalars what is below the
    first line."""
    for node in nodes:
        if not isinstance(node, Scalar):
            continue
        start = node.start
        if node.style in ("|", ">"):
            while start < node.end and text[start] not in "\r\n":
                start += 1
        if start < node.end:
            yield Span(start, node.end)


def _parts(text: str, nodes: Iterable[Node]) -> Iterator[Span]:
    """Every entry, and every item from its dash on."""
    for node in nodes:
        if isinstance(node, Mapping):
            for entry in node.entries:
                yield entry.span
        elif isinstance(node, Sequence):
            behind = node.start
            for item in node.items:
                start = item.outer if node.flow else _dash(text, behind, item.outer)
                yield Span(start, item.end)
                behind = item.end


def _dash(text: str, behind: int, start: int) -> int:
    """The dash of an item that starts at `start`, the one before it having ended at `behind`."""
    at = start
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    if text[at - 1 : at] == "-":
        return at - 1
    match = _TO_DASH.match(text, behind, start)
    return match.end() - 1 if match else start
