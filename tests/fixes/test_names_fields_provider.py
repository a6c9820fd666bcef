"""Fixes of names, fields and providers: which are offered, how safe they are, and where none is.

The text after a fix is checked by the pairs in `tests/rules`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from amp_lint.linter.engine import lint
from amp_lint.text.source import Source

from .test_every_fix import settings_for

OBJECT = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    read:
      objects:
        - objectName: contact
          destination: crm-webhook
          schedule: "*/30 * * * *"
"""
REQUIRED = OBJECT + "          requiredFields:\n"
ALWAYS = OBJECT + "          enabled: always\n          requiredFields:\n"
INTEGRATIONS = "specVersion: 1.0.0\nintegrations:\n"


def offered(rule_id: str, text: str) -> list[list[tuple[str, bool]]]:
    """Return the title of each fix of each finding of a rule, and whether it is safe."""
    settings = replace(settings_for(rule_id), select=frozenset({rule_id}))
    report = lint(Source.from_text(text), settings)
    assert not report.notices, report.notices[0].traceback
    return [[(fix.title, fix.is_safe) for fix in one.fixes] for one in report.findings]


def fields(*lines: str, head: str = REQUIRED) -> str:
    return head + "".join(f"            {line}\n" for line in lines)


def test_a_bare_name_becomes_an_entry_safely() -> None:
    text = fields("- email", "- fieldName:phone", "- mapToName:tier", '- ""')
    assert offered("field-identity", text) == [
        [("Change to `fieldName: email`", True)],
        [("Change to `fieldName: phone`", True)],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("entry", "fixes"),
    [
        ("{fieldNme: phone}", [("Change to `fieldName`", False)]),
        ("{fieldNme: phone, prompt: x}", []),
        ("{fieldNme: phone, fieldName: }", []),
        ("{fieldNme: }", []),
        ("{fieldNme: [phone]}", []),
        ("{mapToNme: tier}", []),
        (
            "{mapToNme: tier, mapToDisplayName: x, prompt: x}",
            [("Change to `mapToName`", False)],
        ),
    ],
)
def test_a_near_key_is_renamed_where_the_entry_is_then_complete(
    entry: str, fixes: list[tuple[str, bool]]
) -> None:
    assert offered("field-identity", fields(f"- {entry}")) == [fixes]


BOTH = "Remove `prompt` and `default`"


@pytest.mark.parametrize(
    ("entry", "titles"),
    [
        ("prompt: x, default: x", [[BOTH], [BOTH]]),
        ("mapToName: b, prompt: x", [["Remove `prompt`"]]),
        (
            "mapToName: b, mapToDisplayName: x, prompt: x",
            [["Remove `prompt`", "Remove `fieldName`"]],
        ),
        ("mapToName: b, mapToDisplayName: x, default: x", [["Remove `default`"]]),
        ("prompt: x, Prompt: x", [[]]),
        ("<<: {prompt: x}", [[]]),
        ("<<: {prompt: x}, prompt: x", [[]]),
    ],
)
def test_an_entry_of_two_kinds_may_become_either(entry: str, titles: list[list[str]]) -> None:
    text = fields(f"- {{fieldName: a, {entry}}}")
    expected = [[(title, False) for title in some] for some in titles]
    assert offered("field-kind-exclusive", text) == expected


def test_a_field_that_is_listed_in_equal_words_is_removed_safely() -> None:
    text = fields(
        "- {fieldName: email, mapToName: mail}",
        "- mapToName: mail",
        "  FieldName: 'email'  # the same",
        "- {fieldName: email, mapToName: mail, mapToDisplayName: Mail}",
    )
    assert offered("duplicate-field", text) == [
        [("Remove this entry", True)],
        [("Remove this entry, and keep the first", False)],
    ]


def test_a_field_that_is_required_and_optional_is_not_removed_safely() -> None:
    text = fields("- fieldName: email") + (
        "          optionalFields:\n"
        "            - fieldName: email\n"
        "            - fieldName: phone\n"
    )
    expected = [("Remove this entry, and keep the first", False)]
    assert offered("duplicate-field", text) == [expected]


def test_a_list_that_an_alias_brings_is_not_changed() -> None:
    text = OBJECT + (
        "          requiredFields: &names\n"
        "            - fieldName: email\n"
        "          optionalFields: *names\n"
    )
    assert offered("duplicate-field", text) == [[]]


def test_words_are_not_put_into_one_of_two_equal_entries() -> None:
    text = fields("- mapToName: tier", "- mapToName: tier", "- mapToName: size")
    found = offered("user-mapping-incomplete", text)
    assert found == [[], [], [("Add `mapToDisplayName` and `prompt`", False)]]


@pytest.mark.parametrize(
    ("path", "is_safe"), [("$.a.b", True), ('$["a"]', True), ("$['a'].b", True), ("$a.b", False)]
)
def test_a_path_gets_its_brackets(path: str, is_safe: bool) -> None:
    found = offered("field-mapping-jsonpath", fields(f"- fieldName: {path}"))
    assert [[safe for _, safe in fixes] for fixes in found] == [[is_safe]]


def test_a_path_without_a_bracket_form_gets_no_fix() -> None:
    text = fields("- fieldName: $['a'][0]", "- fieldName: $", "- fieldName: $..a")
    assert offered("field-mapping-jsonpath", text) == [[], [], []]


def test_a_mapped_name_stays_where_the_field_would_clash_without_it() -> None:
    text = fields(
        "- {fieldName: email, mapToName: mail}",
        "- {fieldName: email, mapToName: post}",
        "- {mapToName: tier, mapToDisplayName: Tier, prompt: x}",
        "- {fieldName: phone, mapToName: number}",
        head=ALWAYS,
    )
    found = offered("always-enabled-fields", text)
    assert found == [[], [], [], [("Remove `mapToName`", False)]]


def test_a_schedule_is_not_added_beside_a_misspelt_one() -> None:
    text = fields("- fieldName: email", head=ALWAYS).replace("schedule", "scheduel")
    assert offered("always-enabled-fields", text) == [[]]


def integrations(*lines: str) -> str:
    return INTEGRATIONS + "".join(
        f"  - {{ {line}, proxy: {{ enabled: true }} }}\n" for line in lines
    )


def test_a_new_name_is_new_and_not_too_long() -> None:
    long = "n" * 63
    names = ["a", "a", "a-2", "a", f"{long}", f"{long}", "&b b", "&c b", "c-d", "*b"]
    text = integrations(*(f"name: {name}, provider: hubspot" for name in names))
    assert offered("duplicate-integration-name", text) == [
        [("Change to `a-3`", False)],
        [("Change to `a-4`", False)],
        [],
        [],
        [],
    ]


def test_two_names_never_become_one() -> None:
    text = integrations("name: crmSync, provider: zoho", "name: CRMSync, provider: zoho")
    found = offered("integration-name-format", text)
    assert found == [[("Change to `crm-sync`", False)], []]


def test_an_object_stays_where_another_action_names_it_in_its_own_case() -> None:
    text = OBJECT.replace("contact", "Contact") + (
        "        - objectName: contact\n"
        "          destination: crm-webhook\n"
        "        - objectName: CONTACT\n"
        "          destination: crm-webhook\n"
        "    write:\n"
        "      objects:\n"
        "        - objectName: contact\n"
    )
    found = offered("duplicate-read-object", text)
    assert found == [[], [("Remove this `CONTACT`", False)]]


def test_a_destination_with_no_near_match_gets_no_fix() -> None:
    assert offered("destination-exists", REQUIRED.replace("crm-webhook", "lake")) == [[]]


def test_a_provider_brings_its_module_only_where_it_is_needed_and_wanted() -> None:
    text = integrations(
        "name: a, provider: hubspott",
        "name: b, provider: google-calendar",
        "name: c, provider: google-calendar, module: calendar",
        "name: d, provider: &p google-calendar",
        "name: e, provider: *p",
        "name: f, provider: acme-erp",
    )
    assert offered("provider-not-supported", text) == [
        [("Change to `hubspot`", False)],
        [("Change to `provider: google` with `module: calendar`", False)],
        [("Change to `google`", False)],
        [],
        [],
    ]


def test_a_module_is_corrected_or_removed() -> None:
    text = integrations(
        "name: a, provider: hubspot, module: CRM",
        "name: b, provider: hubspot, module: marketing",
        "name: c, provider: stripe, module: crm",
        "name: d, provider: stripe, <<: { module: crm }",
    )
    assert offered("provider-module", text) == [
        [("Change to `crm`", False)],
        [],
        [("Remove `module`", False)],
        [],
    ]
