"""The layout of a manifest: two spaces for each level, double quotes, one empty line at most.

The layout is Prettier's for YAML, so that a team can use either. Only layout changes: what the
platform reads, the comments, and what each suppression comment covers are compared before a new
text is returned.
"""

from __future__ import annotations

from amp_lint.source import Source
from amp_schema.records import dataclass


class FormatError(ValueError):
    """The text cannot be formatted: it cannot be read, or its layout cannot change safely."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """The result for one source. `text` is without a byte order mark, as `Source.text` is. Where
    `problem` says why the source is left alone, `text` is that of the source."""

    source: Source
    text: str
    problem: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the layout differs from that of the source."""
        return self.text != self.source.text


def format_source(source: Source) -> Formatted:
    """Return a manifest in the layout of the formatter. Never raises for what it holds."""
    from amp_lint.document import read
    from amp_lint.formatter.equivalence import difference
    from amp_lint.formatter.layout import render
    from amp_lint.formatter.stream import arrange, read_pages

    text = source.text
    line_break = _line_break(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    before = read(Source(text, source.path, source.bom, source.blemishes))
    if not before.parses:
        return Formatted(source, source.text, _unreadable(before))
    pages, rest = read_pages(before.source, before.root)
    new = render(arrange(text, pages)) + text[rest:]
    if new != text:
        problem = difference(before, pages, Source.from_text(new, source.path))
        if problem:
            return Formatted(source, source.text, f"{problem}, so the file is left as it is")
    if line_break != "\n":
        new = new.replace("\n", line_break)
    return Formatted(source, new)


def format_text(text: str) -> str:
    """Return a manifest in the layout of the formatter: 2 spaces, double quotes, at most one empty
    line. Line breaks and a byte order mark stay as they are.

    Raises FormatError if the text is not valid YAML, or if its layout cannot change without a
    change of its values, its comments, or what its suppression comments cover.
    """
    formatted = format_source(Source.from_text(text))
    if formatted.problem:
        raise FormatError(formatted.problem)
    return f"\ufeff{formatted.text}" if formatted.source.bom else formatted.text


def _line_break(text: str) -> str:
    """The first line break of a text."""
    at = text.find("\n")
    carriage = text.find("\r")
    if carriage >= 0 and (at < 0 or carriage < at):
        return "\r\n" if text.startswith("\n", carriage + 1) else "\r"
    return "\n"


def _unreadable(document) -> str:
    fault = next((one for one in document.faults if one.grave), None)
    if fault is None:
        return "the file could not be read"
    line, column = document.source.position(fault.span.start)
    return f"{fault.message} (line {line}, column {column})"
