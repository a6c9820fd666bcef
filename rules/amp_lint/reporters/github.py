r"""Annotations for GitHub Actions: workflow commands, then the findings beyond GitHub's limit.

GitHub shows ten annotations of each severity per step, so only these become commands, errors first.
The other findings follow as plain lines of the log. A control character is written as an escape
(`\x1b`), as in the text report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.summary import closing_lines
from amp_lint.reporters.text import headline
from amp_lint.text.source import Source

# What GitHub shows of a step, per severity.
MAX_ANNOTATIONS = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield the commands, the other findings and the summary, without colours."""
    plain = Console(encoding=console.encoding)
    found = [(one.source, finding) for one in run.reports for finding in one.findings]
    shown: Counter[Severity] = Counter()
    others: list[str] = []
    for source, finding in sorted(found, key=lambda pair: -pair[1].severity.rank):
        shown[finding.severity] += 1
        name = run.file_name(source)
        if shown[finding.severity] <= MAX_ANNOTATIONS:
            yield _command(name, source, finding, plain)
        else:
            others.append(_log_line(name, source, finding, plain))
    yield from others
    yield from closing_lines(run, plain)


def _command(name: str, source: Source, finding: Finding, console: Console) -> str:
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    properties = {"file": name, "line": start.line, "endLine": end.line}
    if start.line == end.line:
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"amp-lint ({finding.rule})"
    shown = ",".join(
        f"{key}={_property(console.show(str(value)))}" for key, value in properties.items()
    )
    # The log shows the message only, so the message names the place too.
    text = _data(headline(name, source, finding, console))
    return f"::{_COMMANDS[finding.severity]} {shown}::{text}"


def _log_line(name: str, source: Source, finding: Finding, console: Console) -> str:
    """Return a finding as text that the runner does not take for a command."""
    line = f"{finding.severity.value}: {headline(name, source, finding, console)}"
    # The older syntax of commands, which counts anywhere in a line.
    return line.replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
