r"""Annotations for GitHub Actions: one workflow command a finding, and the summary for the log.

A control character is written out (`\x1b`), as in the text report. An annotation on a file with
such a name does not find its place; the log still names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import posix
from amp_lint.reporters.text import headline, summary
from amp_lint.text.source import Source

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield the commands. Colours are left out: the commands are for the runner."""
    plain = Console(encoding=console.encoding)
    for one in run.reports:
        for finding in one.findings:
            yield _command(one.source, finding, plain)
    if not run.quiet and run.reports:
        yield summary(run)


def _command(source: Source, finding: Finding, console: Console) -> str:
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    properties = {"file": posix(source.path), "line": start.line, "endLine": end.line}
    if start.line == end.line:
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"amp-lint ({finding.rule})"
    shown = ",".join(
        f"{name}={_property(console.show(str(value)))}" for name, value in properties.items()
    )
    # The log shows the message only, so the message says where as well.
    return f"::{_COMMANDS[finding.severity]} {shown}::{_data(headline(source, finding, console))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
