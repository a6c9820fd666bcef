"""`amp-lint graph`: a picture of what a manifest moves where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from amp_lint.cli.check_files import UnusableError
from amp_lint.cli.options import Parser, one_of
from amp_lint.cli.output import answer, refuse
from amp_lint.reporters.console import print_lines
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from argparse import Namespace

    from amp_lint.manifest.graph.model import Graph
    from amp_lint.project.snapshot import Snapshot

_EPILOG = """\
GitHub and GitLab draw Mermaid in Markdown, inside a fence of ```mermaid. The format markdown prints
the fences, and with --against only the manifests whose flows changed. The format svg prints an SVG
file. With --against, added flows are green, and removed flows are red and dashed.

examples:
  amp-lint graph                              Mermaid of all manifests in this folder and below
  amp-lint graph amp.yaml --format svg > amp.svg
  amp-lint graph amp.yaml --against origin/main
  amp-lint graph --against origin/main --format markdown >> "$GITHUB_STEP_SUMMARY"
"""


def run(arguments: Sequence[str]) -> int:
    """Draw the manifests."""
    options = make_parser().read(arguments, "paths")
    if options.help:
        print_lines([make_parser().format_help().rstrip()], sys.stdout)
        return 0
    try:
        pictures = list(_pictures(options))
    except UnusableError as error:
        return refuse(str(error))
    return answer(line for picture in pictures for line in picture)


def make_parser() -> Parser:
    """Return the options of `graph`."""
    parser = Parser(
        "graph",
        usage="[OPTIONS] [PATH ...]",
        description="Draw providers, objects, destinations, and what flows between them.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders to search, or - for standard input (default: this folder)",
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        default="mermaid",
        type=one_of(("mermaid", "markdown", "svg")),
        help="mermaid (default), markdown or svg",
    )
    parser.add_argument(
        "--against", metavar="AGAINST", help="an old version: REV, REV:PATH, FILE or deployed"
    )
    parser.add_argument(
        "--snapshot", metavar="FILE", help="the snapshot of the project, for --against deployed"
    )
    parser.add_last_options()
    return parser


def _pictures(options: Namespace) -> Iterator[list[str]]:
    """Yield the lines of each picture. Raises UnusableError."""
    from amp_lint.config.discovery import discover
    from amp_lint.config.lookup import Configurations

    snapshot = _snapshot(options.snapshot)
    paths = options.paths or ["."]
    if paths == ["-"]:
        files: Sequence[str] = paths
    else:
        found = discover(paths, Configurations())
        if found.problems:
            raise UnusableError(found.problems[0])
        files = found.files
    if options.format == "svg" and len(files) > 1:
        raise UnusableError(f"{len(files)} manifests were found; an SVG shows one: name it")
    for file in files:
        graph = _graph(file, options.against, snapshot)
        if options.format == "markdown":
            yield list(_markdown(file, graph, changes_only=options.against is not None))
        else:
            yield _drawn(graph, options.format)


def _snapshot(file: str | None) -> Snapshot | None:
    """Read a snapshot. Raises UnusableError."""
    if file is None:
        return None
    from amp_lint.cli.check_project import asked_for
    from amp_lint.cli.project_options import ProjectError

    try:
        return asked_for(file, ())
    except ProjectError as error:
        raise UnusableError(str(error)) from None


def _graph(file: str, against: str | None, snapshot: Snapshot | None) -> Graph:
    """Read a manifest and its old version. Raises UnusableError."""
    from amp_lint.cli.manifest_io import read_stdin
    from amp_lint.manifest.graph.model import graph_of
    from amp_lint.manifest.revision.model import Revision
    from amp_lint.yaml.reader import read

    try:
        source = read_stdin("amp.yaml") if file == "-" else Source.from_file(file)
    except OSError as error:
        raise UnusableError(f"cannot read {file}: {error.strerror or error}") from None
    new = Revision.of(read(source))
    if new.value is None:
        raise UnusableError(f"{file} cannot be read as a manifest; see `amp-lint check`")
    if against is None:
        return graph_of(new)
    from amp_lint.cli.old_manifests import OldManifests, refusal
    from amp_lint.reporters.console import Console

    old = OldManifests(against).document(source.path, snapshot, ())
    words = refusal(old)
    if words:
        print_lines([f"amp-lint: {Console().show(words)}"], sys.stderr)
    return graph_of(new, Revision.of(old))


def _drawn(graph: Graph, form: str) -> list[str]:
    """The lines of a picture."""
    from amp_lint.manifest.graph.mermaid import mermaid
    from amp_lint.manifest.graph.svg import svg

    return svg(graph).splitlines() if form == "svg" else list(mermaid(graph))


def _markdown(file: str, graph: Graph, *, changes_only: bool) -> Iterator[str]:
    """A heading and a fence; nothing for a manifest in which nothing came or went."""
    from amp_lint.manifest.graph.mermaid import is_too_large
    from amp_lint.reporters.console import Console
    from amp_lint.reporters.markdown import escaped

    if changes_only and not graph.has_changes:
        return
    name = escaped(Console().show(file))
    lines = _drawn(graph, "mermaid")
    yield f"#### What flows where in {name}"
    yield ""
    if is_too_large(graph, lines):
        yield "Too large for Mermaid; `amp-lint graph --format svg` draws it."
    else:
        yield "```mermaid"
        yield from lines
        yield "```"
    yield ""
