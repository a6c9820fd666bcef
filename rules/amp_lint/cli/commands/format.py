"""`amp-lint format`: the layout of manifests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

from amp_lint.cli.manifest_io import read_stdin, replace_file
from amp_lint.cli.stderr import Complaints
from amp_lint.cli.usage_error import UsageError
from amp_lint.formatter import Formatted, format_source
from amp_lint.reporters.console import complain, console_for, print_lines
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from amp_lint.cli.options import Parser
    from amp_lint.config.lookup import Configurations

_STDIN = "-"
_UNUSABLE = 2

_EPILOG = """\
Only layout changes: what the platform reads, the comments, and what each suppression comment covers
stay. A file for which that cannot be ensured is left as it is, as is one that cannot be read.

examples:
  amp-lint format                     all manifests in this folder and below
  amp-lint format --check             names of those whose layout differs
  amp-lint format --diff amp.yaml     what would change
  amp-lint format - < amp.yaml        standard input to standard output

exit codes:
  0  every manifest has the layout now
  1  with --check or --diff: some manifest does not have it
  2  some manifest could not be read or written, or was left as it is
"""


# What holds if no option is given.
_DEFAULTS: dict[str, Any] = {
    "check": False,
    "diff": False,
    "stdin_filename": None,
    "config": None,
    "isolated": False,
    "force_exclude": False,
    "quiet": False,
    "color": "auto",
    "debug": False,
    "help": False,
}


def run(arguments: Sequence[str]) -> int:
    """Format the manifests that the arguments name."""
    options = _options(arguments)
    if options.help:
        print_lines([make_parser().format_help().rstrip()], sys.stdout)
        return 0
    _check(options)
    complaints = Complaints(options.debug)
    found = [_format(source, options, complaints) for source in _sources(options, complaints)]
    for one in found:
        if one.problem:
            complaints.add(f"cannot format {one.source.path}: {one.problem}")
    try:
        _print(options, found, complaints)
    except OSError as error:
        complaints.add(f"cannot write the output: {error.strerror or error}")
    complain(complaints.lines)
    if complaints.problems:
        return _UNUSABLE
    return int((options.check or options.diff) and any(one.is_changed for one in found))


def _options(arguments: Sequence[str]) -> SimpleNamespace:
    if any(word.startswith("-") and word != _STDIN for word in arguments):
        return SimpleNamespace(**vars(make_parser().read(arguments, "paths")))
    # Without argparse, which takes as long to import as a long manifest to format.
    return SimpleNamespace(paths=list(arguments), **_DEFAULTS)


def make_parser() -> Parser:
    """The options of `format`."""
    from amp_lint.cli.options import Parser

    parser = Parser(
        "format",
        usage="[OPTIONS] [PATH ...]",
        description="Rewrite the layout of Ampersand manifests, and nothing else.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="a file, a folder to search, or - for standard input (default: this folder)",
    )
    parser.add_argument(
        "--check", action="store_true", help="print the names of what would change; change nothing"
    )
    parser.add_argument(
        "--diff", action="store_true", help="print what would change; change nothing"
    )
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="the name of standard input in messages"
    )
    parser.add_argument(
        "--config", metavar="FILE", help="use this configuration file for all manifests"
    )
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")
    parser.add_argument(
        "--force-exclude",
        action="store_true",
        help="skip excluded files even if they are given as PATH",
    )
    parser.add_argument("--quiet", action="store_true", help="print no summary")
    parser.add_output_options()
    return parser


def _check(options: SimpleNamespace) -> None:
    """Refuse contradictions. Raises UsageError."""
    if "" in options.paths:
        _refuse("a PATH is empty")
    if options.check and options.diff:
        _refuse("--check prints names, and --diff prints a patch: use one of the two")
    if options.stdin_filename is not None and _STDIN not in options.paths:
        _refuse("--stdin-filename is the name of what `-` reads, and there is no `-`")
    if options.config is not None and options.isolated:
        _refuse("--config names a configuration file, and --isolated uses none")
    writes = not (options.check or options.diff)
    if writes and _STDIN in options.paths and options.paths != [_STDIN]:
        _refuse("`-` prints the formatted text, so no other PATH can be given with it")


def _refuse(message: str) -> NoReturn:
    raise UsageError(message, "amp-lint format --help")


def _sources(options: SimpleNamespace, complaints: Complaints) -> Iterator[Source]:
    """Read the manifests, in the order of their names."""
    paths = options.paths or ["."]
    files = _files([path for path in paths if path != _STDIN], options, complaints)
    for file in [*files, *([_STDIN] if _STDIN in paths else [])]:
        shown = (options.stdin_filename or "<stdin>") if file == _STDIN else file
        try:
            yield read_stdin(shown) if file == _STDIN else Source.from_file(file)
        except OSError as error:
            complaints.add(f"cannot read {shown}: {error.strerror or error}")


def _files(paths: list[str], options: SimpleNamespace, complaints: Complaints) -> list[str]:
    """The files that paths stand for. A file that is named is formatted even if the configuration
    excludes it, unless that is forced, so only a folder needs one."""
    plain = options.config is None and not options.force_exclude
    if plain and all(map(os.path.isfile, paths)):
        return sorted(dict.fromkeys(paths))
    from amp_lint.config.discovery import discover

    configurations = _configurations(options, complaints)
    if configurations is None:
        return []
    found = discover(paths, configurations, force_exclude=options.force_exclude)
    for problem in found.problems:
        complaints.add(problem)
    return [file for file in sorted(found.files) if _is_usable(file, configurations, complaints)]


def _is_usable(file: str, configurations: Configurations, complaints: Complaints) -> bool:
    """Whether the configuration for a file, which might exclude it, can be read."""
    from amp_lint.config import ConfigError

    try:
        configurations.configuration_for(file)
    except ConfigError as error:
        complaints.config(error)
        return False
    return True


def _configurations(options: SimpleNamespace, complaints: Complaints) -> Configurations | None:
    from amp_lint.config import ConfigError, Configuration, read_configuration
    from amp_lint.config.lookup import Configurations

    if options.isolated:
        return Configurations(Configuration())
    try:
        return Configurations(read_configuration(options.config) if options.config else None)
    except ConfigError as error:
        complaints.config(error)
        return None


def _format(source: Source, options: SimpleNamespace, complaints: Complaints) -> Formatted:
    if options.force_exclude and source.path == options.stdin_filename:
        from amp_lint.config.discovery import is_excluded

        # An editor gets its text back as it is.
        if is_excluded(source.path, _configurations(options, complaints)):
            return Formatted(source, source.text)
    try:
        return format_source(source)
    except Exception as error:  # noqa: BLE001  (one manifest must not cost the others)
        from amp_lint.cli.stderr import BUG

        return Formatted(source, source.text, f"{type(error).__name__}: {error}; {BUG}")


def _print(options: SimpleNamespace, found: Sequence[Formatted], complaints: Complaints) -> None:
    """Write the files or print what would change. Raises OSError."""
    changed = [one for one in found if one.is_changed]
    if options.diff:
        print_lines(_patches(changed, options), sys.stdout)
    elif options.check:
        names = [f"Would format {one.source.path}" for one in changed]
        print_lines([*names, *_summary(options, "would change", changed, found)], sys.stdout)
    elif options.paths == [_STDIN]:
        _print_text(found)
    else:
        written = [one for one in changed if _write(one, complaints)]
        print_lines(_summary(options, "formatted", written, found), sys.stdout)


def _summary(
    options: SimpleNamespace, verb: str, changed: Sequence[Formatted], found: Sequence[Formatted]
) -> list[str]:
    from amp_lint.reporters.summary import number_of

    if options.quiet:
        return []
    kept = sum(not (one.is_changed or one.problem) for one in found)
    parts = [f"{number_of(len(changed), 'manifest')} {verb}"] if changed else []
    parts += [f"{number_of(kept, 'manifest')} left unchanged"] if kept else []
    return [", ".join(parts)] if parts else []


def _patches(changed: Iterable[Formatted], options: SimpleNamespace) -> Iterator[str]:
    from amp_lint.reporters.diff import colored, unified_diff

    console = console_for(sys.stdout, options.color)
    for one in changed:
        before, after = one.source.marked_text, _source(one).marked_text
        yield from colored(unified_diff(one.source.path, before, after), console)


def _print_text(found: Sequence[Formatted]) -> None:
    """Print what standard input held, byte for byte in its new layout. Raises OSError."""
    for one in found:
        if one.problem:
            continue
        if sys.stdout is None:
            raise OSError("standard output is closed")
        sys.stdout.flush()
        sys.stdout.buffer.write(_source(one).to_bytes())
        sys.stdout.buffer.flush()


def _write(one: Formatted, complaints: Complaints) -> bool:
    try:
        replace_file(one.source, _source(one).to_bytes())
    except OSError as error:
        complaints.add(f"cannot format {one.source.path}: {error.strerror or error}")
        return False
    return True


def _source(one: Formatted) -> Source:
    return Source(one.text, one.source.path, one.source.bom)
