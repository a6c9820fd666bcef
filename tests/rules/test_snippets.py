"""The manifests in every rule's docstring: `Wrong` gives exactly that rule, `Right` nothing.

Edge cases are in `tests/rules/<id>.md`: YAML blocks whose lines have `# error: [id] words of the
message` comments, each block a manifest. With `only` after `yaml`, no other rule runs, for
manifests in which others have findings on the same lines. Blocks opened with `fix` and `fixed`
belong to `tests/fixes`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from amp_lint.linter.engine import Settings, lint
from amp_lint.linter.finding import Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import RuleDoc, rule_doc
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

HERE = Path(__file__).parent
RULES = sorted(rules())
# A rule that is off by default runs in its own snippets only.

FENCE = re.compile(r"^```yaml *(?P<options>[^\n]*)\n(?P<text>.*?)^```$", re.S | re.M)
EXPECTED = re.compile(
    r"# (?P<severity>error|warning|info): \[(?P<rule>[a-z0-9-]+)\](?P<words>[^#\n]*)"
)


# Two rules are about a missing `inheritFieldsAndMapping`: one about the key itself, one about the
# value that has no effect without it. No manifest breaks only the second.
COMPANIONS = {"watch-fields-selected": {"subscribe-inherit-fields"}}


def settings_for(rule_id: str) -> Settings:
    rule = rules()[rule_id]
    destinations = ("crmWebhook", "default-webhook") if rule_id == "destination-exists" else ()
    severity = {} if rule.on else {rule_id: rule.severity}
    # `delivery` is deprecated, so every manifest that has it gets that finding too.
    ignore = frozenset({"delivery-deprecated"} if rule_id == "delivery-mode" else ())
    if rule_id == "integration-name-case":
        ignore = frozenset({"integration-name-format"})
    doc = rule_doc(rule)
    snapshot, before = doc.snapshot, doc.before
    return Settings(
        ignore=ignore,
        severity=severity,
        destinations=destinations,
        snapshot=snapshot,
        deployed_elsewhere=None if snapshot is None else frozenset(),
        old=None if before is None else read(Source.from_text(before)),
    )


def found(text: str, settings: Settings) -> list[str]:
    report = lint(Source.from_text(text), settings)
    assert not report.notices, report.notices[0].traceback
    return [finding.rule for finding in report.findings]


@pytest.mark.parametrize("rule_id", RULES)
def test_docstring_snippets(rule_id: str) -> None:
    doc: RuleDoc = rule_doc(rules()[rule_id])
    settings = settings_for(rule_id)
    assert doc.wrong, "a rule shows at least one manifest under Wrong"
    assert doc.right, "and one under Right"
    for text in doc.wrong:
        assert set(found(text, settings)) - COMPANIONS.get(rule_id, set()) == {rule_id}
    for text in doc.right:
        assert found(text, settings) == []


def cases() -> list[object]:
    collected: list[object] = []
    for file in sorted(HERE.glob("*.md")):
        for number, match in enumerate(FENCE.finditer(file.read_text("utf-8")), 1):
            if match["options"].startswith("fix"):
                continue
            collected.append(
                pytest.param(file.stem, match["text"], match["options"], id=f"{file.stem}-{number}")
            )
    return collected


@pytest.mark.parametrize(("rule_id", "text", "options"), cases())
def test_edge_cases(rule_id: str, text: str, options: str) -> None:
    assert rule_id in rules(), "the file is named after the rule it is about"
    expected = set()
    for number, line in enumerate(text.split("\n"), 1):
        for match in EXPECTED.finditer(line):
            expected.add((number, match["severity"], match["rule"], match["words"].strip()))
    settings = settings_for(rule_id)
    if options == "only":
        settings = replace(settings, select=frozenset({rule_id}))
    report = lint(Source.from_text(text), settings)
    assert not report.notices
    seen = {}
    for finding in report.findings:
        at = report.source.position(finding.span.start)
        shown = report.source.text[slice(*finding.span)]
        seen[(at.line, finding.severity.value, finding.rule)] = (shown, finding.message)
    assert {(line, severity, rule) for line, severity, rule, _ in expected} == set(seen)
    for line, severity, rule, words in expected:
        for part in filter(None, words.split(" | ")):
            assert part in " ".join(seen[(line, severity, rule)])


def test_severities_are_the_catalogue_s() -> None:
    assert all(isinstance(rule.severity, Severity) for rule in rules().values())
