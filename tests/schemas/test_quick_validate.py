"""The quick look never says that something fits with which jsonschema finds fault."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amp_schema.manifest_schema import Place, root, schema
from amp_schema.quick_validate import surely_valid

VALIDATOR = Draft202012Validator(schema())
DEFINITIONS = schema()["$defs"]

FULL: dict[str, Any] = {
    "specVersion": "1.0.0",
    "integrations": [
        {
            "name": "crm",
            "displayName": "CRM",
            "provider": "hubspot",
            "module": "crm",
            "read": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "destination": "hook",
                        "schedule": "0 * * * *",
                        "enabled": "always",
                        "mapToName": "people",
                        "mapToDisplayName": "People",
                        "requiredFields": [{"fieldName": "email"}],
                        "optionalFields": [
                            {"mapToName": "tier", "mapToDisplayName": "T", "prompt": "P"},
                            {"fieldName": "a", "mapToName": "b"},
                        ],
                        "optionalFieldsAuto": "all",
                        "backfill": {"defaultPeriod": {"days": 30}},
                        "delivery": {"mode": "onRequest", "pageSize": 100},
                    },
                    {
                        "objectName": "deals",
                        "destination": "hook",
                        "backfill": {"defaultPeriod": {"fullHistory": True}},
                        "delivery": {"mode": "auto"},
                    },
                ]
            },
            "write": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "inheritMapping": True,
                        "valueDefaults": {"allowAnyFields": True},
                    }
                ]
            },
            "subscribe": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "destination": "hook",
                        "inheritFieldsAndMapping": True,
                        "createEvent": {"enabled": "always"},
                        "updateEvent": {"enabled": "always", "requiredWatchFields": ["email"]},
                        "deleteEvent": {"enabled": "always"},
                        "associationChangeEvent": {"enabled": "always", "includeFullRecords": True},
                        "otherEvents": ["merged"],
                    },
                    {
                        "objectName": "deals",
                        "destination": "hook",
                        "updateEvent": {"enabled": "always", "watchFieldsAuto": "all"},
                    },
                ]
            },
            "proxy": {"enabled": True, "useModule": False},
            "watchSchema": {
                "destination": "hook",
                "schedule": "0 0 * * *",
                "allObjects": {
                    "fieldCreated": {"enabled": "always"},
                    "fieldDeleted": {"enabled": "always"},
                    "fieldChanged": {"enabled": "always"},
                },
            },
        },
        {"name": "other", "provider": "salesforce", "proxy": {"enabled": True}},
    ],
}

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 28, 500, 501, 1.0, 30.0, 1.5, 10**30, float("nan")),
    *(float("inf"), "", "x", "always", "all", "auto", "true", "1.0.0", "a.b", "x" * 65, "x" * 101),
    *("\U0001f680" * 64, "a\n", "$['a']['b']", "$.a"),
]
FRESH = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from([[], {}, [None], [[]], [{}], {"enabled": True}, {"x": 1}, ["a"], ["a.b"], [1]]),
).map(copy.deepcopy)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        found += places(item, (*path, key))
    return found


def keys_of(place: Place) -> set[str]:
    found = set(place.properties)
    for one in place.properties.values():
        found |= keys_of(one)
    return found | (keys_of(place.item) if place.item is not None else set())


KEYS = sorted(keys_of(root()) | {"nonsense", "", "objectname", "<<"})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The full manifest with up to three things dropped, renamed, added or replaced."""
    manifest = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(manifest)))
        if not path:
            continue
        holder = manifest
        for step in path[:-1]:
            holder = holder[step]
        act = draw(st.sampled_from(["drop", "drop", "replace", "replace", "add", "rename"]))
        target = holder[path[-1]]
        if act == "drop":
            del holder[path[-1]]
        elif act == "replace" or (act == "rename" and isinstance(holder, list)):
            holder[path[-1]] = draw(FRESH)
        elif act == "rename":
            holder[draw(st.sampled_from(KEYS))] = holder.pop(path[-1])
        elif isinstance(target, dict):
            target[draw(st.sampled_from(KEYS))] = draw(FRESH)
        elif isinstance(target, list):
            target.append(draw(FRESH))
    return manifest


@settings(max_examples=1500)
@given(mutated())
def test_sure_is_sure(manifest: Any) -> None:
    if surely_valid(manifest, schema(), DEFINITIONS):
        assert list(VALIDATOR.iter_errors(manifest)) == []


@settings(max_examples=300)
@given(mutated())
def test_sure_is_sure_of_every_part(manifest: Any) -> None:
    for name, definition in DEFINITIONS.items():
        validator = Draft202012Validator({**definition, "$defs": DEFINITIONS})
        for part in [manifest, *manifest.values()]:
            if surely_valid(part, definition, DEFINITIONS):
                assert list(validator.iter_errors(part)) == [], name


def test_what_is_right_is_seen_at_a_glance() -> None:
    """Otherwise the look would be of no use."""
    assert list(VALIDATOR.iter_errors(FULL)) == []
    assert surely_valid(FULL, schema(), DEFINITIONS)


@pytest.mark.parametrize("path", places(FULL)[1:], ids=lambda path: ".".join(map(str, path)))
def test_leaving_out_any_one_thing(path: tuple[Any, ...]) -> None:
    manifest = copy.deepcopy(FULL)
    holder = manifest
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert surely_valid(manifest, schema(), DEFINITIONS) == VALIDATOR.is_valid(manifest)


@pytest.mark.parametrize(
    "judge",
    [
        {"format": "email"},
        {"const": 1},
        {"type": "number"},
        {"type": ["string", "null"]},
        {"$ref": "#/$defs/nothing"},
        {"$ref": "other.json"},
        {"additionalProperties": {"type": "string"}},
        {"uniqueItems": True},
        {"prefixItems": []},
        {"not": {"minLength": 1}},
        {"oneOf": [{"minLength": 1}, {"maxLength": 1}]},
        {"if": {"pattern": "x"}, "then": {"type": "string"}},
    ],
)
def test_what_it_does_not_know_it_is_not_sure_of(judge: dict[str, Any]) -> None:
    assert not surely_valid({"a": 1}, judge, DEFINITIONS)


def test_the_schema_holds_nothing_that_it_does_not_know() -> None:
    for name, definition in DEFINITIONS.items():
        for example in definition.get("examples", ()):
            assert surely_valid(example, definition, DEFINITIONS), name
