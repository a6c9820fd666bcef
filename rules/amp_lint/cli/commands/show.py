"""The command `show`: a manifest as the platform reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, refuse
from amp_lint.cli.usage_error import UsageError
from amp_lint.linter.decoded import Decoded, decode_source
from amp_lint.text.messages import did_you_mean, quoted
from amp_lint.text.source import Source
from amp_lint.yaml.node_path import Path, format_path, parse_path

_NAMES = ("amp.yaml", "amp.yml")
_EPILOG = """\
The output is JSON: keys in their canonical case and in the order of the reference, aliases and
merge keys resolved, unknown keys removed, defaults not filled in.

examples:
  amp-lint show                                 amp.yaml of this folder
  amp-lint show --path '$.integrations[0].read' amp.yaml
  git show HEAD:amp.yaml | amp-lint show -

exit codes:
  0  the platform reads the manifest
  1  the platform refuses it: the errors are on standard error
  2  the file cannot be read, or an argument is invalid
"""


def run(arguments: Sequence[str]) -> int:
    """Print the values of one manifest as JSON."""
    parser = make_parser()
    options = parser.read(arguments, "files")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if len(options.files) > 1:
        raise UsageError("one manifest at a time", "amp-lint show --help")
    path = _path(options.path)
    name = options.files[0] if options.files else _default()
    try:
        source = _stdin() if name == "-" else Source.from_file(name)
    except OSError as error:
        return refuse(f"cannot read {name}: {error.strerror or error}")
    decoded = decode_source(source)
    if decoded.manifest is None:
        return _refused(decoded)
    import json

    return answer([json.dumps(_part(decoded.manifest, path), indent=2, ensure_ascii=False)])


def make_parser() -> Parser:
    """Return the options of `show`."""
    parser = Parser(
        "show",
        usage="[OPTIONS] [FILE|-]",
        description="Print a manifest as the platform reads it, as JSON.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="the manifest (default: amp.yaml); - reads stdin"
    )
    parser.add_argument("--path", metavar="PATH", help="print a part, such as $.integrations[0]")
    parser.add_last_options()
    return parser


def _default() -> str:
    found = next((name for name in _NAMES if os.path.lexists(name)), None)
    if found is None:
        raise UsageError(f"there is no {_NAMES[0]} in this folder", "amp-lint show FILE")
    return found


def _stdin() -> Source:
    if sys.stdin is None:
        raise OSError("it is closed")
    return Source.from_stream(sys.stdin.buffer, "<stdin>")


def _path(text: str | None) -> Path:
    path = parse_path(text) if text is not None else ()
    if path is None:
        words = f"{quoted(text or '')} is not a path such as `$.integrations[0].read`"
        raise UsageError(words, "amp-lint show --help")
    return path


def _part(value: object, path: Path) -> object:
    """Return the value at a path. Raises UsageError where there is none."""
    for depth, step in enumerate(path):
        where = quoted(format_path(path[:depth]))
        if isinstance(value, dict) and isinstance(step, str):
            near = did_you_mean(step, value)
            if step not in value:
                raise UsageError(f"there is no {quoted(step)} at {where}{near}", "amp-lint show")
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            raise UsageError(f"there is no {quoted(str(step))} at {where}", "amp-lint show")
    return value


def _refused(decoded: Decoded) -> int:
    from amp_lint.linter.finding import Severity
    from amp_lint.reporters.console import Console, complain
    from amp_lint.reporters.finding_block import block

    console = Console()
    errors = [one for one in decoded.findings if one.severity is Severity.ERROR]
    lines: list[str] = []
    for finding in errors:
        lines += [*([""] if lines else []), *block(decoded.report.source, finding, console)]
    complain([*lines, "", "amp-lint: the platform refuses this manifest"])
    return 1
