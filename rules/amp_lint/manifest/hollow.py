"""Keys without a value whose own keys follow beside them, because they are not indented.

Nothing is missing there, so the value counts as one that could not be read: one rule reports the
slip, and no other says that a section is empty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Mapping, Scalar, Unreadable
from amp_schema.manifest_schema import Place, canonical_key, place


def mark_hollow(values: Iterable[Scalar], above: Sequence[str | int] = ()) -> None:
    """Mark the empty values of a manifest, or of the part of it at the path `above`, whose keys
    follow beside them."""
    for value in values:
        entry, parent = value.slot, value.parent
        if not isinstance(entry, Entry) or entry.value is not value:
            continue
        if not isinstance(parent, Mapping) or parent.flow or parent.mixed:
            continue
        number = bisect_left(parent.entries, entry.start, key=lambda one: one.start)
        if number + 1 == len(parent.entries) or parent.entries[number] is not entry:
            continue
        here = place((*above, *path_of(parent)))
        beside = _beside(parent.entries, number, here) if here is not None else ()
        if beside:
            entry.value = Unreadable(value.start, value.end, beside)
            entry.value.parent, entry.value.slot = parent, entry


def _beside(entries: list[Entry], number: int, here: Place) -> tuple[Entry, ...]:
    """Return the entries directly behind one that belong under it."""
    key = canonical_key(here, entries[number].name)
    inner = here.properties[key] if key is not None else None
    if inner is None or inner.type != "object":
        return ()
    found: list[Entry] = []
    for entry in entries[number + 1 :]:
        is_unknown = canonical_key(here, entry.name) is None and not entry.merges
        if not is_unknown or canonical_key(inner, entry.name) is None:
            break
        found.append(entry)
    return tuple(found)
