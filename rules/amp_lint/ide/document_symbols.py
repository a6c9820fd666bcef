"""Document symbols: integrations, their actions, the objects and their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from amp_lint.manifest.model import ACTIONS, Integration, Manifest
from amp_lint.manifest.objects import Field, Object, ReadObject
from amp_lint.manifest.view import View
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Node, Scalar

SymbolKind = Literal["integration", "action", "object", "field"]

UNNAMED = "(unnamed)"
_WATCH_SCHEMA = "watchSchema"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A named part of the manifest. `name_span` and the children are within `span`."""

    kind: SymbolKind
    name: str
    detail: str
    span: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


def outline(manifest: Manifest) -> list[Symbol]:
    """Return the integrations of a manifest, each with its children.

    Parts that come from an alias or a merge key are written elsewhere in the text, and left out.
    """
    return [
        _item("integration", one, one.name, _text(one.provider), _actions(one))
        for one in manifest.integrations
    ]


def _actions(integration: Integration) -> Iterator[Symbol]:
    objects: dict[str, Iterable[Object]] = {
        "read": integration.read_objects,
        "write": integration.write_objects,
        "subscribe": integration.subscribe_objects,
    }
    for key in (*ACTIONS, _WATCH_SCHEMA):
        entry = integration.entry(key)
        if entry is not None:
            yield _action(key, entry, objects.get(key, ()))


def _action(key: str, entry: Entry, objects: Iterable[Object]) -> Symbol:
    children = (
        _item("object", one, one.name, _text(one.destination), _fields(one)) for one in objects
    )
    span = Span(entry.start, entry.end)
    return Symbol("action", key, "", span, entry.key.span, _inside(span, children))


def _fields(object_: Object) -> Iterator[Symbol]:
    if isinstance(object_, ReadObject):
        for one in object_.required_fields:
            yield _item("field", one, one.field_name or one.map_to_name, _field_detail(one, ""))
        for one in object_.optional_fields:
            yield _item(
                "field", one, one.field_name or one.map_to_name, _field_detail(one, "optional")
            )


def _field_detail(field: Field, need: str) -> str:
    mapped = field.map_to_name if field.field_name is not None else None
    parts = (need, f"as {mapped.value}" if mapped is not None else "")
    return ", ".join(part for part in parts if part)


def _item(
    kind: SymbolKind,
    view: View,
    name: Scalar | None,
    detail: str,
    children: Iterable[Symbol] = (),
) -> Symbol:
    """Return the symbol of an item of a list."""
    span = Span(view.use.outer, view.use.end)
    shown = name.value if name is not None and name.value.strip() else UNNAMED
    return Symbol(kind, shown, detail, span, _pick(span, name), _inside(span, children))


def _pick(span: Span, name: Node | None) -> Span:
    """Return the span of the name if it is within the outer span, else the outer span."""
    return name.span if name is not None and _holds(span, name.span) else span


def _inside(span: Span, symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """Return the symbols within a span, in the order of the text."""
    found = (one for one in symbols if _holds(span, one.span))
    return tuple(sorted(found, key=lambda one: one.span))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _text(scalar: Scalar | None) -> str:
    return scalar.value if scalar is not None else ""
