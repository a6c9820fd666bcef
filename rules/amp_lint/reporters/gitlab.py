"""A Code Quality report for GitLab: a JSON list with an issue for each finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from amp_lint.linter.finding import Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import Identified, identified
from amp_lint.reporters.locations import without_surrogates

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the list, which is empty if there are no findings."""
    issues = [json.dumps(_issue(run, one)) for one in identified(run)]
    yield "[" + ",\n ".join(issues) + "]"


def _issue(run: Run, one: Identified) -> dict[str, Any]:
    source, finding = one.report.source, one.finding
    return {
        # GitLab shows the description only, so the rule is named in it too.
        "description": without_surrogates(f"{finding.rule}: {finding.message}"),
        "check_name": finding.rule,
        "fingerprint": one.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": without_surrogates(run.file_name(source)),
            "lines": {
                "begin": source.position(finding.span.start).line,
                "end": source.position(finding.span.end).line,
            },
        },
    }
