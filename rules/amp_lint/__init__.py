"""amp-lint: a linter for Ampersand integration manifests.

    from amp_lint import lint_file

    report = lint_file("amp.yaml")
    for finding in report.findings:
        line, column = report.source.position(finding.span.start)
        print(f"{line}:{column}: {finding.severity.value}: {finding.message}")

The names in `__all__` are the library and change only as semantic versioning allows; all others may
change with any release. They are loaded when first used, so importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from amp_lint.linter.engine import Report, Settings
    from amp_lint.linter.finding import Finding, Related, Severity
    from amp_lint.text.edits import Applicability, Edit, Fix
    from amp_lint.text.source import Source, Span

__version__ = "0.1.0"
__all__ = [
    "Applicability",
    "Edit",
    "Finding",
    "Fix",
    "Related",
    "Report",
    "Settings",
    "Severity",
    "Source",
    "Span",
    "compare_text",
    "lint_file",
    "lint_text",
]

_HOMES = {
    "Applicability": "text.edits",
    "Edit": "text.edits",
    "Finding": "linter.finding",
    "Fix": "text.edits",
    "Related": "linter.finding",
    "Report": "linter.engine",
    "Settings": "linter.engine",
    "Severity": "linter.finding",
    "Source": "text.source",
    "Span": "text.source",
}


def lint_text(text: str, *, path: str = "amp.yaml", settings: Settings | None = None) -> Report:
    """Judge a manifest that is already text.

    `path` is the name it goes by in the report; nothing is read from there. A byte order mark at
    the start is set aside, so offsets count from the first character behind it. Without
    `settings` every rule that is on by default runs at its own severity.

    Never raises for what the text holds: what is no YAML, or no manifest, is a finding.
    """
    from amp_lint.linter.engine import lint
    from amp_lint.text.source import Source

    return lint(Source.from_text(text, path), settings)


def lint_file(path: str | PathLike[str], *, settings: Settings | None = None) -> Report:
    """Judge a manifest in a file of any name.

    Raises OSError when the file cannot be read. Never raises for what it holds: bytes that are
    no UTF-8 are a finding, as all else is in `lint_text`.
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


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
