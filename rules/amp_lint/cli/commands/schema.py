"""The command `schema`: the JSON Schema, as editors and other programs read it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, refuse
from amp_lint.cli.usage_error import UsageError
from amp_lint.text.messages import did_you_mean, quoted

_SUFFIX = ".schema.json"

_EPILOG = """\
examples:
  amp-lint schema > amp.schema.json    the schema of amp.yaml, for an editor
"""


def run(arguments: Sequence[str]) -> int:
    """Print a schema byte for byte."""
    parser = make_parser()
    options = parser.read(arguments, "names")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if len(options.names) > 1:
        raise UsageError("one schema at a time", "amp-lint schema --help")
    return _print(_file(options.names[0] if options.names else "manifest"))


def make_parser() -> Parser:
    """The options of `schema`."""
    parser = Parser(
        "schema",
        usage="[OPTIONS] [NAME]",
        description="Print a JSON Schema (2020-12).",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"one of {', '.join(_files())} (default: manifest)",
    )
    parser.add_last_options()
    return parser


def _files() -> dict[str, Path]:
    """The schemas that come with amp-lint, by name."""
    import amp_schema

    folder = Path(amp_schema.__file__).parent
    found = sorted(folder.glob(f"*{_SUFFIX}"))
    return {path.name.removesuffix(_SUFFIX): path for path in found}


def _file(name: str) -> Path:
    files = _files()
    if name not in files:
        near = did_you_mean(name, files)
        raise UsageError(f"there is no schema {quoted(name)}{near}", "amp-lint schema --help")
    return files[name]


def _print(file: Path) -> int:
    text = file.read_bytes().decode("utf-8").removesuffix("\n")
    # On Windows a text stream would write other line ends, elsewhere perhaps another encoding.
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is None:
        return refuse("there is no standard output to write to")
    reconfigure(encoding="utf-8", newline="")
    return answer([text])
