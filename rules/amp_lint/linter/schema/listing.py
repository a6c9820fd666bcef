"""Lists that are written as a text: `requiredFields: email, phone`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.linter.schema.fixes import SchemaFix, SchemaFixes
from amp_lint.text.edits import Edit
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits
    from amp_schema.manifest_schema import Place

_FIELD_LISTS = ("requiredFields", "optionalFields")
_WATCHED = "requiredWatchFields"
_WATCH_ALL = ("all", "selected")
# Keys by which the items of a list are known, each with an example.
_IDENTITIES = {"objectName": "contacts", "fieldName": "email"}
_EVERY = ("all", "*")


def listing(node: Node, place: Place) -> tuple[str, SchemaFixes] | None:
    """Return the end of a message about a text in the place of a list, and the fixes; None where
    the text names no items."""
    entry = node.slot
    if isinstance(node, Mapping) and node.anchor is None:
        return _named_items(node, place)
    if not isinstance(node, Scalar) or node.kind != "str" or not isinstance(entry, Entry):
        return None
    auto = _automatic(entry.name, node.value)
    if auto is not None:
        key, value = auto
        pair = f"{key}: {value}"
        span = Span(entry.start, entry.end)
        is_free = entry.parent.find(key) is None
        fix = SchemaFix(f"Change to {quoted(pair)}", lambda _: (Edit(span, pair),))
        return f"; write {quoted(pair)}", (fix,) if is_free else ()
    is_field = entry.name in _FIELD_LISTS
    if not is_field and (place.item is None or place.item.type != "string"):
        return None
    slip = name_slip(node.value)
    names = slip.meant if slip is not None else (node.value.strip(),)
    if not names:
        return None
    lead = "fieldName: " if is_field else ""
    hint = f"; start each item on a line of its own: {quoted(f'- {lead}{names[0]}')}"
    return hint, _fix(node, entry, names, lead)


def _named_items(node: Mapping, place: Place) -> tuple[str, SchemaFixes] | None:
    """Return the end of a message about a mapping whose keys are the names of what a list holds;
    None for others."""
    item = place.item.properties if place.item is not None else {}
    identity = next((key for key in _IDENTITIES if key in item), "")
    names = [one.name for one in node.entries if isinstance(one.key, Scalar)]
    if not identity or not names or any(name in item for name in names):
        return None
    shown = names[0] if names[0].replace("-", "_").isidentifier() else _IDENTITIES[identity]
    return f"; start each item on a line of its own: {quoted(f'- {identity}: {shown}')}", ()


def _automatic(key: str, value: str) -> tuple[str, str] | None:
    """Return the key and the value that say of a list what its value says; None for others."""
    if key == _WATCHED and value in _WATCH_ALL:
        return "watchFieldsAuto", value
    return ("optionalFieldsAuto", "all") if key in _FIELD_LISTS and value in _EVERY else None


def _fix(node: Scalar, entry: Entry, names: tuple[str, ...], lead: str) -> SchemaFixes:
    if node.outer != node.start or node.style in ("|", ">"):
        return ()
    start, in_flow = entry.start, entry.parent.flow

    def edits(editor: Editor) -> Edits:
        text, style = editor.text, editor.style
        items = [f"{lead}{style.scalar(name, flow=in_flow)}" for name in names]
        if in_flow:
            listed = ", ".join(f"{{{item}}}" if lead else item for item in items)
            return (Edit(node.span, f"[{listed}]"),)
        lines = [f"{style.line_break}{' ' * (editor.column(start) + 2)}- {item}" for item in items]
        behind = text.index(":", entry.key.end) + 1
        return (Edit(Span(behind, node.end), "".join(lines)),)

    return (SchemaFix("Write a list", edits),)
