from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amp_schema import objects
from amp_schema.catalog import catalog
from amp_schema.objects import (
    FOLDER,
    CatalogObject,
    as_of,
    find_object,
    ignores_case,
    is_open,
    names_for,
    objects_of,
)

FILES = sorted((Path(objects.__file__).parent / FOLDER).iterdir())
MOST_BYTES = 600_000


def test_the_snapshot_is_as_new_as_the_providers() -> None:
    assert date.fromisoformat(as_of()) >= date.fromisoformat(catalog().as_of)


def test_the_snapshot_is_small_in_a_wheel() -> None:
    assert sum(len(zlib.compress(path.read_bytes(), 9)) for path in FILES) < MOST_BYTES


def test_an_object_has_a_display_name_fields_actions_and_sources() -> None:
    invoices = objects_of("stripe")["invoices"]
    assert invoices.display_name == "Invoices"
    assert {"amount_due", "currency"} <= set(invoices.fields[: invoices.described])
    assert invoices.actions == {"read", "write"}
    assert {"platform", "guide"} <= set(invoices.sources)
    assert invoices.trust == "A"
    assert invoices.as_of == as_of()
    assert objects_of("aws")["Users"].actions == {"read", "write", "delete"}


def test_trust_and_date_are_those_of_the_best_and_the_newest_source() -> None:
    one = CatalogObject("a", None, (), 0, frozenset(), ("jsforce-name", "jsforce"))
    assert one.trust == "B"
    only = CatalogObject("a", None, (), 0, frozenset(), ("platform",))
    assert (only.trust, only.as_of) == ("A", catalog().as_of)
    assert objects_of("salesforce")["AcceptedEventRelation"].trust == "C"


def test_a_field_is_found_without_regard_to_case() -> None:
    contact = objects_of("salesforce")["Contact"]
    assert contact.field("Email") == contact.field("email") == "Email"
    assert contact.field("e-mail") is None


def test_what_is_not_known_has_no_objects() -> None:
    assert objects_of("nobody") == {}
    assert objects_of("") == {}
    assert objects_of("Stripe") == {}
    assert objects_of("airtable") == {}
    assert objects_of("google", "calender") == {}
    assert objects_of("stripe", "crm") == {}
    assert find_object("nobody", None, "contacts") is None


def test_without_a_module_the_default_one_counts() -> None:
    assert "events" in objects_of("google")
    assert objects_of("google") is objects_of("google", "calendar")
    assert objects_of("google", "") is objects_of("google")
    assert "messages" in objects_of("google", "gmail")
    assert objects_of("hubspot") is objects_of("hubspot", "crm")


def test_facts_without_a_module_are_about_the_default_module_only() -> None:
    assert objects_of("zoho") is objects_of("zoho", "crm")
    assert "Deals" in objects_of("zoho")
    assert "Deals" not in objects_of("zoho", "desk")
    assert objects_of("zoho", "bugtracker") == {}


def test_a_module_may_share_the_objects_of_another() -> None:
    engagement = objects_of("salesforce", "account-engagement")
    assert "prospects" in engagement
    assert objects_of("salesforce", "account-engagement-demo") is engagement


def test_a_variant_of_a_provider_has_the_objects_of_that_provider() -> None:
    assert objects_of("squareSandbox") is objects_of("square")
    assert objects_of("googleWorkspaceDelegation") is objects_of("google")
    assert objects_of("googleWorkspaceDelegation", "gmail") is objects_of("google", "gmail")
    assert "prospects" in objects_of("salesforceJWT", "account-engagement")
    assert "invoice" in objects_of("netsuiteM2M", "restlet")


@pytest.mark.parametrize(
    ("provider", "first"),
    [
        ("hubspot", ["contacts", "companies", "deals", "tickets"]),
        ("salesforce", ["Account", "Contact", "Opportunity", "Lead"]),
        ("stripe", ["customers", "invoices"]),
        ("zendeskSupport", ["tickets", "users", "organizations"]),
    ],
)
def test_common_objects_come_first(provider: str, first: list[str]) -> None:
    assert set(list(objects_of(provider))[:8]) >= set(first)


def test_objects_that_an_action_takes_come_first() -> None:
    known = objects_of("hubspot")
    names = names_for("hubspot", None, "write")
    takes = ["write" in known[name].actions for name in names]
    assert takes == sorted(takes, reverse=True)
    assert names[0] == "contacts"
    assert set(names) == set(known)
    # Of `users` no action is known; `lists` is only known to be read.
    assert names.index("contacts") < names.index("users") < names.index("lists")
    assert names_for("nobody", None, "read") == ()


def test_case_is_ignored_where_the_provider_ignores_it() -> None:
    assert ignores_case("salesforce", None)
    assert ignores_case("salesforceJWT", None)
    assert find_object("salesforce", None, "account") is objects_of("salesforce")["Account"]
    assert not ignores_case("hubspot", None)
    assert find_object("hubspot", None, "Contacts") is None


def test_a_name_may_be_a_pattern() -> None:
    found = find_object("hubspot", None, "AMPERSAND-event-occurrences-e_signed_up")
    assert found is not None
    assert "occurredAt" in found.fields
    assert find_object("lemlist", None, "unsubscribes/someone") is not None
    assert find_object("lemlist", None, "unsubscribe") is None
    assert not any("*" in name for name in objects_of("lemlist"))


def test_any_name_may_be_right_where_customers_add_objects_or_an_action_takes_all() -> None:
    assert is_open("hubspot", None)
    assert is_open("calendly", None)
    assert not is_open("stripe", None)
    assert find_object("calendly", None, "anything/at-all") is None


def test_every_row_of_the_files_is_found_and_read() -> None:
    assert len(FILES) > 100
    for provider, module, part in parts():
        found = objects_of(provider, None if module == "root" else module)
        rows = {name: row for name, row in part["objects"].items() if "*" not in name}
        assert list(found) == list(rows)
        for name, row in rows.items():
            # Empty values at the end are left out.
            _, sources, actions, fields, more = [*row, "", "", ""][:5]
            assert found[name].sources == tuple(sources.split("+"))
            assert found[name].actions == set(actions.split())
            assert ",".join(found[name].fields) == ",".join(filter(None, (fields, more)))
            assert ",".join(found[name].fields[: found[name].described]) == fields
            assert found[name].trust in ("A", "B", "C")


def parts() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in FILES:
        for module, part in json.loads(path.read_bytes()).items():
            if isinstance(part, dict):
                yield path.stem, module, part


def test_the_files_are_those_of_known_providers() -> None:
    names = [path.stem for path in FILES]
    assert set(names) <= set(catalog().providers)
    # Some file systems know no case.
    assert len({name.casefold() for name in names}) == len(names)


def test_only_the_file_of_the_provider_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    decode = json.loads

    def counting(text: bytes) -> object:
        decoded.append(len(text))
        return decode(text)

    monkeypatch.setattr(json, "loads", counting)
    catalog()
    forget()
    decoded.clear()
    objects_of("recurly")
    objects_of("recurly", "crm")
    # All files together have over a million bytes.
    assert len(decoded) == 1
    assert decoded[0] < 20_000


def forget() -> None:
    for cached in (objects._part, objects._part_of, objects._modules):
        cached.cache_clear()


def test_a_known_object_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        objects_of("stripe")["invoices"] = None  # type: ignore[index]
