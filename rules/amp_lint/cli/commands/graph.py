"""`amp-lint graph`: a picture of what a manifest moves where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from amp_lint.cli.check_files import UnusableError
from amp_lint.cli.options import Parser, one_of
from amp_lint.cli.output import answer, refuse
from amp_lint.reporters.console import print_lines
from amp_lint.text.source import Source

_EPILOG = """\
GitHub and GitLab draw Mermaid in Markdown, inside a fence of ```mermaid. SVG is a file for itself.
With --against, what came is green, and what went is red and dashed.

examples:
  amp-lint graph                              Mermaid of all manifests in this folder and below
  amp-lint graph amp.yaml --format svg > amp.svg
  amp-lint graph amp.yaml --against origin/main
"""


def run(arguments: Sequence[str]) -> int:
    """Draw the manifests."""
    options = make_parser().read(arguments, "paths")
    if options.help:
        print_lines([make_parser().format_help().rstrip()], sys.stdout)
        return 0
    try:
        pictures = list(_pictures(options.paths or ["."], options.format, options.against))
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
        "paths", nargs="*", metavar="PATH", help="files, or folders to search (default: this one)"
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        default="mermaid",
        type=one_of(("mermaid", "svg")),
        help="mermaid (default) or svg",
    )
    parser.add_argument(
        "--against", metavar="AGAINST", help="an old version: REV, REV:PATH or FILE"
    )
    parser.add_last_options()
    return parser


def _pictures(paths: Sequence[str], form: str, against: str | None) -> Iterator[list[str]]:
    """Yield the lines of each picture. Raises UnusableError."""
    from amp_lint.config.discovery import discover
    from amp_lint.config.lookup import Configurations

    found = discover(paths, Configurations())
    if found.problems:
        raise UnusableError(found.problems[0])
    if form == "svg" and len(found.files) > 1:
        raise UnusableError(f"{len(found.files)} manifests were found; an SVG shows one: name it")
    for file in found.files:
        yield _picture(file, form, against)


def _picture(file: str, form: str, against: str | None) -> list[str]:
    from amp_lint.manifest.graph.mermaid import mermaid
    from amp_lint.manifest.graph.model import graph_of
    from amp_lint.manifest.graph.svg import svg
    from amp_lint.manifest.revision.model import Revision
    from amp_lint.yaml.reader import read

    try:
        new = Revision.of(read(Source.from_file(file)))
    except OSError as error:
        raise UnusableError(f"cannot read {file}: {error.strerror or error}") from None
    if new.value is None:
        raise UnusableError(f"{file} cannot be read as a manifest; see `amp-lint check`")
    old = None
    if against is not None:
        from amp_lint.cli.old_manifests import OldManifests

        source = OldManifests(against).source(file, None, ())
        old = Revision.of(read(source or Source.from_text("", against)))
    graph = graph_of(new, old)
    return svg(graph).splitlines() if form == "svg" else list(mermaid(graph))
