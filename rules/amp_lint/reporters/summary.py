"""The closing lines of a report for people: counts, what can be fixed, where to read on."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import BOLD, Console
from amp_lint.text.edits import Applicability

_HINT = "amp-lint rule ID explains a rule"


def closing_lines(run: Run, console: Console, *, hint: bool = False) -> Iterator[str]:
    """Yield the counts, then what `--fix` can do; with `hint`, the command that explains a rule.

    Yields nothing if the run is quiet or has no reports.
    """
    if run.quiet or not run.reports:
        return
    if run.compares:
        from amp_lint.reporters.change_summary import change_lines

        yield from (console.paint(console.show(line), BOLD) for line in change_lines(run))
    else:
        yield console.paint(summary(run), BOLD)
    if any(report.findings for report in run.reports):
        fixable = fixable_words(run)
        if fixable:
            yield from console.wrap(fixable)
        if hint:
            yield _HINT


def summary(run: Run) -> str:
    """Return the counts in words: `2 errors, 1 warning in 3 manifests`."""
    made = f"; {number_of(len(run.fixes), 'mistake')} fixed" if run.fixes else ""
    return f"{_counted(run) or _clean(run)}{made}"


def fixable_words(run: Run) -> str:
    """Return what can be fixed, and how: `1 fixable with --fix, 3 by hand`; "" without a fix."""
    counts = run.fixable()
    safe, unsafe = counts[Applicability.SAFE], counts[Applicability.UNSAFE]
    by_hand = counts.total() - safe - unsafe
    parts = [f"{safe} fixable with --fix"] if safe else []
    if unsafe and safe:
        parts.append(f"{unsafe} more with --unsafe-fixes")
    elif unsafe:
        parts.append(f"{unsafe} fixable with --fix --unsafe-fixes")
    if by_hand and (parts or by_hand > counts[None]):
        parts.append(f"{by_hand} by hand")
    return ", ".join(parts)


def number_of(count: int, word: str) -> str:
    """Return a number with its noun: `1 error`, `2 errors`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _counted(run: Run) -> str:
    counts = run.counts()
    parts = [
        number_of(counts[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "info"),
        )
        if counts[severity]
    ]
    if not parts:
        return ""
    return f"{', '.join(parts)} in {number_of(len(run.reports), 'manifest')}"


def _clean(run: Run) -> str:
    # If a rule failed on a manifest, it is unknown whether the manifest is clean.
    clean = sum(not report.notices for report in run.reports)
    read = " that could be linted" if run.unread or clean < len(run.reports) else ""
    if clean == 0:
        return "No manifest could be linted completely"
    if clean == 1:
        return f"The manifest{read} is clean"
    return f"All {clean} manifests{read} are clean"
