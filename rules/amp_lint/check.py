"""The command `check`: find the manifests, lint each, print one report, say how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from traceback import format_exc
from typing import TYPE_CHECKING

from amp_lint.console import ColorChoice, Console, complain, console_for, print_lines
from amp_lint.engine import Report, Settings, lint
from amp_lint.reporters import Run, load
from amp_lint.source import Source

if TYPE_CHECKING:
    from amp_lint.finding import Severity

STDIN = "-"
STDIN_NAME = "<stdin>"

CLEAN = 0
FINDINGS = 1
UNUSABLE = 2

BUG = (
    "this is a mistake in amp-lint: please report it together with the manifest "
    "(--debug prints the traceback)"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked `check` for. `fail_on` is None where findings never fail a run."""

    paths: tuple[str, ...]
    settings: Settings
    fail_on: Severity | None
    output_format: str = "text"
    stdin_name: str = STDIN_NAME
    output_file: str | None = None
    statistics: bool = False
    quiet: bool = False
    color: ColorChoice = "auto"
    debug: bool = False


@dataclass(slots=True)
class Complaints:
    """What goes to standard error: a line for each thing that could not be done."""

    debug: bool
    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Note a problem with the input. `words` may hold anything, names of files above all."""
        self.problems.append(words)
        self.lines.append(f"amp-lint: {Console().show(words)}")

    def fault(self, words: str, traceback: str) -> None:
        """Note a mistake of amp-lint's own."""
        self.add(f"{words}; {BUG}")
        if self.debug:
            self.lines += map(Console().show, traceback.rstrip().split("\n"))


def check(request: Request) -> int:
    """Lint and print; return the exit code."""
    complaints = Complaints(request.debug)
    files = _files(request.paths, complaints)
    asked = len(files)
    reports = tuple(_reports(files, request, complaints))
    _note_faults(reports, complaints)
    run = Run(reports, asked - len(reports), request.quiet, tuple(complaints.problems))
    try:
        _print(run, request)
    except OSError as error:
        where = "" if request.output_file is None else f" to {request.output_file}"
        complaints.add(f"cannot write the report{where}: {error.strerror or error}")
    complain(complaints.lines)
    if complaints.lines:
        return UNUSABLE
    return FINDINGS if _fails(reports, request.fail_on) else CLEAN


def _print(run: Run, request: Request) -> None:
    """Print the report or write it to a file. Raises OSError."""
    report = _table if request.statistics else load(request.output_format)
    if request.output_file is None:
        print_lines(report(run, console_for(sys.stdout, request.color)), sys.stdout)
        return
    from amp_lint.report_file import same_file, write

    if any(same_file(request.output_file, report.source.path) for report in run.reports):
        raise OSError("it is one of the manifests")
    write(report(run, Console()), request.output_file)


def _table(run: Run, console: Console) -> Iterator[str]:
    from amp_lint.tally import report

    return report(run, console)


def _files(paths: Sequence[str], complaints: Complaints) -> list[str]:
    from amp_lint.discover import discover

    found = discover(path for path in paths if path != STDIN)
    for problem in found.problems:
        complaints.add(problem)
    return [*found.files, STDIN] if STDIN in paths else list(found.files)


def _reports(files: Sequence[str], request: Request, complaints: Complaints) -> Iterator[Report]:
    """Lint each file; the reports come in the order of the names that they show."""
    reports: list[Report] = []
    for file in files:
        shown = request.stdin_name if file == STDIN else file
        try:
            source = _stdin(shown) if file == STDIN else Source.from_file(file)
        except OSError as error:
            complaints.add(f"cannot read {shown}: {error.strerror or error}")
            continue
        try:
            reports.append(lint(source, request.settings))
        except Exception as error:  # noqa: BLE001  (one manifest must not cost the others)
            words = f"cannot lint {shown}: {type(error).__name__}: {error}"
            complaints.fault(words, format_exc())
    yield from sorted(reports, key=lambda report: report.source.path)


def _stdin(shown: str) -> Source:
    if sys.stdin is None:
        raise OSError("it is closed")
    return Source.from_bytes(sys.stdin.buffer.read(), shown)


def _note_faults(reports: Sequence[Report], complaints: Complaints) -> None:
    """A line for each rule that failed, however many manifests it failed on."""
    failed: dict[str, list[tuple[str, str, str]]] = {}
    for report in reports:
        for notice in report.notices:
            where = (report.source.path, notice.message, notice.traceback)
            failed.setdefault(notice.rule, []).append(where)
    for (path, message, traceback), *others in failed.values():
        more = f" (and on {len(others)} more)" if others else ""
        complaints.fault(f"{path}: {message}{more}", traceback)


def _fails(reports: Sequence[Report], fail_on: Severity | None) -> bool:
    if fail_on is None:
        return False
    worst = (report.worst for report in reports)
    return any(severity is not None and severity.rank >= fail_on.rank for severity in worst)
