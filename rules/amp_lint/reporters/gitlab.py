"""A Code Quality report for GitLab: a JSON list, a finding a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from amp_lint.linter.finding import Finding, Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import fingerprinted, posix, unicode
from amp_lint.text.source import Source

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the list; it is empty where all is clean."""
    issues = [
        json.dumps(_issue(one.source, finding, fingerprint))
        for one, finding, fingerprint in fingerprinted(run.reports)
    ]
    yield "[" + ",\n ".join(issues) + "]"


def _issue(source: Source, finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": unicode(finding.message),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": unicode(posix(source.path)),
            "lines": {
                "begin": source.position(finding.span.start).line,
                "end": source.position(finding.span.end).line,
            },
        },
    }
