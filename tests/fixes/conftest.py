from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Finding
from amp_lint.text.edits import Fix, apply
from amp_lint.text.source import Source


def counts(report: Report) -> Counter[str]:
    return Counter(finding.rule for finding in report.findings)


def check_fix(
    report: Report,
    finding: Finding,
    fix: Fix,
    settings: Settings,
    known: Counter[str] | None = None,
) -> None:
    """Check a fix of a finding: the text parses, that finding is gone, and no rule finds more than
    before, or than in a manifest without the mistake (`known`)."""
    text = report.source.text
    spans = [edit.span for edit in fix.edits]
    assert spans, "a fix changes something"
    assert spans == sorted(spans), "edits come in the order of the text"
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    fixed = apply(text, fix.edits)
    assert fixed != text
    after = lint(Source.from_text(fixed, report.source.path), settings)
    assert not after.notices, after.notices[0].traceback
    was, now = counts(report), counts(after)
    shown = f"{finding.rule}: {fix.title}\n{fixed}"
    assert now[finding.rule] < was[finding.rule], f"the finding is still there\n{shown}"
    assert not now - (was | (known or Counter())), f"new findings {now - was}\n{shown}"


def every_fix(report: Report) -> Iterator[tuple[Finding, Fix]]:
    for finding in report.findings:
        for fix in finding.fixes:
            yield finding, fix
