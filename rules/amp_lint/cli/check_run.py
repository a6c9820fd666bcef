"""The command `check`: find manifests, lint or fix each, print a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from amp_lint.cli.manifest_io import read_stdin, replace_file
from amp_lint.cli.stderr import Complaints
from amp_lint.config import ConfigError, Configuration, Flags, read_configuration
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import Report, lint
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import ColorChoice, Console, complain, console_for, print_lines
from amp_lint.reporters.locations import STDIN_NAME, report_root
from amp_lint.text.source import Source
from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from amp_lint.cli.old_manifests import OldManifests
    from amp_lint.cli.project_options import ProjectAccess
    from amp_lint.linter.engine import Settings
    from amp_lint.linter.finding import Severity
    from amp_lint.linter.fixer import AppliedFix, Fixed
    from amp_lint.project.snapshot import Snapshot

STDIN = "-"

CLEAN = 0
FINDINGS = 1
UNUSABLE = 2

# What is done with fixes: nothing, the file is changed, or a patch is printed.
Fixing = Literal["no", "apply", "show"]


class UnusableError(Exception):
    """A manifest has nothing to be compared with; the message is one line."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The arguments of `check`.

    `config` is the configuration file for all manifests. `force_exclude`: what it excludes is left
    out also if it is named. `report_root` is the folder from which
    the report names files, None for the root that the reader of the format expects.
    """

    paths: tuple[str, ...]
    flags: Flags = field(default_factory=Flags)
    config: str | None = None
    force_exclude: bool = False
    isolated: bool = False
    fixing: Fixing = "no"
    unsafe_fixes: bool = False
    output_format: str = "text"
    stdin_name: str = STDIN_NAME
    output_file: str | None = None
    report_root: str | None = None
    statistics: bool = False
    quiet: bool = False
    color: ColorChoice = "auto"
    debug: bool = False
    # The snapshot to compare with in place of the configuration's: a file, or how to fetch it.
    project: str | ProjectAccess | None = None
    # Where the old manifests come from; with it, the differences are reported and nothing else.
    against: OldManifests | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A manifest as it was read, the report on it as it is now, and the fixes in between."""

    source: Source
    report: Report
    fixes: tuple[AppliedFix, ...] = ()


def check(request: CheckRequest) -> int:
    """Lint and print; return the exit code."""
    complaints = Complaints(request.debug)
    try:
        configurations = _configurations(request)
    except ConfigError as error:
        complaints.config(error)
        complain(complaints.lines)
        return UNUSABLE
    files = _files(request, configurations, complaints)
    manifests = _FilesOfRun(files, request, configurations)
    if not manifests.read_project(complaints):
        complain(complaints.lines)
        return UNUSABLE
    outcomes = tuple(_outcomes(manifests, request, complaints))
    reports = tuple(outcome.report for outcome in outcomes)
    complaints.failed_rules(reports)
    run = _run(request, outcomes, len(files) - len(reports), configurations, complaints)
    try:
        _print(run, outcomes, request)
    except OSError as error:
        where = "" if request.output_file is None else f" to {request.output_file}"
        complaints.add(f"cannot write the report{where}: {error.strerror or error}")
    if request.fixing == "show" and run.fixes and not request.quiet:
        complain([_would_fix(outcomes)])
    complain(complaints.lines)
    if complaints.lines:
        return UNUSABLE
    if request.fixing == "show":
        return FINDINGS if run.fixes else CLEAN
    failed = any(run.fails(one.source, finding) for one in reports for finding in one.findings)
    return FINDINGS if failed else CLEAN


def _run(
    request: CheckRequest,
    outcomes: Sequence[Outcome],
    unread: int,
    configurations: Configurations,
    complaints: Complaints,
) -> Run:
    root = request.report_root
    reports = tuple(outcome.report for outcome in outcomes)
    return Run(
        reports,
        unread,
        request.quiet,
        tuple(complaints.problems),
        tuple(fix for outcome in outcomes for fix in outcome.fixes),
        report_root(request.output_format, os.environ) if root is None else root,
        {report.source.path: _fail_on(report, request, configurations) for report in reports},
        request.against is not None,
    )


def _print(run: Run, outcomes: Sequence[Outcome], request: CheckRequest) -> None:
    """Print the report or write it to a file. Raises OSError."""
    to_file = request.output_file is not None
    console = Console() if to_file else console_for(sys.stdout, request.color)
    if request.fixing == "show":
        lines = _patches(outcomes, console)
    else:
        lines = (_table if request.statistics else load(request.output_format))(run, console)
    if request.output_file is None:
        print_lines(lines, sys.stdout)
        return
    from amp_lint.cli.output_file import same_file, write

    if any(same_file(request.output_file, outcome.source.path) for outcome in outcomes):
        raise OSError("it is one of the manifests")
    write(lines, request.output_file)


def _would_fix(outcomes: Sequence[Outcome]) -> str:
    """Return the closing line of a patch. It is printed on standard error: it is not part of it."""
    from amp_lint.reporters.summary import number_of

    fixes = sum(len(outcome.fixes) for outcome in outcomes)
    manifests = sum(bool(outcome.fixes) for outcome in outcomes)
    return f"Would fix {number_of(fixes, 'finding')} in {number_of(manifests, 'manifest')}"


def _patches(outcomes: Sequence[Outcome], console: Console) -> Iterator[str]:
    from amp_lint.reporters.diff import colored, unified_diff

    for outcome in outcomes:
        before, after = outcome.source, outcome.report.source
        yield from colored(
            unified_diff(before.path, before.marked_text, after.marked_text), console
        )


def _table(run: Run, console: Console) -> Iterator[str]:
    from amp_lint.reporters.statistics import report

    return report(run, console)


def _configurations(request: CheckRequest) -> Configurations:
    if request.isolated:
        return Configurations(Configuration())
    return Configurations(read_configuration(request.config) if request.config else None)


def _files(
    request: CheckRequest, configurations: Configurations, complaints: Complaints
) -> list[str]:
    from amp_lint.config.discovery import discover, is_excluded

    force = request.force_exclude
    paths = (path for path in request.paths if path != STDIN)
    found = discover(paths, configurations, force_exclude=force)
    for problem in found.problems:
        complaints.add(problem)
    if STDIN not in request.paths or (force and is_excluded(request.stdin_name, configurations)):
        return list(found.files)
    return [*found.files, STDIN]


class _FilesOfRun:
    """The manifests of a run, each read once, with what holds for them."""

    def __init__(
        self, files: Sequence[str], request: CheckRequest, configurations: Configurations
    ) -> None:
        self.files = files
        self._request = request
        self._configurations = configurations
        self._sources: dict[str, Source] = {}
        self._snapshot: Snapshot | None = None

    def read_project(self, complaints: Complaints) -> bool:
        """Fetch or read the project that the user asked for; whether that could be done."""
        named = self._request.project
        if named is None:
            return True
        from amp_lint.cli.check_project import asked_for
        from amp_lint.cli.project_options import ProjectError

        try:
            self._snapshot = asked_for(named, self._readable().values())
        except ProjectError as error:
            complaints.add(str(error))
            return False
        return True

    def shown(self, file: str) -> str:
        """The name of a file in the report."""
        return self._request.stdin_name if file == STDIN else file

    def source(self, file: str) -> Source:
        """Read a file. Raises OSError."""
        if file not in self._sources:
            shown = self.shown(file)
            self._sources[file] = read_stdin(shown) if file == STDIN else Source.from_file(file)
        return self._sources[file]

    def settings(self, file: str) -> Settings:
        """What the engine is to know about a file. Raises ConfigError."""
        shown = self.shown(file)
        configuration = self._configurations.configuration_for(shown).with_flags(
            self._request.flags
        )
        settings = configuration.settings_for(shown)
        snapshot = self._snapshot or self._configurations.snapshot_of(configuration)
        if self._request.against is not None:
            from amp_lint.cli.old_manifests import compared

            return compared(self._request.against, file, settings, snapshot, self._readable())
        if snapshot is None:
            return settings
        settings = replace(settings, snapshot=snapshot)
        from amp_lint.cli.check_project import integration_names, wants_names

        if wants_names(settings) and file == self.files[0]:
            names = integration_names(self._readable())
            settings = replace(settings, deployed_elsewhere=names)
        return settings

    def _readable(self) -> dict[str, Source]:
        """Every file that can be read."""
        for file in self.files:
            with suppress(OSError):
                self.source(file)
        return self._sources


def _outcomes(run: _FilesOfRun, request: CheckRequest, complaints: Complaints) -> list[Outcome]:
    """Lint each file; return the outcomes in the order of the files' names."""
    outcomes: list[Outcome] = []
    for file in run.files:
        shown = run.shown(file)
        try:
            settings = run.settings(file)
        except ConfigError as error:
            complaints.config(error)
            continue
        except UnusableError as error:
            complaints.add(f"cannot compare {shown}: {error}")
            continue
        try:
            source = run.source(file)
        except OSError as error:
            complaints.add(f"cannot read {shown}: {error.strerror or error}")
            continue
        try:
            outcomes.append(_outcome(source, request, settings, complaints))
        except Exception as error:  # noqa: BLE001  (one manifest must not cost the others)
            from traceback import format_exc

            words = f"cannot lint {shown}: {type(error).__name__}: {error}"
            complaints.fault(words, format_exc())
    return sorted(outcomes, key=lambda outcome: outcome.source.path)


def _outcome(
    source: Source, request: CheckRequest, settings: Settings, complaints: Complaints
) -> Outcome:
    if request.fixing == "no":
        return Outcome(source, lint(source, settings))
    from amp_lint.linter.fixer import mend

    mended = mend(source, settings, unsafe=request.unsafe_fixes)
    if request.fixing == "apply" and mended.fixed and not _written(source, mended, complaints):
        return Outcome(source, lint(source, settings))
    return Outcome(source, mended.report, mended.applied)


def _written(source: Source, mended: Fixed, complaints: Complaints) -> bool:
    """Write the fixed text to the file; return whether that succeeded."""
    try:
        replace_file(source, mended.report.source.to_bytes())
    except OSError as error:
        complaints.add(f"cannot fix {source.path}: {error.strerror or error}")
        return False
    return True


def _fail_on(
    report: Report, request: CheckRequest, configurations: Configurations
) -> Severity | None:
    configuration = configurations.configuration_for(report.source.path)
    return configuration.with_flags(request.flags).fail_on
