"""Random manifests: a comment suppresses what indentation says, and no text is too odd."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.suppressions import SuppressionScope, read_suppressions
from amp_lint.yaml.reader import read

from .faulty_manifest import ITEM, found, linted


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    suppresses = SuppressionScope.suppresses

    def counted(scope: SuppressionScope, finding: Finding) -> bool:
        nonlocal asked
        asked += 1
        return suppresses(scope, finding)

    monkeypatch.setattr(SuppressionScope, "suppresses", counted)
    head = "# amp:ignore[integration-name-format]\n" * 500
    items = "".join(
        f"  - name: crm{n}A # amp:ignore[integration-name-format]\n{ITEM}" for n in range(100)
    )
    text = f"specVersion: 1.0.0\n{head}integrations:\n{items}"
    assert found(text) == []
    assert asked <= 100 * 4


# Properties: what a comment covers, told by indentation alone.

PARTS = (
    "    shedule: x\n",
    "    read:\n      objects:\n        - objectName: contact\n          destination: hook\n"
    '          schedule: "*/5 * * * *"\n          colour: red\n          requiredFields:\n'
    "            - fieldName: a\n            - fieldName: a\n              colour: red\n",
    "    read:\n      colour: red\n      objects:\n        -\n          objectName: contact\n"
    "          destination: hook\n          optionalFields:\n            - fieldname: a\n"
    "            - mapToName: b\n        - objectName: account\n          destination: hook\n",
    "    write:\n      objects:\n        - objectName: contact\n          colour: red\n"
    "        - objectName: contact\n          inheritmapping: true\n",
    "    proxy:\n      enabled: true\n",
    "    displayName: |\n      crm # amp:ignore\n      # amp:ignore-file\n"
    "    colour: >\n      red\n",
)
RULES = (
    "unknown-key",
    "integration-name-format",
    "duplicate-field",
    "missing-schedule",
    "key-case",
)


@st.composite
def manifests(draw: st.DrawFn) -> str:
    text = f"specVersion: {draw(st.sampled_from(('1.0.0', '2.0.0')))}\nintegrations:\n"
    for number in range(draw(st.integers(1, 2))):
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=3, unique_by=lambda p: p[:9]))
        text += f"  - name: crmSync{number}\n    provider: salesforce\n" + "".join(parts)
    return text


def reach(lines: list[str], at: int, column: int) -> range:
    """The lines from `at` on that are indented deeper than `column`."""
    end = at + 1
    while end < len(lines) and (len(lines[end]) - len(lines[end].lstrip())) > column:
        end += 1
    return range(at, end)


def is_scalar(line: str) -> bool:
    return line.lstrip().startswith(("red", "crm #", "# amp"))


@given(st.data())
@settings(max_examples=150)
def test_a_comment_suppresses_exactly_what_it_covers(data: st.DataObject) -> None:
    text = data.draw(manifests())
    lines = text.splitlines()
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if not is_scalar(line)]))
    rule = data.draw(st.sampled_from((*RULES, "")))
    comment = f"# amp:ignore[{rule}]" if rule else "# amp:ignore"
    if data.draw(st.booleans()):
        covered = reach(lines, at, re.match(r"[ ]*", lines[at]).end())  # type: ignore[union-attr]
        changed = [*lines[:at], data.draw(st.sampled_from(("", "    "))) + comment, *lines[at:]]
        shift = 1
    else:
        column = re.match(r"[ ]*(?:- )*", lines[at]).end()  # type: ignore[union-attr]
        covered = reach(lines, at, column)
        changed = [*lines[:at], f"{lines[at]} {comment}", *lines[at + 1 :]]
        shift = 0
    new_text = "\n".join(changed) + "\n"

    before, after = linted(text), linted(new_text)
    kept: Counter[tuple[int, str, str]] = Counter()
    suppressed = 0
    for one in before.findings:
        line = before.source.position(one.span.start).line - 1
        mild = one.rule == rule if rule else one.severity is not Severity.ERROR
        if line in covered and mild:
            suppressed += 1
        else:
            kept[(line + (shift if line >= at else 0), one.rule, one.message)] += 1
    told = {
        (after.source.position(one.span.start).line - 1, one.rule, one.message): one
        for one in after.findings
    }
    unused = [one for key, one in told.items() if key[1] == "unused-ignore"]
    assert Counter(key for key in told if key[1] != "unused-ignore") == kept
    assert len(unused) == (0 if suppressed else 1)
    for finding in unused:
        (edit,) = finding.fixes[0].edits
        assert new_text[: edit.span.start] + new_text[edit.span.end :] == text


FRAGMENTS = (
    "amp:ignore", "# amp:ignore", "# amp:ignore-file", "[", "]", "[unknown-key]", "[x, y", "\n",
    "\r\n", "\r", "- ", "-", "a: ", "b", ": ", "{", "}", '"', "'", "|", "|\n  ", ">-", "&a ", "*a",
    "!x ", "  ", "\t", "#", " #", "---\n", "...\n", "\x85", "\u2028", "\ufeff", "\0", "? ", ",",
    "integrations:\n", "  - name: A\n", "é",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
@settings(max_examples=300)
def test_no_text_is_too_odd(text: str) -> None:
    report = linted(text)
    for suppression in read_suppressions(read(report.source)):
        shown = report.source.text[slice(*suppression.span)]
        assert shown.startswith("amp:ignore")
        assert report.source.text[slice(*suppression.removal)].strip() == (
            report.source.text[slice(*suppression.comment)].strip()
        )
        for name in suppression.names:
            assert report.source.text[slice(*name.span)] == name.id
