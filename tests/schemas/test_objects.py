from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from amp_schema import objects
from amp_schema.catalog import catalog
from amp_schema.objects import CatalogObject, as_of, names_for, objects_of, takes

FILE = Path(objects.__file__).with_name("objects.json")


def test_the_snapshot_is_of_the_same_day_as_the_providers() -> None:
    assert date.fromisoformat(as_of()).isoformat() == as_of() == catalog().as_of


def test_an_object_has_a_display_name_its_fields_and_its_actions() -> None:
    invoices = objects_of("stripe")["invoices"]
    assert invoices.display_name == "Invoices"
    assert {"amount_due", "currency"} <= set(invoices.fields)
    assert invoices.actions == frozenset()
    assert objects_of("helpScoutMailbox")["teams"] == CatalogObject(
        "teams", None, (), frozenset({"read"})
    )
    assert objects_of("aws")["Users"].actions == {"read", "write", "delete"}


def test_what_is_not_known_has_no_objects() -> None:
    assert objects_of("nobody") == {}
    assert objects_of("") == {}
    assert objects_of("Stripe") == {}
    assert objects_of("airtable") == {}
    assert objects_of("google", "calender") == {}
    assert objects_of("stripe", "crm") == {}


def test_without_a_module_the_default_one_counts() -> None:
    assert "events" in objects_of("google")
    assert objects_of("google") is objects_of("google", "calendar")
    assert objects_of("google", "") is objects_of("google")
    assert "messages" in objects_of("google", "gmail")


def test_what_is_filed_under_no_module_is_that_of_the_default_module_only() -> None:
    assert objects_of("zoho") is objects_of("zoho", "crm")
    assert len(objects_of("zoho")) > 0
    assert objects_of("zoho", "desk") == {}
    assert objects_of("pipedrive", "crm") == {}


def test_a_variant_of_a_provider_has_the_objects_of_that_provider() -> None:
    assert objects_of("squareSandbox") is objects_of("square")
    assert objects_of("googleWorkspaceDelegation") is objects_of("google")
    assert objects_of("googleWorkspaceDelegation", "gmail") is objects_of("google", "gmail")
    assert "prospects" in objects_of("salesforceJWT", "account-engagement")


def test_the_names_for_an_action_are_those_its_list_has() -> None:
    write = names_for("helpScoutMailbox", None, "write")
    assert write == ("conversations", "customer-properties", "customers", "webhooks")
    assert set(write) < set(names_for("helpScoutMailbox", None, "read"))


def test_where_an_action_has_no_list_or_takes_any_name_all_objects_are_named() -> None:
    assert names_for("stripe", None, "write") == tuple(sorted(objects_of("stripe")))
    assert names_for("calendly", None, "write") == tuple(sorted(objects_of("calendly")))
    assert names_for("nobody", None, "read") == ()


def test_an_action_takes_what_its_list_has_or_a_pattern_in_it_fits() -> None:
    assert takes("calendly", None, "read", "anything/at-all")
    assert takes("lemlist", None, "write", "unsubscribes/someone")
    assert not takes("lemlist", None, "write", "unsubscribe")
    assert takes("helpScoutMailbox", None, "read", "teams")
    assert not takes("helpScoutMailbox", None, "write", "teams")
    assert not takes("stripe", None, "read", "invoices")
    assert not any("*" in name for name in objects_of("lemlist"))


def test_every_line_of_the_file_is_found_and_read() -> None:
    data = json.loads(FILE.read_bytes())
    assert len(data["providers"]) > 100
    for provider, modules in data["providers"].items():
        for module, part in modules.items():
            found = objects_of(provider, None if module == "root" else module)
            assert {name: list(found[name].fields) for name in part["objects"]} == {
                name: fields for name, (_, fields) in part["objects"].items()
            }
            for action, names in part["actions"].items():
                assert all(takes(provider, _written(module), action, name) for name in names)
                assert set(names_for(provider, _written(module), action)) >= {
                    name for name in names if "*" not in name
                }


def _written(module: str) -> str | None:
    return None if module == "root" else module


def test_only_the_line_of_the_provider_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    decode = json.loads

    def counting(text: bytes) -> object:
        decoded.append(len(text))
        return decode(text)

    monkeypatch.setattr(json, "loads", counting)
    catalog()
    objects._part.cache_clear()
    objects._parts.cache_clear()
    decoded.clear()
    objects_of("hubspot")
    objects_of("hubspot", "crm")
    # The line of the largest provider is over 200 kB, the file over 700.
    assert len(decoded) == 1
    assert decoded[0] < 10_000


def test_a_known_object_cannot_be_changed_by_who_looks_it_up() -> None:
    with pytest.raises(TypeError):
        objects_of("stripe")["invoices"] = None  # type: ignore[index]
