"""The command `check`: find manifests, lint or fix each, print a report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from amp_lint.cli.check_files import (
    STDIN,
    FilesOfRun,
    Outcome,
    Result,
    WorkerDiedError,
    configurations_of,
)
from amp_lint.cli.stderr import Complaints
from amp_lint.config import ConfigError, Flags
from amp_lint.linter.engine import Report, lint
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console, complain, console_for, print_lines
from amp_lint.reporters.locations import STDIN_NAME, report_root
from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    from amp_lint.cli.old_manifests import OldManifests
    from amp_lint.cli.project_options import ProjectAccess
    from amp_lint.config.lookup import Configurations
    from amp_lint.linter.finding import Severity
    from amp_lint.reporters.console import ColorChoice

    # What is done with fixes: nothing, the file is changed, or a patch is printed.
    Fixing = Literal["no", "apply", "show"]

CLEAN = 0
FINDINGS = 1
UNUSABLE = 2

# From this number of manifests on, several processes are faster: starting two of them takes as long
# as linting about 40 manifests.
MANY = 200


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
    # The number of processes; None: one per processor from MANY manifests on.
    jobs: int | None = None
    # The snapshot to compare with in place of the configuration's: a file, or how to fetch it.
    project: str | ProjectAccess | None = None
    # Where the old manifests come from; with it, the differences are reported and nothing else.
    against: OldManifests | None = None


def check(request: CheckRequest) -> int:
    """Lint and print; return the exit code."""
    complaints = Complaints(request.debug)
    try:
        configurations = configurations_of(request)
    except ConfigError as error:
        complaints.config(error)
        complain(complaints.lines)
        return UNUSABLE
    files = _files(request, configurations, complaints)
    manifests = FilesOfRun(files, request, configurations)
    outcomes = _outcomes(manifests, complaints) if manifests.read_project(complaints) else None
    if outcomes is None:
        complain(complaints.lines)
        return UNUSABLE
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
    if complaints.problems:
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
        bool(complaints.notes or complaints.problems),
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


def _outcomes(manifests: FilesOfRun, complaints: Complaints) -> list[Outcome] | None:
    """Lint and fix each file; return the outcomes in the order of the files' names.

    None if a process ended before it was done.
    """
    outcomes: list[Outcome] = []
    try:
        for file, result in zip(manifests.files, _results(manifests), strict=True):
            complaints.take(result.complaints)
            if result.outcome is not None:
                outcomes.append(_saved(file, result.outcome, manifests, complaints))
    except WorkerDiedError as error:
        complaints.add(str(error))
        return None
    return sorted(outcomes, key=lambda outcome: outcome.source.path)


def _results(manifests: FilesOfRun) -> Iterator[Result]:
    """Lint each file, in several processes if there are many."""
    files, request = manifests.files, manifests.request
    jobs = request.jobs or (None if len(files) >= MANY else 1)
    # A comparison with old manifests needs all manifests of the run for each of them.
    if jobs == 1 or request.against is not None:
        return map(manifests.result, files)
    from amp_lint.cli.check_workers import results

    return results(manifests, jobs)


def _saved(file: str, outcome: Outcome, manifests: FilesOfRun, complaints: Complaints) -> Outcome:
    """Write the fixed text to the file; return the outcome without fixes if that fails."""
    if manifests.request.fixing != "apply" or not outcome.fixes:
        return outcome
    from amp_lint.cli.manifest_io import replace_file

    source = outcome.source
    try:
        replace_file(source, outcome.report.source.to_bytes())
    except OSError as error:
        complaints.add(f"cannot fix {source.path}: {error.strerror or error}")
        return Outcome(source, lint(source, manifests.settings(file)))
    return outcome


def _fail_on(
    report: Report, request: CheckRequest, configurations: Configurations
) -> Severity | None:
    configuration = configurations.configuration_for(report.source.path)
    return configuration.with_flags(request.flags).fail_on
