from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from amp_schema.build import refresh
from amp_schema.catalog import Provider, catalog

FACTS = {
    "asOf": "2026-01-02",
    "note": "left out",
    "providers": {
        "zeta": {"displayName": "Zeta", "authType": "basic", "support": {"read": True}},
        "Alpha": {
            "displayName": "Älpha",
            "authType": "oauth2",
            "support": {"proxy": True, "read": True, "write": False},
            "defaultModule": "crm",
            "modules": {"crm": {"displayName": "Alpha CRM", "support": {"subscribe": True}}},
        },
        "beta": {
            "displayName": "Beta",
            "authType": "custom",
            "support": {},
            "objectsLike": "Alpha",
        },
    },
}
RENDERED = """\
{
 "asOf": "2026-01-02",
 "providers": {
  "Alpha": {"displayName": "Älpha", "authType": "oauth2", "supports": ["read", "proxy"], \
"defaultModule": "crm", "modules": {"crm": {"displayName": "Alpha CRM", \
"supports": ["subscribe"]}}},
  "beta": {"displayName": "Beta", "authType": "custom", "supports": [], "objectsLike": "Alpha"},
  "zeta": {"displayName": "Zeta", "authType": "basic", "supports": ["read"]}
 }
}
"""
OBJECTS = {
    "Alpha": {
        "crm": {
            "leads": {"displayName": "Leäds", "fields": ["name", "id", "name"]},
            "Deals": {"fields": []},
        }
    }
}
OPERATIONS = {
    "asOf": "2026-01-02",
    "note": "left out",
    "operations": {"zeta": {"root": {"write": ["b", "a"], "read": ["*"]}}},
}
RENDERED_OBJECTS = """\
{
 "asOf": "2026-01-02",
 "providers": {
  "Alpha": {"crm": {"objects": {"Deals": [null, []], "leads": ["Leäds", ["id", "name"]]}, \
"actions": {}}},
  "zeta": {"root": {"objects": {}, "actions": {"read": ["*"], "write": ["a", "b"]}}}
 }
}
"""


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


@pytest.mark.parametrize("name", ["providers.json", "objects.json"])
def test_the_checked_in_snapshot_is_what_a_refresh_makes(
    shared: Path, tmp_path: Path, name: str
) -> None:
    assert refresh.main([str(shared / "facts")], tmp_path) == 0
    checked_in = Path(refresh.__file__).parents[1] / name
    assert (tmp_path / name).read_bytes() == checked_in.read_bytes()


def written(folder: Path, **facts: object) -> Path:
    """A folder of facts: those given, and where none are, those above."""
    every = {"providers": FACTS, "objects": OBJECTS, "operations": OPERATIONS} | facts
    for name, content in every.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


def made(folder: Path) -> Path:
    target = folder / "made"
    target.mkdir()
    return target


def test_a_refresh_writes_one_sorted_line_a_provider(tmp_path: Path) -> None:
    target = made(tmp_path)
    assert refresh.main([str(written(tmp_path))], target) == 0
    assert (target / "providers.json").read_text(encoding="utf-8") == RENDERED
    assert (target / "objects.json").read_text(encoding="utf-8") == RENDERED_OBJECTS


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("{", "Expecting property name"),
        ({"providers": {}}, "'asOf' is missing"),
        ({"asOf": "x", "providers": {"a": {"displayName": "A"}}}, "'authType' is missing"),
        (
            {**FACTS, "providers": {"a": {**FACTS["providers"]["zeta"], "region": "eu"}}},  # type: ignore[index]
            "a: no use is known for region",
        ),
        (
            {
                "asOf": "x",
                "providers": {
                    "a": {"displayName": "A", "authType": "basic", "support": {"fly": True}}
                },
            },
            "a.support: no use is known for fly",
        ),
        (
            {**FACTS, "providers": {"beta": FACTS["providers"]["beta"]}},  # type: ignore[index]
            "objectsLike names Alpha, which is no provider",
        ),
        (
            {
                **FACTS,
                "providers": {"a": {**FACTS["providers"]["zeta"], "defaultModule": "crm"}},  # type: ignore[index]
            },
            "the default module crm does not exist",
        ),
    ],
    ids=lambda text: None if isinstance(text, dict) else str(text)[:30],
)
def test_providers_that_cannot_be_used_change_nothing(
    facts: object, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = made(tmp_path)
    assert refresh.main([str(written(tmp_path, providers=facts))], target) == 2
    assert message in capsys.readouterr().err
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"objects": "["}, "objects.json: Expecting value"),
        ({"objects": {"nobody": {}}}, "nobody is no provider"),
        ({"objects": {"zeta": {"crm": {}}}}, "zeta: no use is known for crm"),
        ({"objects": {"zeta": {"root": {"a": {}}}}}, "'fields' is missing"),
        (
            {"objects": {"zeta": {"root": {"a": {"fields": [], "key": 1}}}}},
            "zeta.root.a: no use is known for key",
        ),
        ({"objects": {"zeta": {"root": {"a": {"fields": [1]}}}}}, "zeta.root.a: not a list"),
        ({"operations": {"operations": {}}}, "operations.json: 'asOf' is missing"),
        ({"operations": {**OPERATIONS, "asOf": "2026-01-03"}}, "of 2026-01-03, but"),
        ({"operations": {**OPERATIONS, "more": 1}}, "no use is known for more"),
        (
            {"operations": {**OPERATIONS, "operations": {"zeta": {"root": {"fly": []}}}}},
            "no use is known for fly",
        ),
        (
            {"operations": {**OPERATIONS, "operations": {"zeta": {"root": {"read": "a"}}}}},
            "zeta.root.read: not a list",
        ),
    ],
    ids=lambda text: None if isinstance(text, dict) else str(text)[:30],
)
def test_objects_that_cannot_be_used_change_nothing(
    facts: dict[str, object], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = made(tmp_path)
    assert refresh.main([str(written(tmp_path, **facts))], target) == 2
    assert message in capsys.readouterr().err
    assert list(target.iterdir()) == []


def test_a_refresh_without_facts_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refresh.main([str(tmp_path)], tmp_path) == 2
    assert "cannot read" in capsys.readouterr().err
    assert refresh.main([], tmp_path) == 2
    assert "usage" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
