"""Which entries of a mapping the platform uses, after merge keys and exact duplicates.

The decoder (go.yaml.in/yaml/v2) goes through a mapping from top to bottom and sets each key in
turn; a merge key sets all keys of its mappings at its place. So `<<` below a key overrides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.yaml.nodes import (
    Alias,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    folded,
    follow,
)


class Uses:
    """The entries of one mapping that the platform uses.

    `by_key` leads from each exact key to its entry, `by_fold` from a key without regard to case to
    the entries of its spellings, in the order in which the platform applies them. `is_known` is
    False where a merge key refers to something that could not be read. `combined` is for
    `united.entry_in_use`.
    """

    __slots__ = ("by_fold", "by_key", "combined", "is_known")

    def __init__(self) -> None:
        self.by_key: dict[object, Entry] = {}
        self.by_fold: dict[str, list[Entry]] = {}
        self.combined: dict[str, Entry] = {}
        self.is_known: bool = True

    @classmethod
    def of(cls, mapping: Mapping) -> Uses:
        """Work out what is used of a mapping whose merged mappings are known."""
        uses = cls()
        uses.is_known = not mapping.incomplete
        for entry in mapping.entries:
            if entry.merges:
                uses._merge(entry)
            else:
                uses.by_key[exact_key(entry)] = entry
        for entry in sorted(uses.by_key.values(), key=_name):
            uses.by_fold.setdefault(folded(entry.name), []).append(entry)
        return uses

    @classmethod
    def together(cls, parts: Iterable[Uses]) -> Uses:
        """Work out what is used of several mappings that are applied in turn."""
        uses = cls()
        for part in parts:
            uses.is_known &= part.is_known
            uses.by_key.update(part.by_key)
            for name, entries in part.by_fold.items():
                uses.by_fold.setdefault(name, []).extend(entries)
        return uses

    def _merge(self, entry: Entry) -> None:
        # Of several in one list the first wins.
        for source in reversed(list(merge_sources(entry))):
            if source is None:
                self.is_known = False
            else:
                used = uses_of(source)
                self.by_key.update(used.by_key)
                self.is_known &= used.is_known


def uses_of(mapping: Mapping) -> Uses:
    """Return what the platform uses of a mapping, worked out once."""
    found = mapping.used
    if isinstance(found, Uses):
        return found
    # Merge keys may lead to merge keys in a chain as long as the file.
    pending = [mapping]
    while pending:
        one = pending[-1]
        missing = [source for source in _sources_of(one) if source.used is None]
        if missing:
            pending.extend(missing)
        else:
            pending.pop()
            if one.used is None:
                one.used = Uses.of(one)
    assert isinstance(mapping.used, Uses)
    return mapping.used


def exact_key(entry: Entry) -> object:
    """Return what the decoder takes for the key: `yes` and `true` are one, `"1"` and `1` two."""
    key = follow(entry.key)
    if not isinstance(key, Scalar):
        return entry
    return (key.kind, key.data) if key.kind != "str" else key.value


def merge_sources(entry: Entry) -> Iterator[Mapping | None]:
    """Yield the mappings under a merge key, in the order of the text; None for each that could not
    be read or is none."""
    node = follow(entry.value)
    items = node.items if isinstance(node, Sequence) and node is entry.value else [entry.value]
    for item in items:
        source = follow(item)
        yield source if isinstance(source, Mapping) else None


def bad_merge_value(entry: Entry) -> Node | None:
    """Return the part of a merge key's value for which the platform refuses the file: neither a
    mapping nor a list, written here, of mappings."""
    value = entry.value
    for item in value.items if isinstance(value, Sequence) else [value]:
        target = follow(item)
        unknown = target is None and isinstance(item, Alias)
        if not unknown and not isinstance(target, (Mapping, Unreadable)):
            return item
    return None


def _name(entry: Entry) -> str:
    return entry.name


def _sources_of(mapping: Mapping) -> Iterator[Mapping]:
    for entry in mapping.entries:
        if entry.merges:
            for source in merge_sources(entry):
                if source is not None:
                    yield source
