"""amp-lint: a linter for Ampersand integration manifests.

    from amp_lint import lint_file

    report = lint_file("amp.yaml")
    for finding in report.findings:
        line, column = report.source.position(finding.span.start)
        print(f"{line}:{column}: {finding.severity.value}: {finding.message}")

The names in `__all__` are the library, which follows semantic versioning; all other names may
change with any release. They are loaded when first used, so importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike
    from typing import Literal, TextIO

    from amp_lint.config import ConfigError, Problem
    from amp_lint.formatter import FormatError, format_text
    from amp_lint.linter.decoded import Decoded
    from amp_lint.linter.engine import Report, Settings
    from amp_lint.linter.finding import Finding, Notice, Related, Severity
    from amp_lint.linter.fixer import AppliedFix, Fixed
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.text.edits import Applicability, Edit, Fix
    from amp_lint.text.source import Blemish, Position, Source, Span

    Format = Literal["concise", "github", "gitlab", "json", "junit", "markdown", "sarif", "text"]

__version__ = "0.1.0"
__all__ = [
    "Applicability",
    "AppliedFix",
    "Blemish",
    "ConfigError",
    "Decoded",
    "Edit",
    "Finding",
    "Fix",
    "Fixed",
    "FormatError",
    "Notice",
    "Position",
    "Problem",
    "Related",
    "Report",
    "Settings",
    "Severity",
    "Snapshot",
    "Source",
    "Span",
    "apply_fixes",
    "compare_text",
    "decode_text",
    "format_text",
    "lint_file",
    "lint_text",
    "load_configuration",
    "write_report",
]

_HOMES = {
    "Applicability": "text.edits",
    "AppliedFix": "linter.fixer",
    "Blemish": "text.source",
    "ConfigError": "config",
    "Decoded": "linter.decoded",
    "Edit": "text.edits",
    "Finding": "linter.finding",
    "Fix": "text.edits",
    "Fixed": "linter.fixer",
    "FormatError": "formatter",
    "Notice": "linter.finding",
    "Position": "text.source",
    "Problem": "config",
    "Related": "linter.finding",
    "Report": "linter.engine",
    "Settings": "linter.engine",
    "Severity": "linter.finding",
    "Snapshot": "project.snapshot",
    "Source": "text.source",
    "Span": "text.source",
    "format_text": "formatter",
}


def lint_text(text: str, *, path: str = "amp.yaml", settings: Settings | None = None) -> Report:
    """Lint a manifest that is already text.

    `path` is its name in the report; nothing is read from there. A byte order mark at the start is
    removed, so offsets count from the first character after it. Without `settings` every rule that
    is on by default runs with its own severity.

    Never raises for the content: text that is not YAML, or not a manifest, is a finding.
    """
    from amp_lint.linter.engine import lint
    from amp_lint.text.source import Source

    return lint(Source.from_text(text, path), settings)


def lint_file(path: str | PathLike[str], *, settings: Settings | None = None) -> Report:
    """Lint a manifest in a file of any name.

    Raises OSError if the file cannot be read. Never raises for the content: bytes that are not
    UTF-8 are a finding.
    """
    from os import fspath

    from amp_lint.linter.engine import lint
    from amp_lint.text.source import Source

    return lint(Source.from_file(fspath(path)), settings)


def compare_text(
    old: str, new: str, *, path: str = "amp.yaml", settings: Settings | None = None
) -> Report:
    """Return what a change of a manifest breaks for customers who have the old version.

    The findings are those of the rules of group Changes, in the new text. With
    `Settings(snapshot=...)` the messages count the customers. Never raises for what the texts hold.
    """
    from amp_lint.linter.changes import compare
    from amp_lint.linter.engine import Settings
    from amp_lint.text.source import Source

    before, after = Source.from_text(old, f"{path}@old"), Source.from_text(new, path)
    return compare(before, after, settings or Settings())


def apply_fixes(report: Report, *, settings: Settings | None = None, unsafe: bool = False) -> Fixed:
    """Apply the preferred fix of each finding, and lint the result, until nothing is left to fix.

    `settings` are those that the report was made with. Only safe fixes are applied, with `unsafe`
    also unsafe ones. No file is changed: the text is `Fixed.report.source.text`, and
    `Fixed.report.source.to_bytes()` is the content of the file.
    """
    from amp_lint.linter.engine import Settings
    from amp_lint.linter.fixer import fix_report

    return fix_report(report, settings or Settings(), unsafe=unsafe)


def load_configuration(path: str | PathLike[str]) -> Settings:
    """Return the settings that a project configures.

    `path` is a configuration file (its name ends with `.toml`) or a manifest, which need not exist;
    for a manifest the nearest configuration upwards counts, with its `per-file-ignores`. Settings
    do not include `exclude` and `fail-on`, which concern runs of the command line.

    Raises ConfigError if the configuration is invalid.
    """
    from os import fspath

    from amp_lint.config import read_configuration
    from amp_lint.config.lookup import Configurations

    name = fspath(path)
    if name.endswith(".toml"):
        return read_configuration(name).settings
    return Configurations().configuration_for(name).settings_for(name)


def write_report(
    reports: Iterable[Report], format: Format, stream: TextIO, *, root: str | None = None
) -> None:
    """Write reports in a format of `--output-format` to a stream, without colours.

    `root` is the folder from which the files are named; without it they keep the names that they
    have in the reports. Raises ValueError for an unknown format.
    """
    from amp_lint import reporters
    from amp_lint.reporters.console import Console
    from amp_lint.text.messages import did_you_mean, quoted

    if format not in reporters.names():
        near = did_you_mean(format, reporters.names())
        words = f"must be one of {', '.join(reporters.names())}, not {quoted(format)}{near}"
        raise ValueError(f"the format {words}")
    encoding = getattr(stream, "encoding", None) or "utf-8"
    run = reporters.Run(tuple(reports), root=root)
    stream.writelines(
        f"{line}\n" for line in reporters.load(format)(run, Console(encoding=encoding))
    )


def decode_text(text: str, *, path: str = "amp.yaml", settings: Settings | None = None) -> Decoded:
    """Return a manifest as the platform reads it, with the findings that `lint_text` has on it.

    `Decoded.manifest` is plain data: keys in canonical case and the order of the reference, aliases
    and merge keys resolved, unknown keys removed, defaults not filled in. It is None where the
    deploy tool refuses the file; then an error among `Decoded.findings` says why.
    """
    from amp_lint.linter.decoded import decode_source
    from amp_lint.text.source import Source

    return decode_source(Source.from_text(text, path), settings)


if not TYPE_CHECKING:
    # Type checkers would take a name that does not exist for one that this function returns.

    def __getattr__(name):
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
