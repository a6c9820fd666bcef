"""The quick look never says that something fits with which jsonschema finds fault."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from amp_schema.manifest_schema import schema
from amp_schema.quick_validate import surely_valid

from .mutated_manifests import FULL, mutated, places

VALIDATOR = Draft202012Validator(schema())
DEFINITIONS = schema()["$defs"]


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
