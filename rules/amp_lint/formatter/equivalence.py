"""Whether two texts say the same: values, comments, and what each suppression covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from amp_lint.directives import read_directives
from amp_lint.document import Document, read
from amp_lint.formatter.stream import Page, read_pages
from amp_lint.source import Source
from amp_lint.tree import Alias, Mapping, Node, Scalar, Sequence, walk


def difference(before: Document, pages: list[Page], new: Source) -> str:
    """What a layout changed beyond layout, in words; empty if nothing. `pages` are those of
    `before`."""
    after = read(new)
    if not after.parses:
        return "the result could not be read"
    new_pages, _ = read_pages(after.source, after.root)
    if len(pages) != len(new_pages):
        return "the number of documents would change"
    for one, other in zip(pages, new_pages, strict=True):
        if not same_tree(one.root, other.root):
            return "a value would change"
        if [comment.text for comment in one.comments] != [it.text for it in other.comments]:
            return "a comment would be lost or change its place"
    if list(_covered(before)) != list(_covered(after)):
        return "a suppression comment would cover something else"
    return ""


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


def _covered(document: Document) -> Iterator[tuple[object, ...]]:
    """What each suppression covers: its ids, and the first and last of the nodes that begin in each
    of its scopes, as numbers in the order of the text."""
    starts: list[int] = []
    for directive in read_directives(document):
        if not starts:
            starts = sorted(node.start for node in walk(document.root))
        ranges = [
            (bisect_left(starts, scope.start), bisect_right(starts, scope.end))
            for scope in directive.scopes
        ]
        yield ([name.id for name in directive.names], directive.form, ranges)
