"""Random manifests as data, the ways to write one, and single changes with their findings."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

# One number each, which is quicker than a recorded `st.randoms`.
randoms = st.integers(0, 2**32).map(Random)
FIELDS = ("email", "firstname", "lastname", "phone", "city", "owner_id", "properties.tier")
OBJECTS = ("contacts", "companies", "deals", "tickets", "custom/thing")
# Each schedule with others that run at the same times.
EQUAL_SCHEDULES = {
    "0 * * * *": ("00 * * * *", "0 */1 * * *", "0 0-23 * * *"),
    "*/30 * * * *": ("0,30 * * * *", "00-59/30 * * * *", "30,0 0-23/1 * * *"),
    "15 1 * * 1": ("15 01 * * MON", "15 1 * * mon", "015 1 */1 * 1-1"),
}
# What a part reads as without the key, by the part.
DEFAULTS: dict[str, dict[str, Any]] = {
    "read": {"backfill": {"defaultPeriod": {"days": 0}}, "delivery": {"mode": "auto"}},
    "write": {"inheritMapping": False},
    "proxy": {"useModule": False},
}

_fields = st.builds(
    lambda name, mapped: {"fieldName": name, **({"mapToName": f"my {name}"} if mapped else {})},
    st.sampled_from(FIELDS),
    st.booleans(),
)
_reads = st.fixed_dictionaries(
    {
        "objectName": st.sampled_from(OBJECTS),
        "destination": st.sampled_from(("crmWebhook", "events")),
        "schedule": st.sampled_from(tuple(EQUAL_SCHEDULES)),
        "requiredFields": st.lists(_fields, min_size=1, max_size=3, unique_by=str),
    },
    optional={
        "optionalFieldsAuto": st.just("all"),
        "optionalFields": st.lists(_fields, max_size=2, unique_by=str),
        "backfill": st.sampled_from(
            ({"defaultPeriod": {"days": 30}}, {"defaultPeriod": {"fullHistory": True}})
        ),
        "mapToName": st.sampled_from(("person", "firm")),
    },
)
_subscriptions = st.fixed_dictionaries(
    {
        "objectName": st.sampled_from(OBJECTS),
        "destination": st.just("events"),
        "inheritFieldsAndMapping": st.just(True),
        "createEvent": st.just({"enabled": "always"}),
        "updateEvent": st.just({"enabled": "always", "requiredWatchFields": ["email", "phone"]}),
        "otherEvents": st.just(["merged", "restored"]),
    }
)


def _section(objects: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    unique = st.lists(objects, min_size=1, max_size=2, unique_by=lambda one: one["objectName"])
    return st.fixed_dictionaries({"objects": unique})


_integrations = st.fixed_dictionaries(
    {
        "name": st.sampled_from(("crm-sync", "people", "Firms", "a.b_c")),
        "provider": st.just("salesforce"),
        "read": _section(_reads),
        "write": _section(st.fixed_dictionaries({"objectName": st.sampled_from(OBJECTS)})),
        "subscribe": _section(_subscriptions),
        "proxy": st.just({"enabled": True}),
        "watchSchema": st.just(
            {"destination": "schemas", "allObjects": {"fieldCreated": {"enabled": "always"}}}
        ),
    }
)
manifests = st.fixed_dictionaries(
    {
        "specVersion": st.just("1.0.0"),
        "integrations": st.lists(
            _integrations, min_size=1, max_size=2, unique_by=lambda one: one["name"]
        ),
    }
)


def written(data: Any, random: Random) -> str:
    """Write a manifest in one of many ways that the platform reads alike."""
    data = _shuffled(data, random)
    style = random.choice(("json", "json lines", "block", "flow", "mixed"))
    if style == "json":
        return json.dumps(data)
    if style == "json lines":
        return json.dumps(data, indent=random.randint(1, 8)) + "\n"
    yaml = YAML(pure=True)
    yaml.default_flow_style = {"block": False, "flow": True, "mixed": None}[style]
    yaml.explicit_start = random.random() < 0.2
    yaml.indent(mapping=2, sequence=4, offset=random.choice((0, 2)))
    stream = io.StringIO()
    # Equal parts become one object, which is written as an anchor and aliases.
    yaml.dump(_quoted(data, random, {} if random.random() < 0.5 else None), stream)
    text = stream.getvalue()
    if style == "block":
        text = "".join(
            line + "\n" * (random.random() < 0.1) + "# note\n" * (random.random() < 0.2)
            for line in text.splitlines(keepends=True)
        )
    if random.random() < 0.2:
        text = text.replace("\n", "\r\n")
    return "\ufeff" * (random.random() < 0.1) + text


def _shuffled(data: Any, random: Random) -> Any:
    """The same mapping with its keys in another order, some of them in another case."""
    if isinstance(data, list):
        return [_shuffled(one, random) for one in data]
    if not isinstance(data, dict):
        return data
    keys = random.sample(list(data), len(data))
    return {
        key.upper() if random.random() < 0.1 else key: _shuffled(data[key], random) for key in keys
    }


def _quoted(data: Any, random: Random, known: dict[str, Any] | None) -> Any:
    if isinstance(data, str):
        return random.choice((str, SingleQuotedScalarString, DoubleQuotedScalarString))(data)
    if isinstance(data, list):
        new: Any = [_quoted(one, random, known) for one in data]
    elif isinstance(data, dict):
        new = {key: _quoted(value, random, known) for key, value in data.items()}
    else:
        return data
    # ruamel.yaml writes a shared mapping of one key as `[&id001 key: value]`, an anchor of the key.
    if known is None or len(data) < 2:
        return new
    return known.setdefault(json.dumps(data), new)


def equal_values(data: Any, random: Random) -> Any:
    """The same manifest with other values of the same meaning."""
    data = deepcopy(data)
    for integration in data["integrations"]:
        for one in integration["read"]["objects"]:
            if random.random() < 0.5:
                one["schedule"] = random.choice(EQUAL_SCHEDULES[one["schedule"]])
            for field in one["requiredFields"]:
                field["mapToDisplayName"] = random.choice(("A label", "Another"))
                field["fieldName"] = random.choice((str.upper, str.title))(field["fieldName"])
        parts = [("proxy", integration["proxy"])]
        parts += [(key, one) for key in ("read", "write") for one in integration[key]["objects"]]
        for key, part in parts:
            for name, value in DEFAULTS[key].items():
                if random.random() < 0.5:
                    part.setdefault(name, value)
        for section in ("read", "write", "subscribe"):
            random.shuffle(integration[section]["objects"])
        integration["displayName"] = "Another label"
    random.shuffle(data["integrations"])
    return data


Edit = Callable[[dict[str, Any]], None]


def _item(section: str, **values: Any) -> Edit:
    """Set keys of the first object of a section; None removes one."""

    def edit(integration: dict[str, Any]) -> None:
        one = integration[section]["objects"][0]
        one.update(values)
        for key in [key for key, value in values.items() if value is None]:
            del one[key]

    return edit


def _own(**values: Any) -> Edit:
    """Set keys of the integration."""
    return lambda integration: integration.update(values)


def _without(section: str) -> Edit:
    """Remove the object that `_spare` adds."""

    def edit(integration: dict[str, Any]) -> None:
        objects = integration[section]["objects"]
        integration[section]["objects"] = [o for o in objects if o["objectName"] != "spare"]

    return edit


def _spare(section: str) -> Edit:
    return lambda integration: integration[section]["objects"].append(
        {**deepcopy(integration[section]["objects"][0]), "objectName": "spare"}
    )


def _lists(required: list[Any], optional: Sequence[Any] = (), auto: str | None = None) -> Edit:
    """Set both lists of fields."""
    optional = list(optional)
    return _item("read", requiredFields=required, optionalFields=optional, optionalFieldsAuto=auto)


_A, _B, _OWN = {"fieldName": "a"}, {"fieldName": "b"}, {"mapToName": "tier"}
_MAPPED = {**_B, "mapToName": "bee"}
_LISTED = {"enabled": "always", "requiredWatchFields": ["email"]}
_WATCH = {"enabled": "always", "watchFieldsAuto": "all"}
_CREATED, _DELETED = (
    {"fieldCreated": {"enabled": "always"}},
    {"fieldDeleted": {"enabled": "always"}},
)

# Rule, the edit that makes the old version, the edit that makes the new one.
SINGLE_CHANGES: tuple[tuple[str, Edit, Edit], ...] = (
    ("integration-renamed", _own(), _own(name="other")),
    ("provider-changed", _own(), _own(provider="hubspot")),
    ("module-changed", _own(module="crm"), _own(module="pardot")),
    ("read-object-removed", _spare("read"), _without("read")),
    ("write-object-removed", _spare("write"), _without("write")),
    ("subscribe-object-removed", _spare("subscribe"), _without("subscribe")),
    (
        "object-name-case-changed",
        _item("write", objectName="Spare"),
        _item("write", objectName="spare"),
    ),
    ("object-mapping-changed", _item("read", mapToName="one"), _item("read", mapToName="two")),
    ("object-mapping-changed", _item("read", mapToName="one"), _item("read", mapToName="One")),
    ("object-mapping-changed", _item("read", mapToName="one"), _item("read", mapToName=None)),
    ("required-mapping-added", _lists([_A]), _lists([_A, _OWN])),
    ("required-mapping-added", _lists([_A], [_OWN]), _lists([_A, _OWN])),
    ("required-mapping-added", _lists([_A, {**_B, **_OWN}]), _lists([_A, _OWN])),
    ("required-field-added", _lists([_A]), _lists([_A, _B])),
    ("required-field-added", _lists([_A], [_B]), _lists([_A, _B])),
    ("field-removed", _lists([_A, _B]), _lists([_A])),
    ("field-removed", _lists([_A], [_B]), _lists([_A])),
    ("field-removed", _lists([_A, _OWN]), _lists([_A])),
    ("field-removed", _lists([_A, _MAPPED], auto="all"), _lists([_A], auto="all")),
    ("field-made-optional", _lists([_A, _B]), _lists([_A], [_B])),
    ("field-made-optional", _lists([_A, _B], auto="all"), _lists([_A], auto="all")),
    ("field-mapping-changed", _lists([_A, _B]), _lists([_A, _MAPPED])),
    ("field-mapping-changed", _lists([_A, _MAPPED]), _lists([_A, _B])),
    ("field-mapping-changed", _lists([{**_B, **_OWN}]), _lists([{**_A, **_OWN}])),
    ("field-mapping-changed", _lists([_A, _OWN]), _lists([_A, {**_B, **_OWN}])),
    ("optional-fields-auto-removed", _lists([_A], auto="all"), _lists([_A])),
    ("always-enabled-added", _own(), _item("read", enabled="always")),
    ("always-enabled-removed", _item("read", enabled="always"), _item("read", enabled=None)),
    ("destination-changed", _own(), _item("read", destination="else")),
    ("destination-changed", _own(), _item("subscribe", destination="else")),
    (
        "destination-changed",
        _own(),
        _own(watchSchema={"destination": "else", "allObjects": _CREATED}),
    ),
    ("schedule-changed", _own(), _item("read", schedule="7 7 * * *")),
    ("schedule-changed", _own(), _item("read", schedule=None)),
    ("backfill-changed", _own(), _item("read", backfill={"defaultPeriod": {"days": 7}})),
    ("delivery-changed", _own(), _item("read", delivery={"mode": "onRequest", "pageSize": 50})),
    ("subscribe-event-removed", _own(), _item("subscribe", createEvent=None)),
    ("subscribe-event-removed", _own(), _item("subscribe", otherEvents=["merged"])),
    ("subscribe-event-added", _own(), _item("subscribe", deleteEvent={"enabled": "always"})),
    (
        "subscribe-event-added",
        _item("subscribe", otherEvents=None),
        _item("subscribe", otherEvents=["x"]),
    ),
    (
        "watch-fields-narrowed",
        _item("subscribe", updateEvent=_WATCH),
        _item("subscribe", updateEvent=_LISTED),
    ),
    ("watch-fields-narrowed", _own(), _item("subscribe", updateEvent={"enabled": "always"})),
    ("proxy-disabled", _own(), _own(proxy={"enabled": False})),
    ("proxy-base-changed", _own(), _own(proxy={"enabled": True, "useModule": True})),
    ("watch-schema-removed", _own(), lambda integration: integration.pop("watchSchema")),
    (
        "watch-schema-changed",
        _own(),
        _own(watchSchema={"destination": "schemas", "allObjects": _DELETED}),
    ),
)
