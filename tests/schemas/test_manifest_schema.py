from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from ruamel.yaml import YAML

from amp_schema.manifest_schema import (
    Place,
    canonical_key,
    owner,
    place,
    places_of_key,
    root,
    schema,
)

DROP = object()
PAGES = {
    f"https://docs.withampersand.com/{page}"
    for page in (
        "destinations",
        "manifest-reference",
        "object-and-field-mapping",
        "proxy-actions",
        "read-actions",
        "subscribe-actions",
        "write-actions",
    )
}
OWNERS = {
    "backfill-config",
    "delivery-mode",
    "field-identity",
    "field-kind-exclusive",
    "integration-name-length",
    "integration-structure",
    "read-objects",
    "spec-version",
    "subscribe-objects",
    "update-event-watch-fields",
    "watch-fields-no-nesting",
    "write-objects",
}
GOOD: dict[str, Any] = {
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
                        "mapToName": "person",
                        "mapToDisplayName": "Person",
                        "destination": "hook",
                        "schedule": "*/30 * * * *",
                        "requiredFields": [
                            {"fieldName": "email", "mapToName": "mail", "mapToDisplayName": "M"},
                            {"mapToName": "rank", "prompt": "Which?", "default": "score"},
                        ],
                        "optionalFields": [{"fieldName": "phone"}],
                        "optionalFieldsAuto": "all",
                        "backfill": {"defaultPeriod": {"days": 0}},
                        "delivery": {"mode": "onRequest", "pageSize": 50},
                    },
                    {
                        "objectName": "deals",
                        "destination": "hook",
                        "schedule": "0 0 * * *",
                        "enabled": "always",
                        "requiredFields": [{"fieldName": "amount"}],
                        "backfill": {"defaultPeriod": {"fullHistory": False}},
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
                        "updateEvent": {"enabled": "always", "requiredWatchFields": ["mail"]},
                        "deleteEvent": {"enabled": "always"},
                        "associationChangeEvent": {
                            "enabled": "always",
                            "includeFullRecords": True,
                        },
                        "otherEvents": ["object.merged"],
                    }
                ]
            },
            "proxy": {"enabled": False, "useModule": True},
            "watchSchema": {
                "destination": "hook",
                "schedule": "0 0 * * *",
                "allObjects": {
                    "fieldCreated": {"enabled": "always"},
                    "fieldDeleted": {"enabled": "always"},
                    "fieldChanged": {"enabled": "always"},
                },
            },
        }
    ],
}

ONE = ("integrations", 0)
READ = (*ONE, "read", "objects", 0)
FIELD = (*READ, "requiredFields", 0)
PICKED = (*READ, "requiredFields", 1)
PERIOD = (*READ, "backfill", "defaultPeriod")
WRITE = (*ONE, "write", "objects", 0)
SUBSCRIBE = (*ONE, "subscribe", "objects", 0)
UPDATE = (*SUBSCRIBE, "updateEvent")
WATCH = (*ONE, "watchSchema")
ACTIONS = ("read", "write", "subscribe", "proxy")

# (where, the mistake, where it is reported, the keyword that fails, the rule that owns it)
MISTAKES = [
    (("specVersion",), DROP, (), "required", "spec-version"),
    (("specVersion",), "2.0.0", ("specVersion",), "enum", "spec-version"),
    (("specVersion",), "", ("specVersion",), "enum", "spec-version"),
    (("specVersion",), 1.0, ("specVersion",), "type", None),
    (("integrations",), DROP, (), "required", "integration-structure"),
    (("integrations",), [], ("integrations",), "minItems", "integration-structure"),
    (("integrations",), {}, ("integrations",), "type", None),
    ((*ONE,), "crm", ONE, "type", None),
    (("intergrations",), [], (), "additionalProperties", None),
    ((*ONE, "name"), DROP, ONE, "required", None),
    ((*ONE, "name"), "", (*ONE, "name"), "minLength", None),
    ((*ONE, "name"), "n" * 65, (*ONE, "name"), "maxLength", "integration-name-length"),
    ((*ONE, "name"), 7, (*ONE, "name"), "type", None),
    (
        (*ONE, "displayName"),
        "n" * 101,
        (*ONE, "displayName"),
        "maxLength",
        "integration-name-length",
    ),
    ((*ONE, "provider"), DROP, ONE, "required", None),
    ((*ONE, "provider"), "", (*ONE, "provider"), "minLength", None),
    ((*ONE, "module"), True, (*ONE, "module"), "type", None),
    ((*ONE, "schedule"), "x", ONE, "additionalProperties", None),
    ((*ONE, "read"), [], (*ONE, "read"), "type", None),
    ((*ONE, "read"), {}, (*ONE, "read"), "required", "read-objects"),
    ((*ONE, "read", "objects"), [], (*ONE, "read", "objects"), "minItems", "read-objects"),
    ((*ONE, "read", "objects"), {}, (*ONE, "read", "objects"), "type", None),
    (READ, "contacts", READ, "type", None),
    ((*READ, "objectName"), DROP, READ, "required", None),
    ((*READ, "objectName"), "", (*READ, "objectName"), "minLength", None),
    ((*READ, "destination"), DROP, READ, "required", None),
    ((*READ, "destination"), "", (*READ, "destination"), "minLength", None),
    ((*READ, "schedule"), 5, (*READ, "schedule"), "type", None),
    ((*READ, "enabled"), "never", (*READ, "enabled"), "enum", None),
    ((*READ, "enabled"), True, (*READ, "enabled"), "type", None),
    ((*READ, "inheritMapping"), True, READ, "additionalProperties", None),
    ((*READ, "optionalFieldsAuto"), "some", (*READ, "optionalFieldsAuto"), "enum", None),
    ((*READ, "requiredFields"), "email", (*READ, "requiredFields"), "type", None),
    (FIELD, "email", FIELD, "type", "field-identity"),
    (FIELD, 5, FIELD, "type", "field-identity"),
    (FIELD, ["email"], FIELD, "type", "field-identity"),
    (FIELD, {}, FIELD, "required", "field-identity"),
    (FIELD, {"mapToDisplayName": "M"}, FIELD, "required", "field-identity"),
    (FIELD, {"mapToName": ""}, (*FIELD, "mapToName"), "minLength", "field-identity"),
    ((*FIELD, "fieldName"), "", (*FIELD, "fieldName"), "minLength", None),
    ((*FIELD, "fieldName"), 5, (*FIELD, "fieldName"), "type", None),
    ((*FIELD, "prompt"), "Which?", FIELD, "not", "field-kind-exclusive"),
    ((*FIELD, "default"), "score", FIELD, "not", "field-kind-exclusive"),
    ((*PICKED, "mapToName"), DROP, PICKED, "required", "field-identity"),
    ((*PICKED, "label"), "Rank", PICKED, "additionalProperties", None),
    ((*READ, "optionalFields", 0), "phone", (*READ, "optionalFields", 0), "type", "field-identity"),
    ((*READ, "backfill"), {}, (*READ, "backfill"), "required", None),
    ((*READ, "backfill"), {"days": 7, "defaultPeriod": {"days": 7}}, (*READ, "backfill"),
     "additionalProperties", None),
    (PERIOD, {}, PERIOD, "oneOf", "backfill-config"),
    (PERIOD, {"days": 1, "fullHistory": True}, PERIOD, "oneOf", "backfill-config"),
    (PERIOD, 30, PERIOD, "type", None),
    ((*PERIOD, "days"), -1, (*PERIOD, "days"), "minimum", None),
    ((*PERIOD, "days"), 1.5, (*PERIOD, "days"), "type", None),
    ((*PERIOD, "days"), "30", (*PERIOD, "days"), "type", None),
    ((*PERIOD, "days"), True, (*PERIOD, "days"), "type", None),
    (PERIOD, {"fullHistory": "true"}, (*PERIOD, "fullHistory"), "type", None),
    ((*READ, "delivery"), {"mode": "onRequest"}, (*READ, "delivery"), "required", "delivery-mode"),
    ((*READ, "delivery", "mode"), "auto", (*READ, "delivery"), "not", "delivery-mode"),
    ((*READ, "delivery", "mode"), DROP, (*READ, "delivery"), "not", "delivery-mode"),
    ((*READ, "delivery", "mode"), "onDemand", (*READ, "delivery", "mode"), "enum", None),
    ((*READ, "delivery", "pageSize"), 49, (*READ, "delivery", "pageSize"), "minimum", None),
    ((*READ, "delivery", "pageSize"), 501, (*READ, "delivery", "pageSize"), "maximum", None),
    ((*READ, "delivery"), "auto", (*READ, "delivery"), "type", None),
    ((*ONE, "write"), {}, (*ONE, "write"), "required", "write-objects"),
    ((*ONE, "write", "objects"), [], (*ONE, "write", "objects"), "minItems", "write-objects"),
    ((*WRITE, "objectName"), DROP, WRITE, "required", None),
    ((*WRITE, "inheritMapping"), "yes", (*WRITE, "inheritMapping"), "type", None),
    ((*WRITE, "destination"), "hook", WRITE, "additionalProperties", None),
    ((*WRITE, "valueDefaults", "allowAnyFields"), 1,
     (*WRITE, "valueDefaults", "allowAnyFields"), "type", None),
    ((*ONE, "subscribe"), {}, (*ONE, "subscribe"), "required", "subscribe-objects"),
    ((*ONE, "subscribe", "objects"), [], (*ONE, "subscribe", "objects"), "minItems",
     "subscribe-objects"),
    ((*SUBSCRIBE, "objectName"), DROP, SUBSCRIBE, "required", None),
    ((*SUBSCRIBE, "destination"), DROP, SUBSCRIBE, "required", None),
    ((*SUBSCRIBE, "destination"), "", (*SUBSCRIBE, "destination"), "minLength", None),
    ((*SUBSCRIBE, "createEvent"), "always", (*SUBSCRIBE, "createEvent"), "type", None),
    ((*SUBSCRIBE, "createEvent"), {}, (*SUBSCRIBE, "createEvent"), "required", None),
    ((*SUBSCRIBE, "deleteEvent", "enabled"), "true", (*SUBSCRIBE, "deleteEvent", "enabled"),
     "enum", None),
    ((*SUBSCRIBE, "otherEvents"), "object.merged", (*SUBSCRIBE, "otherEvents"), "type", None),
    ((*SUBSCRIBE, "otherEvents"), [5], (*SUBSCRIBE, "otherEvents", 0), "type", None),
    ((*SUBSCRIBE, "associationChangeEvent", "enabled"), DROP,
     (*SUBSCRIBE, "associationChangeEvent"), "required", None),
    (UPDATE, "always", UPDATE, "type", None),
    ((*UPDATE, "requiredWatchFields"), DROP, UPDATE, "oneOf", "update-event-watch-fields"),
    ((*UPDATE, "watchFieldsAuto"), "all", UPDATE, "oneOf", "update-event-watch-fields"),
    ((*UPDATE, "requiredWatchFields"), [], (*UPDATE, "requiredWatchFields"), "minItems",
     "update-event-watch-fields"),
    (UPDATE, {"enabled": "always", "watchFieldsAuto": "some"}, (*UPDATE, "watchFieldsAuto"),
     "enum", None),
    ((*UPDATE, "requiredWatchFields", 0), "address.city", (*UPDATE, "requiredWatchFields", 0),
     "pattern", "watch-fields-no-nesting"),
    ((*UPDATE, "requiredWatchFields", 0), "$['city']", (*UPDATE, "requiredWatchFields", 0),
     "pattern", "watch-fields-no-nesting"),
    ((*UPDATE, "requiredWatchFields", 0), 5, (*UPDATE, "requiredWatchFields", 0), "type", None),
    ((*ONE, "proxy"), {}, (*ONE, "proxy"), "required", None),
    ((*ONE, "proxy"), True, (*ONE, "proxy"), "type", None),
    ((*ONE, "proxy", "enabled"), "always", (*ONE, "proxy", "enabled"), "type", None),
    ((*WATCH, "destination"), DROP, WATCH, "required", None),
    ((*WATCH, "allObjects"), DROP, WATCH, "required", None),
    ((*WATCH, "allObjects", "fieldRenamed"), {}, (*WATCH, "allObjects"), "additionalProperties",
     None),
    ((*WATCH, "allObjects", "fieldCreated"), {}, (*WATCH, "allObjects", "fieldCreated"),
     "required", None),
    ((*WATCH, "allObjects", "fieldChanged", "enabled"), "never",
     (*WATCH, "allObjects", "fieldChanged", "enabled"), "enum", None),
]  # fmt: skip

# What the platform takes, though a strict reader might not expect it.
LEGAL = [
    ((*READ, "schedule"), DROP),
    ((*READ, "schedule"), ""),
    ((*READ, "requiredFields"), []),
    ((*READ, "requiredFields"), DROP),
    ((*FIELD, "mapToName"), ""),
    ((*FIELD, "mapToDisplayName"), DROP),
    ((*PICKED, "prompt"), DROP),
    ((*PICKED, "default"), DROP),
    ((*READ, "delivery"), {}),
    ((*PERIOD, "days"), 100_000),
    ((*ONE, "name"), "n" * 64),
    ((*ONE, "name"), "Read and Write!"),
    ((*ONE, "displayName"), "n" * 100),
    ((*ONE, "provider"), "notYetInTheCatalog"),
    ((*ONE, "read"), DROP),
    ((*SUBSCRIBE, "inheritFieldsAndMapping"), DROP),
    ((*SUBSCRIBE, "otherEvents"), []),
    ((*WATCH, "allObjects"), {}),
    *(((*ONE,), {"name": "n", "provider": "p", key: GOOD["integrations"][0][key]})
      for key in ACTIONS),
]  # fmt: skip


def edited(path: tuple[str | int, ...], value: object) -> Any:
    manifest = copy.deepcopy(GOOD)
    parent: Any = manifest
    for step in path[:-1]:
        parent = parent[step]
    if value is DROP:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return manifest


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


def named(case: tuple[Any, ...]) -> str:
    path, value = case[:2]
    return f"{'.'.join(map(str, path))}={'absent' if value is DROP else repr(value)[:30]}"


def subschemas(value: Any, route: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        yield route, value
        for key, below in value.items():
            if key not in {"examples", "default", "enum"}:
                yield from subschemas(below, (*route, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from subschemas(below, (*route, str(index)))


def properties() -> list[tuple[str, Any]]:
    """Every property in the place where it is declared, conditions left out."""
    return [
        (".".join((*route, key)), declared)
        for route, subschema in subschemas(schema())
        if route[-1:] == ("properties",) and not {"if", "then", "else"} & set(route)
        for key, declared in subschema.items()
    ]


every_property = pytest.mark.parametrize(
    "declared", [pytest.param(declared, id=name) for name, declared in properties()]
)


def resolved(declared: dict[str, Any]) -> dict[str, Any]:
    return {"$defs": schema()["$defs"], **declared}


def manifests(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"})


def loaded(path: Path) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    return yaml.load(path.read_text(encoding="utf-8"))


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


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


def mappings_below(here: Place) -> Iterator[Place]:
    if here.kind is not None:
        yield here
    for below in (*here.properties.values(), *([] if here.item is None else [here.item])):
        yield from mappings_below(below)


def test_a_place_is_found_by_its_path() -> None:
    found = place(READ)
    assert found is not None
    assert found.kind == "read object"
    assert list(found.properties)[:3] == ["objectName", "mapToName", "mapToDisplayName"]
    assert found.required == ("objectName", "destination")
    assert found.url == "https://docs.withampersand.com/read-actions"


def test_the_empty_path_is_the_manifest() -> None:
    assert place(()) is root()
    assert root().kind == "manifest"
    assert list(root().properties) == ["specVersion", "integrations"]


def test_words_beside_a_reference_win_over_those_of_the_definition() -> None:
    created, deleted = (
        place((*WATCH, "allObjects", key)) for key in ("fieldCreated", "fieldDeleted")
    )
    assert created is not None
    assert deleted is not None
    assert created.title == "Field created"
    assert created.kind == deleted.kind == "field event"
    assert created.description != deleted.description
    assert "$ref" not in created.schema
    assert created.type == "object"


def test_a_place_says_what_may_stand_there() -> None:
    mode = place((*READ, "delivery", "mode"))
    assert mode is not None
    assert (mode.type, mode.values, mode.default) == ("string", ("auto", "onRequest"), "auto")
    assert mode.examples == ("onRequest",)
    assert mode.kind is None
    assert not mode.deprecated
    days = place((*PERIOD, "days"))
    assert days is not None
    assert (days.type, days.values, days.default) == ("integer", (), 0)
    watched = place((*UPDATE, "requiredWatchFields", 7))
    assert watched is not None
    assert (watched.type, watched.title) == ("string", "Watched field")
    delivery = place((*READ, "delivery"))
    assert delivery is not None
    assert delivery.deprecated


def test_every_place_answers_every_question() -> None:
    waiting, seen = [root()], 0
    while waiting:
        here = waiting.pop()
        seen += 1
        assert here.type in {"object", "array", "string", "integer", "boolean"}
        assert (here.type == "object") == (here.kind is not None) == bool(here.properties)
        assert (here.type == "array") == (here.item is not None)
        assert here.title
        assert here.description
        assert here.url in PAGES
        assert set(here.required) <= set(here.properties)
        waiting += [*here.properties.values(), *([] if here.item is None else [here.item])]
    assert seen > len(properties())


@pytest.mark.parametrize(
    "path",
    [
        ("nope",),
        (0,),
        ("integrations", "name"),
        ("integrations", 0, 0),
        ("specVersion", "x"),
        ("specVersion", 0),
        ("integrations", 0, "nope", "objects", 0),
    ],
)
def test_a_path_that_leaves_the_manifest_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert place(path) is None


def test_a_path_is_followed_in_any_case_as_the_platform_does() -> None:
    assert place(("INTEGRATIONS", 3, "Read", "objects", 1)) is place(READ)


@pytest.mark.parametrize(
    ("key", "canonical"),
    [
        ("objectName", "objectName"),
        ("objectname", "objectName"),
        ("OBJECTNAME", "objectName"),
        ("\u017fchedule", "schedule"),  # the long s is an s to the platform
        ("bac\u212afill", "backfill"),  # and so is the Kelvin sign a k
        ("object_name", None),
        ("object-name", None),
        (" objectName", None),
        ("", None),
        ("back\ufb01ll", None),  # a ligature is not two letters
    ],
)
def test_keys_match_without_case_and_in_no_other_way(key: str, canonical: str | None) -> None:
    found = place(READ)
    assert found is not None
    assert canonical_key(found, key) == canonical


def test_the_platform_never_takes_a_sharp_s_for_two_letters() -> None:
    found = place(SUBSCRIBE)
    assert found is not None
    assert canonical_key(found, "a\u00dfociationChangeEvent") is None
    assert canonical_key(found, "ASSOCIATIONCHANGEEVENT") == "associationChangeEvent"


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("specVersion", ["the top level of the manifest"]),
        ("provider", ["an integration"]),
        ("SCHEDULE", ["a read object", "a watchSchema section"]),
        ("requiredWatchFields", ["an update event"]),
        ("mapToName", ["a read object", "a field entry"]),
        ("objects", ["a read section", "a write section", "a subscribe section"]),
        (
            "enabled",
            [
                "a read object",
                "a create event",
                "an update event",
                "a delete event",
                "an association change event",
                "a proxy section",
                "a field event",
            ],
        ),
        ("frequency", []),
        ("", []),
    ],
)
def test_a_key_knows_where_it_belongs(key: str, places: list[str]) -> None:
    assert places_of_key(key) == places
