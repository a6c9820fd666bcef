"""Comparing two manifests: what is a change, what is none, and who is concerned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.linter.changes import compare
from amp_lint.linter.engine import Settings
from amp_lint.linter.finding import Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group
from amp_lint.linter.rule_docs import example_snapshot, rule_doc
from amp_lint.project.snapshot import Snapshot
from amp_lint.text.source import Source

CHANGES = [rule for rule in rules().values() if rule.group is Group.CHANGES]

BASE = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crmWebhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
          optionalFields:
            - fieldName: phone
              mapToName: telephone
          backfill:
            defaultPeriod:
              days: 30
        - objectName: companies
          destination: crmWebhook
          schedule: "0 * * * *"
          optionalFieldsAuto: all
          requiredFields:
            - fieldName: name
              mapToName: title
    write:
      objects:
        - objectName: contacts
          inheritMapping: true
    subscribe:
      objects:
        - objectName: contacts
          destination: crmWebhook
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
          updateEvent:
            enabled: always
            requiredWatchFields: [email]
    proxy:
      enabled: true
"""

# Each changes nothing that the platform reads.
EQUAL = (
    ("# a comment", "specVersion:", "# a comment\nspecVersion:"),
    ("quotes", "provider: hubspot", "provider: 'hubspot'"),
    ("an equal cron", '"*/30 * * * *"', '"0,30 * * * *"'),
    ("key case", "requiredFields:", "requiredfields:"),
    ("a default", "    proxy:\n      enabled: true\n", "    proxy:\n      enabled: true\n"),
    (
        "an explicit default",
        "      enabled: true\n",
        "      enabled: true\n      useModule: false\n",
    ),
    ("a label", "fieldName: email", "fieldName: email\n              mapToDisplayName: Mail"),
    ("flow style", "defaultPeriod:\n              days: 30", "defaultPeriod: {days: 30}"),
    ("a field in other case", "fieldName: email", "fieldName: Email"),
)


def found(old: str, new: str, settings: Settings | None = None) -> list[tuple[str, Severity]]:
    report = compare(Source.from_text(old), Source.from_text(new), settings or Settings())
    assert not report.notices, report.notices[0].traceback
    return [(one.rule, one.severity) for one in report.findings]


@pytest.mark.parametrize(
    ("before", "after"), [one[1:] for one in EQUAL], ids=[one[0] for one in EQUAL]
)
def test_what_the_platform_reads_alike_is_no_change(before: str, after: str) -> None:
    assert before in BASE
    assert found(BASE, BASE.replace(before, after, 1)) == []
    assert found(BASE.replace(before, after, 1), BASE) == []


def test_values_moved_into_an_anchor_are_no_change() -> None:
    shared = "x-shared: &shared\n  destination: crmWebhook\n"
    merged = BASE.replace("          destination: crmWebhook\n", "          <<: *shared\n")
    assert found(BASE, shared + merged) == []


def test_an_object_that_a_syntax_error_hides_is_not_removed() -> None:
    broken = BASE.replace("        - objectName: companies\n", "        - objectName: [companies\n")
    assert "read-object-removed" not in {name for name, _ in found(BASE, broken)}


@given(st.sampled_from(CHANGES))
def test_a_manifest_compared_with_itself_gives_nothing(rule: object) -> None:
    doc = rule_doc(rule)  # type: ignore[arg-type]
    for text in (*doc.wrong, *doc.right, doc.before or ""):
        assert found(text, text) == []


def installed(count: int) -> Snapshot | None:
    data = [{"name": "crm-sync", "provider": "hubspot", "installations": count}]
    return example_snapshot(f"```json\n{json.dumps({'integrations': data})}\n```")


def test_nobody_installed_makes_it_an_info() -> None:
    removed = BASE.replace("name: crm-sync", "name: other")
    none, two = installed(0), installed(2)
    assert found(BASE, removed, Settings(snapshot=none)) == [("integration-renamed", Severity.INFO)]
    assert found(BASE, removed, Settings(snapshot=two)) == [("integration-renamed", Severity.ERROR)]
    report = compare(Source.from_text(BASE), Source.from_text(removed), Settings(snapshot=two))
    assert "leaves the 2 existing customers on `crm-sync`" in report.findings[0].message


def message_of(rule: str, old: str, new: str, installations: int | None) -> str:
    """The message of the one finding of a rule."""
    settings = Settings(snapshot=None if installations is None else installed(installations))
    report = compare(Source.from_text(old), Source.from_text(new), settings)
    (message,) = (one.message for one in report.findings if one.rule == rule)
    return message


def test_a_removed_object_says_what_the_deploy_tool_does() -> None:
    start = BASE.index("        - objectName: companies")
    removed = BASE[:start] + BASE[BASE.index("    write:") :]
    renamed = removed.replace("name: crm-sync", "name: crm-sync-2")
    rule = "read-object-removed"
    assert "asks whether" in message_of(rule, BASE, removed, None)
    assert "reading it for 3 installations" in message_of(rule, BASE, removed, 3)
    assert message_of(rule, BASE, removed, 0).endswith("so the deploy tool does not ask")
    # The deploy tool compares integrations of the same name.
    assert "customers who move to `crm-sync-2`" in message_of(rule, BASE, renamed, 3)


def test_another_source_under_the_same_name_is_one_warning() -> None:
    other = BASE.replace("fieldName: name\n", "fieldName: legal_name\n")
    assert found(BASE, other) == [("field-mapping-changed", Severity.WARNING)]
    message = message_of("field-mapping-changed", BASE, other, None)
    assert "comes from `legal_name` instead of `name`" in message
    assert "each account must have `legal_name`" in message


def test_a_field_in_both_lists_counts_as_required() -> None:
    both = BASE.replace("optionalFields:\n", "optionalFields:\n            - fieldName: email\n")
    assert found(BASE, both) == found(both, BASE) == []


def test_a_comment_suppresses_a_change() -> None:
    suppressed = BASE.replace(
        "    provider: hubspot", "    provider: salesforce # amp:ignore[provider-changed]"
    )
    assert found(BASE, suppressed) == []


def test_the_old_place_is_related() -> None:
    report = compare(
        Source.from_text(BASE, "amp.yaml@main"),
        Source.from_text(BASE.replace("days: 30", "days: 31")),
        Settings(),
    )
    (related,) = report.findings[0].related
    assert related.source is not None
    assert related.source.path == "amp.yaml@main"
    assert related.source.text[slice(*related.span)] == "backfill"


def test_the_library_compares_texts() -> None:
    from amp_lint import compare_text

    report = compare_text(BASE, BASE.replace("days: 30", "days: 31"))
    assert [one.rule for one in report.findings] == ["backfill-changed"]


def test_the_rules_of_changes_are_silent_in_a_check() -> None:
    from amp_lint import lint_text

    assert not {one.rule for one in lint_text(BASE).findings} & {rule.id for rule in CHANGES}


def test_real_manifests_compared_with_themselves_give_nothing(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.y*ml")):
        source = Source.from_file(str(path))
        assert compare(source, source, Settings()).findings == (), path
