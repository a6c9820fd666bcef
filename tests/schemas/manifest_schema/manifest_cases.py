"""A manifest with every key, mistakes and legal changes in it, and the parts of the schema."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from amp_schema.manifest_schema import Place, schema

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


def resolved(declared: dict[str, Any]) -> dict[str, Any]:
    return {"$defs": schema()["$defs"], **declared}


def manifests(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"})


def loaded(path: Path) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 1)
    return yaml.load(path.read_text(encoding="utf-8"))


def mappings_below(here: Place) -> Iterator[Place]:
    if here.kind is not None:
        yield here
    for below in (*here.properties.values(), *([] if here.item is None else [here.item])):
        yield from mappings_below(below)
