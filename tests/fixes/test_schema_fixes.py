"""Fixes of the groups Syntax and Shape: where there is none, and texts with several mistakes."""

from __future__ import annotations

import pytest

from amp_lint.linter.engine import lint
from amp_lint.linter.finding import Finding
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group
from amp_lint.text.edits import apply
from amp_lint.text.source import Source

from .test_every_fix import linted, pairs

OWN = {name for name, one in rules().items() if one.group in (Group.SYNTAX, Group.SHAPE)}
HEAD = "specVersion: 1.0.0\nintegrations:\n  - name: crm-sync\n    provider: hubspot\n"


def found(rule_id: str, text: str) -> list[Finding]:
    return [finding for finding in linted(rule_id, text).findings if finding.rule == rule_id]


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        pytest.param(
            "yaml-ambiguous-scalar",
            "n: &n 5\n" + HEAD + "    displayName: *n\n    proxy: {enabled: true}\n",
            id="an anchored number, which may be a number elsewhere",
        ),
        pytest.param(
            "invalid-type",
            HEAD + "    proxy:\n      enabled: !!str true\n",
            id="a tag that makes text of it",
        ),
        pytest.param(
            "invalid-type",
            HEAD
            + "    read:\n      objects:\n        - backfill: {defaultPeriod: {days: '030'}}\n",
            id="quotes around what would be another number without them",
        ),
        pytest.param("invalid-type", HEAD + "    proxy: crm\n", id="a scalar for a block"),
        pytest.param("spec-version", "# Nothing yet.\n---\n...\n", id="a document that has ended"),
        pytest.param(
            "unknown-key",
            HEAD + "    proxy: {enabled: true}\n    displayNme: CRM\n    displayName: CRM\n",
            id="a key that is there already",
        ),
        pytest.param(
            "unknown-key",
            "base: &base\n  displayName: CRM\n"
            "specVersion: 1.0.0\nintegrations:\n  - <<: *base\n    name: crm-sync\n"
            "    provider: hubspot\n    proxy: {enabled: true}\n    displayNme: CRM\n",
            id="a key that a merge key brings",
        ),
        pytest.param(
            "required-field",
            HEAD.replace("provider", "provder").replace("hubspot", "''")
            + "    proxy: {enabled: true}\n",
            id="a misspelt key without a value",
        ),
        pytest.param(
            "yaml-syntax",
            HEAD
            + "    read:\n      objects:\n        - objectName: contacts\n"
            + "\t\t\t\t\t\t\tdestination: crm\n",
            id="tabs that are in place at no width",
        ),
    ],
)
def test_there_is_no_fix_for(rule_id: str, text: str) -> None:
    findings = found(rule_id, text)
    assert findings
    assert not any(finding.fixes for finding in findings)


def test_of_two_keys_like_one_only_the_first_is_renamed() -> None:
    findings = found(
        "unknown-key", HEAD + "    proxy: {enabled: true}\n    displayNam: a\n    displyName: b\n"
    )
    assert [len(finding.fixes) for finding in findings] == [1, 0]


def test_a_key_in_odd_case_twice_is_one_finding_that_says_so() -> None:
    text = HEAD + "    Proxy: {enabled: true}\n    PROXY: {enabled: true}\n"
    assert not found("key-case", text)
    assert len(found("yaml-duplicate-key", text)) == 1


def test_a_value_that_reaches_over_a_fault_is_left_alone() -> None:
    text = 'specVersion: 1.0\n  - name: "crm-sync\n    provider: hubspot\n'
    assert found("yaml-syntax", text)
    assert not any(finding.fixes for finding in found("spec-version", text))


def test_tabs_are_mended_where_a_fault_below_stays() -> None:
    text = HEAD + "    proxy:\n\tenabled: true\n    read:\n      objects:\n        - name: 'abc\n"
    (fix,) = found("yaml-syntax", text)[0].fixes
    assert apply(text, fix.edits) == text.replace("\t", " " * 8)


def test_a_dash_with_only_a_tab_behind_it_stays() -> None:
    text = "specVersion: 1.0.0\nintegrations:\n\t-\t\n\t\tname: crm-sync\n"
    (fix,) = found("yaml-syntax", text)[0].fixes
    assert apply(text, fix.edits).split() == text.split()


def test_a_schedule_is_quoted_where_a_fault_above_stays() -> None:
    text = (
        HEAD + "    displayName: 'It's'\n"
        "    read:\n      objects:\n        - schedule: */10 * * * *\n"
    )
    fixes = [fix for one in found("yaml-syntax", text) for fix in one.fixes if fix.is_safe]
    assert [apply(text, fix.edits) for fix in fixes] == [
        text.replace("*/10 * * * *", '"*/10 * * * *"')
    ]


@pytest.mark.parametrize(
    ("rule_id", "which", "before", "after"),
    [case for case in pairs() if case.values[0] in OWN],  # type: ignore[attr-defined]
)
def test_line_breaks_stay_what_they_are(rule_id: str, which: int, before: str, after: str) -> None:
    before, after = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    fixes = [one.fixes[which - 1] for one in found(rule_id, before)]
    assert apply(before, [edit for fix in fixes for edit in fix.edits]) == after


@pytest.mark.parametrize(
    ("rule_id", "which", "before", "after"),
    [case for case in pairs() if case.values[0] in OWN],  # type: ignore[attr-defined]
)
def test_the_last_line_needs_no_line_break(
    rule_id: str, which: int, before: str, after: str
) -> None:
    before, after = before.rstrip("\n"), after.rstrip("\n")
    fixes = [one.fixes[which - 1] for one in found(rule_id, before)]
    assert apply(before, [edit for fix in fixes for edit in fix.edits]) == after


def test_what_is_safe_is_what_the_catalogue_calls_safe() -> None:
    safe = {"yaml-syntax", "yaml-ambiguous-scalar", "spec-version", "key-case", "invalid-type"}
    for case in pairs():
        rule_id, _, before, _ = case.values  # type: ignore[attr-defined]
        if rule_id in OWN:
            for finding in found(rule_id, before):
                is_safe = rule_id in safe and "a guess" not in before
                assert {fix.is_safe for fix in finding.fixes} == {is_safe}


def test_mending_again_and_again_comes_to_an_end() -> None:
    text = "integrations:\n\t- nam: crm\n\t\tread: {objects: []}\n\t\tproxi: {enabled: 'yes'}\n"
    for _ in range(20):
        fixes = [fix for one in lint(Source.from_text(text)).findings for fix in one.fixes[:1]]
        if not fixes:
            break
        text = apply(text, fixes[0].edits)
    assert lint(Source.from_text(text)).findings == ()
