"""How findings are written down: one module for each value of `--output-format`.

A reporter is a module of this package, named as the user calls it, with a function

    def report(run: Run, console: Console) -> Iterator[str]

that yields the report line by line, without line ends. It is imported when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report
    from amp_lint.linter.finding import Severity
    from amp_lint.reporters.console import Console
    from amp_lint.text.edits import Applicability


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the linter: the reports in the order of their files' names.

    `unread` counts the manifests that could not be linted, `problems` says in words what could not
    be done; `quiet` asks for findings only; `fixed` counts the fixes that were made.
    """

    reports: tuple[Report, ...]
    unread: int = 0
    quiet: bool = False
    problems: tuple[str, ...] = ()
    fixed: int = 0

    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(f.severity for report in self.reports for f in report.findings)

    def fixable(self) -> Counter[Applicability]:
        """How many findings a fix can mend: each by the best
        applicability among its fixes."""
        mends = (f.mended for report in self.reports for f in report.findings)
        return Counter(mended for mended in mends if mended is not None)


Reporter = Callable[[Run, "Console"], Iterator[str]]


def names() -> list[str]:
    """The names of all reporters."""
    return ["concise", "github", "gitlab", "json", "junit", "sarif", "text"]


def load(name: str) -> Reporter:
    """The reporter of a name that `names` lists."""
    return cast("Reporter", import_module(f"{__name__}.{name}").report)
