"""What goes to standard error: a line for each thing that could not be done."""

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
    "this is a mistake in amp-lint: please report it together with the manifest "
    "(--debug prints the traceback)"
)


@dataclass(slots=True)
class Complaints:
    """The lines, and the same in words for reports that have a place for them."""

    debug: bool
    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Note a problem with the input. `words` may hold anything, names of files above all."""
        self.problems.append(words)
        self.lines.append(f"amp-lint: {Console().show(words)}")

    def config(self, error: ConfigError) -> None:
        """Note what is wrong with a configuration, once for all manifests that it is for."""
        for problem in error.problems:
            line = f"amp-lint: {Console().show(f'{_short(problem.file)}:{problem.line}')}: "
            line += Console().show(problem.message)
            if line not in self.lines:
                self.lines.append(line)

    def fault(self, words: str, traceback: str) -> None:
        """Note a mistake of amp-lint's own."""
        self.add(f"{words}; {BUG}")
        if self.debug:
            self.lines += map(Console().show, traceback.rstrip().split("\n"))

    def failed_rules(self, reports: Sequence[Report]) -> None:
        """Note each rule that failed, once however many manifests it failed on."""
        failed: dict[str, list[tuple[str, str, str]]] = {}
        for report in reports:
            for notice in report.notices:
                where = (report.source.path, notice.message, notice.traceback)
                failed.setdefault(notice.rule, []).append(where)
        for (path, message, traceback), *others in failed.values():
            more = f" (and on {len(others)} more)" if others else ""
            self.fault(f"{path}: {message}{more}", traceback)


def _short(file: Path) -> str:
    """A file as seen from the current folder, if it lies there or below."""
    from pathlib import Path

    try:
        return str(file.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(file)
