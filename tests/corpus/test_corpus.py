"""Findings on real manifests, all of which deploy: exactly those that are listed here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from amp_lint import Severity, lint_file

# Every error and warning in the corpus: file, rule, severity, and the marked text.
EXPECTED = {
    # `fieldName: currency` and another field that is delivered as `currency`: one wins.
    ("netsuite/amp.yaml", "field-mapping-unique", "warning", "currency"),
    # `*/60` in the minutes field exceeds 0-59, so the schedule runs once an hour.
    ("netsuite/amp.yaml", "schedule-step-overflow", "warning", "*/60"),
}
ADVICE: set[str] = set()
SAMPLES = 67


def manifests(corpus: Path) -> list[Path]:
    return sorted(path for path in corpus.rglob("*") if path.suffix in (".yaml", ".yml"))


def test_the_corpus_is_all_there(corpus: Path) -> None:
    assert len(manifests(corpus)) == SAMPLES


def test_nothing_is_said_that_is_not_true(corpus: Path) -> None:
    found = set()
    for path in manifests(corpus):
        report = lint_file(path)
        name = path.relative_to(corpus).as_posix()
        assert not report.notices, f"{name}: {report.notices[0].traceback}"
        found |= {
            (name, one.rule, one.severity.value, report.source.text[slice(*one.span)])
            for one in report.findings
            if one.severity is not Severity.INFO
        }

    assert found == EXPECTED


def test_advice_is_given_by_few_rules(corpus: Path) -> None:
    advice = Counter(
        one.rule
        for path in manifests(corpus)
        for one in lint_file(path).findings
        if one.severity is Severity.INFO
    )

    assert set(advice) == ADVICE
