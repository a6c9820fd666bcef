"""The command `pull`: fetch the facts of a project and write them into a snapshot."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amp_lint.cli import atomic_write, project_options
from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, refuse
from amp_lint.cli.project_options import ProjectError
from amp_lint.cli.usage_error import UsageError
from amp_lint.config import ConfigError, Configuration
from amp_lint.config.lookup import Configurations
from amp_lint.reporters.console import Console
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from amp_lint.project.snapshot import Snapshot

DEFAULT = ".amp-lint/project.json"

# The keys are sorted, so that the date comes first.
_BEGINNING = 100

_ERASE_LINE = "\r\x1b[K"

_EPILOG = """\
The snapshot holds names and numbers: destinations with their types, providers that have an app,
integrations with their latest revision, and how many installations have which settings. It never
holds the key, addresses, client ids or, without --with-customers, names of customers.
With --group, the manifests named by PATH (default: this folder) say which objects to ask for.

examples:
  AMP_API_KEY=... amp-lint pull --project acme-dev
  amp-lint pull -p acme-dev --key-file key.txt --group customer-1
  amp-lint check --snapshot .amp-lint/project.json

exit codes:
  0  the snapshot is written; parts that could not be fetched are named
  2  nothing is written: no key or a refused one, an unknown project, no answer
"""


def run(arguments: Sequence[str]) -> int:
    """Fetch, write, and say what was found."""
    parser = make_parser()
    project_options.refuse_key(arguments, "amp-lint pull --help")
    options = parser.read(arguments, "paths")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if options.output == "" or "" in options.paths:
        raise UsageError("the name of a file is empty", "amp-lint pull --help")
    try:
        configuration = Configurations().of_folder(".")
        target = _target(options.output, configuration)
        snapshot = _fetched(options, configuration)
        _write(target, snapshot)
    except ConfigError as error:
        return refuse(str(error).splitlines()[0])
    except ProjectError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"cannot write the snapshot: {error.strerror or error}")
    return answer(map(Console().show, _summary(snapshot, target, configuration)))


def make_parser() -> Parser:
    """The options of `pull`."""
    parser = Parser(
        "pull",
        usage="[OPTIONS] [PATH ...]",
        description="Fetch the data of a project into a snapshot, to compare manifests with.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="manifests whose objects --group asks for"
    )
    project_options.add_project_option(
        parser, "the project's name or id (default: AMP_PROJECT, or the configuration's `project`)"
    )
    project_options.add_options(parser)
    parser.add_argument(
        "--catalog", action="store_true", help="also keep the platform's catalog of providers"
    )
    parser.add_argument(
        "--with-customers", action="store_true", help="also keep the names of customers"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"where to write it (default: the configuration's `snapshot`, or {DEFAULT})",
    )
    parser.add_last_options()
    return parser


def _target(output: str | None, configuration: Configuration) -> str:
    """Where to write. Raises ProjectError for a place that a repository should not choose."""
    if output is not None:
        return output
    target, top = DEFAULT, Path.cwd()
    if configuration.snapshot is not None:
        target, top = configuration.snapshot.path, configuration.snapshot.file.parent
    # What was checked out may be a link, or a path, to a file of the user's.
    if Path(target).is_symlink():
        raise ProjectError(f"{target} is a symbolic link; name the file with --output")
    if not Path(os.path.realpath(target)).is_relative_to(os.path.realpath(top)):
        raise ProjectError(f"{target} leads out of {top}; name the file with --output")
    if not _is_free(Path(target)):
        raise ProjectError(f"{target} is not a snapshot; name the file with --output")
    return target


def _is_free(target: Path) -> bool:
    """Return whether the file is missing, empty, or begins as a snapshot does."""
    if not target.is_file():
        return True
    with target.open("rb") as file:
        beginning = file.read(_BEGINNING)
    return not beginning or (beginning.startswith(b"{") and b'"asOf"' in beginning)


def _fetched(options: argparse.Namespace, configuration: Configuration) -> Snapshot:
    """Raises ProjectError."""
    project = project_options.named_project(options.project, configuration.project)
    access = project_options.access_from(options, project)
    sources = list(_sources(options.paths)) if options.group else []
    progress = _Progress()
    try:
        return access.fetch(
            sources, progress.tell, catalog=options.catalog, with_customers=options.with_customers
        )
    finally:
        progress.end()


def _sources(paths: Sequence[str]) -> Iterator[Source]:
    """The manifests to take objects from. Raises ProjectError."""
    from amp_lint.config.discovery import discover

    found = discover(paths or ["."], Configurations())
    if found.problems:
        raise ProjectError(f"--group needs manifests: {found.problems[0]}")
    for file in found.files:
        yield _source(file)


def _source(file: str) -> Source:
    try:
        return Source.from_file(file)
    except OSError as error:
        raise ProjectError(f"cannot read {file}: {error.strerror or error}") from None


class _Progress:
    """A line on the terminal that tells what has arrived; nothing elsewhere."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._done = 0

    def tell(self, name: str) -> None:
        """One more question is answered."""
        self._done += 1
        if self._shown:
            line = Console().show(f"Fetching the project: {self._done} answers, last {name}")
            sys.stderr.write(f"{_ERASE_LINE}{line[:78]}")
            sys.stderr.flush()

    def end(self) -> None:
        """Remove the line."""
        if self._shown and self._done:
            sys.stderr.write(_ERASE_LINE)
            sys.stderr.flush()


def _write(target: str, snapshot: Snapshot) -> None:
    """Write the snapshot in one step. Raises OSError, or ProjectError if it is too large."""
    from amp_lint.project.snapshot import MAX_BYTES

    content = snapshot.to_bytes()
    if len(content) > MAX_BYTES:
        raise ProjectError(f"the snapshot would be larger than {MAX_BYTES // 1024 // 1024} MB")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    atomic_write.write(target, content)


def _summary(snapshot: Snapshot, target: str, configuration: Configuration) -> Iterator[str]:
    """What was found, what was not, and what to do with it."""
    yield f"Wrote {target}: project {snapshot.project} as of {snapshot.as_of}"
    yield f"  {', '.join(_counts(snapshot))}"
    for part, reason in sorted(snapshot.failed.items()):
        yield f"  not complete: {part}: {reason}"
    if configuration.snapshot is None:
        yield f'To lint with it, put `snapshot = "{target}"` into .amp-lint.toml.'


def _counts(snapshot: Snapshot) -> Iterator[str]:
    parts = (
        (snapshot.destinations, "destination"),
        (snapshot.provider_apps, "provider app"),
        (snapshot.integrations, "integration"),
    )
    for found, word in parts:
        if found is not None:
            yield _counted(len(found), word)
    numbers = [one.installations for one in (snapshot.integrations or {}).values()]
    known = [number for number in numbers if number is not None]
    if known:
        yield _counted(sum(known), "installation")
    fields = sum(
        len(one["fields"])
        for objects in snapshot.data.get("metadata", {}).values()
        for one in objects.values()
    )
    if fields:
        yield _counted(fields, "field")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
