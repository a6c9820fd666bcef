"""The entry point of the command line. It imports the module of a command when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from amp_lint import __version__
from amp_lint.cli.usage_error import UsageError
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

USAGE_ERROR = 2
INTERRUPTED = 130

# Containers made between two looks for garbage: a manifest of 10,000 lines has about as many.
_YOUNG = 100_000

_HELP = f"""\
usage: amp-lint COMMAND [OPTIONS]

Finds the mistakes in Ampersand manifests (amp.yaml) before a deploy does.

commands:
  check [PATH ...]   lint manifests: files and folders, by default the current folder
  rule [ID]          explain a rule, or list all of them
  show [FILE]        print a manifest as the platform reads it
  schedule "EXPR"    describe a cron expression: in words, its shortest gap, its next runs
  init               write a manifest to start from
  schema             print the JSON Schema of the manifest
  format [PATH ...]  rewrite the layout of manifests, and nothing else
  providers [TEXT]   search the providers that a manifest may name
  pull               fetch a snapshot of a project, to compare manifests with
  changes            what a change breaks for customers: --against REV, FILE or deployed
  graph              a picture of what flows where: Mermaid or SVG
  server             start the language server for editors (amp-language-server)

options:
  --version          print the version
  -h, --help         print this help; `amp-lint COMMAND --help` describes a command

examples:
  amp-lint check                   lint every manifest in this folder and below
  amp-lint check amp.yaml          lint one file
  amp-lint check --strict          let warnings make the run fail too

The format of manifests: {doc_urls.MANIFEST}
The rules: amp-lint rule
"""

COMMANDS = (
    "check",
    "rule",
    "show",
    "schedule",
    "init",
    "schema",
    "format",
    "providers",
    "pull",
    "changes",
    "graph",
    "server",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code.

    `argv` are the arguments without the program's name, by default those of the process.
    The server's command may raise SystemExit.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None and arguments[:1] in (["check"], ["format"]):
        collect_garbage_rarely()
    try:
        return _run(arguments)
    except UsageError as error:
        _complain(f"amp-lint: {error}", f"try: {error.hint}")
        return USAGE_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (a traceback only helps developers)
        if isinstance(error, FileNotFoundError) and _folder_is_deleted():
            _complain("amp-lint: the current folder is deleted")
            return USAGE_ERROR
        return _own_fault(error, debug="--debug" in arguments)


def _folder_is_deleted() -> bool:
    from pathlib import Path

    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def collect_garbage_rarely() -> None:
    """For a process that ends with the command: trees are garbage only when a manifest is done,
    and at the end the system takes back everything at once. It spares a seventh of a run."""
    import atexit
    import gc

    gc.set_threshold(_YOUNG)
    atexit.register(gc.freeze)


def _run(arguments: list[str]) -> int:
    if not arguments:
        _complain(*_HELP.splitlines())
        return USAGE_ERROR
    first, *others = arguments
    if first in ("-h", "--help"):
        return _print(_HELP.rstrip())
    if first == "--version":
        return _print(f"amp-lint {__version__}")
    if first not in COMMANDS:
        raise _no_command(arguments)
    # By name, because the linter knows nothing of the server, which is a floor above it.
    home = "amp_language_server.main" if first == "server" else f"amp_lint.cli.commands.{first}"
    module = import_module(home)
    return int(module.main(others) if first == "server" else module.run(others))


def _no_command(arguments: list[str]) -> UsageError:
    import os
    import shlex

    from amp_schema.closest_match import nearest

    first = arguments[0]
    meant = shlex.join(["amp-lint", "check", *arguments])
    if first.startswith("-") and first != "-":
        return UsageError(f"expected a command before the option {quoted(first)}", meant)
    near = nearest(first, COMMANDS)
    if near is not None and not os.path.lexists(first):
        words = f"there is no command {quoted(first)}; did you mean {quoted(near)}?"
        return UsageError(words, f"amp-lint {near}")
    if os.path.lexists(first) or first.endswith((".yaml", ".yml")) or first == "-":
        return UsageError(f"{quoted(first)} is not a command; to lint it, use check", meant)
    return UsageError(f"there is no command {quoted(first)}", "amp-lint --help")


def _print(text: str) -> int:
    from amp_lint.reporters.console import print_lines

    print_lines([text], sys.stdout)
    return 0


def _complain(*lines: str) -> None:
    from amp_lint.reporters.console import Console, complain

    complain(map(Console().show, lines))


def _own_fault(error: Exception, *, debug: bool) -> int:
    from traceback import format_exception

    from amp_lint.cli.stderr import Complaints
    from amp_lint.reporters.console import complain

    complaints = Complaints(debug)
    complaints.fault(f"{type(error).__name__}: {error}", "".join(format_exception(error)))
    complain(complaints.lines)
    return USAGE_ERROR
