"""Messages about values: of the wrong type, not allowed, too small, too long and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Severity
from amp_lint.linter.schema.fixes import (
    SchemaFix,
    SchemaFixes,
    add_first_object,
    fill,
    is_opposite,
    only_item,
    quote,
    separate,
    switch_off,
    unquote,
    write,
)
from amp_lint.linter.schema.meant import joined_with, meant_data, only_text
from amp_lint.linter.schema.naming import (
    as_typed,
    either,
    head,
    item_kind,
    kind_of,
    known_keys,
    name_of,
    text_of,
)
from amp_lint.linter.schema.schema_error import SchemaError
from amp_lint.manifest.view import View
from amp_lint.text.edits import Edit
from amp_lint.text.messages import KINDS, quoted
from amp_lint.text.name_slips import is_placeholder
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, is_null
from amp_lint.yaml.scalars import as_text
from amp_schema.closest_match import nearest
from amp_schema.lite_dataclasses import replace
from amp_schema.manifest_schema import Place, owner, root
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_schema.violations import Violation

# Nobody means a number of days beyond this; a hint to round it would be of no use.
_ROUNDED = 1e9
# What other notations write in front of the items of a list.
_BULLET = pattern(
    r"(?:--+[ ]*|[+\u2022\u00b7\u25aa\u25cf\u25e6\u2023][ ]+|[0-9]{1,3}[.)][ ]+)(?=\w)"
)
_NOT_REPLACED = "it is a placeholder, which the platform does not replace; write the value itself"
_NAMES = ("objectName", "name")
# Lists whose entries the platform reads without turning numbers into text.
_FIELD_LISTS = frozenset(("requiredFields", "optionalFields"))


def wrong_type(error: Violation, node: Node, place: Place, raw: Node) -> Iterator[SchemaError]:
    """Yield the error for a value that is not of the type that its key takes. `raw` is the value as
    written, which may be an alias of `node`."""
    if isinstance(node, Collection) and (node.incomplete or _is_template(node)):
        return
    rule = owner(error.schema, "type")
    key = name_of(raw)
    if rule is None and place.values and isinstance(node, Scalar):
        rule = owner(error.schema, "enum") or "invalid-value"
        yield _not_allowed(rule, error, node, place)
        return
    if rule is None and place.type == "string" and isinstance(node, Scalar):
        yield _ambiguous(node, key, is_field=not _FIELD_LISTS.isdisjoint(error.path))
        return
    joined = joined_with(node, place) if rule is None and place.type == "object" else None
    if joined is not None:
        message = (
            f"{text_of(node)} {joined.slip}, so it is one word and not the key `{joined.key}`; "
            f"write {joined.right}"
        )
        yield SchemaError("invalid-type", node, message, "joined", fixes=separate(node, joined))
        return
    odd = _odd_dash(node) if rule is None and place.type == "array" else None
    if odd is not None:
        yield odd
        return
    due, got = KINDS[place.type], kind_of(node)
    hint, fixes = _type_hint(node, place)
    message = f"{key} must be {due}, not {got}{hint}"
    if place is root():
        message = f"a manifest must be a mapping, not {got}; it starts with `specVersion: 1.0.0`"
    is_own = rule is None and raw is node
    yield SchemaError(
        rule or "invalid-type", raw, message, f"{due} expected", fixes=fixes if is_own else ()
    )


def _odd_dash(node: Node) -> SchemaError | None:
    """Return the error for items of a list whose dash, or the space after it, looks like one and is
    another character, so that both belong to a key."""
    entries = tuple(node.entries) if isinstance(node, Mapping) else ()
    items = [
        one
        for one in ([entry.key for entry in entries] or [node])
        if isinstance(one, Scalar) and not one.style
    ]
    if items and _BULLET.match(items[0].value):
        return _other_bullets(items, entries)
    if not items or items[0].value.isascii():
        return None
    from amp_lint.text.look_alikes import odd_item_start

    found = odd_item_start(items[0].value)
    if found is None:
        return None
    starts = [one.start for one in items if odd_item_start(one.value) is not None]
    edits = tuple(Edit(Span(start, start + 2), "- ") for start in starts)
    fix = SchemaFix("Write `- `", lambda _: edits, safe=True)
    message = f"{found.words}; start the item with `- `"
    return SchemaError("invalid-type", items[0], message, "write -", fixes=(fix,), claims=entries)


def _other_bullets(items: list[Scalar], entries: tuple[Entry, ...]) -> SchemaError:
    """Return the error for items of a list that start with `--`, a number or a bullet."""
    edits = tuple(
        Edit(Span(one.start, one.start + match.end()), "- ")
        for one in items
        if (match := _BULLET.match(one.value))
    )
    fix = SchemaFix("Write `- `", lambda _: edits)
    sign = _BULLET.match(items[0].value)
    shown = quoted(sign[0].strip()) if sign else "this"
    message = f"an item of a list starts with `- `, not with {shown}"
    return SchemaError("invalid-type", items[0], message, "write -", fixes=(fix,), claims=entries)


def _is_template(node: Node) -> bool:
    """Return whether a value is `{{ ... }}`, which is refused for its key, a mapping."""
    return isinstance(node, Mapping) and any(isinstance(one.key, Mapping) for one in node.entries)


def _type_hint(node: Node, place: Place) -> tuple[str, SchemaFixes]:
    """Return the end of a message about a value of the wrong type, and the fixes."""
    if is_null(node):
        return "; remove it or fill it in", ()
    if isinstance(node, Scalar) and place.type in ("boolean", "integer"):
        return _scalar_hint(node, place)
    item = only_text(node, place)
    if item is not None:
        return f"; write {quoted(item.value)}", only_item(node, place)
    if place.type == "array":
        from amp_lint.linter.schema.listing import listing

        return listing(node, place) or ("; start each item on a line of its own with `- `", ())
    if is_opposite(node) and isinstance(node.slot, Entry):
        entry = node.slot
        fix = SchemaFix(f"Remove {quoted(entry.name)}", lambda editor: editor.remove(entry))
        return f"; to switch it off, remove {quoted(entry.name)}", (fix,)
    return _without_keys(node, place) if place.type == "object" else ("", ())


def _without_keys(node: Node, place: Place) -> tuple[str, SchemaFixes]:
    """Return the end of a message about a value in place of a mapping, and the fixes."""
    from amp_lint.linter.schema.value_hints import in_braces, missing_keys, put_keys_above

    first = place.required[0] if place.required and isinstance(node.parent, Sequence) else ""
    if first in _NAMES and isinstance(node, Scalar) and node.kind == "str":
        name = node.value
        fix = SchemaFix(f"Change to {quoted(f'{first}: {name}')}", lambda e: e.wrap(node, first))
        return f"; write {quoted(f'{first}: {name}')}", (fix,)
    pairs = missing_keys(node, place) if isinstance(node, Scalar) else None
    if pairs is None or not isinstance(node, Scalar):
        verb = "keys are" if len(place.properties) > 1 else "key is"
        return f"; its {verb} {known_keys(place)}", ()
    path, value = pairs
    fixes = put_keys_above(node, pairs)
    if node.parent is not None and node.parent.flow:
        return f"; write {quoted(in_braces(pairs))}", fixes
    below = "on the next line, indented"
    if len(path) > 1:
        below = f"under `{path[0]}:` on the next lines, indented"
    return f"; write `{path[-1]}: {value}` {below}", fixes


def _quoted_data(node: Node, place: Place) -> bool | int | None:
    """Return the boolean or number that a string in quotes would be without them, if the place
    takes one.
    """
    if not isinstance(node, Scalar) or place.type not in ("boolean", "integer"):
        return None
    data = Scalar(0, 0, node.value.strip(), "").data
    wanted = bool if place.type == "boolean" else int
    fits = node.kind == "str" and isinstance(data, (bool, int)) and type(data) is wanted
    return data if fits and isinstance(data, (bool, int)) else None


def _scalar_hint(node: Scalar, place: Place) -> tuple[str, SchemaFixes]:
    data = _quoted_data(node, place)
    if data is not None:
        return f"; write `{as_text(data)}` without quotes", unquote(node, data)
    data = meant_data(node, place)
    if data is not None:
        return f"; write `{as_text(data)}`", write(node, data)
    if is_placeholder(node.value):
        return f"; {_NOT_REPLACED}", ()
    if place.type == "integer" and isinstance(node.data, float) and abs(node.data) < _ROUNDED:
        return f"; round it to {round(node.data)}", ()
    return "", ()


def _ambiguous(node: Scalar, key: str, *, is_field: bool) -> SchemaError:
    """Return what is wrong with a boolean or number where a string is due: the platform turns it
    into text, except in a field entry.
    """
    data = node.data
    if not isinstance(data, (bool, int, float)):
        return SchemaError("invalid-type", node, f"{key} must be a string, and this is empty")
    becomes = as_text(data)
    kind = "boolean" if isinstance(data, bool) else "number"
    shown, in_quotes = quoted(node.value), quoted(f'"{node.value}"')
    severity = None
    if is_field:
        label = f"stays a {kind}"
        why = (
            f"is a {kind}, which the platform does not turn into a string in a field entry, so it "
            "cannot read the entry"
        )
    elif becomes == node.value:
        label, severity = f"a {kind}", Severity.WARNING
        why = f"is a {kind}, which the platform turns into the string {quoted(becomes)}"
    else:
        label = f"becomes {becomes}"
        why = f"is a {kind}, which becomes the string {quoted(becomes)}"
    message = f"{shown} without quotes {why}; {key} must be a string, so write {in_quotes}"
    return SchemaError("yaml-ambiguous-scalar", node, message, label, severity, fixes=quote(node))


def _not_allowed(rule: str, _error: Violation, node: Node, place: Place) -> SchemaError:
    key = name_of(node)
    allowed = [f"`{value}`" for value in place.values]
    shown = text_of(node)
    if rule == "spec-version":
        message = f"{shown} is not a version of the manifest format; write `specVersion: 1.0.0`"
        fixes = write(node, place.values[0], safe=True)
        return SchemaError(rule, node, message, "must be 1.0.0", fixes=fixes)
    if len(allowed) == 1:
        message = f"{key} must be {allowed[0]}, not {shown}; {_switch_off(node, key)}"
        fixes = switch_off(node) if is_opposite(node) else write(node, place.values[0])
        if isinstance(node, Scalar) and is_placeholder(node.value):
            message = f"{key} must be {allowed[0]}, not {shown}; {_NOT_REPLACED}"
            fixes = tuple(replace(one, manual=True) for one in fixes)
        if key == "`enabled`" and isinstance(node, Scalar) and node.data is True:
            hint, fixes = _enabled(node, fixes)
            message = message.replace("the platform refuses any other value", hint)
        return SchemaError(rule, node, message, f"must be {place.values[0]}", fixes=fixes)
    near = nearest(node.value, place.values) if isinstance(node, Scalar) else None
    if isinstance(node, Scalar) and node.data is True and "all" in place.values:
        near = "all"
    hint = f"; did you mean `{near}`?" if near else ""
    message = f"{key} must be {either(allowed)}, not {shown}{hint}"
    return SchemaError(rule, node, message, fixes=write(node, near) if near else ())


def _enabled(node: Scalar, fixes: SchemaFixes) -> tuple[str, SchemaFixes]:
    """Return the end of a message about `enabled: true`, and the fixes. With `always`, an object
    that maps fields would lose their mappings."""
    entry = node.slot
    if not isinstance(entry, Entry) or not _maps_fields(entry.parent):
        return "the platform refuses any other value", fixes
    fix = SchemaFix("Remove `enabled`", lambda editor: editor.remove(entry))
    return "with `always` no field can be mapped, so remove it", (fix,)


def _maps_fields(item: Mapping) -> bool:
    fields = View(item, item).views("requiredFields", View)
    return any(not field.lacks("mapToName") for field in fields)


def _switch_off(node: Node, key: str) -> str:
    if is_opposite(node) and node.parent is not None:
        above = name_of(node.parent)
        return f"to switch it off, remove {above if isinstance(node.parent.slot, Entry) else key}"
    return "the platform refuses any other value"


def _too_small(rule: str, error: Violation, node: Node, _place: Place) -> SchemaError:
    message = f"{name_of(node)} must be {error.argument} or more, not {text_of(node)}"
    data = node.data if isinstance(node, Scalar) else None
    least = error.argument
    if type(data) is int and type(least) is int and -data > least:
        # The days of the past, with a minus.
        least = -data
        message += f"; write `{least}`"
    fixes = write(node, least)
    return SchemaError(rule, node, message, f"below {error.argument}", fixes=fixes)


def _too_large(rule: str, error: Violation, node: Node, _place: Place) -> SchemaError:
    message = f"{name_of(node)} must be {error.argument} or less, not {text_of(node)}"
    fixes = write(node, error.argument)
    return SchemaError(rule, node, message, f"above {error.argument}", fixes=fixes)


def _too_few(rule: str, _error: Violation, node: Node, place: Place) -> SchemaError:
    message = f"{name_of(node)} is an empty list; list at least one {item_kind(place)}"
    fixes = add_first_object(rule, node)
    return SchemaError(rule, head(node), message, "empty", fixes=fixes)


def _too_short(rule: str, _error: Violation, node: Node, place: Place) -> SchemaError:
    key = name_of(node)
    example = place.examples[0] if place.examples else None
    pair = f"{node.slot.name}: " if isinstance(node.slot, Entry) else ""
    hint = f"; write for example `{pair}{as_typed(example)}`" if isinstance(example, str) else ""
    owned = "required-field" if rule == "invalid-value" else rule
    fixes = fill(node, place) if owned == "required-field" else ()
    message = f"{key} is required and must not be empty{hint}"
    return SchemaError(owned, head(node), message, "empty", fixes=fixes)


def _too_long(rule: str, error: Violation, node: Node, _place: Place) -> SchemaError:
    message = f"{name_of(node)} is longer than {error.argument} characters"
    return SchemaError(rule, node, message)


def _no_match(rule: str, _error: Violation, node: Node, _place: Place) -> SchemaError:
    return SchemaError(rule, node, f"{text_of(node)} is not allowed for {name_of(node)}")


BY_KEYWORD: dict[str, Callable[[str, Violation, Node, Place], SchemaError]] = {
    "enum": _not_allowed,
    "minimum": _too_small,
    "maximum": _too_large,
    "minItems": _too_few,
    "minLength": _too_short,
    "maxLength": _too_long,
    "pattern": _no_match,
}
