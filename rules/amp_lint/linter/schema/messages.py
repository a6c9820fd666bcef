"""Breaches of the JSON Schema in the user's words, each assigned to the rule that reports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from amp_lint.linter.finding import Severity
from amp_lint.linter.schema.fixes import (
    Mendings,
    add_first_object,
    fill,
    indent,
    is_opposite,
    join,
    quote,
    rename,
    supply,
    switch_off,
    unquote,
    write,
)
from amp_lint.linter.schema.meant import (
    entry_meant,
    flattened,
    is_unknown,
    key_meant,
    scattered_items,
)
from amp_lint.manifest.view import View
from amp_lint.text.look_alikes import look_alike
from amp_lint.text.messages import KINDS, quoted
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, is_null, walk
from amp_lint.yaml.scalars import as_text
from amp_schema.closest_match import nearest
from amp_schema.lite_dataclasses import dataclass
from amp_schema.manifest_schema import Place, owner, places_of_key, root

# Known keys are listed in a message up to this many.
_MOST_LISTED = 6
# Nobody means a number of days beyond this; a hint to round it would be of no use.
_ROUNDED = 1e9
# Lists whose entries the platform reads without turning numbers into text.
_FIELD_LISTS = frozenset(("requiredFields", "optionalFields"))


@dataclass(frozen=True, slots=True)
class SchemaError:
    """A breach of the schema, already assigned to the rule that reports it.

    `at` is what to underline, `about` the node it is about where that is another one, `mends` what
    would mend it, the preferred way first. `claims` are entries that it explains, so that no
    unknown key is reported at them.
    """

    rule: str
    at: Node | Entry
    message: str
    label: str = ""
    severity: Severity | None = None
    about: Node | None = None
    mends: Mendings = ()
    claims: tuple[Entry, ...] = ()


def explain(error: Any, node: Node, place: Place) -> Iterator[SchemaError]:
    """Put an error of jsonschema in words. `node` is what it is about, `place` what may stand
    there."""
    keyword = str(error.validator)
    if keyword == "additionalProperties" and isinstance(node, Mapping):
        yield from _unknown_keys(node, place)
    elif keyword == "required" and isinstance(node, Mapping):
        yield from _missing(error, node, place)
    elif keyword == "type":
        yield from _wrong_type(error, node, place)
    elif keyword in _VALUES:
        rule = owner(error.schema, keyword) or "invalid-value"
        yield _VALUES[keyword](rule, error, node, place)
    else:
        owned = owner(error.schema, keyword)
        if owned == "integration-structure" and isinstance(node, Mapping) and _is_idle(node):
            message = (
                "this integration does nothing; give it one of `read`, `write`, `subscribe` or "
                "`proxy`, or the deploy is refused"
            )
            yield SchemaError(owned, head(node), message, "no action", about=node)


def _is_idle(node: Mapping) -> bool:
    view = View(node, node)
    return all(view.lacks(action) for action in ("read", "write", "subscribe", "proxy"))


def head(node: Node) -> Node:
    """Where something missing in a node is shown: the key the node stands under, or, in a list
    and at the top, the node's first key."""
    if isinstance(node.slot, Entry) and node.parent is not None:
        return node.slot.key
    return node.entries[0].key if isinstance(node, Mapping) and node.entries else node


def _unknown_keys(node: Mapping, place: Place) -> Iterator[SchemaError]:
    if node.mixed:
        return
    view = View(node, node)
    offered: set[str] = set()
    for entry in node.entries:
        if not is_unknown(entry, place):
            continue
        if not isinstance(entry.key, Scalar):
            if isinstance(entry.key, Collection):
                message = "a key must be a plain word; the platform cannot read this one"
                yield SchemaError("invalid-type", entry.key, message)
            continue
        if not _is_shelf(entry):
            yield _unknown_key(entry, view, place, offered)


def _is_shelf(entry: Entry) -> bool:
    """Whether a key is there to hold anchored values, itself or below it, that are used elsewhere:
    that the platform ignores the key itself is meant."""
    if places_of_key(entry.name):
        return False
    return any(node.anchor is not None for node in walk(entry.value))


def _unknown_key(entry: Entry, view: View, place: Place, offered: set[str]) -> SchemaError:
    name = quoted(entry.name)
    kind = _kind(place)
    elsewhere = places_of_key(entry.name)
    free = [key for key in place.properties if view.entry(key) is None]
    near = nearest(entry.name, [key for key in place.properties if view.node.find(key) is None])
    near = near or key_meant(entry, place, free)
    if elsewhere and not near:
        where = f"it belongs in {_either(elsewhere)}"
        return SchemaError(
            "unknown-key", entry.key, f"{name} has no effect in {kind}; {where}", "ignored here"
        )
    lead = f"{kind} has no key {name}, so the platform ignores it"
    if near:
        label = f"did you mean {near}?"
        # Two keys may not get one name, nor a merged value give way to another.
        is_free = near not in offered and near in free
        offered.add(near)
        mends = rename(entry.key, near) if is_free else ()
        message = f"{lead}; did you mean `{near}`?"
        if near == "requiredFields" and "optionalFields" in free:
            message = f"{lead}; write `requiredFields`, or `optionalFields`"
        return SchemaError("unknown-key", entry.key, message, label, mends=mends)
    slip = _slip_in(entry.name)
    message = f"{lead}; {slip}" if slip else f"{lead}; known here: {_known_keys(place)}"
    return SchemaError("unknown-key", entry.key, message, "ignored")


def _slip_in(name: str) -> str:
    """Return what is odd about the characters of a key, or nothing."""
    odd = look_alike(name)
    if odd is not None:
        return f"{odd.shown} looks like `{odd.ascii}` and is another character"
    if "=" in name:
        key, _, value = name.partition("=")
        return f"a colon follows a key; write `{key.strip()}: {value.strip()}`"
    return ""


def _missing(error: Any, node: Mapping, place: Place) -> Iterator[SchemaError]:
    view = View(node, head(node))
    for key in error.validator_value:
        if key in error.instance or f"'{key}' is a required property" != error.message:
            continue
        if not view.lacks(key):
            continue
        rule = owner(error.schema, "required", key) or "required-field"
        yield from _missing_key(key, rule, view, place)


def _missing_key(key: str, rule: str, view: View, place: Place) -> Iterator[SchemaError]:
    node = view.node
    items = node.parent
    if isinstance(items, Sequence) and rule == "required-field":
        run = next((one for one in scattered_items(items, place) if node in one), None)
        if run is not None:
            if node is run[1] and key == _first_missing(run[1], place):
                yield _too_many_dashes(run, place)
            return
    entry = view.entry(key)
    needs = f"{_kind(place)} requires `{key}`"
    if entry is not None:
        message = f"{needs}, which has no value; {_remedy(key, place)}"
        if rule == "spec-version":
            message = "`specVersion` has no value; write `specVersion: 1.0.0`"
        mends = supply(rule, key, node, place, entry, None)
        yield SchemaError(rule, entry.key, message, "no value", mends=mends)
        return
    inside = flattened(key, node, place)
    if inside:
        names = ", ".join(quoted(one.name) for one in inside)
        message = f"{needs}, and {names} must be under it; write `{key}:` above and indent {names}"
        mends = indent(inside, key)
        label = f"under {key}"
        yield SchemaError(rule, inside[0].key, message, label, mends=mends, claims=tuple(inside))
        return
    meant = entry_meant(key, node, place)
    mends = supply(rule, key, node, place, None, meant)
    if meant is not None:
        message = f"{needs}; did you mean it instead of {quoted(meant.name)}?"
        label = f"did you mean {key}?"
        yield SchemaError(rule, meant.key, message, label, mends=mends, claims=(meant,))
        return
    message = f"{needs}; {_remedy(key, place)}"
    if rule == "spec-version":
        message = "`specVersion` is missing; every manifest starts with `specVersion: 1.0.0`"
    yield SchemaError(rule, view.head, message, f"no {key}", about=node, mends=mends)


def _first_missing(node: Mapping, place: Place) -> str:
    return next(key for key in place.required if node.find(key) is None)


def _too_many_dashes(run: list[Mapping], place: Place) -> SchemaError:
    """Report items that make one item together."""
    second = run[1].entries[0]
    message = (
        f"this `- ` starts another {str(place.kind).lower()}; if {quoted(second.name)} belongs to "
        "the one above, indent it with spaces in place of the dash"
    )
    return SchemaError("required-field", second.key, message, "dash too much", mends=join(run[1:]))


def _remedy(key: str, place: Place) -> str:
    spot = place.properties.get(key)
    example = spot.examples[0] if spot is not None and spot.examples else None
    if spot is not None and spot.type == "array":
        return f"list at least one {_item_kind(spot)} under it"
    if isinstance(example, (str, bool, int)):
        return f"write for example `{key}: {_yaml(example)}`"
    return f"add `{key}`"


def _wrong_type(error: Any, node: Node, place: Place) -> Iterator[SchemaError]:
    if isinstance(node, Collection) and node.torn:
        return
    rule = owner(error.schema, "type")
    key = _key_of(node)
    if rule is None and place.values and isinstance(node, Scalar):
        rule = owner(error.schema, "enum") or "invalid-value"
        yield _not_allowed(rule, error, node, place)
        return
    if rule is None and place.type == "string" and isinstance(node, Scalar):
        yield _ambiguous(node, key, is_field=not _FIELD_LISTS.isdisjoint(error.absolute_path))
        return
    due, got = KINDS[place.type], _got(node)
    message = f"{key} takes {due}, not {got}{_type_hint(node, place)}"
    if place is root():
        message = f"a manifest is a block of keys, not {got}; it starts with `specVersion: 1.0.0`"
    mends = unquote(node, _quoted_data(node, place)) if rule is None else ()
    yield SchemaError(rule or "invalid-type", node, message, f"{due} expected", mends=mends)


def _type_hint(node: Node, place: Place) -> str:
    if is_null(node):
        return "; remove it or fill it in"
    if isinstance(node, Scalar) and place.type in ("boolean", "integer"):
        return _scalar_hint(node, place)
    if place.type == "array":
        return "; start each item on a line of its own with `- `"
    if place.type == "object":
        return f": {_known_keys(place)}"
    return ""


def _quoted_data(node: Node, place: Place) -> bool | int | None:
    """The boolean or number that a text would be without its quotes, where such is due."""
    if not isinstance(node, Scalar) or place.type not in ("boolean", "integer"):
        return None
    data = Scalar(0, 0, node.value.strip(), "").data
    wanted = bool if place.type == "boolean" else int
    fits = node.kind == "str" and isinstance(data, (bool, int)) and type(data) is wanted
    return data if fits and isinstance(data, (bool, int)) else None


def _scalar_hint(node: Scalar, place: Place) -> str:
    data = _quoted_data(node, place)
    if data is not None:
        return f"; write `{as_text(data)}` without quotes"
    if place.type == "integer" and isinstance(node.data, float) and abs(node.data) < _ROUNDED:
        return f"; round it to {round(node.data)}"
    return ""


def _known_keys(place: Place) -> str:
    known = list(place.properties)
    shown = ", ".join(f"`{key}`" for key in known[:_MOST_LISTED])
    return f"{shown} and others" if len(known) > _MOST_LISTED else shown


def _ambiguous(node: Scalar, key: str, *, is_field: bool) -> SchemaError:
    """Return what is wrong with a boolean or number where a string is due: the platform turns it
    into text, except in a field entry."""
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
            f"is a {kind}, which stays one in a field entry, so the platform cannot read the entry"
        )
    elif becomes == node.value:
        label, severity = f"a {kind}", Severity.WARNING
        why = f"is a {kind}, which the platform turns into the string {quoted(becomes)}"
    else:
        label = f"becomes {becomes}"
        why = f"is a {kind}, which becomes the string {quoted(becomes)}"
    message = f"{shown} without quotes {why}; {key} must be a string, so write {in_quotes}"
    return SchemaError("yaml-ambiguous-scalar", node, message, label, severity, mends=quote(node))


def _not_allowed(rule: str, _error: Any, node: Node, place: Place) -> SchemaError:
    key = _key_of(node)
    allowed = [f"`{value}`" for value in place.values]
    shown = _text(node)
    if rule == "spec-version":
        message = f"{shown} is no version of the manifest format; write `specVersion: 1.0.0`"
        mends = write(node, place.values[0], safe=True)
        return SchemaError(rule, node, message, "must be 1.0.0", mends=mends)
    if len(allowed) == 1:
        message = f"{key} must be {allowed[0]}, not {shown}; {_switch_off(node, key)}"
        mends = switch_off(node) if is_opposite(node) else write(node, place.values[0])
        return SchemaError(rule, node, message, f"must be {place.values[0]}", mends=mends)
    near = nearest(node.value, place.values) if isinstance(node, Scalar) else None
    hint = f"; did you mean `{near}`?" if near else ""
    message = f"{key} takes {_either(allowed)}, not {shown}{hint}"
    return SchemaError(rule, node, message, mends=write(node, near) if near else ())


def _switch_off(node: Node, key: str) -> str:
    if is_opposite(node) and node.parent is not None:
        above = _key_of(node.parent)
        return f"to switch it off, remove {above if isinstance(node.parent.slot, Entry) else key}"
    return "the platform refuses any other value"


def _too_small(rule: str, error: Any, node: Node, _place: Place) -> SchemaError:
    message = f"{_key_of(node)} is {error.validator_value} or more, not {_text(node)}"
    mends = write(node, error.validator_value)
    return SchemaError(rule, node, message, f"below {error.validator_value}", mends=mends)


def _too_large(rule: str, error: Any, node: Node, _place: Place) -> SchemaError:
    message = f"{_key_of(node)} is at most {error.validator_value}, not {_text(node)}"
    mends = write(node, error.validator_value)
    return SchemaError(rule, node, message, f"above {error.validator_value}", mends=mends)


def _too_few(rule: str, _error: Any, node: Node, place: Place) -> SchemaError:
    message = f"{_key_of(node)} is an empty list; list at least one {_item_kind(place)}"
    mends = add_first_object(rule, node)
    return SchemaError(rule, head(node), message, "empty", mends=mends)


def _too_short(rule: str, _error: Any, node: Node, place: Place) -> SchemaError:
    key = _key_of(node)
    example = place.examples[0] if place.examples else None
    hint = f"; write for example `{_yaml(example)}`" if isinstance(example, str) else ""
    owned = "required-field" if rule == "invalid-value" else rule
    mends = fill(node, place) if owned == "required-field" else ()
    message = f"{key} is empty, and is needed{hint}"
    return SchemaError(owned, head(node), message, "empty", mends=mends)


def _too_long(rule: str, error: Any, node: Node, _place: Place) -> SchemaError:
    message = f"{_key_of(node)} is longer than {error.validator_value} characters"
    return SchemaError(rule, node, message)


def _no_match(rule: str, _error: Any, node: Node, _place: Place) -> SchemaError:
    return SchemaError(rule, node, f"{_text(node)} is not allowed for {_key_of(node)}")


_VALUES: dict[str, Callable[[str, Any, Node, Place], SchemaError]] = {
    "enum": _not_allowed,
    "minimum": _too_small,
    "maximum": _too_large,
    "minItems": _too_few,
    "minLength": _too_short,
    "maxLength": _too_long,
    "pattern": _no_match,
}


def _got(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a block of keys"
    if isinstance(node, Sequence):
        return "a list"
    if not isinstance(node, Scalar) or node.kind == "null":
        return "an empty value"
    shown = quoted(node.value)
    return shown if node.kind in ("bool", "int", "float") else f"the text {shown}"


def _key_of(node: Node) -> str:
    """What a value is called in a message: its key, or the list it is an item of."""
    names = [step for step in path_of(node) if isinstance(step, str)]
    if not names:
        return "the manifest" if node.parent is None else "each item"
    if isinstance(node.slot, int) and node.parent is not None:
        return f"each item of `{names[-1]}`"
    return f"`{names[-1]}`"


def _kind(place: Place) -> str:
    kind = str(place.kind or place.title).lower()
    if place is root():
        return "the manifest"
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _item_kind(place: Place) -> str:
    item = place.item
    return str(item.kind or item.title).lower() if item is not None else "item"


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _text(node: Node) -> str:
    return quoted(node.value) if isinstance(node, Scalar) else "this"


def _yaml(value: object) -> str:
    """An example as one would type it."""
    if isinstance(value, bool):
        return as_text(value)
    text = str(value)
    needs_quotes = Scalar(0, 0, text, "").kind != "str" or text[:1] in "*&!@`%{}[]#|>'\""
    return f'"{text}"' if needs_quotes and isinstance(value, str) else text
