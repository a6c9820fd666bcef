"""Decodes a document into the values that the platform works with.

The platform turns YAML into JSON and reads that into typed records (sigs.k8s.io/yaml, Go's
`encoding/json`). What a scalar becomes depends on the type that is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Literal, TypeGuard

from amp_lint.manifest.decode.united import entry_in_use
from amp_lint.manifest.decode.uses import uses_of
from amp_lint.yaml.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    folded,
    follow,
    is_null,
)
from amp_lint.yaml.scalars import as_text
from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_schema.manifest_schema import Place

_INT_LIMIT = 2**63
# From here on JSON writes an exponent, and the platform does not read that as an integer.
_FIRST_EXPONENT = 1e21
# Collections in field entries that are kept: none belongs there.
_DEEPEST = 50
# What the platform keeps as it is and reads later.
_FIELD = "field entry"

RefusalKind = Literal["type", "unused-type", "range", "null-key", "large-key", "not-finite"]


@dataclass(slots=True)
class Value:
    """A value that the platform reads, and where it comes from.

    `data` is a string, boolean, number or None, a dict of values by canonical key in the order of
    the reference, or a list. `node` is what it was read from; of several that are united, the last.
    `key` is the key that it was found under, also in a merged mapping.
    """

    data: object
    node: Node
    key: Node | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason for which the platform refuses the file: `kind` says which. `due` is the JSON type
    that is due at `node`, where that is the reason."""

    kind: RefusalKind
    node: Node
    due: str = ""


class Decoder:
    """Decodes the values of one document. `refusals` are in the order in which they are met."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self._ignored: set[int] = set()
        self._is_used = True

    def value(self, raw: Node, place: Place, key: Node | None = None) -> Value | None:
        """Return what the platform reads where the type of `place` is due; None where it reads
        nothing."""
        node = follow(raw)
        if node is None or isinstance(node, Unreadable) or is_null(node):
            return None
        kind = place.type
        if kind == "object" and isinstance(node, Mapping):
            return self._mapping(node, place, key)
        if kind == "array" and isinstance(node, Sequence):
            return self._list(node, place, key)
        if isinstance(node, Scalar) and kind in _SCALARS:
            data = _SCALARS[kind](node)
            if data is not None:
                return Value(data, node, key)
            if kind == "integer" and _is_whole(node.data):
                self._refuse("range", node, kind)
                return None
        self._refuse("type" if self._is_used else "unused-type", node, kind)
        return None

    def _mapping(self, node: Mapping, place: Place, key: Node | None) -> Value:
        uses = uses_of(node)
        found: dict[str, Value] = {}
        for name, inner in place.properties.items():
            entries = uses.by_fold.get(folded(name), ())
            if len(entries) > 1:
                self._check_each(entries, inner)
            is_text = inner.type == "string"
            entry = entry_in_use(node, name, is_text=is_text) if entries else None
            value = self.value(entry.value, inner, entry.key) if entry is not None else None
            if value is not None:
                found[name] = value
        for name, entries in uses.by_fold.items():
            if name not in place.folded:
                for entry in entries:
                    self._check_key(entry)
                    self._ignore(entry.value)
        return Value(found, node, key)

    def _list(self, node: Sequence, place: Place, key: Node | None) -> Value:
        item = place.item
        assert item is not None
        if item.kind == _FIELD:
            return Value([self._field(one, item) for one in node.items], node, key)
        # A missing record has no keys; missing text is empty.
        empty: object = {} if item.type == "object" else ""
        values = [self.value(one, item) or Value(empty, one) for one in node.items]
        return Value(values, node, key)

    def _check_each(self, entries: Iterable[Entry], place: Place) -> None:
        """Find what refuses the file in each of several spellings, also where another one wins."""
        was_used, self._is_used = self._is_used, False
        for entry in entries:
            self.value(entry.value, place, entry.key)
        self._is_used = was_used

    def _field(self, raw: Node, place: Place) -> Value:
        """Return a field entry, in which nothing is coerced."""
        self._ignore(raw)
        node = follow(raw)
        if not isinstance(node, Mapping):
            return Value(None if node is None else _raw(node), raw)
        found: dict[str, Value] = {}
        for name in place.properties:
            entry = entry_in_use(node, name)
            target = follow(entry.value) if entry is not None else None
            if entry is not None and target is not None:
                found[name] = Value(_raw(target), target, entry.key)
        return Value(found, node)

    def _ignore(self, root: Node) -> None:
        """Find what refuses the file even where the platform has no use for the value."""
        pending = [root]
        while pending:
            node = follow(pending.pop())
            if isinstance(node, Scalar):
                if isinstance(node.data, float) and not isfinite(node.data):
                    self._refuse("not-finite", node)
            elif node is None or id(node) in self._ignored:
                continue
            elif isinstance(node, Mapping):
                self._ignored.add(id(node))
                for entry in uses_of(node).by_key.values():
                    self._check_key(entry)
                    pending.append(entry.value)
            elif isinstance(node, Sequence):
                self._ignored.add(id(node))
                pending.extend(node.items)

    def _check_key(self, entry: Entry) -> None:
        key = follow(entry.key)
        if not isinstance(key, Scalar):
            return
        if key.kind == "null":
            self._refuse("null-key", entry.key)
        elif key.kind == "int" and isinstance(key.data, int) and key.data >= _INT_LIMIT:
            self._refuse("large-key", entry.key)

    def _refuse(self, kind: RefusalKind, node: Node, due: str = "") -> None:
        if not any(one.node is node for one in self.refusals):
            self.refusals.append(Refusal(kind, node, due))


def _text(node: Scalar) -> object:
    data = node.data
    return data if data is None or isinstance(data, str) else as_text(data)


def _flag(node: Scalar) -> object:
    return node.data if isinstance(node.data, bool) else None


def _number(node: Scalar) -> object:
    data = node.data
    if not _is_whole(data):
        return None
    # JSON holds the shortest number that is the same float.
    number = int(Decimal(repr(data))) if abs(data) < _FIRST_EXPONENT else _INT_LIMIT
    return number if -_INT_LIMIT <= number < _INT_LIMIT else None


_SCALARS = {"string": _text, "boolean": _flag, "integer": _number}


def _is_whole(data: object) -> TypeGuard[int | float]:
    if isinstance(data, float):
        return isfinite(data) and data.is_integer()
    return isinstance(data, int) and not isinstance(data, bool)


def _raw(node: Node, depth: int = 0) -> object:
    """Return a value of which no type is due as plain data."""
    if isinstance(node, Scalar):
        return node.data
    if depth == _DEEPEST:
        return None
    if isinstance(node, Sequence):
        return [_raw(item, depth + 1) for item in map(follow, node.items) if item is not None]
    if isinstance(node, Mapping):
        return {
            entry.name: _raw(target, depth + 1)
            for entry in uses_of(node).by_key.values()
            if (target := follow(entry.value)) is not None
        }
    return None


def plain(value: object) -> object:
    """Return a value as plain data that JSON can hold."""
    data = value.data if isinstance(value, Value) else value
    if isinstance(data, dict):
        return {key: plain(one) for key, one in data.items()}
    if isinstance(data, list):
        return [plain(one) for one in data]
    return data
