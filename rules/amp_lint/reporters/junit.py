r"""JUnit XML, valid against the schema of the Jenkins xUnit plugin.

A suite for each manifest, with a case for each finding. The case fails if the finding makes the run
fail; otherwise it passes, with the finding as its output. A clean manifest is one case that passes.
What could not be linted is an error in a suite of its own. The text is ASCII; characters that XML
does not allow are written as escapes (`\x1b`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Finding
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.text import headline
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report

_PLAIN = Console()
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
# Besides control characters, XML forbids these two.
_ESCAPES = str.maketrans({**_MARKUP, "\ufffe": "\\ufffe", "\uffff": "\\uffff"})


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the document."""
    failures = sum(_failures(run, one) for one in run.reports)
    tests = sum(max(1, len(one.findings)) for one in run.reports) + len(run.problems)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    counts = f'tests="{tests}" failures="{failures}" errors="{len(run.problems)}"'
    yield f'<testsuites name="amp-lint" {counts}>'
    for one in run.reports:
        yield from _suite(run, one)
    if run.problems:
        count = len(run.problems)
        yield f'  <testsuite name="amp-lint" tests="{count}" failures="0" errors="{count}">'
        for number, problem in enumerate(run.problems, 1):
            yield f'    <testcase classname="amp-lint" name="run ({number})">'
            yield f'      <error type="error" message="{_text(problem)}"/>'
            yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _failures(run: Run, report: Report) -> int:
    return sum(run.fails(report.source, finding) for finding in report.findings)


def _suite(run: Run, report: Report) -> Iterator[str]:
    name, findings = run.file_name(report.source), report.findings
    counts = f'tests="{max(1, len(findings))}" failures="{_failures(run, report)}" errors="0"'
    yield f'  <testsuite name="{_text(name)}" {counts}>'
    for finding in findings:
        yield from _case(name, report.source, finding, fails=run.fails(report.source, finding))
    if not findings:
        yield f'    <testcase classname="{_class(name)}" name="no findings"/>'
    yield "  </testsuite>"


def _case(name: str, source: Source, finding: Finding, *, fails: bool) -> Iterator[str]:
    at = source.position(finding.span.start)
    case = f"{_text(finding.rule)} ({at.line}:{at.column})"
    severity, message = finding.severity.value, _text(finding.message)
    text = _text(headline(name, source, finding, _PLAIN))
    yield f'    <testcase classname="{_class(name)}" name="{case}">'
    if fails:
        yield f'      <failure type="{severity}" message="{message}">'
        yield f"{text}</failure>"
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"


def _class(name: str) -> str:
    """Return a class name for a file.

    Jenkins takes what is in front of the last dot for the package, so only `/` becomes a dot.
    """
    return _text(name.lstrip("/").replace(".", "_").replace("/", "."))


def _text(text: str) -> str:
    """Return text in the form for elements and attributes."""
    escaped = _PLAIN.show(text).translate(_ESCAPES)
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")
