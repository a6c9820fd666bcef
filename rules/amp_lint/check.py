"""The command `check`: find the manifests, lint each, print one report, say how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exc

from amp_lint.config import ConfigError, Configuration, Flags, read_configuration
from amp_lint.config.find import Configurations
from amp_lint.console import ColorChoice, Console, complain, console_for, print_lines
from amp_lint.engine import Report, lint
from amp_lint.reporters import Run, load
from amp_lint.source import Source

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
    """What the user asked `check` for. `config` is the file to use for all manifests."""

    paths: tuple[str, ...]
    flags: Flags = field(default_factory=Flags)
    config: str | None = None
    isolated: bool = False
    output_format: str = "text"
    stdin_name: str = STDIN_NAME
    quiet: bool = False
    color: ColorChoice = "auto"
    debug: bool = False


@dataclass(slots=True)
class Complaints:
    """What goes to standard error: a line for each thing that could not be done."""

    debug: bool
    lines: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Note a problem with the input. `words` may hold anything, names of files above all."""
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


def check(request: Request) -> int:
    """Lint and print; return the exit code."""
    complaints = Complaints(request.debug)
    try:
        configurations = _configurations(request)
    except ConfigError as error:
        complaints.config(error)
        complain(complaints.lines)
        return UNUSABLE
    files = _files(request.paths, configurations, complaints)
    asked = len(files)
    reports = tuple(_reports(files, request, configurations, complaints))
    _note_faults(reports, complaints)
    run = Run(reports, asked - len(reports), request.quiet)
    console = console_for(sys.stdout, request.color)
    try:
        print_lines(load(request.output_format)(run, console), sys.stdout)
    except OSError as error:
        complaints.add(f"cannot write the report: {error.strerror or error}")
    complain(complaints.lines)
    if complaints.lines:
        return UNUSABLE
    failed = any(_fails(report, request, configurations) for report in reports)
    return FINDINGS if failed else CLEAN


def _configurations(request: Request) -> Configurations:
    if request.isolated:
        return Configurations(Configuration())
    return Configurations(read_configuration(request.config) if request.config else None)


def _files(
    paths: Sequence[str], configurations: Configurations, complaints: Complaints
) -> list[str]:
    from amp_lint.discover import discover

    found = discover((path for path in paths if path != STDIN), configurations)
    for problem in found.problems:
        complaints.add(problem)
    return [*found.files, STDIN] if STDIN in paths else list(found.files)


def _reports(
    files: Sequence[str], request: Request, configurations: Configurations, complaints: Complaints
) -> Iterator[Report]:
    """Lint each file; the reports come in the order of the names that they show."""
    reports: list[Report] = []
    for file in files:
        shown = request.stdin_name if file == STDIN else file
        try:
            configuration = configurations.configuration_for(shown).with_flags(request.flags)
        except ConfigError as error:
            complaints.config(error)
            continue
        try:
            source = _stdin(shown) if file == STDIN else Source.from_file(file)
        except OSError as error:
            complaints.add(f"cannot read {shown}: {error.strerror or error}")
            continue
        try:
            reports.append(lint(source, configuration.settings_for(shown)))
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


def _fails(report: Report, request: Request, configurations: Configurations) -> bool:
    configuration = configurations.configuration_for(report.source.path)
    fail_on = configuration.with_flags(request.flags).fail_on
    if fail_on is None or report.worst is None:
        return False
    return report.worst.rank >= fail_on.rank


def _short(file: Path) -> str:
    """A file as seen from the current folder, if it lies there or below."""
    try:
        return str(file.relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(file)
