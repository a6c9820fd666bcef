"""Findings for people: the message, the marked lines of the manifest, the fix as a small diff."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding, Severity, worst
from amp_lint.reporters import Run
from amp_lint.reporters.console import BOLD, ORANGE, RED, TEAL, Console
from amp_lint.reporters.summary import closing_lines, number_of
from amp_lint.text.source import Source

STYLES = {Severity.ERROR: RED, Severity.WARNING: ORANGE, Severity.INFO: TEAL}

# A message may quote a name from the manifest, and a name may be megabytes long.
_LONGEST_MESSAGE = 500
# A terminal would lose the first of more findings than these of one manifest.
MAX_SHOWN = 200


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield a line for each fix that was applied, a block for each finding, and the summary."""
    separate = False
    for applied in run.fixes:
        separate = True
        where = f"{console.show(applied.path)}:{applied.line}"
        title = words(lower_first(applied.title), console)
        yield from console.wrap(f"fixed {where}: {applied.rule}: {title}")
    for one in run.reports:
        if one.findings:
            # Here, because a clean run does not need it.
            from amp_lint.reporters.finding_block import block
        for finding in worst(one.findings, MAX_SHOWN):
            if separate:
                yield ""
            separate = True
            yield from block(one.source, finding, console)
        if len(one.findings) > MAX_SHOWN:
            yield ""
            yield _unshown(one, console)
    closing = list(closing_lines(run, console, hint=True))
    if closing and separate:
        yield ""
    yield from closing


def headline(name: str, source: Source, finding: Finding, console: Console) -> str:
    """Return a finding in one line: `amp.yaml:12:21: error[rule-id] message`."""
    at = source.position(finding.span.start)
    where = console.paint(f"{console.show(name)}:{at.line}:{at.column}:", BOLD)
    severity = console.paint(finding.severity.value, STYLES[finding.severity])
    return f"{where} {severity}[{finding.rule}] {words(finding.message, console)}"


def lower_first(title: str) -> str:
    """Return the title of a fix in the form for the middle of a sentence."""
    return title[:1].lower() + title[1:]


def words(text: str, console: Console) -> str:
    """Return a text in printable form, cut if it is very long."""
    if len(text) > _LONGEST_MESSAGE:
        return console.show(text[:_LONGEST_MESSAGE]) + console.ellipsis
    return console.show(text)


def _unshown(report: Report, console: Console) -> str:
    more = number_of(len(report.findings) - MAX_SHOWN, "more finding")
    return f"{console.show(report.source.path)}: {more}; --output-format concise shows them all"
