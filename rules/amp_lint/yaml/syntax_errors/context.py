"""Where the parser gave up, and what an explanation of it consists of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.tree_builder import ParseFailure
from amp_schema.lite_dataclasses import dataclass, replace

WORD = re.compile(r"\S+")
DOUBLED_QUOTES = re.compile(r"""(["'])\1([^"'\\\r\n]+)\1\1""")
# Keys whose value is a mapping or a sequence.
COLLECTIONS = frozenset(
    (
        "integrations", "read", "write", "subscribe", "proxy", "watchSchema", "objects",
        "requiredFields", "optionalFields", "requiredWatchFields", "otherEvents", "backfill",
        "defaultPeriod", "delivery", "createEvent", "updateEvent", "deleteEvent",
        "associationChangeEvent", "allObjects", "valueDefaults",
    )
)  # fmt: skip
# Code points of the manifest that a message repeats at most.
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A syntax error explained.

    `line` is the one to leave out so that the rest can be read, `until` the last one of it.
    `certain` is False where the error may be a consequence of an earlier one. `fix` is the change
    that corrects the text. `patch`, of equal length, makes the rest readable in place of leaving
    lines out. `surplus` is what the patch drops: behind it, the text of the patch has moved left.
    """

    span: Span
    message: str
    label: str
    line: Line
    until: int
    certain: bool = True
    unsupported: bool = False
    fix: Fix | None = None
    patch: Edit | None = None
    surplus: Span | None = None

    def patched(self, patch: Edit | None) -> Diagnosis:
        """Return this diagnosis with a patch."""
        return replace(self, patch=patch)

    def without(self, surplus: Span, rest: str) -> Diagnosis:
        """Return this diagnosis with the patch that drops `surplus` from in front of `rest`."""
        width = surplus.end - surplus.start
        patch = Edit(Span(surplus.start, surplus.end + len(rest)), rest + " " * width)
        return replace(self, patch=patch, surplus=surplus)


@dataclass(slots=True)
class ErrorContext:
    """Where the parser gave up: `here` is that line, `above` the line with text before it,
    `begin` the line where the construct it was reading began. Offsets count in `text`."""

    text: str
    lines: list[Line]
    failure: ParseFailure
    here: Line
    above: Line | None
    begin: Line | None

    def words(self, line: Line) -> str:
        """A line's content without indentation and dashes."""
        return self.text[line.content : line.end]

    def suspects(self) -> Iterator[Line]:
        """The lines that may hold the mistake, each once, in the order of suspicion."""
        seen: set[int] = set()
        for line in (self.here, self.begin, self.above):
            if line is not None and line.number not in seen and not line.blank:
                seen.add(line.number)
                yield line


def error_context(text: str, lines: list[Line], failure: ParseFailure) -> ErrorContext:
    """Find the lines around the place where the parser gave up."""
    number = line_number(lines, failure.offset)
    while number > 0 and lines[number].blank:
        number -= 1
    above = number - 1
    while above >= 0 and lines[above].blank:
        above -= 1
    begin = None if failure.context is None else lines[line_number(lines, failure.context)]
    return ErrorContext(
        text, lines, failure, lines[number], lines[above] if above >= 0 else None, begin
    )


def line_number(lines: list[Line], offset: int) -> int:
    """The number (from 0) of the line that an offset is in."""
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if lines[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low


def diagnosis(  # noqa: PLR0913 - the sides of a diagnosis, three of them by name
    line: Line,
    span: Span,
    message: str,
    label: str = "",
    *,
    until: int = -1,
    certain: bool = True,
    fix: Fix | None = None,
) -> Diagnosis:
    """A diagnosis that leaves out the lines from `line` to `until`."""
    return Diagnosis(span, message, label, line, max(until, line.number), certain, fix=fix)


def cut(text: str) -> str:
    """A piece of the manifest for a message, cut where it is too long."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def takes_text(error: ErrorContext, line: Line) -> bool:
    """Whether the value on a line is text of one line: it is an item of a list, or its key takes a
    scalar, and nothing hangs on the line."""
    name = error.text[slice(*line.key)] if line.key else ""
    is_scalar = line.dash >= 0 if line.key is None else name not in COLLECTIONS
    return is_scalar and last_below(error, line) == line.number


def first_word(error: ErrorContext, line: Line) -> Span:
    """The first word of a line, or all of it."""
    word = WORD.search(error.text, line.content, line.end)
    return Span(word.start(), word.end()) if word else Span(line.content, line.end)


def last_below(error: ErrorContext, line: Line) -> int:
    """The last line that hangs on a line because it is indented deeper."""
    last = line.number
    for other in error.lines[line.number + 1 :]:
        if not other.blank and other.indent <= line.column:
            break
        last = other.number if not other.blank else last
    return last
