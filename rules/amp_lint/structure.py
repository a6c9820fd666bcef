"""The shape of a manifest: what the JSON Schema says of the tree, in the user's words.

Each integration is judged by itself. A quick look (`amp_schema.fits`) settles the many that are
fine; jsonschema judges the others, and its errors are led back to the nodes they are about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from amp_lint.document import Document
from amp_lint.finding import Severity
from amp_lint.path import path_of
from amp_lint.resolve import written
from amp_lint.tree import (
    Collection,
    Entry,
    Lost,
    Mapping,
    Node,
    Scalar,
    Sequence,
    follow,
    is_null,
)
from amp_schema.fits import surely_fits
from amp_schema.manifest import Place, canonical_key, owner, places_of_key, root, schema
from amp_schema.nearest import nearest

# A value that the manifest repeats in a message is cut to so many code points.
_LONGEST_SHOWN = 40
# Known keys are listed in a message up to this many.
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Misshape:
    """A breach of the schema, already assigned to the rule that reports it."""

    rule: str
    at: Node | Entry
    message: str
    label: str = ""
    severity: Severity | None = None


def misshapes(document: Document) -> dict[str, list[Misshape]]:
    """Everything the schema finds wrong, by the id of the rule that reports it."""
    found: dict[str, list[Misshape]] = {}
    for one in _all(document.root):
        found.setdefault(one.rule, []).append(one)
    return found


def _all(top: Node | None) -> Iterator[Misshape]:
    """What is wrong at the top, then in each integration."""
    node = follow(top)
    if isinstance(node, Lost):
        return
    if is_null(node):
        node = Mapping(0, 0)
    whole = schema()
    listed = {**whole["properties"]["integrations"]}
    listed.pop("items")
    head = {**whole, "properties": {**whole["properties"], "integrations": listed}}
    yield from _judge(node, root(), head, deep=False)
    entry = node.find("integrations") if isinstance(node, Mapping) else None
    integrations = follow(entry.value) if entry is not None else None
    place = root().properties["integrations"].item
    if isinstance(integrations, Sequence) and place is not None:
        for item in {id(one): one for one in map(follow, integrations.items)}.values():
            yield from _judge(item, place, {"$ref": "#/$defs/integration"}, deep=True)


def _judge(
    node: Node | None, place: Place, judge: dict[str, Any], *, deep: bool
) -> Iterator[Misshape]:
    unit = _Unit()
    instance = unit.build(node, place, deep=deep)
    yield from unit.case_slips
    definitions = schema()["$defs"]
    if surely_fits(instance, judge, definitions):
        return
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator({**judge, "$defs": definitions})
    errors = sorted(validator.iter_errors(instance), key=lambda e: [str(p) for p in e.absolute_path])
    mistyped = {tuple(e.absolute_path) for e in errors if e.validator == "type"}
    for error in _leaves(errors):
        at = tuple(error.absolute_path)
        if error.validator != "type" and at in mistyped:
            continue
        target, spot = unit.find(node, place, at)
        if target is not None and spot is not None:
            yield from _explain(error, target, spot)


def _leaves(errors: Iterable[Any]) -> Iterator[Any]:
    """Errors without those that only say that a branch failed: jsonschema reports `allOf` and
    `then` by the errors inside them already."""
    return (error for error in errors if error.validator not in ("allOf", "if"))


class _Unit:
    """One stretch of the tree as the data that jsonschema judges."""

    def __init__(self) -> None:
        self.case_slips: list[Misshape] = []
        self._built: dict[tuple[int, int], object] = {}

    def build(self, raw: Node | None, place: Place, *, deep: bool) -> object:
        """The data of a node. What the schema does not know is not entered, so the depth is that
        of the schema; an anchored node is built once and shared."""
        node = follow(raw)
        memo = (id(node), id(place))
        if isinstance(node, Collection) and memo in self._built:
            return self._built[memo]
        if isinstance(node, Mapping):
            mapping: dict[str, object] = {}
            self._built[memo] = mapping
            for name, value, known in self._entries(node, place):
                if deep or known is None or known.item is None:
                    mapping[name] = None if known is None else self.build(value, known, deep=deep)
                else:
                    mapping[name] = [None] * _length(value)
            return mapping
        if isinstance(node, Sequence):
            items: list[object] = []
            self._built[memo] = items
            if place.item is not None:
                items.extend(self.build(item, place.item, deep=deep) for item in node.items)
            return items
        return node.data if isinstance(node, Scalar) else None

    def _entries(self, node: Mapping, place: Place) -> Iterator[tuple[str, Node, Place | None]]:
        """The entries the platform takes, merged ones too, by the key it takes them for. Null
        counts as absent; what could not be read is left out."""
        seen: set[str] = set()
        pending = [(node, 0)]
        while pending:
            mapping, depth = pending.pop()
            for entry in mapping.entries:
                if _is_merge(entry):
                    pending.extend((one, depth + 1) for one in _merged(entry) if depth < 8)
                    continue
                known = canonical_key(place, entry.name)
                name = known or entry.name
                if mapping is node and known is not None and known != entry.name:
                    self._note_case(mapping, entry, known)
                if name in seen or (known is not None and mapping.find(known) is not entry):
                    continue
                seen.add(name)
                if not is_null(entry.value) and not isinstance(follow(entry.value), Lost):
                    yield name, entry.value, None if known is None else place.properties[known]
                elif known is None:
                    yield name, entry.value, None

    def _note_case(self, mapping: Mapping, entry: Entry, known: str) -> None:
        if any(other.name == known for other in mapping.entries):
            return
        message = f"write `{known}`; the platform accepts `{entry.name}`, other tools may not"
        self.case_slips.append(Misshape("key-case", entry.key, message))

    def find(
        self, raw: Node | None, place: Place, path: tuple[str | int, ...]
    ) -> tuple[Node | None, Place | None]:
        """The node and the place at a path of jsonschema's."""
        node: Node | None = follow(raw)
        spot: Place | None = place
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and spot is not None:
                node = self._value(node, step)
                spot = spot.properties.get(step)
            elif isinstance(node, Sequence) and isinstance(step, int) and spot is not None:
                node, spot = follow(node.items[step]), spot.item
            else:
                return None, None
        return node, spot

    def _value(self, node: Mapping, key: str) -> Node | None:
        pending = [(node, 0)]
        while pending:
            mapping, depth = pending.pop()
            entry = mapping.find(key)
            if entry is not None:
                return follow(entry.value)
            for other in mapping.entries:
                if _is_merge(other) and depth < 8:
                    pending.extend((one, depth + 1) for one in _merged(other))
        return None


def _length(node: Node | None) -> int:
    target = follow(node)
    return len(target.items) if isinstance(target, Sequence) else 0


def _is_merge(entry: Entry) -> bool:
    return isinstance(entry.key, Scalar) and entry.key.kind == "merge"


def _merged(entry: Entry) -> list[Mapping]:
    target = follow(entry.value)
    nodes = [follow(item) for item in target.items] if isinstance(target, Sequence) else [target]
    return [node for node in reversed(nodes) if isinstance(node, Mapping)]


def _explain(error: Any, node: Node, place: Place) -> Iterator[Misshape]:
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
        rule = owner(error.schema, keyword)
        if rule == "integration-structure" and isinstance(node, Mapping) and not node.torn:
            yield Misshape(
                rule,
                head(node),
                "this integration does nothing; give it one of `read`, `write`, `subscribe` or "
                "`proxy`, or the deploy is refused",
            )


def head(node: Node) -> Node:
    """Where something missing in a node is shown: the key the node stands under, or, in a list
    and at the top, the node's first key."""
    if isinstance(node.slot, Entry) and node.parent is not None:
        return node.slot.key
    return node.entries[0].key if isinstance(node, Mapping) and node.entries else node


def _unknown_keys(node: Mapping, place: Place) -> Iterator[Misshape]:
    for entry in node.entries:
        if _is_merge(entry) or canonical_key(place, entry.name) is not None:
            continue
        if not isinstance(entry.key, Scalar):
            if isinstance(entry.key, Collection):
                message = "a key must be a plain word; the platform cannot read this one"
                yield Misshape("invalid-type", entry.key, message)
            continue
        yield _unknown_key(entry, node, place)


def _unknown_key(entry: Entry, node: Mapping, place: Place) -> Misshape:
    name = _shown(entry.name)
    kind = _kind(place)
    elsewhere = places_of_key(entry.name)
    near = nearest(entry.name, [key for key in place.properties if node.find(key) is None])
    if elsewhere:
        where = f"it belongs in {_either(elsewhere)}"
        return Misshape(
            "unknown-key", entry.key, f"`{name}` has no effect in {kind}; {where}", "ignored here"
        )
    lead = f"`{name}` is no key of {kind}, so the platform silently ignores it"
    if near:
        label = f"did you mean {near}?"
        return Misshape("unknown-key", entry.key, f"{lead}; did you mean `{near}`?", label)
    known = list(place.properties)
    listed = ", ".join(f"`{key}`" for key in known[:_MOST_LISTED])
    more = " and others" if len(known) > _MOST_LISTED else ""
    return Misshape(
        "unknown-key", entry.key, f"{lead}; known here: {listed}{more}", "silently ignored"
    )


def _missing(error: Any, node: Mapping, place: Place) -> Iterator[Misshape]:
    if node.torn:
        return
    for key in error.validator_value:
        if key in error.instance or f"'{key}' is a required property" != error.message:
            continue
        entry = node.find(key)
        if entry is not None and not is_null(entry.value):
            continue
        rule = owner(error.schema, "required", key) or "required-field"
        at = entry.key if entry is not None else head(node)
        what = f"`{key}` has no value" if entry is not None else f"`{key}` is missing"
        spot = place.properties.get(key)
        example = spot.examples[0] if spot is not None and spot.examples else None
        if spot is not None and spot.type == "array":
            remedy = f"list at least one {_item_kind(spot)} under it"
        elif isinstance(example, (str, bool, int)):
            remedy = f"write for example `{key}: {_yaml(example)}`"
        else:
            remedy = f"add `{key}`"
        kind = _kind(place)
        message = f"{what}: {kind} cannot do without it; {remedy}"
        if rule == "spec-version":
            message = f"{what}: every manifest starts with `specVersion: 1.0.0`"
        yield Misshape(rule, at, message, "no value" if entry is not None else f"no {key}")


def _wrong_type(error: Any, node: Node, place: Place) -> Iterator[Misshape]:
    if isinstance(node, Collection) and node.torn:
        return
    rule = owner(error.schema, "type")
    key = _key_of(node)
    if rule is None and place.values and isinstance(node, Scalar):
        rule = owner(error.schema, "enum") or "invalid-value"
        yield _not_allowed(rule, error, node, place)
        return
    if rule is None and place.type == "string" and isinstance(node, Scalar):
        yield _ambiguous(node, key)
        return
    due = _DUE[place.type]
    got = _got(node)
    hint = _type_hint(node, place, key)
    message = f"{key} takes {due}, and this is {got}{hint}"
    yield Misshape(rule or "invalid-type", node, message, f"not {due}")


def _type_hint(node: Node, place: Place, key: str) -> str:
    if is_null(node):
        return "; remove it or fill it in"
    if isinstance(node, Scalar) and place.type in ("boolean", "integer"):
        data = Scalar(0, 0, node.value.strip(), "").data
        wanted = bool if place.type == "boolean" else int
        if node.kind == "str" and type(data) is wanted:
            return f"; write {data if wanted is int else written(bool(data))} without quotes"
        if place.type == "integer" and isinstance(node.data, float):
            return f"; round it to {round(node.data)}" if abs(node.data) < 1e9 else ""
        return ""
    if place.type == "array":
        return "; start each item on a line of its own with `- `"
    if place.type == "object":
        keys = ", ".join(f"`{one}`" for one in list(place.properties)[:_MOST_LISTED])
        return f"; the keys it knows: {keys}"
    return ""


def _ambiguous(node: Scalar, key: str) -> Misshape:
    data = node.data
    if not isinstance(data, (bool, int, float)):
        return Misshape("invalid-type", node, f"{key} takes text, and this is nothing")
    becomes = written(data)
    kind = "the boolean" if isinstance(data, bool) else "the number"
    shown = _shown(node.value)
    if becomes == node.value and not isinstance(data, bool):
        return Misshape(
            "yaml-ambiguous-scalar",
            node,
            f"{shown} without quotes is a number, and {key} takes text; write `\"{shown}\"`",
            "a number",
            Severity.WARNING,
        )
    change = "" if becomes == node.value else f" {becomes}"
    return Misshape(
        "yaml-ambiguous-scalar",
        node,
        f"`{shown}` without quotes is read as {kind}{change}, and {key} takes text; "
        f'write `"{shown}"`',
        f"becomes {becomes}" if change else kind.removeprefix("the "),
    )


def _not_allowed(rule: str, _error: Any, node: Node, place: Place) -> Misshape:
    key = _key_of(node)
    allowed = [f"`{value}`" for value in place.values]
    shown = f"`{_shown(node.value)}`" if isinstance(node, Scalar) else "this"
    if rule == "spec-version":
        message = f"{shown} is no version of the manifest format; write `specVersion: 1.0.0`"
        return Misshape(rule, node, message, "must be 1.0.0")
    if len(allowed) == 1:
        message = f"{key} takes only {allowed[0]}, not {shown}; {_switch_off(node, key)}"
        return Misshape(rule, node, message, f"must be {place.values[0]}")
    near = nearest(node.value, place.values) if isinstance(node, Scalar) else None
    hint = f"; did you mean `{near}`?" if near else ""
    return Misshape(rule, node, f"{key} takes {_either(allowed)}, not {shown}{hint}")


def _switch_off(node: Node, key: str) -> str:
    if isinstance(node, Scalar) and node.data is False and node.parent is not None:
        above = _key_of(node.parent)
        return f"to switch it off, remove {above if isinstance(node.parent.slot, Entry) else key}"
    return "the platform refuses any other value"


def _too_small(rule: str, error: Any, node: Node, _place: Place) -> Misshape:
    message = f"{_key_of(node)} is {error.validator_value} or more, not {_text(node)}"
    return Misshape(rule, node, message, f"below {error.validator_value}")


def _too_large(rule: str, error: Any, node: Node, _place: Place) -> Misshape:
    message = f"{_key_of(node)} is at most {error.validator_value}, not {_text(node)}"
    return Misshape(rule, node, message, f"above {error.validator_value}")


def _too_few(rule: str, _error: Any, node: Node, place: Place) -> Misshape:
    message = f"{_key_of(node)} is an empty list; list at least one {_item_kind(place)}"
    return Misshape(rule, head(node), message, "empty")


def _too_short(rule: str, _error: Any, node: Node, place: Place) -> Misshape:
    key = _key_of(node)
    example = place.examples[0] if place.examples else None
    hint = f"; write for example `{_yaml(example)}`" if isinstance(example, str) else ""
    owned = "required-field" if rule == "invalid-value" else rule
    return Misshape(owned, head(node), f"{key} is empty, and is needed{hint}", "empty")


def _too_long(rule: str, error: Any, node: Node, _place: Place) -> Misshape:
    message = f"{_key_of(node)} is longer than {error.validator_value} characters"
    return Misshape(rule, node, message)


def _no_match(rule: str, _error: Any, node: Node, _place: Place) -> Misshape:
    return Misshape(rule, node, f"{_text(node)} is not allowed for {_key_of(node)}")


_VALUES: dict[str, Callable[[str, Any, Node, Place], Misshape]] = {
    "enum": _not_allowed,
    "minimum": _too_small,
    "maximum": _too_large,
    "minItems": _too_few,
    "minLength": _too_short,
    "maxLength": _too_long,
    "pattern": _no_match,
}
_DUE = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "keys of its own",
}


def _got(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a block of keys"
    if isinstance(node, Sequence):
        return "a list"
    if not isinstance(node, Scalar) or node.kind == "null":
        return "empty"
    shown = _shown(node.value)
    if node.kind in ("bool", "int", "float"):
        return f"`{shown}`"
    return f"the text `{shown}`"


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
    return f"`{_shown(node.value)}`" if isinstance(node, Scalar) else "this"


def _yaml(value: object) -> str:
    """An example as one would type it."""
    if isinstance(value, bool):
        return written(value)
    text = str(value)
    needs_quotes = Scalar(0, 0, text, "").kind != "str" or text[:1] in "*&!@`%{}[]#|>'\""
    return f'"{text}"' if needs_quotes and isinstance(value, str) else text


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
