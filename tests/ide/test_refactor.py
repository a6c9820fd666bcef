"""Which refactorings are offered where, and the text that they make."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from amp_lint.ide.refactor import MOST, refactorings_at
from amp_lint.text.edits import apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

TOP = "specVersion: 1.0.0\nintegrations:\n  - name: crm-sync\n    provider: hubspot\n"
SUBSCRIBE = """\
    subscribe:
      objects:
        - objectName: deals
          destination: hook
          otherEvents: [deal.merge]
"""
READ = """\
    read:
      objects:
        - objectName: contacts
          destination: crm
          requiredFields:
            - fieldName: email
"""
EVENTS = """\
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
          updateEvent:
            enabled: always
            watchFieldsAuto: all
          deleteEvent:
            enabled: always
"""


def offered(text: str, at: str, until: str = "", *, known: tuple[str, ...] = ()) -> dict[str, str]:
    """What is offered with the caret behind some words, or with a selection up to others: the
    titles with the texts that come of them."""
    start = text.index(at) + len(at)
    span = Span(start, text.index(until, start) if until else start)
    found = refactorings_at(read(Source.from_text(text)), span, known)
    return {one.title: apply(text, one.edits) for one in found}


def turned(field: str, at: str = "") -> dict[str, str]:
    """What turning makes of the lines of a field, by the titles."""
    read = READ.replace("contacts", "channel-accounts")
    head = TOP + read.replace("            - fieldName: email\n", "")
    body = indent(dedent(field), " " * 12)
    tail = "            - fieldName: last\n"
    found = offered(head + body + tail, at or body.strip()[:3])
    return {
        title: dedent(text.removeprefix(head).removesuffix(tail))
        for title, text in found.items()
        if title.startswith("Turn")
    }


def only(found: dict[str, str]) -> str:
    (text,) = found.values()
    return text


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (
            READ,
            READ + "        - objectName: deals\n          destination: hook\n"
            "          optionalFieldsAuto: all\n",
        ),
        (
            "",
            "    read:\n      objects:\n        - objectName: deals\n"
            "          destination: hook\n          optionalFieldsAuto: all\n",
        ),
        (
            "    read: # to come\n",
            "    read: # to come\n      objects:\n        - objectName: deals\n"
            "          destination: hook\n          optionalFieldsAuto: all\n",
        ),
        (
            "    read: {}\n",
            "    read: {objects: [{objectName: deals, destination: hook, "
            "optionalFieldsAuto: all}]}\n",
        ),
        (
            "    read:\n      objects: []\n",
            "    read:\n      objects:\n        - objectName: deals\n"
            "          destination: hook\n          optionalFieldsAuto: all\n",
        ),
        (
            "    read: {objects: [{objectName: contacts, destination: crm}]}\n",
            "    read: {objects: [{objectName: contacts, destination: crm}, "
            "{objectName: deals, destination: hook, optionalFieldsAuto: all}]}\n",
        ),
    ],
    ids=["another", "no section", "empty section", "empty braces", "empty list", "flow"],
)
def test_the_read_object_is_added(read: str, expected: str) -> None:
    found = offered(TOP + read + SUBSCRIBE, "objectName: deals")
    assert found == {"Add `deals` to `read`": TOP + expected + SUBSCRIBE}


def test_the_read_object_has_the_fields_that_are_watched() -> None:
    event = "updateEvent: {enabled: always, requiredWatchFields: [amount, stage]}"
    text = TOP + READ + SUBSCRIBE.replace("otherEvents: [deal.merge]", event)
    fields = "requiredFields:\n            - fieldName: amount\n            - fieldName: stage\n"
    assert fields in only(offered(text, "objectName: deals"))


def test_a_destination_comes_from_the_configuration_where_it_lists_some() -> None:
    found = offered(TOP + READ + SUBSCRIBE, "objectName: deals", known=("known-hook",))
    assert "objectName: deals\n          destination: known-hook\n" in only(found)


@pytest.mark.parametrize(
    "text",
    [
        TOP + READ.replace("contacts", "Deals") + SUBSCRIBE,
        TOP + READ.replace("contacts", "*name") + SUBSCRIBE,
        TOP + READ.replace("objects:", "objets:") + SUBSCRIBE,
        TOP + READ.replace("read:", "raed:") + SUBSCRIBE,
        TOP + READ.replace("objects:", "objects: &shared") + SUBSCRIBE,
        TOP.replace("hubspot", "anthropic") + SUBSCRIBE,
        TOP + SUBSCRIBE.replace("objectName: deals", "objectName: [a] # objectName: deals"),
    ],
    ids=[
        "read",
        "unknown name",
        "misspelt objects",
        "misspelt read",
        "anchor",
        "no read",
        "no name",
    ],
)
def test_no_read_object_is_offered_where_it_is_there_or_may_not_be(text: str) -> None:
    assert offered(text, "objectName: deals") == {}


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (
            "",
            "    subscribe:\n      objects:\n        - objectName: contacts\n"
            "          destination: crm\n" + EVENTS,
        ),
        (
            SUBSCRIBE,
            SUBSCRIBE + "        - objectName: contacts\n          destination: crm\n" + EVENTS,
        ),
    ],
)
def test_a_read_object_is_subscribed_to(behind: str, expected: str) -> None:
    proxy = "    proxy:\n      enabled: true\n"
    found = offered(TOP + READ + behind + proxy, "objectName: contacts")
    assert found == {"Add `contacts` to `subscribe`": TOP + READ + expected + proxy}


@pytest.mark.parametrize(
    "text",
    [
        TOP.replace("hubspot", "asana") + READ,
        TOP.replace("hubspot", "no-such-provider") + READ,
        TOP + READ + SUBSCRIBE.replace("deals", "Contacts"),
        TOP + READ + "    subscrib:\n      objects: []\n",
    ],
    ids=["no events", "unknown provider", "subscribed", "misspelt"],
)
def test_no_subscription_is_offered_that_cannot_be(text: str) -> None:
    assert "Add `contacts` to `subscribe`" not in offered(text, "objectName: contacts")


@pytest.mark.parametrize(("count", "offers"), [(4, True), (5, False)])
def test_salesforce_is_not_subscribed_to_more_often_than_it_allows(
    count: int, offers: bool
) -> None:
    objects = "".join(
        f"        - {{objectName: o{number}, destination: crm, otherEvents: [X]}}\n"
        for number in range(count)
    )
    text = (
        TOP.replace("hubspot", "salesforce") + READ + "    subscribe:\n      objects:\n" + objects
    )
    assert bool(offered(text, "objectName: contacts")) is offers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- fieldName: email\n",
            "- mapToName: email\n  mapToDisplayName: Email\n"
            "  prompt: Which field holds Email?\n  default: email\n",
        ),
        (
            "# the mail\n- fieldName: email # a\n  # b\n  mapToName: work_mail # c\n",
            "# the mail\n- default: email # a\n  # b\n  mapToName: work_mail # c\n"
            "  mapToDisplayName: Work Mail\n  prompt: Which field holds Work Mail?\n",
        ),
        (
            "- mapToDisplayName: Mail\n  \"fieldName\": 'email'\n",
            "- mapToDisplayName: Mail\n  \"mapToName\": 'email'\n"
            "  prompt: Which field holds Mail?\n  default: email\n",
        ),
        (
            "- FieldName: email\n  prompt:\n",
            "- mapToName: email\n  prompt: Which field holds Email?\n"
            "  mapToDisplayName: Email\n  default: email\n",
        ),
        (
            "- {fieldName: a, mapToName: b}\n",
            '- {default: a, mapToName: b, mapToDisplayName: B, prompt: "Which field holds B?"}\n',
        ),
        (
            "- fieldName: $['a']['home_town']\n",
            "- mapToName: $['a']['home_town']\n  mapToDisplayName: Home Town\n"
            "  prompt: Which field holds Home Town?\n  default: $['a']['home_town']\n",
        ),
    ],
    ids=["bare", "comments", "quoted", "empty prompt", "flow", "nested"],
)
def test_a_field_becomes_a_user_defined_mapping(before: str, after: str) -> None:
    assert only(turned(before, before[before.casefold().index("fieldname") + 9 :][:6])) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- mapToName: mail # a\n  mapToDisplayName: Mail # b\n  prompt: Which? # c\n"
            "  default: email # d\n",
            "- mapToName: mail # a\n  mapToDisplayName: Mail # b\n  # c\n  fieldName: email # d\n",
        ),
        (
            "- mapToName: mail\n  prompt: >-\n    Which\n    one?\n  default: mail\n",
            "- fieldName: mail\n",
        ),
        ("- mapToName: work\n  prompt: Which?\n", "- fieldName: work\n"),
        (
            "- mapToName: gone\n  mapToDisplayName: Archived at\n",
            "- fieldName: archivedAt\n  mapToName: gone\n  mapToDisplayName: Archived at\n",
        ),
        (
            "- prompt: Which?\n  mapToName: gone\n  mapToDisplayName: Archived at\n",
            "- fieldName: archivedAt\n  mapToName: gone\n  mapToDisplayName: Archived at\n",
        ),
        (
            "- {prompt: 'Which?', mapToName: mail, default: email}\n",
            "- {mapToName: mail, fieldName: email}\n",
        ),
        ("- mapToName: work\n  fieldName:\n", "- mapToName: work\n  fieldName: work\n"),
    ],
    ids=["default", "same", "by name", "catalog", "question first", "flow", "empty"],
)
def test_a_user_defined_mapping_becomes_a_field(before: str, after: str) -> None:
    assert only(turned(before, "mapToName: ")) == after


def test_there_and_back_is_where_it_began() -> None:
    before = "- fieldName: email # a\n  mapToName: mail\n  mapToDisplayName: Mail\n"
    there = only(turned(before, "fieldName: em"))
    assert only(turned(there, "mapToName: ")) == before


@pytest.mark.parametrize(
    "field",
    [
        "- &a {fieldName: email}\n- *a\n",
        "- fieldName: email\n  prompt: Which?\n",
        "- fieldName: email\n  promt: Which?\n",
        "- fieldName: email\n  mapToName: [mail]\n",
        "- fieldName: email\n  fieldName: mail\n",
        "- fieldName: email\n- fieldName: email\n",
        "- {<<: {fieldName: email}}\n",
        "- mapToName: mail\n  default: 5\n",
        "- fieldName: 5\n",
        "- email\n",
    ],
)
def test_what_is_not_one_or_the_other_is_left_alone(field: str) -> None:
    assert turned(field) == {}


def test_what_is_read_in_any_case_is_not_left_to_the_customer() -> None:
    text = TOP + READ.replace("destination: crm", "destination: crm\n          enabled: always")
    assert "Turn `email` into a user-defined mapping" not in offered(text, "fieldName: email")


@pytest.mark.parametrize(
    ("at", "until", "titles"),
    [
        ("specVersion", "", []),
        ("provider: hubspot", "", []),
        ("    read:", "", []),
        ("read:\n      objects:\n", "", ["Add `contacts` to `subscribe`"]),
        ("destination: crm", "", ["Add `contacts` to `subscribe`"]),
        (
            "fieldName: email",
            "",
            ["Add `contacts` to `subscribe`", "Turn `email` into a user-defined mapping"],
        ),
        ("subscribe:\n      objects:\n", "", ["Add `deals` to `read`"]),
        ("deal.merge]", "", ["Add `deals` to `read`"]),
        (
            "destination: c",
            "destination: hook",
            [
                "Add `deals` to `read`",
                "Add `contacts` to `subscribe`",
                "Turn `email` into a user-defined mapping",
            ],
        ),
    ],
)
def test_what_is_offered_is_about_what_the_selection_touches(
    at: str, until: str, titles: list[str]
) -> None:
    assert list(offered(TOP + READ + SUBSCRIBE, at, until)) == titles


def test_between_brackets_the_caret_is_in_one_object() -> None:
    objects = "[{objectName: a, otherEvents: [x]}, {objectName: b, otherEvents: [x]}]"
    text = TOP + f"    subscribe: {{objects: {objects}}}\n"
    assert list(offered(text, "objectName: b")) == ["Add `b` to `read`"]


def test_what_an_alias_brings_in_is_touched_at_the_alias() -> None:
    other = "  - name: other\n    provider: hubspot\n    read: *read\n"
    text = TOP + READ.replace("read:", "read: &read") + other
    assert offered(text, "read: *re") == {}
    (changed,) = offered(text, "destination: crm").values()
    assert changed.index("subscribe:") < changed.index("name: other")


def test_the_style_of_the_file_is_kept() -> None:
    text = (
        "integrations:\r\n- provider: hubspot\r\n  subscribe:\r\n    objects:\r\n"
        "    - objectName: 'deals'\r\n      destination: 'hook'\r\n"
        "      deleteEvent:\r\n          enabled: 'always'\r\n"
    )
    read = (
        "  read:\r\n    objects:\r\n    - objectName: deals\r\n      destination: hook\r\n"
        "      optionalFieldsAuto: all\r\n"
    )
    assert only(offered(text, "deals")) == text.replace("  subscribe", read + "  subscribe")


def test_whoever_selects_all_gets_a_menu_of_some() -> None:
    fields = "".join(f"            - fieldName: f{number}\n" for number in range(3 * MOST))
    text = TOP + READ + fields
    assert len(refactorings_at(read(Source.from_text(text)), Span(0, len(text)))) == MOST


@pytest.mark.parametrize(
    "broken",
    [
        '            - fieldName: "open\n',
        "            - fieldName: a: b\n",
        "            - fieldName email\n              mapToName: x\n",
        "            - {fieldName: a\n",
    ],
)
def test_behind_a_broken_part_nothing_is_added_into_it(broken: str) -> None:
    text = TOP + READ + broken
    for changed in offered(text, "destination: crm").values():
        assert broken in changed


def test_beside_a_broken_integration_all_is_as_usual() -> None:
    text = TOP + READ + SUBSCRIBE
    broken = '  - name: "open\n    provider: hubspot\n'
    whole = {title: made + broken for title, made in offered(text, "objectName: contacts").items()}
    assert offered(text + broken, "objectName: contacts") == whole != {}


def test_text_that_is_not_what_the_file_holds_is_left_alone() -> None:
    source = Source.from_bytes((TOP + READ).encode() + b"# \xff\n")
    assert refactorings_at(read(source), Span(0, len(source.text))) == []
