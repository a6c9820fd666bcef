"""What the engine does with rules and settings, and that the same text always gives the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from amp_lint.linter import engine
from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Context, Rule
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.source import Source, Span

TEXT = """\
specVersion: 2.0.0
integrations:
  - name: &long crmSync
    provider: salesforce
    shedule: x
    read: &read
      objects:
        - objectName: contact
          destination: hook
          schedule: "*/5 * * * *"
          requiredFields: [{fieldName: a}, {fieldName: a}]
          backfill: {defaultPeriod: {fullHistory: true}}
  - name: other
    provider: salesforce
    read: *read
"""


def found(settings: Settings | None = None, text: str = TEXT) -> list[str]:
    report = lint(Source.from_text(text), settings)
    assert report.notices == ()
    return [finding.rule for finding in report.findings]


def with_rules(monkeypatch: pytest.MonkeyPatch, *extra: Rule) -> None:
    every: Mapping[str, Rule] = {**rules(), **{rule.id: rule for rule in extra}}
    monkeypatch.setattr(engine, "rules", lambda: MappingProxyType(every))


def a_rule(check: object, id: str = "a-rule") -> Rule:
    always = replace(rules()["spec-version"], needs=frozenset())
    return replace(always, id=id, check=check)  # type: ignore[arg-type]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_is_said_twice_keeps_its_fixes(
    order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    fix = Fix("Remove it", (Edit(Span(0, 1), ""),))

    def check(context: Context) -> Iterator[Finding]:
        for which in order:
            yield context.finding(Span(0, 1), "wrong", fixes=[None, fix][: which + 1])

    with_rules(monkeypatch, a_rule(check))
    (finding,) = lint(Source.from_text("a: 1"), Settings(select=frozenset({"a-rule"}))).findings
    assert finding.fixes == (fix,)


def test_a_rule_that_raises_costs_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lint(Source.from_text(TEXT))

    def check(context: Context) -> Iterator[Finding]:
        yield context.finding(Span(0, 1), "told before the fall")
        raise RecursionError("too deep")

    with_rules(monkeypatch, a_rule(check))
    report = lint(Source.from_text(TEXT))
    assert report.findings == before.findings
    assert [(notice.rule, notice.message) for notice in report.notices] == [
        ("a-rule", "the rule a-rule failed: RecursionError: too deep")
    ]
    assert "RecursionError" in report.notices[0].traceback


def test_a_rule_that_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_context: Context) -> Iterator[Finding]:
        raise KeyError("x")

    with_rules(monkeypatch, a_rule(check), a_rule(check, "b-rule"))
    report = lint(Source.from_text(TEXT))
    assert [notice.rule for notice in report.notices] == ["a-rule", "b-rule"]
    assert found(Settings(ignore=frozenset({"a-rule", "b-rule"})))


def test_an_interrupt_is_no_fault_of_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_context: Context) -> Iterator[Finding]:
        raise KeyboardInterrupt

    with_rules(monkeypatch, a_rule(check))
    with pytest.raises(KeyboardInterrupt):
        lint(Source.from_text(TEXT))


def test_the_same_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(context: Context) -> Iterator[Finding]:
        for start, words in ((9, "b"), (3, "b"), (3, "a"), (3, "b")):
            yield context.finding(Span(start, 10), words)

    with_rules(monkeypatch, a_rule(check))
    report = lint(Source.from_text(TEXT), Settings(select=frozenset({"a-rule"})))
    assert [(one.span.start, one.message) for one in report.findings] == [
        (3, "a"),
        (3, "b"),
        (9, "b"),
    ]


def test_an_anchored_part_is_judged_once() -> None:
    assert found().count("schedule-minimum-interval") == 1


def test_findings_are_in_the_order_of_the_text() -> None:
    report = lint(Source.from_text(TEXT))
    spans = [finding.span for finding in report.findings]
    assert spans == sorted(spans)
    assert len(spans) > 3


def test_select() -> None:
    assert found(Settings(select=frozenset({"spec-version"}))) == ["spec-version"]
    assert found(Settings(select=frozenset())) == []


def test_select_turns_on_what_is_off() -> None:
    assert "large-backfill-risk" not in found()
    assert found(Settings(select=frozenset({"large-backfill-risk"}))) == ["large-backfill-risk"]


def test_ignore_wins() -> None:
    both = Settings(
        select=frozenset({"spec-version", "unknown-key"}), ignore=frozenset({"spec-version"})
    )
    assert found(both) == ["unknown-key"]
    assert "spec-version" not in found(Settings(ignore=frozenset({"spec-version"})))


def test_severity() -> None:
    settings = Settings(severity={"spec-version": Severity.INFO, "unknown-key": None})
    report = lint(Source.from_text(TEXT), settings)
    levels = {finding.rule: finding.severity for finding in report.findings}
    assert levels["spec-version"] is Severity.INFO
    assert "unknown-key" not in levels


def test_a_severity_turns_on_what_is_off() -> None:
    report = lint(
        Source.from_text(TEXT), Settings(severity={"large-backfill-risk": Severity.ERROR})
    )
    levels = {finding.rule: finding.severity for finding in report.findings}
    assert levels["large-backfill-risk"] is Severity.ERROR


def test_worst() -> None:
    def worst(*ids: str) -> Severity | None:
        return lint(Source.from_text(TEXT), Settings(select=frozenset(ids))).worst

    assert worst("spec-version", "unknown-key") is Severity.ERROR
    assert worst("unknown-key", "integration-name-format") is Severity.WARNING
    assert worst("integration-name-format") is Severity.INFO
    assert worst() is None
    assert Report(Source(""), ()).worst is None


@pytest.mark.parametrize("text", ["", "\n", "# c\n", "---\n", "null", "~", "[]", "x", "{}", "\0"])
def test_a_text_without_a_manifest_has_a_finding(text: str) -> None:
    assert found(text=text)


SCRIPT = """
import sys
from amp_lint.linter.engine import Settings, lint
from amp_lint.text.source import Source
settings = Settings(severity={"large-backfill-risk": None}, destinations=("hooks", "other"))
report = lint(Source.from_text(sys.stdin.read()), settings)
print([(f.rule, f.span, f.path, ascii(f.message), f.related) for f in report.findings])
"""


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "broken"])
def test_seed_zone_and_language_change_nothing(broken: bool) -> None:
    text = TEXT.replace("name: other", "name:other") if broken else TEXT
    seen = set()
    for seed, zone, language in (
        ("0", "UTC", "C"),
        ("1", "Pacific/Kiritimati", "tr_TR.UTF-8"),
        ("4242", "America/St_Johns", "de_DE.UTF-8"),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LANG": language}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=text,
            env={**env, "LC_ALL": language},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(run.stdout)
    assert len(seen) == 1
    assert "schedule-minimum-interval" in seen.pop()
