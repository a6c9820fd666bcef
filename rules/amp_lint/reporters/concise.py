"""One line per finding: `amp.yaml:12:21: error[rule-id] message`, for grep and editors."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.text import headline


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield a line for each finding."""
    for one in run.reports:
        for finding in one.findings:
            yield headline(one.source.path, one.source, finding, console)
