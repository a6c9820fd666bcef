"""Marks in the tree what lost something when lines were blanked out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from amp_lint.text.source import Span
from amp_lint.yaml.nodes import (
    Collection,
    Entry,
    Mapping,
    Node,
    Sequence,
    Unreadable,
    is_null,
    walk,
)
from amp_lint.yaml.recovery.blanking import Cut


def mix(nodes: Iterable[Node]) -> None:
    """Mark collections in which everything may be at another place than meant."""
    for node in nodes:
        if isinstance(node, Collection):
            node.incomplete = node.mixed = True


def mark_incomplete(root: Node | None, cut: Cut, starts: list[int], offset: int) -> None:
    """Mark what lost something: of the collections that the cut lies in, follows or precedes,
    those whose children start in the cut's column; where the column fits none, all it follows.
    Behind a loose cut everything may be at another place than meant."""
    at = offset + starts[cut.first] + cut.column
    due = cut.column if cut.due is None else cut.due
    if cut.loose:
        empty = next((one for one in walk(root) if is_null(one) and one.start >= at - 2), None)
        if empty is not None and empty.start <= at and isinstance(empty.parent, Sequence):
            _lose(empty)
        mix(walk(root))
        return
    way: list[Collection] = []
    begun: list[Collection] = []
    node = root
    while isinstance(node, Collection):
        before, after = _around(node, at)
        if before is None or not before.start < at < before.end:
            way.append(node)
        if isinstance(after, Collection) and _is_begun(after, at):
            begun.append(after)
        shallow = not node.flow and _column(node, starts, offset) < due
        if before is not None and is_null(before) and shallow:
            _lose(before)
            return
        node = before
    fitting = [
        one for one in (*way, *begun) if not one.flow and _column(one, starts, offset) == due
    ]
    for one in fitting or way:
        one.incomplete = True


def mark_around(root: Node | None, span: Span, column: int, starts: list[int]) -> None:
    """Mark the collections at a place whose children start in a column or further right."""
    for node in walk(root):
        if isinstance(node, Collection) and node.start <= span.end and node.end >= span.start:
            node.incomplete = node.incomplete or node.flow or _column(node, starts, 0) >= column


def _is_begun(node: Node, at: int) -> bool:
    """Whether a value that begins behind a place is due there already: its key is above."""
    return not isinstance(node.slot, Entry) or node.slot.key.start < at


def _lose(node: Node) -> None:
    """Put in place of an empty value that what stood under it could not be read."""
    unreadable = Unreadable(node.start, node.end)
    unreadable.parent, unreadable.slot = node.parent, node.slot
    if isinstance(node.slot, Entry):
        node.slot.value = unreadable
    elif isinstance(node.parent, Sequence):
        node.parent.items[node.slot] = unreadable


def _column(node: Node, starts: list[int], offset: int) -> int:
    at = node.start - offset
    return at - starts[bisect_right(starts, at) - 1]


def _around(node: Collection, at: int) -> tuple[Node | None, Node | None]:
    """The last child that begins before an offset and the first that begins after it."""
    children: list[Node] = []
    if isinstance(node, Mapping):
        children = [entry.value for entry in node.entries]
    elif isinstance(node, Sequence):
        children = node.items
    place = bisect_left([child.start for child in children], at)
    before = children[place - 1] if place else None
    return before, children[place] if place < len(children) else None
