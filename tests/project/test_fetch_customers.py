"""What customers have installed, subscribed to and configured, as far as it is counted."""

from __future__ import annotations

import dataclasses
from typing import Any

from .api_schemas import INSTALLATIONS_PATH, METADATA_PATH, PROJECT_PATH
from .fetch_runs import QUICK, Fetch
from .mock_api import KEY, Answer, MockApi, installation, problem


def test_no_secret_and_no_customer_is_kept(pull: Fetch) -> None:
    kept = pull().to_bytes().decode()

    for secret in (KEY, "s3cr3t", "hooks.example", "client-id-1", "Customer", "g1", "c1"):
        assert secret not in kept


def test_customers_are_kept_when_they_are_asked_for(pull: Fetch) -> None:
    integrations = pull(with_customers=True).data["integrations"]

    assert integrations[0]["customers"] == ["Customer 1", "Customer 2"]


def test_too_many_installations_for_one_answer_are_asked_for_one_by_one(
    api: MockApi, pull: Fetch
) -> None:
    many = [installation(number, "crm-sync") for number in range(100)]
    api.set(f"{PROJECT_PATH}/installations", Answer(many))
    api.set(INSTALLATIONS_PATH, Answer(many[:7]))

    snapshot = pull(dataclasses.replace(QUICK, most_bytes=10_000))

    assert snapshot.data["integrations"][0]["installations"] == 7
    assert snapshot.failed == {}
    api.set(INSTALLATIONS_PATH, problem(403, "Forbidden"))
    snapshot = pull(dataclasses.replace(QUICK, most_bytes=10_000))
    assert snapshot.failed == {"installations": "403 Forbidden"}


def test_installations_of_nobody_are_left_out(api: MockApi, pull: Fetch) -> None:
    api.set(
        f"{PROJECT_PATH}/installations",
        Answer([None, 5, {}, {"integrationId": 7}, installation(1, "gone")]),
    )

    snapshot = pull()

    assert snapshot.data["integrations"][0]["installations"] == 0
    assert "4 do not say" in snapshot.failed["installations"]


def test_configurations_of_every_shape_are_counted_as_far_as_they_go(
    api: MockApi, pull: Fetch
) -> None:
    shapes: list[Any] = [None, [], "x", 5, {"objects": None}, {"objects": {"contacts": None}}]
    shapes.append({"objects": {"contacts": {"selectedFields": [], "selectedFieldMappings": 3}}})
    shapes.append(
        {
            "objects": {
                "contacts": {
                    "selectedFields": {"a": True, "b": False, "c": "true"},
                    "selectedFieldMappings": {"tier": "x", "none": ""},
                    "destination": "own",
                    "schedule": "",
                    "disabled": True,
                }
            }
        }
    )
    made = []
    for number, shape in enumerate(shapes):
        one = installation(number, "crm-sync")
        one["config"]["content"] = {"read": shape, "proxy": {"enabled": True}}
        made.append(one)
    api.set(f"{PROJECT_PATH}/installations", Answer(made))

    snapshot = pull()
    selection = snapshot.selection("crm-sync", "contacts")

    assert snapshot.data["integrations"][0]["installations"] == len(shapes)
    assert snapshot.data["integrations"][0]["pinnedProxy"] == len(shapes)
    assert (selection.read, selection.disabled) == (3, 1)
    assert selection.fields == {"a": 1}
    assert selection.mappings == {"tier": 1}
    assert selection.pinned == {"destination": 1}


def test_what_customers_subscribe_to_and_write(api: MockApi, pull: Fetch) -> None:
    one = installation(1, "crm-sync")
    one["config"]["content"] = {
        "subscribe": {"objects": {"contacts": {"destination": "own"}}},
        "write": {"objects": {"contacts": {}, "deals": {}}},
    }
    api.set(f"{PROJECT_PATH}/installations", Answer([one]))

    selection = pull().selection("crm-sync", "contacts")

    assert (selection.read, selection.subscribe, selection.write) == (0, 1, 1)
    assert selection.pinned == {"subscribeDestination": 1}


CONTACTS = {
    "name": "contacts",
    "displayName": "Contacts",
    "fields": {
        "email": {"fieldName": "email", "displayName": "E-mail", "valueType": "string"},
        "stage": {
            "fieldName": "stage",
            "displayName": "Stage",
            "valueType": "singleSelect",
            "readOnly": True,
            "isCustom": True,
            "values": [{"value": "lead", "displayValue": "Lead"}, {"value": 5}, None],
        },
        "odd": None,
        "": {"displayName": "without a name"},
    },
}


def test_fields_of_the_accounts_that_are_asked_for(api: MockApi, pull: Fetch) -> None:
    api.set(METADATA_PATH, Answer(CONTACTS))

    snapshot = pull(groups=("g1", "g2"), objects=(("hubspot", "contacts"),))
    found = snapshot.object("hubspot", "contacts")

    assert found is not None
    assert (found.accounts, found.missing, found.groups) == (2, 0, ())
    assert sorted(found.fields) == ["email", "odd", "stage"]
    stage = found.field("STAGE")
    assert stage is not None
    assert (stage.display_name, stage.type, stage.values) == ("Stage", "singleSelect", ("lead",))
    assert (stage.read_only, stage.custom, stage.required, stage.accounts) == (True, True, False, 2)
    assert b"g1" not in snapshot.to_bytes()


def test_an_object_that_an_account_lacks(api: MockApi, pull: Fetch) -> None:
    path = "/projects/acme-dev/providers/hubspot/objects/{}/metadata"
    api.set(path.format("contacts"), Answer(CONTACTS))
    api.set(path.format("deals"), problem(500, "Broken"))

    snapshot = pull(
        groups=("g1",),
        objects=(("hubspot", "contacts"), ("hubspot", "gone"), ("hubspot", "deals")),
        with_customers=True,
    )

    gone = snapshot.object("hubspot", "gone")
    assert gone is not None
    assert (gone.accounts, gone.missing, gone.groups) == (0, 1, ("g1",))
    assert snapshot.object("hubspot", "deals") is None
    assert snapshot.failed == {"metadata": "`deals` of hubspot: 500 Broken"}
