"""Generate the shell completions from the options of the commands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import shtab

from amp_lint.cli import main
from amp_lint.cli.options import OneOf
from amp_lint.linter.registry import rules
from amp_schema.catalog import catalog

FOLDER = Path("completions")
FILES = {"bash": FOLDER / "amp-lint.bash", "zsh": FOLDER / "_amp-lint"}

# What shtab writes about itself and about manual installation.
_HEAD = re.compile(r"(?:^# .*\n)+(?=\n)", re.M)
_OUR_HEAD = "# Made by `make docs` from the options of the commands.\n"


def completions(shell: str) -> str:
    """Return the completions for a shell."""
    return _HEAD.sub(_OUR_HEAD, shtab.complete(composite(), shell=shell), count=1)


def composite() -> argparse.ArgumentParser:
    """Return one parser for all commands, which only shtab uses."""
    parser = argparse.ArgumentParser(prog="amp-lint", add_help=False)
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("-h", "--help", action="store_true", help="print the help")
    commands = parser.add_subparsers()
    for name in main.COMMANDS:
        if name == "server":
            commands.add_parser(name, help="start the language server", add_help=False)
            continue
        own = import_module(f"amp_lint.cli.commands.{name}").make_parser()
        help_text = own.description.partition(";")[0].rstrip(".")
        made = commands.add_parser(name, parents=[own], help=help_text, add_help=False)
        for action in made._actions:  # noqa: SLF001 - argparse shows them nowhere else
            complete(name, action)
    return parser


def complete(command: str, action: argparse.Action) -> None:
    """Set what the shells complete after an option, or as an operand."""
    names = {
        "rule ids": sorted(rules()),
        "check select": sorted(rules()),
        "check ignore": sorted(rules()),
        "init provider": sorted(catalog().providers),
        "providers words": sorted(catalog().providers),
    }
    if isinstance(action.type, OneOf):
        action.choices = action.type.names
    elif f"{command} {action.dest}" in names:
        action.choices = names[f"{command} {action.dest}"]
    elif action.metavar in ("PATH", "FILE", "F"):
        action.complete = shtab.FILE  # type: ignore[attr-defined]


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the completions of each shell."""
    for shell, path in FILES.items():
        yield path, completions(shell)
