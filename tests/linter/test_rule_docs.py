"""The page of a rule: how far its fixes can be trusted, and the text after them."""

from __future__ import annotations

import re

import pytest

from amp_lint.cli.main import main
from amp_lint.linter.engine import lint
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Rule
from amp_lint.linter.rule_docs import example_settings, fixable, page, rule_doc
from amp_lint.text.source import Source

AFTER = re.compile(r"^After the fix:\n\n```yaml\n(.*?)^```$", re.S | re.M)
# What the generated text begins with, for each kind of fix.
WORDS = {"safe": "Safe: ", "unsafe": "Unsafe: ", "manual": "Manual: "}

every_rule = pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))


def section(text: str, title: str) -> str:
    """Return what is under a heading of a page."""
    (found,) = re.findall(rf"^## {title}\n\n(.*?)(?=^## )", text, re.S | re.M)
    return str(found)


@every_rule
def test_each_page_says_how_far_fixes_can_be_trusted(rule: Rule) -> None:
    doc = rule_doc(rule)
    said = section(page(doc), "Fix safety")

    if "Fix safety" in doc.sections:
        assert said.strip() == doc.sections["Fix safety"].strip()
        return
    kinds = {kind for kind, words in WORDS.items() if re.search(rf"^{words}", said, re.M)}
    assert kinds == set(filter(None, fixable(doc).split(", ")))
    assert kinds or said == "The rule offers no fix.\n\n"


@every_rule
def test_the_text_after_the_fixes_has_less_to_fix(rule: Rule) -> None:
    doc = rule_doc(rule)
    settings = example_settings(doc)
    texts = AFTER.findall(section(page(doc), "Wrong"))

    def fixable_findings(text: str) -> int:
        report = lint(Source.from_text(text), settings)
        assert report.parses or text in doc.wrong
        return sum(bool(one.fixes) for one in report.findings if one.rule == doc.rule.id)

    for text in texts:
        assert fixable_findings(text) < sum(map(fixable_findings, doc.wrong))


def test_a_page_shows_the_text_after_the_fix_or_where_it_is() -> None:
    assert "requiredFields:" in AFTER.findall(page(rule_doc(rules()["unknown-key"])))[0]
    assert "After the fix it is the manifest under Right." in page(rule_doc(rules()["key-case"]))
    assert "After the fix" not in page(rule_doc(rules()["schedule-never-runs"]))


def test_the_command_shows_both(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rule", "unknown-key"])
    shown = capsys.readouterr().out

    assert "\n\nFix safety\n\nUnsafe: a good guess to review." in shown
    assert "\n\nAfter the fix:\n\n    specVersion: 1.0.0\n" in shown
