"""What the rules found in one integration, and where that is after the text in front changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from amp_lint.linter.comparison_budget import ComparisonBudget
from amp_lint.linter.finding import Finding
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.source import Span


@dataclass(slots=True)
class CachedFindings:
    """The findings in an integration that starts at `start` and has the path `path`.

    `allowances` are what each rule spent on it. `failed` says that a rule raised.
    """

    start: int
    path: str
    findings: list[Finding]
    allowances: dict[str, list[ComparisonBudget]]
    failed: bool

    def move(self, start: int, path: str) -> None:
        """Follow the integration to another place."""
        if (start, path) == (self.start, self.path):
            return
        by = start - self.start
        self.findings = [_moved(one, by, self.path, path) for one in self.findings]
        self.start, self.path = start, path


def affordable(verdicts: Iterable[CachedFindings]) -> bool:
    """Whether each rule could have afforded all that it spent on several integrations, had it been
    asked about them together."""
    runs: dict[tuple[str, int], list[ComparisonBudget]] = {}
    for verdict in verdicts:
        for rule_id, allowances in verdict.allowances.items():
            for number, allowance in enumerate(allowances):
                runs.setdefault((rule_id, number), []).append(allowance)
    return all(map(ComparisonBudget.suffices, runs.values()))


def _moved(finding: Finding, by: int, old: str, new: str) -> Finding:
    path = finding.path
    return replace(
        finding,
        span=shifted(finding.span, by),
        path=new + path.removeprefix(old) if path.startswith(old) else path,
        related=tuple(replace(one, span=shifted(one.span, by)) for one in finding.related),
        fixes=moved_fixes(finding.fixes, by),
    )


def moved_fixes(fixes: Iterable[Fix], by: int) -> tuple[Fix, ...]:
    """Fixes of a text in front of which so many characters were added."""
    return tuple(
        replace(fix, edits=tuple(Edit(shifted(one.span, by), one.text) for one in fix.edits))
        for fix in fixes
    )


def shifted(span: Span, by: int) -> Span:
    """A span so many characters further on."""
    return Span(span.start + by, span.end + by)
