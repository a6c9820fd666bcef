"""The table of `--statistics`: the number of findings of each rule."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.summary import closing_lines
from amp_lint.text.edits import Applicability

_MARKS = {
    Applicability.SAFE: "fixable",
    Applicability.UNSAFE: "fixable, unsafe",
    Applicability.MANUAL: "fixable, manual",
}


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield a row for each rule, the most frequent first, and the summary.

    A row has the worst severity among the rule's findings, and says whether any can be fixed.
    """
    found: dict[str, list[Finding]] = {}
    for one in run.reports:
        for finding in one.findings:
            found.setdefault(finding.rule, []).append(finding)
    digits = max((len(str(len(group))) for group in found.values()), default=0)
    longest = max(map(len, found), default=0)
    for rule, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        severity = max((f.severity for f in group), key=lambda s: s.rank)
        row = f"{len(group):>{digits}}  {severity.value:<7}  {rule:<{longest}}  {_mark(group)}"
        yield row.rstrip()
    closing = list(closing_lines(run, console))
    if found and closing:
        yield ""
    yield from closing


def _mark(group: list[Finding]) -> str:
    fixable = {finding.fixable for finding in group}
    return next((mark for applicability, mark in _MARKS.items() if applicability in fixable), "")
