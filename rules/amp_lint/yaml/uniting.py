"""Edits that write the values of two equal keys under one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.lines import line_end, line_start
from amp_lint.text.source import Span
from amp_lint.yaml.editor.layout import ODD_BREAKS
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, folded, follow

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits

# The keys that an item is known by.
_IDENTITIES = ("objectName", "name", "fieldName", "mapToName")


def parts_to_unite(first: Entry, second: Entry) -> tuple[Collection, Collection] | None:
    """Return the lists, or the mappings of mappings, in the values of two equal keys that differ in
    all that they hold, so that both must have been meant; None for other values."""
    one, other = first.value, second.value
    while isinstance(one, Mapping) and isinstance(other, Mapping):
        shared = [entry for entry in other.entries if one.find(entry.name) is not None]
        if not shared:
            both = [*one.entries, *other.entries]
            is_union = bool(both) and all(isinstance(part.value, Collection) for part in both)
            return (one, other) if is_union else None
        entry = one.find(shared[0].name)
        if len(other.entries) > 1 or entry is None:
            return None
        one, other = entry.value, shared[0].value
    if not isinstance(one, Sequence) or not isinstance(other, Sequence):
        return None
    names, others = _identities(one), _identities(other)
    is_known = None not in names | others and bool(names) and bool(others)
    return (one, other) if is_known and names.isdisjoint(others) else None


def unite(editor: Editor, first: Entry, second: Entry) -> Edits | None:
    """Return the edits that move what differs in the second of two equal keys to the first."""
    parts = parts_to_unite(first, second)
    text = editor.text
    if parts is None or any(part.flow or part.partial or part.anchor for part in parts):
        return None
    target, source = parts
    if not isinstance(source.slot, Entry) or any(sign in text for sign in ODD_BREAKS):
        return None
    key_line = line_start(text, second.start)
    begin = _next_line(text, source.slot.key.end)
    columns = {part.start - line_start(text, part.start) for part in parts}
    is_lead_blank = not text[key_line : second.start].strip(" ")
    if len(columns) > 1 or not is_lead_blank or "#" in text[key_line:begin]:
        return None
    at = line_end(text, target.end)
    if not text[at:key_line].strip():
        return (Edit(Span(key_line, begin), ""),)
    removed = editor.remove(second, comments=False)
    if removed is None or second.start < first.start:
        return None
    moved = text[begin : line_end(text, source.end)].rstrip()
    return (Edit(Span(at, at), editor.style.line_break + moved), *removed)


def says_no_more(small: Node, big: Node) -> bool:
    """Return whether all that a value holds is in another one, too."""
    one, other = follow(small), follow(big)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = [(entry.value, other.find(entry.name)) for entry in one.entries]
        return all(found and says_no_more(value, found.value) for value, found in pairs)
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return all(any(says_no_more(item, part) for part in other.items) for item in one.items)
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one.value == other.value or one.kind == "null"
    return isinstance(one, Scalar) and one.kind == "null"


def _identities(items: Sequence) -> set[str | None]:
    found: set[str | None] = set()
    for item in map(follow, items.items):
        name: Node | None = item if isinstance(item, Scalar) else None
        if isinstance(item, Mapping):
            entries = (item.find(key) for key in _IDENTITIES)
            name = next((follow(entry.value) for entry in entries if entry is not None), None)
        found.add(folded(name.value) if isinstance(name, Scalar) else None)
    return found


def _next_line(text: str, offset: int) -> int:
    end = line_end(text, offset)
    return min(end + (2 if text.startswith("\r\n", end) else 1), len(text))
