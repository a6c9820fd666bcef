"""Validates the shape of a manifest against the JSON Schema.

Each integration is validated by itself. A quick look (`amp_schema.quick_validate`) accepts most of
them; `amp_schema.violations` says what is wrong with the others, which is mapped to the nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from amp_lint.manifest.view import View
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import (
    Collection,
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
from amp_schema.manifest_schema import Place, canonical_key, root, schema
from amp_schema.quick_validate import quick_look

if TYPE_CHECKING:
    from amp_lint.linter.schema.schema_error import SchemaError

ByRule = dict[str, "list[SchemaError]"]


def schema_errors(document: Document) -> ByRule:
    """Everything the schema finds wrong, by the id of the rule that reports it."""
    return _by_rule(chain(_at_top(document.root), _in_integrations(document.root)))


def schema_errors_at_top(document: Document) -> ByRule:
    """What the schema finds wrong outside the integrations."""
    return _by_rule(_at_top(document.root))


def schema_errors_of_integration(item: Node) -> ByRule:
    """What the schema finds wrong in one integration."""
    return _by_rule(_in_integration(follow(item)))


def _by_rule(every: Iterable[SchemaError]) -> ByRule:
    found: ByRule = {}
    for one in every:
        found.setdefault(one.rule, []).append(one)
    return found


def _at_top(top: Node | None) -> Iterator[SchemaError]:
    node = follow(top)
    if isinstance(node, Unreadable):
        return
    if is_null(node):
        node = Mapping(0, 0)
    yield from _judge(node, root(), deep=False)


def _in_integrations(top: Node | None) -> Iterator[SchemaError]:
    node = follow(top)
    entry = View(node, node).entry("integrations") if isinstance(node, Mapping) else None
    integrations = follow(entry.value) if entry is not None else None
    if isinstance(integrations, Sequence):
        for item in {id(one): one for one in map(follow, integrations.items)}.values():
            yield from _in_integration(item)


def _in_integration(item: Node | None) -> Iterator[SchemaError]:
    place = root().properties["integrations"].item
    if place is not None:
        yield from _judge(item, place, deep=True)


def _judge(node: Node | None, place: Place, *, deep: bool) -> Iterator[SchemaError]:
    unit = _Unit()
    instance = unit.build(node, place, deep=deep)
    yield from unit.slips
    if _quick_look(deep)(instance):
        return
    from amp_lint.linter.schema.messages import explain
    from amp_schema.violations import violations

    errors = sorted(
        violations(instance, _schema(deep), schema()["$defs"]),
        key=lambda error: [str(step) for step in error.path],
    )
    mistyped = {error.path for error in errors if error.keyword == "type"}
    found: list[SchemaError] = []
    for error in errors:
        if error.keyword != "type" and error.path in mistyped:
            continue
        raw, spot = unit.find(node, place, error.path)
        target = follow(raw)
        if raw is not None and target is not None and spot is not None:
            found += explain(error, target, spot, raw)
    claimed = {id(entry.key) for one in found for entry in one.claims}
    yield from (one for one in found if one.claims or id(one.at) not in claimed)


@cache
def _schema(deep: bool) -> dict[str, Any]:
    """The schema of an integration, or that of the manifest without its integrations."""
    whole = schema()
    if deep:
        return {"$ref": "#/$defs/integration", "$defs": whole["$defs"]}
    listed = {**whole["properties"]["integrations"]}
    listed.pop("items")
    return {**whole, "properties": {**whole["properties"], "integrations": listed}}


@cache
def _quick_look(deep: bool) -> Callable[[object], bool]:
    return quick_look(_schema(deep), schema()["$defs"])


def _is_absent(value: Node) -> bool:
    """Whether the platform sees nothing here, or nobody knows what it sees."""
    return is_null(value) or isinstance(follow(value), Unreadable)


class _Unit:
    """One stretch of the tree as the data that the schema judges."""

    def __init__(self) -> None:
        self.slips: list[SchemaError] = []
        self._built: dict[tuple[int, int], object] = {}

    def build(self, raw: Node | None, place: Place, *, deep: bool) -> object:
        """The data of a node. What the schema does not know is not entered, so the depth is that
        of the schema; an anchored node is built once and shared. Null counts as absent; what could
        not be read is left out."""
        node = follow(raw)
        if isinstance(node, Scalar):
            return node.data
        memo = (id(node), id(place))
        if isinstance(node, Collection) and memo in self._built:
            return self._built[memo]
        if isinstance(node, Mapping):
            mapping: dict[str, object] = {}
            self._built[memo] = mapping
            self._fill(mapping, node, place, deep=deep)
            return mapping
        if isinstance(node, Sequence):
            items: list[object] = []
            self._built[memo] = items
            if place.item is not None:
                # A missing item is an empty string to the platform.
                empty = "" if place.item.type == "string" else None
                items.extend(
                    empty if is_null(item) else self.build(item, place.item, deep=deep)
                    for item in node.items
                )
            return items
        return None

    def _fill(self, mapping: dict[str, object], node: Mapping, place: Place, *, deep: bool) -> None:
        for name, value, known in self._entries(node, place):
            if known is None:
                mapping[name] = None
            elif type(value) is Scalar:
                kind, data = value.resolved()
                if kind != "null":
                    mapping[name] = data
                elif value.outer == value.end and name not in place.required:
                    self._note_empty(value)
            elif _is_absent(value):
                continue
            elif not deep and isinstance(listed := follow(value), Sequence):
                mapping[name] = [None] * len(listed.items)
            else:
                mapping[name] = self.build(value, known, deep=deep)
                if isinstance(value, Mapping) and not value.entries and not known.required:
                    self._note_empty(value)

    def _entries(self, node: Mapping, place: Place) -> Iterator[tuple[str, Node, Place | None]]:
        """Yield the values that the platform uses by the keys that it takes them for, merged ones
        too."""
        properties = place.properties
        plain = node.is_plain
        for entry in node.entries:
            name, known = entry.name, properties.get(entry.name)
            if known is None and (usual := canonical_key(place, name)) is not None:
                self._note_case(node, entry, usual)
                name, known = usual, properties[usual]
            if plain:
                yield name, entry.value, known
        if plain:
            return
        from amp_lint.manifest.decode.united import entry_in_use
        from amp_lint.manifest.decode.uses import uses_of

        for folded_name, entries in uses_of(node).by_fold.items():
            usual = place.folded.get(folded_name)
            if usual is None:
                yield entries[0].name, entries[0].value, None
                continue
            used = entry_in_use(node, usual)
            if used is not None:
                yield usual, used.value, properties[usual]

    def _note_empty(self, value: Node) -> None:
        entry, node = value.slot, value.parent
        if isinstance(entry, Entry) and isinstance(node, Mapping) and not node.incomplete:
            from amp_lint.linter.schema.schema_error import SchemaError

            self.slips.append(SchemaError("empty-value", entry.key, ""))

    def _note_case(self, mapping: Mapping, entry: Entry, known: str) -> None:
        taken = mapping.find(known)
        if taken is not None and taken.name == known:
            return
        if mapping.repeats_a_key and any(
            one is not entry and folded(one.name) == folded(known) for one in mapping.entries
        ):
            # Two spellings of one key are reported as that.
            return
        from amp_lint.linter.schema.fixes import rename
        from amp_lint.linter.schema.schema_error import SchemaError

        message = f"write `{known}`; the platform accepts `{entry.name}`, other tools may not"
        # Another name for a second one could make it the one that is taken.
        fixes = rename(entry.key, known, safe=True) if taken is entry else ()
        self.slips.append(SchemaError("key-case", entry.key, message, fixes=fixes))

    def find(
        self, raw: Node | None, place: Place, path: tuple[str | int, ...]
    ) -> tuple[Node | None, Place | None]:
        """The node, as written, and the place at a path of a violation."""
        raw_here: Node | None = raw
        spot: Place | None = place
        for step in path:
            node = follow(raw_here)
            if isinstance(node, Mapping) and isinstance(step, str) and spot is not None:
                entry = View(node, node).entry(step)
                raw_here = entry.value if entry is not None else None
                spot = spot.properties.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and spot is not None:
                raw_here, spot = node.items[step], spot.item
            else:
                return None, None
        return raw_here, spot
