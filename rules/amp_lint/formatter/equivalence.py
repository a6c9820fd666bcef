"""Whether two texts say the same: values, comments, and what each suppression covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from amp_lint.formatter.stream import Page
from amp_lint.linter.suppressions import read_suppressions
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, walk
from amp_schema.lite_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """What a layout changes beyond layout: in words, and the offsets of the suppression comments
    that cover something else."""

    what: str
    suppressions: frozenset[int] = frozenset()


def difference(
    before: Document, pages: list[Page], after: Document, new_pages: list[Page]
) -> Difference | None:
    """Compare a document with a new layout of it."""
    if not after.parses:
        return Difference("the result could not be read")
    if len(pages) != len(new_pages):
        return Difference("the number of documents would change")
    for one, other in zip(pages, new_pages, strict=True):
        if not same_tree(one.root, other.root):
            return Difference("a value would change")
        if one.notes != other.notes:
            return Difference("a comment would be lost or change its place")
    pairs = zip_longest(_covered(before), _covered(after))
    moved = [old for old, now in pairs if old is None or now is None or old[1:] != now[1:]]
    if not moved:
        return None
    suppressions = frozenset(old[0] for old in moved if old is not None)
    return Difference("a suppression comment would cover something else", suppressions)


def same_tree(one: Node | None, other: Node | None) -> bool:
    """Whether two trees hold the same values, with the same tags, anchors and aliases."""
    pairs = zip_longest(walk(one), walk(other))
    return all(a is not None and b is not None and _signature(a) == _signature(b) for a, b in pairs)


def _signature(node: Node) -> tuple[object, ...]:
    if isinstance(node, Scalar):
        is_plain = not node.style
        return ("scalar", node.value, is_plain and node.kind, node.tag, node.anchor)
    if isinstance(node, Alias):
        return ("alias", node.name)
    if isinstance(node, Mapping):
        return ("mapping", len(node.entries), node.tag, node.anchor)
    assert isinstance(node, Sequence)
    return ("sequence", len(node.items), node.tag, node.anchor)


def _covered(document: Document) -> Iterator[tuple[int, object]]:
    """The offset of each suppression comment, and what it covers: its ids, whether it has a line to
    cover, and the first and last of the nodes that begin in each of its scopes, as numbers in the
    order of the text."""
    starts: list[int] = []
    for suppression in read_suppressions(document):
        if not starts:
            starts = sorted(node.start for node in walk(document.root))
        ranges = [
            (bisect_left(starts, scope.start), bisect_right(starts, scope.end))
            for scope in suppression.scopes
        ]
        names = [name.id for name in suppression.names]
        yield suppression.comment.start, (names, suppression.form, suppression.covers, ranges)
