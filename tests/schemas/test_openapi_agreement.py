"""The manifest schema against the one the platform publishes: all differences, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from amp_schema.manifest_schema import schema

COMPARED = ("type", "enum", "minimum", "maximum", "minItems", "minLength", "maxLength", "pattern")

# (place, what differs, the published schema, ours): why, from the facts in manifest.md.
DIFFERENCES: dict[tuple[str, str, str, str], str] = {
    ("$.specVersion", "enum", "-", "1.0.0"): "only 1.0.0 exists",
    ("$.integrations", "minItems", "-", "1"): "at least one integration",
    ("$.integrations[]", "condition", "-", "integration-structure"): (
        "the deploy tool refuses an integration without read, write, subscribe and proxy"
    ),
    ("$.integrations[].name", "minLength", "-", "1"): "needed, so not empty",
    ("$.integrations[].name", "condition", "-", "integration-name-length"): (
        "at most 64 characters"
    ),
    ("$.integrations[].displayName", "maxLength", "-", "100"): "at most 100 characters",
    ("$.integrations[].provider", "minLength", "-", "1"): "needed, so not empty",
    ("$.integrations[].read", "required", "-", "objects"): "at least one read object",
    ("$.integrations[].read.objects", "minItems", "-", "1"): "at least one read object",
    ("$.integrations[].read.objects[]", "required", "schedule", "-"): (
        "reads may be started through the API alone; the deploy tool asks for no schedule"
    ),
    ("$.integrations[].read.objects[].objectName", "minLength", "-", "1"): "needed, so not empty",
    ("$.integrations[].read.objects[].destination", "minLength", "-", "1"): (
        "the deploy tool asks for it, so not empty"
    ),
    **{
        (f"$.integrations[].read.objects[].{fields}[]{rest}", what, published, ours): reason
        for fields in ("requiredFields", "optionalFields")
        for rest, what, published, ours, reason in (
            ("", "condition", "oneOf", "-", "a literal oneOf refuses fieldName + mapToName"),
            ("", "type", "-", "object", "both kinds are mappings, so it is said once"),
            ("", "condition", "-", "if fieldName", "the keys present say which kind it is"),
            (".fieldName", "minLength", "-", "1", "needed in an existing field, so not empty"),
        )
    },
    ("$.integrations[].read.objects[].backfill.defaultPeriod", "condition", "-",
     "backfill-config"): "exactly one of days and fullHistory",
    ("$.integrations[].read.objects[].backfill.defaultPeriod.days", "maximum", "-",
     str(2**63 - 1)): (
        "the deploy tool reads an int64 and refuses a file with more"
    ),
    ("$.integrations[].read.objects[].delivery", "condition", "-", "delivery-mode"): (
        "pageSize belongs to onRequest, and onRequest needs it"
    ),
    ("$.integrations[].write", "required", "-", "objects"): "at least one write object",
    ("$.integrations[].write.objects", "minItems", "-", "1"): "at least one write object",
    ("$.integrations[].write.objects[].objectName", "minLength", "-", "1"): "needed, so not empty",
    ("$.integrations[].subscribe", "required", "-", "objects"): "at least one subscribe object",
    ("$.integrations[].subscribe.objects", "minItems", "-", "1"): "at least one subscribe object",
    ("$.integrations[].subscribe.objects[].objectName", "minLength", "-", "1"): (
        "needed, so not empty"
    ),
    ("$.integrations[].subscribe.objects[].destination", "minLength", "-", "1"): (
        "needed, so not empty"
    ),
    **{
        (f"$.integrations[].subscribe.objects[].{event}", "required", "-", "enabled"): (
            "every event block needs enabled"
        )
        for event in ("createEvent", "updateEvent", "deleteEvent", "associationChangeEvent")
    },
    ("$.integrations[].subscribe.objects[].updateEvent", "condition", "-",
     "update-event-watch-fields"): "exactly one of watchFieldsAuto and requiredWatchFields",
    ("$.integrations[].subscribe.objects[].updateEvent.requiredWatchFields", "minItems", "-",
     "1"): (
        "not empty where it is given"
    ),
    ("$.integrations[].subscribe.objects[].updateEvent.requiredWatchFields[]", "condition", "-",
     "watch-fields-no-nesting"): "no dots, no brackets",
    ("$.integrations[].subscribe.objects[].updateEvent.requiredWatchFields[]", "minLength", "-",
     "1"): "an empty text names no field",
    ("$.integrations[].subscribe.objects[].otherEvents[]", "minLength", "-", "1"): (
        "an empty text names no event"
    ),
    ("$.integrations[].proxy", "required", "-", "enabled"): "the deploy tool asks for it",
    ("$.integrations[].watchSchema.destination", "minLength", "-", "1"): "needed, so not empty",
}  # fmt: skip


def difference(place: str, here: dict[str, Any], ours: dict[str, Any]) -> Iterator[Any]:
    for keyword in COMPARED:
        if here.get(keyword) != ours.get(keyword) and not (
            keyword == "enum" and sorted(here.get(keyword, ())) == sorted(ours.get(keyword, ()))
        ):
            yield place, keyword, here.get(keyword), ours.get(keyword)
    needed, needed_here = set(ours.get("required", ())), set(here.get("required", ()))
    if needed != needed_here:
        yield place, "required", sorted(needed_here - needed), sorted(needed - needed_here)
    keys, keys_here = set(ours.get("properties", ())), set(here.get("properties", ()))
    if keys != keys_here:
        yield place, "keys", sorted(keys_here - keys), sorted(keys - keys_here)
    if "default" in here and here["default"] != ours.get("default"):
        yield place, "default", here["default"], ours.get("default")
    for condition in sorted({"oneOf", "anyOf", "allOf", "not"} & set(here)):
        yield place, "condition", condition, None
    for condition in sorted(set(conditions(ours))):
        yield place, "condition", None, condition


def conditions(ours: dict[str, Any]) -> Iterator[str]:
    if "if" in ours:
        yield f"if {', '.join(ours['if']['required'])}"
    for member in ours.get("allOf", ()):
        outcome = member.get("then", member)
        yield outcome.get("x-rule") or next(iter(outcome["x-required-rules"].values()))


def flat(published: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    """Resolve a reference; give a union the keys of all its members."""
    if "$ref" in published:
        published = components[published["$ref"].rpartition("/")[2]]
    if "oneOf" in published:
        members = [flat(member, components) for member in published["oneOf"]]
        assert {member["type"] for member in members} == {"object"}
        keys = {key: value for member in members for key, value in member["properties"].items()}
        published = {"oneOf": members, "properties": keys}
    return published


def differences(components: dict[str, Any]) -> Iterator[Any]:
    definitions = schema()["$defs"]
    waiting: list[tuple[str, Any, Any]] = [("$", components["Manifest"], schema())]
    while waiting:
        place, here, ours = waiting.pop()
        here = flat(here, components)
        if "$ref" in ours:
            ours = definitions[ours["$ref"].removeprefix("#/$defs/")]
        yield from difference(place, here, ours)
        if "items" in here:
            waiting.append((f"{place}[]", here["items"], ours["items"]))
        waiting.extend(
            (f"{place}.{key}", below, ours["properties"][key])
            for key, below in here.get("properties", {}).items()
            if key in ours["properties"]
        )


def shown(value: object) -> str:
    if value is None or value == []:
        return "-"
    return ", ".join(value) if isinstance(value, list) else str(value)


def test_the_schema_differs_from_the_published_one_only_with_a_reason(shared: Path) -> None:
    text = (shared / "facts" / "manifest-openapi.yaml").read_text(encoding="utf-8")
    components = YAML(typ="safe", pure=True).load(text)["components"]["schemas"]
    found = [(place, what, *map(shown, both)) for place, what, *both in differences(components)]
    assert sorted(found) == sorted(DIFFERENCES)


def test_every_difference_has_a_reason() -> None:
    assert all(DIFFERENCES.values())
