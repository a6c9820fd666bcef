r"""Findings for programs. The layout is a contract: keys are added, never changed or removed.

Lines and columns count from 1, columns in code points, ends are exclusive. The output is ASCII; a
byte of a file name that is not UTF-8 is a lone surrogate (`\udc80` to `\udcff`), which
`os.fsencode` decodes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from amp_lint import __version__
from amp_lint.linter.finding import Finding, Related, Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.text.edits import Applicability, Fix
from amp_lint.text.source import Source, Span


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield one JSON object, with a finding on each line."""
    yield f'{{"version": {json.dumps(__version__)},'
    findings = [
        json.dumps(_finding(one.source, finding)) for one in run.reports for finding in one.findings
    ]
    yield ' "findings": [' + ",\n  ".join(findings) + "],"
    yield f' "summary": {json.dumps(_summary(run))}}}'


def _finding(source: Source, finding: Finding) -> dict[str, Any]:
    return {
        "file": source.path,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        **_place(source, finding.span),
        "url": finding.url,
        "related": [
            {"message": related.message, **_related_place(source, related)}
            for related in finding.related
        ],
        "fixes": [_fix(source, fix) for fix in finding.fixes],
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**_place(source, edit.span), "text": edit.text} for edit in fix.edits],
    }


def _related_place(source: Source, related: Related) -> dict[str, Any]:
    """The place, with the file if it is another one than the finding's."""
    if related.source is None:
        return _place(source, related.span)
    return {"file": related.source.path, **_place(related.source, related.span)}


def _place(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _summary(run: Run) -> dict[str, int]:
    counts, fixable = run.counts(), run.fixable()
    return {
        "files": len(run.reports),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "infos": counts[Severity.INFO],
        "fixed": len(run.fixes),
        "fixable": fixable[Applicability.SAFE],
        "fixable_unsafe": fixable[Applicability.UNSAFE],
        "manual": fixable[Applicability.MANUAL],
    }
