"""`amp-lint changes`: what a manifest breaks for customers who have its old version."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from amp_lint.cli.check_run import check
from amp_lint.cli.commands import check as check_command
from amp_lint.cli.usage_error import UsageError
from amp_lint.reporters.console import print_lines
from amp_schema.lite_dataclasses import replace

if TYPE_CHECKING:
    from amp_lint.cli.options import Parser

HINT = "amp-lint changes --help"

_EPILOG = """\
Both manifests are compared as the platform reads them. Error: something that customers or their
data use is removed or renamed. Warning: somebody must act, or the effect is not documented. Info:
nothing is likely to break, or only new customers are affected. With --project or a snapshot the
messages count customers, and findings about an integration without customers are infos.

AGAINST is one of
  REV        a git revision, such as origin/main: the manifest at the same path there
  REV:PATH   a path in a revision, from the top of the repository, for a renamed file
  FILE       another file
  deployed   the revisions that the project has now (requires a project or a snapshot)

examples:
  amp-lint changes --against origin/main
  amp-lint changes amp.yaml --against HEAD~1 --output-format json
  amp-lint changes --against deployed --snapshot .amp-lint/project.json

exit codes: as those of `amp-lint check`
"""


def run(arguments: Sequence[str]) -> int:
    """Compare and report."""
    from amp_lint.cli.old_manifests import OldManifests
    from amp_lint.cli.project_options import refuse_key

    refuse_key(arguments, HINT)
    options = SimpleNamespace(**vars(make_parser().read(arguments, "paths")))
    if options.help:
        print_lines([make_parser().format_help().rstrip()], sys.stdout)
        return 0
    if not options.against:
        raise UsageError("--against is missing: name a git revision, a file or `deployed`", HINT)
    request = check_command.request_from(options)
    return check(replace(request, against=OldManifests(options.against)))


def make_parser() -> Parser:
    """Return the options of `changes`."""
    from amp_lint import reporters
    from amp_lint.cli.options import Parser

    parser = Parser(
        "changes",
        usage="--against AGAINST [OPTIONS] [PATH ...]",
        description="Compare manifests with an old version: what breaks for customers.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder to search, or - for standard input (default: this folder)",
    )
    parser.add_argument(
        "--against", metavar="AGAINST", help="the old version: REV, REV:PATH, FILE or deployed"
    )
    check_command.add_rule_options(parser)
    check_command.add_config_options(parser)
    check_command.add_project_options(parser)
    check_command.add_output_options(parser, reporters.names())
    parser.add_argument("-h", "--help", action="store_true", help="print this text")
    parser.set_defaults(**check_command.DEFAULTS)
    return parser
