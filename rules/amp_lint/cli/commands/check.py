"""The command `check`: its options, as a request to `amp_lint.cli.check_run`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from amp_lint.cli.check_files import STDIN
from amp_lint.cli.check_run import MANY, CheckRequest, check
from amp_lint.cli.usage_error import UsageError
from amp_lint.config import Flags, level
from amp_lint.linter.finding import Severity
from amp_lint.reporters.console import print_lines
from amp_lint.reporters.locations import STDIN_NAME
from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from amp_lint.cli.options import Parser
    from amp_lint.cli.project_options import ProjectAccess

_LEVELS = ("error", "warning", "info")

_EPILOG = """\
A folder is searched for amp.yaml, amp.yml, *.amp.yaml and *.amp.yml, without .git, node_modules,
virtual environments, files that git ignores and does not track, and what the configuration
excludes. A file that is named is linted anyway; --force-exclude applies exclusions to it too.
ID is the word in brackets after a severity, such as unknown-key. An option that takes ID accepts
several, separated by commas, and can be repeated.

examples:
  amp-lint check crm.yaml services/            a file and a folder
  amp-lint check --ignore key-case --severity missing-schedule=warning
  amp-lint check --fix                         apply the safe fixes
  amp-lint check --diff --unsafe-fixes         show what all fixes would change
  amp-lint check --output-format json | jq .summary
  amp-lint check --project acme-dev            compare with the project (key: AMP_API_KEY)
  git show HEAD:amp.yaml | amp-lint check --stdin-filename amp.yaml -

exit codes:
  0  no finding at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage, an unreadable file, a folder without manifests, an invalid configuration,
     an internal error
"""


# The values of options that are not given.
DEFAULTS: dict[str, Any] = {
    "select": None,
    "ignore": [],
    "severity": [],
    "fail_on": None,
    "fix": False,
    "unsafe_fixes": False,
    "diff": False,
    "config": None,
    "isolated": False,
    "force_exclude": False,
    "project": None,
    "snapshot": None,
    "group": [],
    "key_file": None,
    "api_url": None,
    "timeout": None,
    "stdin_filename": None,
    "output_format": None,
    "output_file": None,
    "report_root": None,
    "statistics": False,
    "quiet": False,
    "color": "auto",
    "jobs": None,
    "debug": False,
    "help": False,
}


def run(arguments: Sequence[str]) -> int:
    """Lint and report."""
    options = _options(arguments)
    if options.help:
        print_lines([make_parser().format_help().rstrip()], sys.stdout)
        return 0
    return check(request_from(options))


def request_from(options: SimpleNamespace) -> CheckRequest:
    """Return what the options ask for. Raises UsageError for options that contradict each other."""
    if "" in options.paths:
        raise _error("a PATH is empty")
    if options.stdin_filename is not None and "-" not in options.paths:
        raise _error("--stdin-filename requires `-` as PATH")
    if options.output_file == "":
        raise _error("--output-file: the name is empty")
    if options.report_root is not None:
        _check_folder("--report-root", options.report_root)
    if options.config is not None and options.isolated:
        raise _error("--config and --isolated exclude each other")
    if options.config == "":
        raise _error("--config: the name of the file is empty")
    _check_fixing(options)
    _check_project(options)
    return _request(options)


def _check_folder(option: str, name: str) -> None:
    """Raise UsageError if there is no folder of this name."""
    # Here, because a run without the option does not need pathlib.
    from pathlib import Path

    if not Path(name).is_dir():
        raise _error(f"{option}: there is no folder {quoted(name)}")


def _options(arguments: Sequence[str]) -> SimpleNamespace:
    if any(word.startswith("-") for word in arguments):
        from amp_lint.cli.project_options import refuse_key

        refuse_key(arguments, "amp-lint check --help")
        return SimpleNamespace(**vars(make_parser().read(arguments, "paths")))
    # Importing argparse and making a parser takes as long as linting a long manifest.
    return SimpleNamespace(paths=arguments, **DEFAULTS)


def _check_fixing(options: SimpleNamespace) -> None:
    """Raise UsageError for options that exclude each other."""
    if options.fix and options.diff:
        raise _error("--fix and --diff exclude each other")
    if options.fix and STDIN in options.paths:
        raise _error("--fix cannot change standard input; --diff prints what it would do")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise _error("--unsafe-fixes requires --fix or --diff")
    if options.diff and (options.output_format is not None or options.statistics):
        raise _error("--diff prints a patch, so it excludes --output-format and --statistics")


def _check_project(options: SimpleNamespace) -> None:
    """Raise UsageError for options that exclude each other."""
    if options.snapshot == "":
        raise _error("--snapshot: the name of the file is empty")
    if options.project is not None and options.snapshot is not None:
        raise _error("--project fetches the project, and --snapshot reads it: use one of the two")
    if options.project is None:
        for name in ("group", "key_file", "api_url", "timeout"):
            if getattr(options, name):
                raise _error(f"--{name.replace('_', '-')} requires --project")
    if options.key_file == STDIN and STDIN in options.paths:
        raise _error("standard input cannot be both the manifest and the key")


def _project(options: SimpleNamespace) -> str | ProjectAccess | None:
    """Where the facts of the project come from. Raises UsageError."""
    if options.project is None:
        snapshot: str | None = options.snapshot
        return snapshot
    from amp_lint.cli.project_options import ProjectError, access_from

    try:
        return access_from(options, options.project)
    except ProjectError as error:
        raise _error(str(error)) from None


def make_parser() -> Parser:
    """Return the parser for the options of `check`."""
    from amp_lint import reporters
    from amp_lint.cli.options import Parser, process_count

    parser = Parser(
        "check",
        usage="[OPTIONS] [PATH ...]",
        description="Lint Ampersand manifests.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder to search, or - for standard input (default: this folder)",
    )
    add_rule_options(parser)
    _add_fix_options(parser)
    add_config_options(parser)
    add_project_options(parser)
    add_output_options(parser, reporters.names())
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=process_count,
        help=f"lint in N processes; auto or 0 (default): one per processor from {MANY} manifests "
        "on",
    )
    parser.add_argument("-h", "--help", action="store_true", help="print this text")
    parser.set_defaults(**DEFAULTS)
    return parser


def add_rule_options(parser: Parser) -> None:
    """Add the options that choose findings."""
    from amp_lint.cli.options import one_of

    group = parser.add_argument_group("which findings")
    group.add_argument("--select", metavar="ID,..", action="append", help="run only these rules")
    group.add_argument("--ignore", metavar="ID,..", action="append", help="do not run these rules")
    group.add_argument(
        "--severity",
        metavar="ID=LEVEL",
        action="append",
        help="change the severity of a rule: error, warning, info or off",
    )
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        type=one_of((*_LEVELS, "never")),
        help="the lowest severity that makes the run fail: error (default), warning, info, never",
    )
    group.add_argument(
        "--strict",
        dest="fail_on",
        action="store_const",
        const="warning",
        help="the same as --fail-on warning",
    )


def _add_fix_options(parser: Parser) -> None:
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="apply safe fixes to the files")
    group.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix or --diff: also fixes that are only a good guess",
    )
    group.add_argument(
        "--diff", action="store_true", help="print what --fix would change, without changing it"
    )


def add_config_options(parser: Parser) -> None:
    """Add the options that choose the configuration."""
    group = parser.add_argument_group(
        "configuration (.amp-lint.toml, amp-lint.toml or pyproject.toml, the nearest upwards)"
    )
    group.add_argument(
        "--config", metavar="FILE", help="use this configuration file for all manifests"
    )
    group.add_argument("--isolated", action="store_true", help="use no configuration file")
    group.add_argument(
        "--force-exclude",
        action="store_true",
        help="skip excluded files even if they are given as PATH",
    )


def add_project_options(parser: Parser) -> None:
    """Add the options about the project."""
    from amp_lint.cli import project_options

    group = parser.add_argument_group("project (no connection is opened without --project)")
    project_options.add_project_option(
        group, "fetch the data of this project and compare the manifests with it; store nothing"
    )
    group.add_argument(
        "--snapshot",
        metavar="FILE",
        help="compare with the snapshot that `amp-lint pull` wrote (default: the configuration's)",
    )
    project_options.add_options(group)


def add_output_options(parser: Parser, formats: list[str]) -> None:
    """Add the options about input and output."""
    from amp_lint.cli.options import one_of

    group = parser.add_argument_group("input and output")
    group.add_argument(
        "--stdin-filename", metavar="NAME", help="the name of standard input in the report"
    )
    group.add_argument(
        "--output-format",
        metavar="FORMAT",
        type=one_of(formats),
        help=f"one of {', '.join(formats)} (default: text, in GitHub Actions github)",
    )
    group.add_argument(
        "--output-file", metavar="F", help="write the report to a file and print nothing"
    )
    group.add_argument(
        "--report-root",
        metavar="DIR",
        help="name files in the report relative to this folder (default: the root that the reader "
        "of the format expects; text, concise and json: names as given)",
    )
    group.add_argument(
        "--statistics", action="store_true", help="print the number of findings of each rule"
    )
    group.add_argument("--quiet", action="store_true", help="print findings, but no closing lines")
    group.add_argument(
        "--color",
        metavar="WHEN",
        type=one_of(("auto", "always", "never")),
        help="auto (default: on a terminal, unless NO_COLOR is set), always or never",
    )
    group.add_argument(
        "--debug", action="store_true", help="print the traceback of an internal error"
    )


def _output_format(options: SimpleNamespace) -> str:
    """Return the format asked for, by default `github` in GitHub Actions, else `text`."""
    asked: str | None = options.output_format
    if options.statistics:
        if asked not in (None, "text", "concise"):
            raise _error(f"--statistics requires the format text or concise, not {quoted(asked)}")
        return asked or "text"
    return asked or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def _request(options: SimpleNamespace) -> CheckRequest:
    return CheckRequest(
        paths=tuple(options.paths or ["."]),
        flags=_flags(options),
        config=options.config,
        isolated=options.isolated,
        force_exclude=options.force_exclude,
        fixing="apply" if options.fix else "show" if options.diff else "no",
        unsafe_fixes=options.unsafe_fixes,
        output_format=_output_format(options),
        output_file=options.output_file,
        report_root=options.report_root,
        statistics=options.statistics,
        stdin_name=STDIN_NAME if options.stdin_filename is None else options.stdin_filename,
        quiet=options.quiet,
        color=options.color,
        debug=options.debug,
        jobs=options.jobs,
        project=_project(options),
    )


def _flags(options: SimpleNamespace) -> Flags:
    select = None if options.select is None else _ids("--select", options.select)
    return Flags(
        select=None if select is None else frozenset(select),
        ignore=frozenset(_ids("--ignore", options.ignore)),
        severity=dict(_severities(options.severity)),
        fail_on=options.fail_on,
    )


def _ids(option: str, values: Iterable[str]) -> list[str]:
    """Return the rule ids in the values of an option. Raises UsageError for an unknown id."""
    return [_known_id(option, word) for value in values for word in _words(option, value)]


def _severities(values: Iterable[str]) -> Iterable[tuple[str, Severity | None]]:
    for value in values:
        for word in _words("--severity", value):
            rule_id, equals, wanted = word.partition("=")
            if not equals:
                raise _error(f"--severity: {quoted(word)} is not of the form ID=LEVEL")
            allowed = (*_LEVELS, "off")
            if wanted not in allowed:
                near = did_you_mean(wanted, allowed)
                words = f"must be one of {', '.join(allowed)}, not {quoted(wanted)}{near}"
                raise _error(f"--severity: the level {words}")
            yield _known_id("--severity", rule_id), level(wanted)


def _words(option: str, value: str) -> list[str]:
    words = [word.strip() for word in value.split(",")]
    if not any(words):
        raise _error(f"{option}: a rule id is missing")
    return [word for word in words if word]


def _known_id(option: str, rule_id: str) -> str:
    from amp_lint.linter.registry import rules

    if rule_id in rules():
        return rule_id
    near = did_you_mean(rule_id, rules())
    raise _error(f"{option}: there is no rule {quoted(rule_id)}{near}")


def _error(message: str) -> UsageError:
    return UsageError(message, "amp-lint check --help")
