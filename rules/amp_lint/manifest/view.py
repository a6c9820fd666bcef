"""One mapping of a manifest as the platform reads it.

Views look through aliases and merge keys, match keys without regard to case, and never raise:
what is absent or of the wrong type is None or empty. `lacks` tells whether a key is absent: it is
False where a syntax error may hide the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from amp_lint.yaml.nodes import (
    Alias,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    folded,
    follow,
    is_null,
)
from amp_lint.yaml.scalars import as_text

if TYPE_CHECKING:
    V = TypeVar("V", bound="View")


class View:
    """One mapping of the manifest.

    `head` is where something missing is reported: the key of this mapping, or, in a
    list, the mapping's first key. `use` is what makes a list hold the mapping: itself or an alias.
    """

    # Whether the platform turns numbers and booleans into text where text is due.
    coerces = True

    def __init__(self, node: Mapping, head: Node | Entry) -> None:
        self.node = node
        self.head = head
        self.use: Node = node
        self._is_plain = node.is_plain

    def entry(self, key: str) -> Entry | None:
        """Return the entry that the platform takes for `key`, also a merged one; it may be null."""
        if self._is_plain:
            return self.node.find(key)
        # Few mappings have merge keys, or keys twice.
        from amp_lint.manifest.decode.united import entry_in_use

        return entry_in_use(self.node, key)

    def has(self, key: str) -> bool:
        """Whether the key is there with something under it."""
        entry = self.entry(key)
        return entry is not None and not is_null(entry.value)

    def lacks(self, key: str) -> bool:
        """Whether the key is surely absent or empty."""
        if self.node.incomplete:
            return False
        entry = self.entry(key)
        if entry is not None:
            return is_null(entry.value) and follow(entry.value) is not None
        if self._is_plain:
            return True
        from amp_lint.manifest.decode.uses import uses_of

        return uses_of(self.node).is_known

    def lacks_text(self, key: str) -> bool:
        """Whether the key is surely absent, empty or `""`, which the platform does not tell
        apart."""
        node = self.value(key)
        return self.lacks(key) if node is None else isinstance(node, Scalar) and node.data == ""

    def lacks_items(self, key: str) -> bool:
        """Whether the key is surely absent, or has an empty list under it."""
        node = self.value(key)
        if node is None:
            return self.lacks(key)
        return isinstance(node, Sequence) and not node.items and not node.incomplete

    @property
    def is_written_here(self) -> bool:
        """Whether a fix may change this mapping: it is wholly known, written where it is
        used, and has no anchor by which it may be used for something else."""
        slot = self.node.slot
        here = slot.key is self.head if isinstance(slot, Entry) else self.use is self.node
        is_one = type(self.node) is Mapping
        return here and is_one and self.node.anchor is None and not self.node.incomplete

    def takes(self, key: str) -> bool:
        """Whether a fix may give `key` a value here: no merge key brings it from elsewhere."""
        entry = self.entry(key)
        return self.is_written_here and (entry is None or entry.parent is self.node)

    def own(self, key: str) -> Entry | None:
        """The entry of a key where a fix may change or remove it, as nothing else says it: neither
        the same key again nor a merge key."""
        return self.removable(key) if self.is_written_here else None

    def misspelt(self, key: str) -> str | None:
        """Return a key of this mapping that means nothing in a manifest and may be meant to be
        `key`: a misspelling, another word for it, or the key joined with its value."""
        from amp_schema.closest_match import nearest
        from amp_schema.manifest_schema import places_of_key

        names = [entry.name for entry in self.node.entries if entry.name]
        unknown = [name for name in names if not places_of_key(name)]
        if not unknown:
            return None
        from amp_lint.text.joined_keys import joined_as
        from amp_schema.synonyms import synonyms

        joined = next((name for name in unknown if joined_as(name, key)), None)
        words = (name for name in unknown if name.casefold() in synonyms(key))
        return joined or nearest(key, unknown) or next(words, None)

    def removable(self, key: str) -> Entry | None:
        """The entry without which the key is gone: the only one of its name in this mapping, with
        none behind it that a merge key brings in."""
        named = [one for one in self.node.entries if folded(one.name) == folded(key)]
        if len(named) != 1 or (not self._is_plain and self._may_merge(key)):
            return None
        return named[0]

    def _may_merge(self, key: str) -> bool:
        """Whether a merge key brings in a key, or may do so."""
        from amp_lint.manifest.decode.uses import merge_sources, uses_of

        sources = (
            source for one in self.node.entries if one.merges for source in merge_sources(one)
        )
        name = folded(key)
        return any(source is None or name in uses_of(source).by_fold for source in sources)

    @property
    def whole(self) -> bool:
        """Whether no syntax error cut anything out of this mapping or what is below it."""
        return not self.node.partial

    def value(self, key: str) -> Node | None:
        """Return the value of a key, with aliases resolved; None if there is none."""
        entry = self.node.find(key) if self._is_plain else self.entry(key)
        node = entry.value if entry is not None else None
        if isinstance(node, Alias):
            node = follow(node)
        return None if is_null(node) else node

    def key(self, key: str) -> Node | None:
        """The key itself, to point at."""
        entry = self.entry(key)
        return entry.key if entry is not None else None

    def text(self, key: str) -> Scalar | None:
        """Return the scalar under a key with the text that the platform reads, unless it is empty.

        The platform turns a number or a boolean into text. Then the scalar returned is a copy with
        that text at the same place.
        """
        entry = self.node.find(key) if self._is_plain else self.entry(key)
        node = entry.value if entry is not None else None
        if isinstance(node, Alias):
            node = follow(node)
        if not isinstance(node, Scalar):
            return None
        if node.kind == "str":
            return node if node.value else None
        return _as_string(node) if self.coerces else None

    def flag(self, key: str) -> bool | None:
        """The boolean under a key."""
        node = self.value(key)
        data = node.data if isinstance(node, Scalar) else None
        return data if isinstance(data, bool) else None

    def number(self, key: str) -> int | None:
        """The whole number under a key."""
        node = self.value(key)
        data = node.data if isinstance(node, Scalar) else None
        return data if isinstance(data, int) and not isinstance(data, bool) else None

    def view(self, key: str, kind: type[V]) -> V | None:
        """The mapping under a key as a view."""
        entry = self.entry(key)
        node = follow(entry.value) if entry is not None else None
        return kind(node, entry.key) if entry is not None and isinstance(node, Mapping) else None

    def items(self, key: str) -> list[Node]:
        """The items of the list under a key, behind aliases; empty where there is no list."""
        node = self.value(key)
        return [] if not isinstance(node, Sequence) else list(_followed(node))

    def views(self, key: str, kind: type[V]) -> list[V]:
        """The mappings in the list under a key."""
        entry = self.entry(key)
        listed = follow(entry.value) if entry is not None else None
        if entry is None or not isinstance(listed, Sequence):
            return []
        found: list[V] = []
        for raw in listed.items:
            item = follow(raw)
            if isinstance(item, Mapping):
                view = kind(item, first_key(item))
                view.use = raw if entry.value is listed else entry.value
                found.append(view)
        return found

    def at(self, node: Node) -> Node:
        """A node of this mapping, to point at; the mapping, where an alias or a merge key brings
        the node in from elsewhere."""
        inside = any(part.start <= node.start < part.end for part in self.node.parts)
        return node if inside else self.node

    def at_use(self, node: Node) -> Node:
        """As `at`, but where an alias puts the whole mapping into a list: that alias. For what is
        wrong with this use of the mapping and not with the mapping."""
        return self.use if isinstance(self.use, Alias) else self.at(node)

    def repeats(self, key: str, first: View) -> Node:
        """Where this view says again what `first` says under a key: at its value, or, where one
        anchored value serves both, at what brings the view here."""
        mine, theirs = self.entry(key), first.entry(key)
        if mine is None or (theirs is not None and mine.value is theirs.value):
            return self.use
        return mine.value

    def places(self, key: str) -> list[Node]:
        """The items of the list under a key as they are in the text, aliases not followed; empty
        where there is no list."""
        node = self.value(key)
        return node.items if isinstance(node, Sequence) else []

    def texts(self, key: str) -> list[Scalar]:
        """The texts in the list under a key."""
        return [
            item
            for item in self.items(key)
            if isinstance(item, Scalar) and item.kind == "str" and item.value
        ]


def _as_string(node: Scalar) -> Scalar | None:
    """Return a number or boolean as the string that the platform makes of it."""
    data = node.data
    if not isinstance(data, (bool, int, float)):
        return None
    made = Scalar(node.start, node.end, as_text(data), node.style)
    made.tag, made.anchor, made.outer = "!", node.anchor, node.outer
    made.parent, made.slot = node.parent, node.slot
    return made


def first_key(node: Mapping) -> Node:
    """Where a mapping in a list, or at the top, is shown: at its first key."""
    return node.entries[0].key if node.entries else node


def _followed(sequence: Sequence) -> Iterator[Node]:
    for item in sequence.items:
        node = follow(item)
        if node is not None:
            yield node
