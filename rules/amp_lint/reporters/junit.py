r"""JUnit's XML: a suite for each manifest, a failed case for each finding, whatever its severity.

A clean manifest is one case that passed. What could not be linted is an error in a suite of its
own. The text is ASCII; what XML cannot hold is written out (`\x1b`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Finding
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import posix
from amp_lint.reporters.text import headline
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report

_PLAIN = Console()
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
# Escapes for both of the characters that no control character is, and XML still forbids.
_ESCAPES = str.maketrans({**_MARKUP, "\ufffe": "\\ufffe", "\uffff": "\\uffff"})


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the document."""
    findings = sum(len(one.findings) for one in run.reports)
    tests = sum(max(1, len(one.findings)) for one in run.reports) + len(run.problems)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    counts = f'tests="{tests}" failures="{findings}" errors="{len(run.problems)}"'
    yield f'<testsuites name="amp-lint" {counts}>'
    for one in run.reports:
        yield from _suite(one)
    if run.problems:
        count = len(run.problems)
        yield f'  <testsuite name="amp-lint" tests="{count}" failures="0" errors="{count}">'
        for number, problem in enumerate(run.problems, 1):
            yield f'    <testcase classname="amp-lint" name="run ({number})">'
            yield f'      <error type="error" message="{_text(problem)}"/>'
            yield "    </testcase>"
        yield "  </testsuite>"
    yield "</testsuites>"


def _suite(report: Report) -> Iterator[str]:
    name, findings = _text(posix(report.source.path)), report.findings
    tests = max(1, len(findings))
    yield f'  <testsuite name="{name}" tests="{tests}" failures="{len(findings)}" errors="0">'
    for finding in findings:
        yield from _case(report.source, finding, name)
    if not findings:
        yield f'    <testcase classname="{name}" name="no findings"/>'
    yield "  </testsuite>"


def _case(source: Source, finding: Finding, name: str) -> Iterator[str]:
    at = source.position(finding.span.start)
    case = f"{_text(finding.rule)} ({at.line}:{at.column})"
    severity, message = finding.severity.value, _text(finding.message)
    yield f'    <testcase classname="{name}" name="{case}" line="{at.line}">'
    yield f'      <failure type="{severity}" message="{message}">'
    yield f"{_text(headline(source, finding, _PLAIN))}</failure>"
    yield "    </testcase>"


def _text(text: str) -> str:
    """Text as it may stand between tags and in an attribute."""
    escaped = _PLAIN.show(text).translate(_ESCAPES)
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")
