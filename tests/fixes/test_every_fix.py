"""Every fix of every finding in the snippets of the rules resolves its finding and nothing else.

In `tests/rules/<id>.md`, a block opened by "```yaml fix" is followed by one opened by
"```yaml fixed": the text that the preferred fix of each finding of that rule makes of it.
"```yaml fix 2" takes the second fix.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.text.edits import apply
from amp_lint.text.source import Source

from .conftest import check_fix, every_fix

SNIPPETS = Path(__file__).parent.parent / "rules"
FENCE = re.compile(r"^```yaml *(?P<options>[^\n]*)\n(?P<text>.*?)^```$", re.S | re.M)
PAIR = re.compile(
    r"^```yaml fix(?P<which> \d+)?\n(?P<before>.*?)^```\n+```yaml fixed\n(?P<after>.*?)^```$",
    re.S | re.M,
)

# Rules whose fix reveals another mistake, which was there before. A comment that names its rule
# correctly after the fix may suppress nothing.
BRINGS_TO_LIGHT = frozenset({"unknown-ignore"})


def settings_for(rule_id: str) -> Settings:
    on: dict[str, Severity | None] = {rule_id: rules()[rule_id].severity}
    names = ("crmWebhook", "default-webhook") if rule_id == "destination-exists" else ()
    return Settings(severity={} if rules()[rule_id].on else on, destinations=names)


def snippets() -> list[object]:
    found: list[object] = []
    for rule_id, rule in rules().items():
        texts = [*rule_doc(rule).wrong]
        file = SNIPPETS / f"{rule_id}.md"
        if file.is_file():
            texts += [match["text"] for match in FENCE.finditer(file.read_text("utf-8"))]
        found += [
            pytest.param(rule_id, text, id=f"{rule_id}-{number}")
            for number, text in enumerate(texts, 1)
        ]
    return found


def linted(rule_id: str, text: str) -> Report:
    return lint(Source.from_text(text), settings_for(rule_id))


@pytest.mark.parametrize(("rule_id", "text"), snippets())
def test_a_fix_mends_its_finding_and_nothing_else(rule_id: str, text: str) -> None:
    report = linted(rule_id, text)
    for finding, fix in every_fix(report):
        if finding.rule == rule_id and finding.rule not in BRINGS_TO_LIGHT:
            check_fix(report, finding, fix, settings_for(rule_id))


def pairs() -> list[object]:
    found: list[object] = []
    for file in sorted(SNIPPETS.glob("*.md")):
        for number, match in enumerate(PAIR.finditer(file.read_text("utf-8")), 1):
            values = (file.stem, int(match["which"] or 1), match["before"], match["after"])
            found.append(pytest.param(*values, id=f"{file.stem}-{number}"))
    return found


@pytest.mark.parametrize(("rule_id", "which", "before", "after"), pairs())
def test_a_fix_changes_exactly_this(rule_id: str, which: int, before: str, after: str) -> None:
    settings = replace(settings_for(rule_id), select=frozenset({rule_id}))
    report = lint(Source.from_text(before), settings)
    fixes = [finding.fixes[which - 1] for finding in report.findings]
    assert fixes, "nothing is found"
    assert apply(before, [edit for fix in fixes for edit in fix.edits]) == after
