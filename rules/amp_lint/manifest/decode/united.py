"""What several spellings of one key hold together.

`read:` and `Read:` in one mapping are one key to the platform, which applies their values in turn:
mappings are united key by key, lists item by item, of other values the last one stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from amp_lint.manifest.decode.uses import Uses, uses_of
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, folded, follow, is_null

_ITEM = "[]"
_FLAG, _TEXT = "enabled of proxy", "enabled of an event"
# In the platform's records only these keys have text as a pointer, and other values are
# pointers: null takes a pointer away and leaves anything else as it is.
_POINTERS = frozenset(
    (
        *("mode", "optionalfieldsauto", "watchfieldsauto"),
        *("usemodule", "inheritmapping", "allowanyfields", "includefullrecords"),
        *("days", "fullhistory", "pagesize", _FLAG),
    )
)
_STRUCTS = frozenset(("defaultperiod", "allobjects", _ITEM))


class United(Mapping):
    """Several mappings that the platform takes for one. Its place is that of the last of them."""

    __slots__ = ("_parts",)

    def __init__(self, parts: list[Mapping]) -> None:
        last = parts[-1]
        super().__init__(last.start, last.end, last.flow)
        self.parent: Mapping | Sequence | None = last.parent
        self.slot: Entry | int = last.slot
        self.outer: int = last.outer
        self._parts = parts
        self.entries: list[Entry] = [entry for part in parts for entry in part.entries]
        self.incomplete: bool = any(part.incomplete for part in parts)
        self.partial: bool = any(part.partial for part in parts)
        self.mixed: bool = any(part.mixed for part in parts)
        self.used: Uses | None = Uses.together([uses_of(part) for part in parts])

    @property
    def parts(self) -> list[Mapping]:
        """The mappings that it is made of."""
        return self._parts


class UnitedList(Sequence):
    """Several lists that the platform takes for one, item by item."""

    __slots__ = ()

    def __init__(self, parts: list[Sequence], items: list[Node]) -> None:
        last = parts[-1]
        super().__init__(last.start, last.end, last.flow)
        self.parent: Mapping | Sequence | None = last.parent
        self.slot: Entry | int = last.slot
        self.outer: int = last.outer
        self.incomplete: bool = any(part.incomplete for part in parts)
        self.partial: bool = any(part.partial for part in parts)
        self.mixed: bool = any(part.mixed for part in parts)
        self.items = items


def entry_in_use(mapping: Mapping, key: str, *, is_text: bool | None = None) -> Entry | None:
    """Return the entry that the platform takes for a key, with the value that results where
    several spellings are applied in turn. `is_text`: whether text is due under `enabled`, the one
    key that has two types; by default, whether it holds text."""
    if mapping.is_plain:
        return mapping.find(key)
    uses = uses_of(mapping)
    name = folded(key)
    entries = uses.by_fold.get(name)
    if entries is None or len(entries) == 1:
        return entries[0] if entries else None
    if is_text is not None and name == "enabled":
        name = _FLAG if not is_text else _TEXT
    found = uses.combined.get(name)
    if found is None:
        found = uses.combined[name] = _combined(entries, name)
    return found


def _combined(entries: list[Entry], key: str) -> Entry:
    value = _applied([entry.value for entry in entries], key)
    for entry in reversed(entries):
        if entry.value is value:
            return entry
    kind = Mapping if isinstance(value, Mapping) else Sequence
    last = next(one for one in reversed(entries) if isinstance(follow(one.value), kind))
    return Entry(last.key, value)


def _applied(values: Iterable[Node], key: str) -> Node:
    """Return what is left when values are applied in turn."""
    left: list[Node] = []
    for value in values:
        if not is_null(value) or not left or _resets(left[-1], key):
            left = [*left, value] if left and _unites(left[-1], value) else [value]
    return left[0] if len(left) == 1 else _together(left, key)


def _resets(before: Node, key: str) -> bool:
    """Whether null in its place makes a value go away."""
    node = follow(before)
    if not isinstance(node, Scalar):
        return key not in _STRUCTS
    return key in _POINTERS or (key == "enabled" and node.kind == "bool")


def _unites(one: Node, other: Node) -> bool:
    first, second = follow(one), follow(other)
    return any(isinstance(first, kind) and isinstance(second, kind) for kind in (Mapping, Sequence))


def _together(values: list[Node], key: str) -> Node:
    nodes = [node for node in map(follow, values) if node is not None]
    mappings = [node for node in nodes if isinstance(node, Mapping)]
    if mappings:
        return United(mappings)
    lists = [node for node in nodes if isinstance(node, Sequence)]
    slots: list[list[Node]] = []
    for one in lists:
        for number, item in enumerate(one.items):
            if number == len(slots):
                slots.append([])
            slots[number].append(item)
        # An empty list leaves nothing behind.
        slots = slots if one.items else []
    # The entries of a list of fields are replaced as a whole.
    is_fields = key in ("requiredfields", "optionalfields")
    items = [
        one[-1] if is_fields else _applied(one, _ITEM) for one in slots[: len(lists[-1].items)]
    ]
    return UnitedList(lists, items)
