"""Messages on standard error: a line for each thing that could not be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amp_lint.reporters.console import Console
from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from amp_lint.config import ConfigError
    from amp_lint.linter.engine import Report

BUG = (
    "this is a bug in amp-lint: please report it together with the manifest "
    "(--debug prints the traceback)"
)


@dataclass(slots=True)
class Complaints:
    """The problems of a run, and the tracebacks of those that are internal errors; `notes` are what
    the user should know although everything could be done."""

    debug: bool
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tracebacks: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """The lines to print; tracebacks only with `debug`."""
        show = Console().show
        found = [f"amp-lint: {show(words)}" for words in self.notes]
        for words in self.problems:
            found.append(f"amp-lint: {show(words)}")
            if self.debug and words in self.tracebacks:
                found += map(show, self.tracebacks[words].rstrip().split("\n"))
        return found

    def add(self, words: str) -> None:
        """Add a problem with the input. `words` may contain control characters."""
        self.problems.append(words)

    def config(self, error: ConfigError) -> None:
        """Add the problems of a configuration, once for all manifests that it applies to."""
        for problem in error.problems:
            words = f"{_short(problem.file)}:{problem.line}: {problem.message}"
            if words not in self.problems:
                self.add(words)

    def take(self, other: Complaints) -> None:
        """Add the problems of one manifest, except those that another manifest had too."""
        self.problems += [words for words in other.problems if words not in self.problems]
        self.notes += [words for words in other.notes if words not in self.notes]
        self.tracebacks.update(other.tracebacks)

    def fault(self, words: str, traceback: str) -> None:
        """Add an internal error."""
        self.add(f"{words}; {BUG}")
        self.tracebacks[self.problems[-1]] = traceback

    def failed_rules(self, reports: Sequence[Report]) -> None:
        """Add each rule that failed, once for all manifests on which it failed."""
        failed: dict[str, list[tuple[str, str, str]]] = {}
        for report in reports:
            for notice in report.notices:
                where = (report.source.path, notice.message, notice.traceback)
                failed.setdefault(notice.rule, []).append(where)
        for (path, message, traceback), *others in failed.values():
            more = f" (and on {len(others)} more)" if others else ""
            self.fault(f"{path}: {message}{more}", traceback)


def _short(file: Path) -> str:
    """Return the path of a file relative to the current folder, if it is below it."""
    from pathlib import Path

    try:
        return str(file.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(file)
