"""The texts, examples and order of the schema."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from amp_schema.manifest_schema import root, schema

from .manifest_cases import (
    PAGES,
    loaded,
    manifests,
    mappings_below,
    properties,
    resolved,
    subschemas,
)

every_property = pytest.mark.parametrize(
    "declared", [pytest.param(declared, id=name) for name, declared in properties()]
)


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@every_property
def test_every_property_is_documented(declared: dict[str, Any]) -> None:
    assert declared["title"].strip()
    assert declared["description"].endswith(".")
    assert declared["x-url"] in PAGES
    assert declared["examples"]
    assert "type" in declared or "$ref" in declared


@every_property
def test_examples_and_defaults_are_what_they_illustrate(declared: dict[str, Any]) -> None:
    validator = Draft202012Validator(resolved(declared))
    for value in (*declared["examples"], *([declared["default"]] if "default" in declared else [])):
        assert [error.message for error in validator.iter_errors(value)] == []


def test_every_mapping_is_closed_and_says_what_it_is() -> None:
    mappings = [schema(), *schema()["$defs"].values()]
    assert all(mapping["type"] == "object" for mapping in mappings)
    assert all(mapping["additionalProperties"] is False for mapping in mappings)
    assert all(mapping["description"].endswith(".") for mapping in mappings)
    titles = Counter(mapping["title"] for mapping in mappings)
    assert set(titles.values()) == {1}


def test_every_definition_is_used() -> None:
    used = {subschema["$ref"] for _, subschema in subschemas(schema()) if "$ref" in subschema}
    assert used == {f"#/$defs/{name}" for name in schema()["$defs"]}


def test_only_words_stand_beside_a_reference() -> None:
    words = {"$ref", "title", "description", "examples", "x-url", "deprecated"}
    beside = [subschema for _, subschema in subschemas(schema()) if "$ref" in subschema]
    assert all(set(subschema) <= words for subschema in beside)


def test_every_needed_string_must_not_be_empty() -> None:
    for mapping in (schema(), *schema()["$defs"].values()):
        for key in mapping.get("required", ()):
            declared = mapping["properties"][key]
            if declared.get("type") == "string":
                assert "enum" in declared or declared["minLength"] == 1, key


def test_only_delivery_is_deprecated() -> None:
    assert [name for name, declared in properties() if declared.get("deprecated")] == [
        "$defs.readObject.properties.delivery"
    ]


def test_keys_stand_in_the_order_in_which_most_authors_write_them(corpus: Path) -> None:
    written: Counter[tuple[str, str, str]] = Counter()
    waiting = [(root(), loaded(path)) for path in manifests(corpus)]
    while waiting:
        here, value = waiting.pop()
        if isinstance(value, dict):
            written.update((str(here.kind), *pair) for pair in combinations(value, 2))
            waiting.extend((here.properties[key], below) for key, below in value.items())
        elif isinstance(value, list):
            assert here.item is not None
            waiting.extend((here.item, below) for below in value)
    order = {here.kind: list(here.properties) for here in mappings_below(root())}
    common = [
        (kind, first, second)
        for (kind, first, second), count in written.items()
        if count >= 10 and count > written[kind, second, first]
    ]
    assert common
    for kind, first, second in common:
        assert order[kind].index(first) < order[kind].index(second), kind
