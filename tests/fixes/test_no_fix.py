"""There is no fix if the change would affect more than the finding, or not resolve it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from amp_lint.linter.engine import Settings, lint
from amp_lint.linter.finding import Finding
from amp_lint.text.source import Source

TOP = "specVersion: 1.0.0\nintegrations:\n"
READ = "  - name: crm-sync\n    provider: salesforce\n    read:\n      objects:\n"
SUBSCRIBE = "    subscribe:\n      objects:\n"
CONTACT = "        - objectName: contact\n          destination: crm\n"


def findings(rule_id: str, body: str, settings: Settings | None = None) -> list[Finding]:
    chosen = replace(settings or Settings(), select=frozenset({rule_id}))
    found = list(lint(Source.from_text(TOP + body), chosen).findings)
    assert found, "nothing is found"
    return found


def titles(rule_id: str, body: str, settings: Settings | None = None) -> list[str]:
    return [fix.title for one in findings(rule_id, body, settings) for fix in one.fixes]


@pytest.mark.parametrize(
    "schedule",
    ['"*25 * * * *"', '"0 0 31 february *"', '"*90 * * * *"'],
    ids=["uneven", "never", "overflow"],
)
def test_a_schedule_is_not_mended_into_another_mistake(schedule: str) -> None:
    assert titles("schedule-syntax", READ + CONTACT + f"          schedule: {schedule}\n") == []


def test_a_macro_that_runs_too_often_is_thinned_out_at_a_risk() -> None:
    body = READ + CONTACT + '          schedule: "@every 5m"\n'
    (finding,) = findings("schedule-syntax", body)
    assert [(fix.title, fix.is_safe) for fix in finding.fixes] == [
        ("Change to `*/10 * * * *`", False)
    ]


def test_an_even_step_that_meets_another_time_of_the_list_is_none() -> None:
    body = READ + CONTACT + '          schedule: "*/25,37 * * * *"\n'
    assert titles("schedule-uneven", body) == []


@pytest.mark.parametrize(
    ("rule_id", "body"),
    [
        (
            "subscribe-inherit-fields",
            READ
            + CONTACT
            + SUBSCRIBE
            + "        - &shared { objectName: contact, createEvent: { enabled: always } }\n"
            "        - *shared\n",
        ),
        (
            "update-event-watch-fields",
            READ
            + CONTACT
            + SUBSCRIBE
            + CONTACT
            + "          createEvent: &event { enabled: always }\n          updateEvent: *event\n",
        ),
        (
            "backfill-config",
            READ
            + CONTACT
            + "          backfill: { defaultPeriod: { <<: { days: 1, fullHistory: true } } }\n",
        ),
    ],
    ids=["aliased object", "aliased event", "merged"],
)
def test_what_is_said_elsewhere_is_left_alone(rule_id: str, body: str) -> None:
    assert titles(rule_id, body) == []


def test_a_misspelt_key_is_renamed_and_none_is_added() -> None:
    event = "          inheritFieldsAndMaping: true\n          createEvent: { enabled: always }\n"
    body = READ + CONTACT + SUBSCRIBE + CONTACT + event
    assert titles("subscribe-inherit-fields", body) == ["Change to `inheritFieldsAndMapping`"]


def test_a_misspelt_size_is_renamed_and_none_is_added() -> None:
    body = READ + CONTACT + "          delivery: { mode: onRequest, pageSise: 50 }\n"
    assert titles("delivery-mode", body) == ["Change to `pageSize`"]


def test_a_name_that_is_taken_is_not_given_again() -> None:
    event = "          inheritFieldsAndMapping: true\n          createEvent: { enabled: always }\n"
    contacts = CONTACT.replace("contact", "contacts")
    body = READ + CONTACT + SUBSCRIBE + CONTACT + event + contacts + event
    assert titles("subscribe-requires-read", body) == ["Add `contacts` to `read`"]


def test_names_that_differ_in_case_only_are_not_both_read() -> None:
    event = ", inheritFieldsAndMapping: true, createEvent: { enabled: always } }\n"
    body = (
        "  - name: crm-sync\n    provider: salesforce\n"
        + SUBSCRIBE
        + "        - { objectName: contact"
        + event
        + "        - { objectName: Contact"
        + event
    )
    assert titles("subscribe-requires-read", body) == []


def test_no_reading_is_proposed_from_a_provider_that_cannot_be_read() -> None:
    body = (
        "  - name: crm-sync\n    provider: {}\n"
        "    write:\n      objects: [{{ objectName: contact, inheritMapping: true }}]\n"
    )
    assert titles("write-inherit-mapping", body.format("salesforce"))[0] == "Add `read`"
    assert titles("write-inherit-mapping", body.format("anthropic")) == ["Remove `inheritMapping`"]


def test_what_is_read_goes_to_a_destination_that_exists() -> None:
    event = "          inheritFieldsAndMapping: true\n          createEvent: { enabled: always }\n"
    body = "  - name: crm-sync\n    provider: salesforce\n" + SUBSCRIBE + CONTACT + event
    settings = Settings(destinations=("leads", "cases"))
    ((fix,),) = [one.fixes for one in findings("subscribe-requires-read", body, settings)]
    assert "destination: leads" in fix.edits[0].text
