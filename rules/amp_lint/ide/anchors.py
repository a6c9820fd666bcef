"""Anchors, aliases and merge keys: where they lead, and where anchored text is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.node_path import Path, path_of
from amp_lint.yaml.nodes import Alias, Entry, Mapping, Node, Sequence, follow, walk

# An anchored mapping may be used within another one; deeper chains are not followed.
_MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Route:
    """A way to a node: its path, and the collections around it, the outermost first."""

    path: Path
    holders: tuple[Node, ...]


def anchored(document: Document) -> Iterator[tuple[Node, Span]]:
    """Yield each node that has an anchor, with the place of `&name`."""
    text = document.source.text
    if "&" not in text:
        return
    for node in walk(document.root):
        if node.anchor is not None and (span := anchor_span(text, node)) is not None:
            yield node, span


def anchor_span(text: str, node: Node) -> Span | None:
    """Return the place of `&name` in front of a node; None if it cannot be found."""
    start = text.find(f"&{node.anchor}", node.outer, node.end + 1)
    return Span(start, start + 1 + len(node.anchor or "")) if start >= 0 else None


def merged_at(document: Document, offset: int) -> list[Span]:
    """Return the anchors of the mappings that the merge key (`<<`) at an offset merges."""
    spans: list[Span] = []
    for mapping in document.mappings:
        for entry in mapping.entries:
            if entry.merges and entry.key.start <= offset <= entry.key.end:
                targets = (follow(one) for one in _aliases(entry.value))
                found = (anchor_span(document.source.text, one) for one in targets if one)
                spans += [span for span in found if span is not None]
    return spans


def routes(document: Document, node: Node, depth: int = 0) -> Iterator[Route]:
    """Yield the ways to a node: first that of the text, then those through aliases."""
    holders = _holders(node)
    yield _without_merges(path_of(node), holders)
    if depth >= _MAX_DEPTH or not document.aliases:
        return
    around = {id(one): one for one in (*holders, node)}
    for alias in document.aliases:
        target = around.get(id(alias.target))
        if target is None:
            continue
        steps = path_of(node)[len(path_of(target)) :]
        inner = tuple(holders[holders.index(target) + 1 :]) if target in holders else ()
        place = _place_of(alias)
        for base in routes(document, place, depth + 1):
            through = place if isinstance(place, Mapping) else target
            yield _without_merges((*base.path, *steps), [*base.holders, through, *inner])


def _without_merges(path: Path, holders: Iterable[Node]) -> Route:
    """Return the route as if the keys of merged mappings were written in their place."""
    steps: list[str | int] = []
    kept: list[Node] = []
    is_merged = False
    for number, holder in enumerate(holders):
        step = path[number] if number < len(path) else None
        if not is_merged:
            kept.append(holder)
        is_merged = step == "<<" or (is_merged and isinstance(step, int))
        if step is not None and not is_merged:
            steps.append(step)
    return Route(tuple(steps), tuple(kept))


def _place_of(alias: Alias) -> Node:
    """Return the mapping that an alias is merged into, or the alias if it is a value."""
    entry = alias.slot
    if isinstance(alias.parent, Sequence) and isinstance(alias.parent.slot, Entry):
        entry = alias.parent.slot
    if isinstance(entry, Entry) and entry.merges:
        return entry.parent
    return alias


def _aliases(value: Node) -> list[Node]:
    if isinstance(value, Sequence):
        return list(value.items)
    return [value] if isinstance(value, Alias) else []


def _holders(node: Node) -> list[Node]:
    found: list[Node] = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found[::-1]
