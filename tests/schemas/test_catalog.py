from __future__ import annotations

from datetime import date

import pytest

from amp_schema.catalog import Provider, catalog


def provider(name: str) -> Provider:
    found = catalog().provider(name)
    assert found is not None
    return found


def test_the_snapshot_has_a_date_and_many_providers() -> None:
    assert date.fromisoformat(catalog().as_of).isoformat() == catalog().as_of
    assert len(catalog().providers) > 200
    assert catalog() is catalog()


def test_a_provider_is_what_the_snapshot_says() -> None:
    hubspot = provider("hubspot")
    assert (hubspot.name, hubspot.display_name, hubspot.auth_type) == (
        "hubspot",
        "HubSpot",
        "oauth2",
    )
    assert hubspot.default_module == "crm"
    assert hubspot.modules["crm"].display_name == "HubSpot CRM"
    assert provider("salesforceJWT").objects_like == "salesforce"
    assert provider("apollo").modules == {}
    assert provider("apollo").default_module is None


def test_names_of_providers_are_case_sensitive() -> None:
    assert catalog().provider("HubSpot") is None
    assert catalog().provider("") is None


def test_an_action_counts_where_either_level_supports_it() -> None:
    google = provider("google")
    # The provider's own level says no, its default module calendar says yes.
    assert "subscribe" not in google.actions
    assert google.supports("subscribe")
    assert google.supports("subscribe", "gmail")
    assert not google.supports("subscribe", "contacts")
    # And the other way about: the module says no, the provider yes.
    assert "proxy" not in google.modules["calendar"].actions
    assert google.supports("proxy", "calendar")
    assert google.supports("read", "contacts")


def test_an_unknown_module_counts_as_the_default_one() -> None:
    assert provider("google").supports("subscribe", "calender")
    assert provider("google").supports("subscribe", "")
    assert not provider("apollo").supports("subscribe", "crm")
    assert provider("apollo").supports("read", "crm")


def test_an_unknown_action_is_never_supported() -> None:
    assert not provider("hubspot").supports("teleport")


def test_every_default_module_and_twin_exists() -> None:
    for one in catalog().providers.values():
        assert one.default_module is None or one.default_module in one.modules
        assert one.objects_like is None or one.objects_like in catalog().providers


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HubSpot", "hubspot"),
        ("hub-spot", "hubspot"),
        ("hubspto", "hubspot"),
        ("hubpsot", "hubspot"),
        ("HubSpot CRM", "hubspot"),
        ("hubspot-crm", "hubspot"),
        ("service-now", "serviceNow"),
        ("servicenow", "serviceNow"),
        ("pipdrive", "pipedrive"),
        ("slak", "slack"),
        ("Amazon Web Services", "aws"),
        ("Microsoft Dynamics CRM", "dynamicsCRM"),
        ("LinkedIn Ads", "linkedIn"),
        ("zoho desk", "zoho"),
        ("netsuite-suiteql", "netsuite"),
        # Several providers are called so; the one that the others are variants of is meant.
        ("google-calendar", "google"),
        ("googlecalendar", "google"),
        ("Gmail", "google"),
        ("Salesforcee", "salesforce"),
        # A name beats a display name: another provider is displayed as Instantly.
        ("Instantly", "instantly"),
        # No clear winner.
        ("zendesk", None),
        ("customer.io", None),
        # Real products of other names, which a looser measure takes for providers.
        ("clover", None),
        ("strapi", None),
        ("namely", None),
        ("doodle", None),
        ("prismic", None),
        ("cbinsights", None),
        ("brex", None),
        ("freshbooks", None),
        ("outlook", None),
        ("hubstaff", None),
        ("mailchimp", None),
        ("trello", None),
        ("g3", None),
        ("x", None),
        ("", None),
        ("h" * 3_000_000, None),
    ],
    ids=lambda text: str(text)[:30],
)
def test_a_misspelt_provider_is_recognised_if_one_is_meant(written: str, meant: str | None) -> None:
    assert catalog().near_provider(written) == meant


def test_every_provider_is_nearest_to_itself() -> None:
    for name in catalog().providers:
        assert catalog().near_provider(name) == name
        assert catalog().near_provider(name.upper()) == name


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("hubspot", "CRM", "crm"),
        ("hubspot", "hubspot-crm", "crm"),
        ("google", "calender", "calendar"),
        ("google", "google-calendar", "calendar"),
        ("google", "Google Contacts", "contacts"),
        ("google", "gmial", "gmail"),
        ("salesforce", "account_engagement", "account-engagement"),
        ("zoho", "Zoho BugTracker", "bugtracker"),
        ("google", "drive", None),
        ("apollo", "crm", None),
        ("google", "c" * 3_000_000, None),
    ],
    ids=lambda text: str(text)[:30],
)
def test_a_misspelt_module_is_recognised(name: str, written: str, meant: str | None) -> None:
    assert catalog().near_module(provider(name), written) == meant
