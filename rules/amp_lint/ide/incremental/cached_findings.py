"""The findings in one integration, which move with it when the text in front changes."""

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

    `budgets` are the budgets that each rule used. `failed` is set if a rule raised.
    """

    start: int
    path: str
    findings: list[Finding]
    budgets: dict[str, list[ComparisonBudget]]
    failed: bool

    def move(self, start: int, path: str) -> None:
        """Move the findings to the new place of the integration."""
        if (start, path) == (self.start, self.path):
            return
        by = start - self.start
        self.findings = [_moved(one, by, self.path, path) for one in self.findings]
        self.start, self.path = start, path


def affordable(every: Iterable[CachedFindings]) -> bool:
    """Return whether each rule stays within its budget for all integrations together."""
    runs: dict[tuple[str, int], list[ComparisonBudget]] = {}
    for cached in every:
        for rule_id, budgets in cached.budgets.items():
            for number, budget in enumerate(budgets):
                runs.setdefault((rule_id, number), []).append(budget)
    return all(map(ComparisonBudget.suffices, runs.values()))


def _moved(finding: Finding, by: int, old: str, new: str) -> Finding:
    path = finding.path
    return replace(
        finding,
        span=shifted(finding.span, by),
        path=new + path.removeprefix(old) if path.startswith(old) else path,
        related=tuple(replace(one, span=shifted(one.span, by)) for one in finding.related),
        fixes=moved_fixes(finding.fixes, by),
        claims=tuple(shifted(one, by) for one in finding.claims),
    )


def moved_fixes(fixes: Iterable[Fix], by: int) -> tuple[Fix, ...]:
    """Return fixes with all spans moved."""
    return tuple(
        replace(fix, edits=tuple(Edit(shifted(one.span, by), one.text) for one in fix.edits))
        for fix in fixes
    )


def shifted(span: Span, by: int) -> Span:
    """Return a span moved by a number of characters."""
    return Span(span.start + by, span.end + by)
