"""Reports of findings: one module for each value of `--output-format`.

A reporter is a module of this package, named like its format, with a function

    def report(run: Run, console: Console) -> Iterator[str]

that yields the report line by line, without line ends. It is imported when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Severity
from amp_lint.reporters.locations import name_from
from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report
    from amp_lint.linter.finding import Finding
    from amp_lint.linter.fixer import AppliedFix
    from amp_lint.reporters.console import Console
    from amp_lint.text.edits import Applicability
    from amp_lint.text.source import Source


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the linter.

    `reports` are in the order of their files' names. `unread` counts the manifests that could not
    be linted, and `problems` are messages about what could not be done. `quiet` asks for findings
    only. `fixes` are those that were applied. `root` is the folder from which the report names
    files (None: names stay as given). `fail_on` has, by the name of a file, the lowest severity
    that makes the run fail; for files that it does not name it is ERROR. `compares` tells that the
    findings are changes of a manifest, and `unsure` that there may be more than could be seen.
    """

    reports: tuple[Report, ...]
    unread: int = 0
    quiet: bool = False
    problems: tuple[str, ...] = ()
    fixes: tuple[AppliedFix, ...] = ()
    root: str | None = None
    fail_on: Mapping[str, Severity | None] = field(default_factory=dict)
    compares: bool = False
    unsure: bool = False

    def counts(self) -> Counter[Severity]:
        """Return the number of findings of each severity."""
        return Counter(f.severity for report in self.reports for f in report.findings)

    def fixable(self) -> Counter[Applicability | None]:
        """Return the number of findings by their best fix; None is for those without a fix."""
        return Counter(f.fixable for report in self.reports for f in report.findings)

    def file_name(self, source: Source) -> str:
        """Return the name of a source's file from `root`, with `/`."""
        return name_from(self.root, source.path)

    def fails(self, source: Source, finding: Finding) -> bool:
        """Return whether a finding makes the run fail."""
        limit = self.fail_on.get(source.path, Severity.ERROR)
        return limit is not None and finding.severity.rank >= limit.rank


Reporter = Callable[[Run, "Console"], Iterator[str]]


def names() -> list[str]:
    """Return the names of all reporters."""
    return ["concise", "github", "gitlab", "json", "junit", "markdown", "sarif", "text"]


def load(name: str) -> Reporter:
    """Return the reporter for a name from `names`."""
    report: Reporter = import_module(f"{__name__}.{name}").report
    return report
