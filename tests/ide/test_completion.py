"""What is offered at the caret (`|` in the texts)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.completion import Completion, completions, documentation, wants_destination
from amp_lint.ide.cursor import cursor_at
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.text.source import Source
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Scalar
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import place

HUBSPOT = """\
specVersion: 1.0.0
integrations:
  - name: crm
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: contactWebhook
          requiredFields:
            - fieldName: email
            - fieldName: phone
              mapToName: telephone
"""
INTERCOM = HUBSPOT.replace("hubspot", "intercom")
SUBSCRIBED = """\
integrations:
  - provider: hubspot
    subscribe:
      objects:
        - objectName: contacts
"""
SUBSCRIBE = (
    HUBSPOT
    + """\
    subscribe:
      objects:
        - objectName: contacts
          destination: contactWebhook
          updateEvent:
            enabled: always
            requiredWatchFields: [email, |]
"""
)
# The share of words that the completions must contain when the typing below is replayed.
GOAL = 0.95


def offered(marked: str, *destinations: str) -> list[Completion]:
    offset = marked.index("|")
    return offered_at(marked[:offset] + marked[offset + 1 :], offset, *destinations)


def offered_at(text: str, offset: int, *destinations: str) -> list[Completion]:
    source = Source.from_text(text)
    cursor = cursor_at(source, offset)
    return [] if cursor is None else list(completions(source, cursor, destinations))


def labels(marked: str, *destinations: str) -> list[str]:
    return [one.label for one in offered(marked, *destinations)]


def test_required_keys_come_first_and_present_ones_not_at_all() -> None:
    found = labels("integrations:\n  - displayName: x\n    |\n    proxy: {enabled: true}\n")
    assert found == ["name", "provider", "module", "read", "write", "subscribe", "watchSchema"]


def test_an_empty_file_is_offered_what_it_needs() -> None:
    assert labels("|") == ["specVersion", "integrations"]


@pytest.mark.parametrize(
    ("marked", "label", "lines"),
    [
        ("|", "specVersion", ["specVersion: 1.0.0"]),
        ("|", "integrations", ["integrations:", "  - name: ^", "    provider: ^"]),
        (
            "integrations:\n- name: a\n  |",
            "read",
            ["read:", "  objects:", "  - objectName: ^", "    destination: ^"],
        ),
        (
            "integrations:\n    - name: a\n      proxy:\n          enabled: true\n      |",
            "watchSchema",
            ["watchSchema:", "    destination: ^", "    allObjects:", "        ^"],
        ),
        ("integrations:\n  - |", "proxy", ["proxy:", "    enabled: true"]),
        ("integrations:\n  -|", "name", [" name: ^"]),
        ("integrations: [{|", "proxy", ["proxy: {enabled: true}"]),
        ("integrations:\n  |", "- name", ["- name: ^"]),
        ("integrations:\n  - na|me: x", "name", []),
        (HUBSPOT + "          |", "optionalFields", ["optionalFields:", "  - fieldName: ^"]),
        (
            HUBSPOT + "    |",
            "subscribe",
            [
                *("subscribe:", "  objects:", "    - objectName: ^", "      destination: ^"),
                "      inheritFieldsAndMapping: true",
            ],
        ),
        (
            SUBSCRIBED + "          |",
            "updateEvent",
            ["updateEvent:", "  enabled: always", "  watchFieldsAuto: all"],
        ),
        (SUBSCRIBED + "          |", "createEvent", ["createEvent:", "  enabled: always"]),
        (SUBSCRIBED + "          |", "inheritFieldsAndMapping", ["inheritFieldsAndMapping: true"]),
        (
            "integrations: [{subscribe: {objects: [{|",
            "updateEvent",
            ["updateEvent: {enabled: always, watchFieldsAuto: all}"],
        ),
        (
            HUBSPOT + "          |",
            "backfill",
            ["backfill:", "  defaultPeriod:", "    days: ^"],
        ),
    ],
)
def test_keys_bring_what_they_need_in_the_style_of_the_file(
    marked: str, label: str, lines: list[str]
) -> None:
    (found,) = [one for one in offered(marked) if one.label == label]
    assert list(found.lines) == lines


@pytest.mark.parametrize(
    ("marked", "label", "opens"),
    [
        ("integrations:\n  - |", "provider", True),
        ("integrations:\n  - |", "name", False),
        ("integrations:\n  - |", "watchSchema", False),
        ("integrations:\n  - provider: hubspot\n    |", "read", True),
        ("integrations:\n  - provider: nobody\n    |", "read", False),
        ("integrations:\n  - provider: google\n    |", "module", True),
        ("integrations:\n  - {provider: hubspot, |", "read", True),
        (HUBSPOT + "        - |", "objectName", True),
        (HUBSPOT + "        - |", "destination", True),
        ("integrations:\n  - read:\n      objects:\n        - |", "destination", False),
        (HUBSPOT + "          |", "schedule", True),
        (HUBSPOT + "          |", "optionalFields", True),
        (HUBSPOT + "          |", "backfill", True),
        (HUBSPOT + "          |", "delivery", True),
        (HUBSPOT + "          |", "mapToName", False),
        (SUBSCRIBED + "          |", "updateEvent", False),
    ],
)
def test_a_key_tells_whether_its_value_can_be_completed(
    marked: str, label: str, opens: bool
) -> None:
    (found,) = [one for one in offered(marked) if one.label == label]
    assert found.opens_list is opens


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("integrations:\n  - proxy:\n      enabled: |", ["true", "false"]),
        ("integrations:\n  - provider: google\n    module: |", ["calendar"]),
        (SUBSCRIBE, ["telephone"]),
        (HUBSPOT + "    write:\n      objects:\n        - objectName: |", ["contacts"]),
        (HUBSPOT + "        - objectName: x\n          destination: |", ["contactWebhook"]),
        ("integrations:\n  - {read: {objects: [{enabled: |", ["always"]),
        ("integrations:\n  - {provider: google, module: |", ["calendar"]),
        ("integrations:\n  - {provider: google, module: |\n  - name: x\n", ["calendar"]),
        ("integrations: [{provider: google, module: ca|, name: x}, {", ["calendar"]),
        (SUBSCRIBE.replace("[email, |]", "\n              |"), ["- email", "- telephone"]),
    ],
)
def test_the_likeliest_values_come_first(marked: str, first: list[str]) -> None:
    assert labels(marked)[: len(first)] == first


def test_providers_tell_what_they_support() -> None:
    found = {one.label: one.detail for one in offered("integrations:\n  - provider: hub|")}
    assert found["hubspot"] == "HubSpot: read, write, subscribe, proxy"


def test_objects_come_from_the_catalog_without_those_that_are_read() -> None:
    found = labels(INTERCOM + "        - objectName: |")
    assert "companies" in found
    assert "contacts" not in found


def test_common_objects_that_take_the_action_come_first() -> None:
    found = offered("integrations:\n  - provider: hubspot\n    write: {objects: [{objectName: |")
    assert {"contacts", "companies", "deals"} <= {one.label for one in found[:4]}
    details = {one.label: one.detail for one in found}
    assert details["lists"] == "Lists, known for read only"


@pytest.mark.parametrize(
    ("written", "objects", "fields"),
    [("account", "contact", "email"), ("Account", "Contact", "Email")],
)
def test_names_whose_case_does_not_matter_are_written_as_the_manifest_does(
    written: str, objects: str, fields: str
) -> None:
    head = "integrations:\n  - provider: salesforce\n    read:\n      objects:\n"
    head += f"        - objectName: {written}\n"
    assert objects in labels(f"{head}        - objectName: |")
    assert written not in labels(f"{head}        - objectName: |")
    field = "name" if written == "account" else "Name"
    head += "        - objectName: contact\n          requiredFields:\n"
    head += f"            - fieldName: {field}\n"
    found = labels(f"{head}            - fieldName: |")
    assert fields in found
    assert found[-1].casefold() == "name"


def test_fields_are_those_of_the_object_and_listed_ones_come_last() -> None:
    found = labels(INTERCOM + "            - fieldName: |")
    assert {"id", "name", "created_at"} <= set(found)
    assert set(found[-2:]) == {"email", "phone"}


def test_destinations_of_the_configuration_follow_those_of_the_file() -> None:
    marked = HUBSPOT + "        - objectName: deals\n          destination: |"
    assert labels(marked, "other", "contactWebhook") == ["contactWebhook", "other"]


@pytest.mark.parametrize(
    ("value", "written"),
    [("|", '"*/30 * * * *"'), ("'|", "*/30 * * * *'"), ('"*/3|"', "*/30 * * * *")],
)
def test_schedules_are_quoted_where_they_are_not_yet(value: str, written: str) -> None:
    found = offered(HUBSPOT + f"          schedule: {value}")
    (half_hourly,) = [one for one in found if one.label == "*/30 * * * *"]
    assert half_hourly.text == written
    assert half_hourly.detail == "every 30 minutes"


def test_a_schema_watch_is_offered_no_schedule_below_an_hour() -> None:
    found = labels("integrations:\n  - watchSchema:\n      schedule: |")
    assert "0 * * * *" in found
    assert "*/30 * * * *" not in found


def test_rules_in_comments_are_those_that_can_be_suppressed() -> None:
    found = labels("a: 1 # amp:ignore[unknown-key, |]")
    assert "unused-ignore" in found
    assert not {"unknown-key", "yaml-syntax"} & set(found)


def test_a_mistake_elsewhere_costs_nothing_here() -> None:
    broken = '  - name: "open\n    provider: hubspot\n' + INTERCOM.split("integrations:\n")[1]
    marked = f"integrations:\n{broken}        - objectName: |"
    assert "companies" in labels(marked)


def test_every_proposal_of_the_schema_is_documented() -> None:
    for marked in ("|", "integrations:\n  - |", "integrations:\n  - provider: |", "# amp:ignore[|"):
        for one in offered(marked):
            assert documentation(one.kind, one.label, one.path), one.label


@given(st.text(max_size=5), st.integers(0, len(SUBSCRIBE)), st.integers(0, len(SUBSCRIBE)))
def test_any_text_is_borne(insert: str, at: int, caret: int) -> None:
    text = SUBSCRIBE.replace("|", "")
    found = offered_at(text[:at] + insert + text[at:], caret)
    assert all(one.label and "\n" not in one.text for one in found)


def words(text: str) -> Iterator[tuple[int, str]]:
    """Where an author starts to type a key, an allowed value or a provider, and what it is."""
    for mapping in read(Source(text)).mappings:
        for entry in mapping.entries:
            yield entry.key.start, entry.name
            here = place(path_of(entry))
            known = here and (here.values or here.type == "boolean" or entry.name == "provider")
            if known and isinstance(entry.value, Scalar):
                yield entry.value.start, entry.value.value


@pytest.mark.parametrize("rest", ["the file ends", "the line ends", "all is there"])
def test_replayed_typing_finds_the_next_word(rest: str) -> None:
    counts = Counter[bool]()
    for rule in rules().values():
        for text in rule_doc(rule).right:
            for at, word in words(text):
                line_end = text.index("\n", at)
                kept = {"the file ends": "", "the line ends": text[line_end:]}.get(rest, text[at:])
                found = {one.label for one in offered_at(text[:at] + kept, at)}
                counts[word in found] += 1
    assert sum(counts.values()) > 1000
    assert counts[True] / sum(counts.values()) >= GOAL, counts


def test_destinations_come_from_near_to_far() -> None:
    text = "integrations:\n  - read:\n      objects:\n        - destination: here\n"
    text += "        - destination: "
    source = Source(text)
    cursor = cursor_at(source, len(text))
    assert cursor is not None
    assert wants_destination(cursor)
    found = completions(source, cursor, ("both", "configured"), ("here", "far", "both", "far"))
    assert [(one.label, one.detail) for one in found] == [
        ("here", "used in this file"),
        ("both", "from the configuration"),
        ("configured", "from the configuration"),
        ("far", "used in another file"),
    ]
