"""Fixes resolve mistakes that are injected into real manifests, and change nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from amp_lint.linter.engine import Settings, lint
from amp_lint.linter.finding import Finding
from amp_lint.linter.fixer import fix_source
from amp_lint.text.edits import Applicability
from amp_lint.text.source import Source

from .conftest import check_fix, counts, every_fix
from .mistakes import KINDS, Injector

# Their findings are all of the rules in HIDING.
HIDDEN_ALWAYS = frozenset(
    {"misspelt-key", "missing-space", "naked-schedule", "repeated-key", "tab", "wrong-text"}
)
SETTINGS = Settings()
# A file gets one of these, as the last: where others are to go is seen in what can be read only.
SYNTAX = ("missing-space", "naked-schedule", "tab")
MISTAKES_A_FILE = 24
# Fixing these lets the linter see what it could not check before.
HIDING = frozenset({"yaml-syntax", "yaml-duplicate-key", "yaml-ambiguous-scalar", "unknown-key"})


def manifests(corpus: Path) -> list[str]:
    return [file.read_bytes().decode() for file in sorted(corpus.rglob("amp.yaml"))]


def is_left(finding: Finding) -> bool:
    """Return whether a run should have fixed a finding: it has a fix that is not manual, and does
    not delete a duplicate, or what another value rules out, which the run may have written."""
    is_ruled_out = finding.related and any(
        not edit.text for fix in finding.fixes for edit in fix.edits
    )
    return not is_ruled_out and any(
        fix.applicability is not Applicability.MANUAL for fix in finding.fixes
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_fix_of_a_single_mistake_mends_it(kind: str, corpus: Path) -> None:
    random = Random(kind)
    tried = 0
    for text in random.sample(manifests(corpus), 30):
        mistaken = Injector(text, random).inject(kind)
        if mistaken is None or mistaken == text:
            continue
        baseline = lint(Source.from_text(text), SETTINGS)
        before = {(f.rule, f.path) for f in baseline.findings}
        report = lint(Source.from_text(mistaken), SETTINGS)
        assert not report.notices
        for finding, fix in every_fix(report):
            if (finding.rule, finding.path) not in before and finding.rule not in HIDING:
                check_fix(report, finding, fix, SETTINGS, counts(baseline))
                tried += 1
    assert tried or kind in HIDDEN_ALWAYS


def test_a_thousand_mistakes_leave_nothing_to_fix_and_no_broken_file(corpus: Path) -> None:
    random = Random(20261125)
    kinds = sorted(set(KINDS).difference(SYNTAX))
    injected = 0
    left: Counter[str] = Counter()
    for text in manifests(corpus):
        mistaken = text
        chosen = [random.choice(kinds) for _ in range(MISTAKES_A_FILE - 1)]
        for kind in (*chosen, random.choice(SYNTAX)):
            change = Injector(mistaken, random).inject(kind)
            if change is not None and change != mistaken:
                mistaken = change
                injected += 1
        outcome = fix_source(Source.from_text(mistaken), SETTINGS, unsafe=True)
        assert not outcome.report.notices, outcome.report.notices[0]
        again = fix_source(outcome.report.source, SETTINGS, unsafe=True)
        # A run does not delete the duplicates that it has made itself, nor what they rule out.
        assert all(
            "duplicate" in one.rule or one.title.startswith("Remove ") for one in again.applied
        )
        if outcome.report.parses:
            left.update(f.rule for f in outcome.report.findings if is_left(f))
        else:
            assert outcome.report.source.text == mistaken
            left["unreadable"] += 1
    assert injected >= 1000
    assert not left
