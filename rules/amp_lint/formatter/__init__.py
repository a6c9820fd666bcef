"""The layout of a manifest: two spaces for each level, double quotes, one empty line at most.

The layout is Prettier's for YAML, so that a team can use either. Only layout changes: what the
platform reads, the comments, and what each suppression comment covers are compared before a new
text is returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.text.source import Source
from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.formatter.pieces import Constraints
    from amp_lint.formatter.stream import Page
    from amp_lint.yaml.document import Document


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
    from amp_lint.yaml.reader import read

    text = source.text
    line_break = _line_break(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    document = read(Source(text, source.path, source.bom, source.blemishes))
    if not document.parses:
        return Formatted(source, source.text, _unreadable(document))
    new, problem = _new_layout(document)
    if problem:
        return Formatted(source, source.text, f"{problem}, so the file is left as it is")
    return Formatted(source, new if line_break == "\n" else new.replace("\n", line_break))


def _new_layout(document: Document, runs: int = 3) -> tuple[str, str]:
    """The new text, which a second run does not change, and what it would change beyond layout."""
    from amp_lint.formatter.equivalence import difference
    from amp_lint.formatter.pieces import AS_PRETTIER, Constraints
    from amp_lint.formatter.stream import read_pages
    from amp_lint.yaml.reader import read

    constraints = AS_PRETTIER
    while True:
        new, pages = _written(document, constraints)
        if new == document.source.text:
            return new, ""
        after = read(Source.from_text(new, document.source.path))
        new_pages, rest = read_pages(after.source, after.root) if after.parses else ([], 0)
        found = difference(document, pages, after, new_pages)
        if found is None and _text(after, new_pages, rest, AS_PRETTIER) == new:
            return new, ""
        pinned = found.suppressions if found is not None else frozenset()
        if not pinned <= constraints.pinned:
            constraints = Constraints(constraints.pinned | pinned, constraints.strict)
        elif not constraints.strict:
            constraints = Constraints(constraints.pinned, strict=True)
        elif found is not None or not runs:
            return new, found.what if found is not None else "no layout would stay in a second run"
        else:
            return _new_layout(after, runs - 1)


def _written(document: Document, constraints: Constraints) -> tuple[str, list[Page]]:
    """The text of a document in its layout, and the pages that it was made from."""
    from amp_lint.formatter.stream import read_pages

    pages, rest = read_pages(document.source, document.root, constraints)
    return _text(document, pages, rest, constraints), pages


def _text(document: Document, pages: list[Page], rest: int, constraints: Constraints) -> str:
    from amp_lint.formatter.layout import render
    from amp_lint.formatter.stream import arrange

    source = document.source
    return render(arrange(source, pages, constraints)) + source.text[rest:]


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


def _unreadable(document: Document) -> str:
    fault = next((one for one in document.faults if one.fatal), None)
    if fault is None:
        return "the file could not be read"
    line, column = document.source.position(fault.span.start)
    return f"{fault.message} (line {line}, column {column})"
