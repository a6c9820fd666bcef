"""The command line: which command, with which options. Everything else is imported when needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from amp_lint import __version__, links

if TYPE_CHECKING:
    import argparse

    from amp_lint.check import Request
    from amp_lint.engine import Settings
    from amp_lint.finding import Severity

USAGE_ERROR = 2
INTERRUPTED = 130

_LEVELS = ("error", "warning", "info")

_HELP = f"""\
usage: amp-lint COMMAND [OPTIONS]

Finds the mistakes in Ampersand manifests (amp.yaml) before a deploy does.

commands:
  check [PATH ...]   lint manifests: files, folders, by default the current folder
  server             start the language server for editors (amp-language-server)

options:
  --version          print the version
  -h, --help         print this text; `amp-lint check --help` lists the options of check

examples:
  amp-lint check                   lint every manifest in this folder and below
  amp-lint check amp.yaml          lint one file
  amp-lint check --strict          let warnings fail the run as well

What a manifest may hold: {links.MANIFEST}
What the rules ask for, and why: docs/rules in the repository of amp-lint
"""

_CHECK_EPILOG = """\
A folder is searched for amp.yaml, amp.yml, *.amp.yaml and *.amp.yml; what git ignores, .git,
node_modules and virtual environments are left out. A file that is named is always linted.
ID is the word in brackets behind a severity, such as unknown-key; several are joined by commas,
and the options that take one may be repeated.

examples:
  amp-lint check crm.yaml services/            a file and a folder
  amp-lint check --ignore key-case --severity missing-schedule=warning
  amp-lint check --output-format json | jq .summary
  git show HEAD:amp.yaml | amp-lint check --stdin-filename amp.yaml -

exit codes:
  0  no finding is as severe as --fail-on
  1  some finding is
  2  something could not be done: wrong usage, an unreadable file, a folder without manifests,
     a mistake in amp-lint itself
"""


class UsageError(Exception):
    """The command line makes no sense; `hint` is a command that helps."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code.

    `argv` are the arguments without the program's name, by default those of the process.
    The server's command may raise SystemExit.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except UsageError as error:
        _complain(f"amp-lint: {error}", f"try: {error.hint}")
        return USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (a traceback helps nobody but us)
        return _own_fault(error, debug="--debug" in arguments)


def _run(arguments: list[str]) -> int:
    if not arguments:
        _complain(*_HELP.splitlines())
        return USAGE_ERROR
    first, *others = arguments
    if first in ("-h", "--help"):
        return _print(_HELP.rstrip())
    if first == "--version":
        return _print(f"amp-lint {__version__}")
    command = _COMMANDS.get(first)
    if command is None:
        raise _no_command(arguments)
    return command(others)


def _no_command(arguments: list[str]) -> UsageError:
    import os
    import shlex

    from amp_schema.nearest import nearest

    first = arguments[0]
    meant = shlex.join(["amp-lint", "check", *arguments])
    if first.startswith("-") and first != "-":
        return UsageError(f"the command comes before its options, so not {_quoted(first)}", meant)
    near = nearest(first, _COMMANDS)
    if near is not None and not os.path.lexists(first):
        return UsageError(f"there is no command {_quoted(first)}", f"amp-lint {near}")
    if os.path.lexists(first) or first.endswith((".yaml", ".yml")) or first == "-":
        return UsageError(f"{_quoted(first)} is no command; to lint it, say check", meant)
    return UsageError(f"there is no command {_quoted(first)}", "amp-lint --help")


def _server(arguments: list[str]) -> int:
    # By name, because the linter knows nothing of the server, which stands a floor above it.
    from importlib import import_module

    return int(import_module("amp_language_server.server").main(arguments))


def _check(arguments: list[str]) -> int:
    parser = _check_parser()
    options = _parse(parser, arguments)
    if options.help:
        return _print(parser.format_help().rstrip())
    from amp_lint.check import check

    return check(_request(options))


_COMMANDS: dict[str, Callable[[list[str]], int]] = {"check": _check, "server": _server}


def _parse(parser: argparse.ArgumentParser, arguments: list[str]) -> argparse.Namespace:
    """Read the options of `check`. Raises UsageError."""
    # Everything behind a `--` is a path, whatever it starts with.
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    options, others = parser.parse_known_args(arguments[:cut])
    for other in others:
        if other.startswith("-") and other != "-":
            raise _no_option(other, parser)
    # argparse takes the paths in front of the first option; these stand behind it.
    options.paths += [*others, *arguments[cut + 1 :]]
    if "" in options.paths:
        raise _check_error("a PATH is empty")
    if options.stdin_filename is not None and "-" not in options.paths:
        raise _check_error("--stdin-filename is the name of what `-` reads, and there is no `-`")
    return options


def _check_parser() -> argparse.ArgumentParser:
    import argparse

    from amp_lint import reporters

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise _check_error(message.removeprefix("argument "))

    parser = Parser(
        prog="amp-lint check",
        usage="%(prog)s [OPTIONS] [PATH ...]",
        description="Lint Ampersand manifests.",
        epilog=_CHECK_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder to search, or - for standard input (default: this folder)",
    )
    _add_rule_options(parser)
    _add_output_options(parser, reporters.names())
    parser.add_argument("-h", "--help", action="store_true", help="print this text")
    return parser


def _add_rule_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("which findings")
    group.add_argument(
        "--select", metavar="ID,..", action="append", help="run these rules and no others"
    )
    group.add_argument(
        "--ignore", metavar="ID,..", action="append", default=[], help="do not run these rules"
    )
    group.add_argument(
        "--severity",
        metavar="ID=LEVEL",
        action="append",
        default=[],
        help="give a rule another severity: error, warning, info or off",
    )
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        type=_one_of((*_LEVELS, "never")),
        default="error",
        help="the mildest severity that fails the run: error (default), warning, info or never",
    )
    group.add_argument(
        "--strict",
        dest="fail_on",
        action="store_const",
        const="warning",
        help="the same as --fail-on warning",
    )
    group.add_argument(
        "--isolated",
        action="store_true",
        help="use no configuration file (this version never does)",
    )


def _add_output_options(parser: argparse.ArgumentParser, formats: list[str]) -> None:
    group = parser.add_argument_group("input and output")
    group.add_argument(
        "--stdin-filename", metavar="NAME", help="what to call standard input in the report"
    )
    group.add_argument(
        "--output-format",
        metavar="FORMAT",
        type=_one_of(formats),
        default="text",
        help=f"one of {', '.join(formats)} (default: text)",
    )
    group.add_argument("--quiet", action="store_true", help="print findings only, no summary")
    group.add_argument(
        "--color",
        metavar="WHEN",
        type=_one_of(("auto", "always", "never")),
        default="auto",
        help="auto (default: on a terminal, unless NO_COLOR is set), always or never",
    )
    group.add_argument(
        "--debug", action="store_true", help="print the traceback of a mistake in amp-lint itself"
    )


def _one_of(names: Sequence[str]) -> Callable[[str], str]:
    """A converter for argparse that lets only some words pass, and says so in ours."""

    def convert(text: str) -> str:
        if text in names:
            return text
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{_quoted(text)} is none of {', '.join(names)}")

    return convert


def _no_option(text: str, parser: argparse.ArgumentParser) -> UsageError:
    from amp_schema.nearest import nearest

    name = text.partition("=")[0]
    actions = parser._actions  # noqa: SLF001  (argparse has no other list of its options)
    near = nearest(name, [option for action in actions for option in action.option_strings])
    return _check_error(f"there is no option {_quoted(name)}{_meant(near)}")


def _request(options: argparse.Namespace) -> Request:
    from amp_lint.check import STDIN_NAME, Request
    from amp_lint.finding import Severity

    return Request(
        paths=tuple(options.paths or ["."]),
        settings=_settings(options),
        fail_on=None if options.fail_on == "never" else Severity(options.fail_on),
        output_format=options.output_format,
        stdin_name=STDIN_NAME if options.stdin_filename is None else options.stdin_filename,
        quiet=options.quiet,
        color=options.color,
        debug=options.debug,
    )


def _settings(options: argparse.Namespace) -> Settings:
    from amp_lint.engine import Settings

    select = None if options.select is None else _ids("--select", options.select)
    return Settings(
        select=None if select is None else frozenset(select),
        ignore=frozenset(_ids("--ignore", options.ignore)),
        severity=dict(_severities(options.severity)),
    )


def _ids(option: str, values: Iterable[str]) -> list[str]:
    """The rule ids in the values of an option. Raises UsageError for an id that no rule has."""
    return [_known_id(option, word) for value in values for word in _words(option, value)]


def _severities(values: Iterable[str]) -> Iterable[tuple[str, Severity | None]]:
    from amp_lint.finding import Severity

    for value in values:
        for word in _words("--severity", value):
            rule_id, equals, level = word.partition("=")
            if not equals:
                raise _check_error(f"--severity: {_quoted(word)} is not of the form ID=LEVEL")
            if level not in (*_LEVELS, "off"):
                allowed = ", ".join((*_LEVELS, "off"))
                raise _check_error(f"--severity: {_quoted(level)} is none of {allowed}")
            yield _known_id("--severity", rule_id), None if level == "off" else Severity(level)


def _words(option: str, value: str) -> list[str]:
    words = [word.strip() for word in value.split(",")]
    if not any(words):
        raise _check_error(f"{option}: a rule id is missing")
    return [word for word in words if word]


def _known_id(option: str, rule_id: str) -> str:
    from amp_lint.registry import rules

    if rule_id in rules():
        return rule_id
    from amp_schema.nearest import nearest

    near = nearest(rule_id, rules())
    raise _check_error(f"{option}: there is no rule {_quoted(rule_id)}{_meant(near)}")


def _check_error(message: str) -> UsageError:
    return UsageError(message, "amp-lint check --help")


def _meant(near: str | None) -> str:
    return f"; did you mean `{near}`?" if near else ""


def _quoted(text: str) -> str:
    return f"`{text}`"


def _print(text: str) -> int:
    from amp_lint.console import print_lines

    print_lines([text], sys.stdout)
    return 0


def _complain(*lines: str) -> None:
    from amp_lint.console import Console, complain

    complain(map(Console().show, lines))


def _own_fault(error: Exception, *, debug: bool) -> int:
    from traceback import format_exception

    from amp_lint.check import Complaints
    from amp_lint.console import complain

    complaints = Complaints(debug)
    complaints.fault(f"{type(error).__name__}: {error}", "".join(format_exception(error)))
    complain(complaints.lines)
    return USAGE_ERROR
