"""The closing lines of `amp-lint changes`: what the changes mean, integration by integration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding, Severity
from amp_lint.reporters import Run

_INDEX = re.compile(r"\$\.integrations\[(\d+)\]")
_MEANINGS = (
    (Severity.ERROR, "breaking"),
    (Severity.WARNING, "to act on"),
    (Severity.INFO, "for new customers only"),
)
NOTHING = "Nothing changes for customers"
NOTHING_SEEN = "No change for customers was found in what could be compared"


def change_lines(run: Run) -> Iterator[str]:
    """Yield a line for each integration: `crm-sync: 2 breaking, 1 to act on`."""
    none = True
    for report in run.reports:
        names = _names(report) if report.findings else ()
        counts: dict[str, Counter[Severity]] = {}
        for finding in report.findings:
            counts.setdefault(_integration(finding, names), Counter())[finding.severity] += 1
        for name, found in counts.items():
            none = False
            yield f"{name}: {_meant(found)}"
    if none:
        yield NOTHING_SEEN if run.unsure else NOTHING


def _meant(found: Counter[Severity]) -> str:
    return ", ".join(f"{found[level]} {words}" for level, words in _MEANINGS if found[level])


def _names(report: Report) -> tuple[str, ...]:
    """The names of the integrations, in their order."""
    from amp_lint.manifest.model import manifest_of
    from amp_lint.yaml.reader import read

    integrations = manifest_of(read(report.source).root).integrations
    return tuple("" if one.name is None else one.name.value for one in integrations)


def _integration(finding: Finding, names: tuple[str, ...]) -> str:
    match = _INDEX.match(finding.path)
    index = int(match[1]) if match else len(names)
    return (names[index] if index < len(names) else "") or "removed integrations"
