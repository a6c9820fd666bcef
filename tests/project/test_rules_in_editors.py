"""Rules of group Project, asked integration by integration as in an editor."""

from __future__ import annotations

from typing import Any

import pytest

from amp_lint.ide.incremental import Memory
from amp_lint.linter.engine import Settings, lint
from amp_lint.linter.registry import rules
from amp_lint.project.snapshot import snapshot_from
from amp_lint.text.source import Source

READ = """\
  - name: {name}
    provider: {provider}
    read:
      objects:
        - objectName: {object}
          destination: {destination}
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: emial
            - fieldName: score
              mapToName: points
    write:
      objects:
        - objectName: {object}
          inheritMapping: true
"""
HEAD = "specVersion: 1.0.0\nintegrations:\n"
FACTS: dict[str, Any] = {
    "version": 1,
    "asOf": "2026-11-29",
    "project": {"id": "p1", "name": "acme-dev"},
    "destinations": [{"name": "crmWebhook"}],
    "providerApps": [],
    "integrations": [{"name": "Crm-Sync", "installations": 1}, {"name": "gone"}],
    "metadata": {
        "hubspot": {
            "contacts": {
                "accounts": 2,
                "missing": 1,
                "fields": {"email": {"accounts": 2}, "score": {"accounts": 1, "readOnly": True}},
            },
            "deals": {"accounts": 0, "missing": 1, "groups": ["g1"], "fields": {}},
        },
        "salesforce": {"contacts": {"accounts": 0, "missing": 1, "fields": {}}},
    },
    "failed": {},
}
FAILED = {
    **FACTS,
    "failed": {"destinations": "403", "providerApps": "403", "metadata": "502"},
}
INTEGRATIONS = [
    READ.format(name=name, provider=provider, object=object_, destination=destination)
    for name, provider, object_, destination in (
        ("crm-sync", "hubspot", "contacts", "crmWebhok"),
        ("Crm-Sync", "hubspot", "deals", "crmWebhook"),
        ("sales", "salesforce", "contacts", "crmWebhok"),
        ("other", "sendGrid", "contacts", "crmWebhook"),
    )
]


@pytest.mark.parametrize("facts", [FACTS, FAILED])
def test_a_changed_integration_gives_what_the_whole_file_gives(facts: dict[str, Any]) -> None:
    ids = {rule.id for rule in rules().values() if rule.group.value == "Project"}
    settings = Settings(
        snapshot=snapshot_from(facts),
        select=frozenset({*ids, "destination-exists"}),
        deployed_elsewhere=frozenset(),
    )
    memory = Memory()
    seen: set[str] = set()
    for first in INTEGRATIONS:
        for others in (INTEGRATIONS[:2], INTEGRATIONS[2:], INTEGRATIONS, INTEGRATIONS[::-1]):
            text = HEAD + first.replace("email", "mail") + "".join(others)
            whole = lint(Source.from_text(text), settings)
            assert memory.lint(Source.from_text(text), settings).findings == whole.findings
            assert not whole.notices
            seen |= {finding.rule for finding in whole.findings}
    if facts is FACTS:
        assert seen == {
            "destination-exists",
            "field-exists",
            "field-not-writable",
            "integration-name-case",
            "integration-orphaned",
            "object-check-failed",
            "object-exists",
            "provider-app-not-configured",
        }
    else:
        assert {"destination-check-failed", "provider-app-check-failed"} < seen


def messages(text: str, facts: dict[str, Any], rule_id: str) -> list[str]:
    settings = Settings(snapshot=snapshot_from(facts), select=frozenset({rule_id}))
    return [finding.message for finding in lint(Source.from_text(text), settings).findings]


def one(**changes: str) -> str:
    values = {"name": "a", "provider": "hubspot", "object": "contacts", "destination": "d"}
    return HEAD + READ.format(**{**values, **changes})


def test_several_accounts_are_counted() -> None:
    assert messages(one(), FACTS, "field-exists") == [
        "2 of 2 accounts (as of 2026-11-29) have no field `emial` in `contacts`; write `email`",
        "1 of 2 accounts (as of 2026-11-29) have no field `score` in `contacts`; ignore this if "
        "other customers have it",
    ]
    assert messages(one(), FACTS, "object-exists") == [
        "1 of 3 accounts (as of 2026-11-29) have no object `contacts`; ignore this if other "
        "customers have it"
    ]
    assert messages(one(object="deals"), FACTS, "object-exists") == [
        "the account of `g1` (as of 2026-11-29) has no object `deals`; ignore this if other "
        "customers have it"
    ]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("EMAIL", True),
        ("$['email']", True),
        ("$['email']['domain']", True),
        ("$.email.domain", True),
        ('$["email"]', True),
        ("$['mail']['domain']", False),
        ("$", False),
        ("$[", False),
        ("email.domain", False),
    ],
)
def test_paths_and_case(name: str, known: bool) -> None:
    text = one().replace("emial", f"{name!r}" if "'" not in name else f'"{name}"')
    found = [one for one in messages(text, FACTS, "field-exists") if "score" not in one]

    assert (found == []) == known


def test_what_customers_choose_themselves_is_not_checked() -> None:
    mapping = (
        "- mapToName: tier\n              mapToDisplayName: Tier\n              prompt: Which?"
    )
    text = one().replace("- fieldName: emial", mapping)
    assert messages(text, FACTS, "field-exists")[0].startswith("1 of 2 accounts")
    proposed = text.replace("prompt: Which?", "prompt: Which?\n              default: emial")
    assert "no field `emial`" in messages(proposed, FACTS, "field-exists")[0]


def test_watched_fields_of_an_object_that_takes_all() -> None:
    text = (
        one().replace("requiredFields:", "optionalFieldsAuto: all\n          requiredFields:")
        + """\
    subscribe:
      objects:
        - objectName: contacts
          destination: crmWebhook
          inheritFieldsAndMapping: true
          updateEvent:
            enabled: always
            requiredWatchFields: [stage, email, points]
"""
    )
    found = messages(text, FACTS, "field-exists")

    assert [one for one in found if "stage" in one]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("grant", "count"),
    [
        ({}, 1),
        ({"hubspot": "authorizationCode"}, 1),
        ({"hubspot": "authorizationCodePKCE"}, 1),
        ({"hubspot": "clientCredentials"}, 0),
        ({"hubspot": "password"}, 0),
    ],
)
def test_the_way_customers_sign_in(grant: dict[str, str], count: int) -> None:
    facts = {**FACTS, "grantTypes": grant}

    assert len(messages(one(), facts, "provider-app-not-configured")) == count
    apps = {**facts, "providerApps": ["HubSpot"]}
    assert messages(one(), apps, "provider-app-not-configured") == []


def test_a_suppression_by_the_platform_s_name() -> None:
    text = one().replace("destination: d", "destination: d # amp:ignore[destination-not-found]")

    settings = Settings(snapshot=snapshot_from(FACTS))
    found = {finding.rule for finding in lint(Source.from_text(text), settings).findings}
    assert not found & {"destination-exists", "unused-ignore", "unknown-ignore"}


def test_a_suppression_of_a_rule_that_needs_a_snapshot_is_never_unused_without() -> None:
    line = "# amp:ignore[provider-app-not-configured, object-exists, field-exists]\n"
    text = one(destination="crmWebhook").replace("  - name", f"  {line}  - name")

    found = {finding.rule for finding in lint(Source.from_text(text)).findings}
    assert not found & {"unused-ignore", "unknown-ignore"}
