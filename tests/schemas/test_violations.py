"""The walk finds what jsonschema finds: the same keywords at the same places, in the same order."""

from __future__ import annotations

import copy
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, ValidationError

from amp_schema.manifest_schema import schema
from amp_schema.violations import Violation, violations

from .mutated_manifests import FULL, mutated

DEFINITIONS = schema()["$defs"]
VALIDATORS = {
    name: Draft202012Validator({**part, "$defs": DEFINITIONS})
    for name, part in {"manifest": schema(), **DEFINITIONS}.items()
}

Fact = tuple[tuple[str | int, ...], str, object, int, str | None]


def by_walk(value: object, name: str) -> list[Fact]:
    part = schema() if name == "manifest" else DEFINITIONS[name]
    return [_fact(one) for one in violations(value, part, DEFINITIONS)]


def _fact(one: Violation) -> Fact:
    return one.path, one.keyword, one.argument, _size(one.schema), one.missing


def _size(part: Any) -> int:
    """The number of keywords, which tells a part of the schema from those around it."""
    return len([key for key in part if key != "$defs"])


def by_jsonschema(value: object, name: str) -> list[Fact]:
    return [_fact_of(one) for one in VALIDATORS[name].iter_errors(value)]


def _fact_of(one: ValidationError) -> Fact:
    keyword, argument = one.validator, one.validator_value
    return tuple(one.absolute_path), keyword, argument, _size(one.schema), _key(one)


def _key(error: ValidationError) -> str | None:
    if error.validator != "required":
        return None
    return next(key for key in error.validator_value if error.message.startswith(f"{key!r} is"))


@settings(max_examples=500)
@given(mutated())
def test_the_same_as_jsonschema(manifest: Any) -> None:
    assert by_walk(manifest, "manifest") == by_jsonschema(manifest, "manifest")


@settings(max_examples=50)
@given(mutated())
def test_the_same_as_jsonschema_in_every_part(manifest: Any) -> None:
    for name in DEFINITIONS:
        for part in (manifest, *manifest.values()):
            assert by_walk(part, name) == by_jsonschema(part, name), name


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert by_walk(FULL, "manifest") == []


INTEGRATION = ("integrations", 0)
OBJECT = (*INTEGRATION, "read", "objects", 0)
UPDATE = (*INTEGRATION, "subscribe", "objects", 0, "updateEvent")
ONE_WRONG: list[tuple[str, tuple[str | int, ...], object]] = [
    ("additionalProperties", (), {**FULL, "nonsense": 1}),
    ("anyOf", INTEGRATION, {"name": "crm", "provider": "hubspot"}),
    ("enum", ("specVersion",), "2.0.0"),
    ("maxLength", (*INTEGRATION, "name"), "x" * 65),
    ("maximum", (*OBJECT, "delivery", "pageSize"), 501),
    ("minItems", (*INTEGRATION, "read", "objects"), []),
    ("minLength", (*INTEGRATION, "name"), ""),
    ("minimum", (*OBJECT, "backfill", "defaultPeriod", "days"), -1),
    ("not", (*OBJECT, "delivery"), {"mode": "auto", "pageSize": 100}),
    ("oneOf", (*OBJECT, "backfill", "defaultPeriod"), {}),
    ("pattern", (*UPDATE, "requiredWatchFields", 0), "a.b"),
    ("required", (*OBJECT, "requiredFields", 0), {}),
    ("type", (*OBJECT, "schedule"), 1),
]


@pytest.mark.parametrize(("keyword", "path", "value"), ONE_WRONG, ids=[one[0] for one in ONE_WRONG])
def test_each_keyword(keyword: str, path: tuple[str | int, ...], value: object) -> None:
    manifest = copy.deepcopy(FULL)
    holder: Any = manifest
    for step in path[:-1]:
        holder = holder[step]
    if path:
        holder[path[-1]] = value
    changed = manifest if path else value

    assert [one[:2] for one in by_walk(changed, "manifest")] == [(path, keyword)]
    assert by_walk(changed, "manifest") == by_jsonschema(changed, "manifest")


@pytest.mark.parametrize(
    "part",
    [
        {"const": 1},
        {"format": "email"},
        {"uniqueItems": True},
        {"additionalProperties": {"type": "string"}},
        {"properties": {"a": {"const": 2}, "b": {"type": "null"}}, "required": ["c", "d"]},
        {"type": ["string", "null"]},
        {"type": "number", "items": {"$ref": "#/$defs/odd"}},
        {"$ref": "#/$defs/odd"},
        {"not": {"$ref": "#/$defs/odd"}, "anyOf": [{"type": "string"}, {"minProperties": 3}]},
    ],
)
@pytest.mark.parametrize("value", [{"a": 1}, {"a": 1, "b": 2}, "text", 1, [1, 1], None])
def test_jsonschema_judges_a_schema_with_a_keyword_that_the_walk_does_not_know(
    part: dict[str, Any], value: object
) -> None:
    definitions = {"odd": {"const": {"a": 1}}}
    validator = Draft202012Validator({**part, "$defs": definitions})
    found = [_fact(one) for one in violations(value, part, definitions)]
    assert found == [_fact_of(error) for error in validator.iter_errors(value)]


def test_the_walk_knows_the_schema_of_the_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "amp_schema.jsonschema_violations", None)
    assert by_walk({}, "manifest")
    assert by_walk({**FULL, "nonsense": 1}, "manifest")
