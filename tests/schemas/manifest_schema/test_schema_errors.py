"""What the schema accepts, and the rule that owns each error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from amp_schema.manifest_schema import owner, schema

from .manifest_cases import (
    FIELD,
    GOOD,
    LEGAL,
    MISTAKES,
    ONE,
    OWNERS,
    edited,
    loaded,
    manifests,
    named,
    properties,
    resolved,
    subschemas,
)


def problems(manifest: object) -> list[tuple[tuple[str | int, ...], str, str | None]]:
    """Judge as a reporter does: where the type is wrong, all else follows from that."""
    errors = list(Draft202012Validator(schema()).iter_errors(manifest))
    mistyped = {tuple(error.path) for error in errors if error.validator == "type"}
    return [
        (tuple(error.path), str(error.validator), owner_of(error))
        for error in errors
        if error.validator == "type" or tuple(error.path) not in mistyped
    ]


def owner_of(error: ValidationError) -> str | None:
    subschema: Any = error.schema
    missing = None
    if error.validator == "required":
        (missing,) = (key for key in subschema["required"] if repr(key) in error.message)
    return owner(subschema, str(error.validator), missing)


def test_a_manifest_with_every_key_is_accepted() -> None:
    assert problems(GOOD) == []
    used = {key for _, mapping in subschemas(GOOD) for key in mapping}
    assert used == {name.rpartition(".")[2] for name, _ in properties()} - {"watchFieldsAuto"}


def test_every_real_manifest_is_accepted(corpus: Path) -> None:
    judged = {path: problems(loaded(path)) for path in manifests(corpus)}
    assert len(judged) >= 67
    assert {path: found for path, found in judged.items() if found} == {}


@pytest.mark.parametrize("case", MISTAKES, ids=named)
def test_a_single_mistake_gives_a_single_error_with_its_owner(case: tuple[Any, ...]) -> None:
    path, value, where, keyword, rule = case
    assert problems(edited(path, value)) == [(where, keyword, rule)]


@pytest.mark.parametrize("case", LEGAL, ids=named)
def test_what_deploys_is_accepted(case: tuple[Any, ...]) -> None:
    assert problems(edited(*case)) == []


def test_both_odd_keys_of_a_field_are_errors() -> None:
    odd = edited(FIELD, {"fieldName": "email", "prompt": "Which?", "default": "mail"})
    assert problems(odd) == [(FIELD, "not", "field-kind-exclusive")] * 2


def test_an_integration_without_an_action_is_the_fault_of_its_structure() -> None:
    for extra in ({}, {"watchSchema": GOOD["integrations"][0]["watchSchema"]}):
        manifest = edited(ONE, {"name": "n", "provider": "p", **extra})
        assert problems(manifest) == [(ONE, "anyOf", "integration-structure")]


@pytest.mark.parametrize("value", [None, "text", 5, True, 1.5, [], ["x"]])
def test_what_is_no_mapping_at_the_top_is_an_error_of_type_alone(value: object) -> None:
    assert problems(value) == [((), "type", None)]


@pytest.mark.parametrize("name", sorted(schema()["$defs"]))
@pytest.mark.parametrize("value", ["text", 5, True, ["x"]])
def test_conditions_between_keys_do_not_fire_where_there_are_no_keys(
    name: str, value: object
) -> None:
    validator = Draft202012Validator(resolved({"$ref": f"#/$defs/{name}"}))
    assert [error.validator for error in validator.iter_errors(value)] == ["type"]


def test_every_owner_is_reached_by_a_mistake_of_the_table() -> None:
    written = set()
    for _, subschema in subschemas(schema()):
        written |= {subschema[key] for key in ("x-rule", "x-type-rule") if key in subschema}
        written |= set(subschema.get("x-required-rules", {}).values())
    assert written == OWNERS
    assert {case[4] for case in MISTAKES} == OWNERS | {None}


def test_every_owner_is_in_the_catalogue_of_rules(shared: Path) -> None:
    catalogue = (shared / "spec" / "rules.md").read_text(encoding="utf-8")
    assert {rule for rule in OWNERS if f"`{rule}`" not in catalogue} == set()
