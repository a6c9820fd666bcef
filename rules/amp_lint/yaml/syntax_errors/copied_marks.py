"""Marks in column 1 of a single line that was copied from a diff, a mail or a listing."""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import Diagnosis, ErrorContext, diagnosis

_MARKED = re.compile(
    r"(?P<mark>[-+>|]|[0-9]{1,4}[:|]?)(?P<gap>[ ]+)(?:- +)?[A-Za-z][\w-]*:(?:\s|\Z)"
)
_KINDS = {
    "+": "how a diff marks a line that was added",
    "-": "how a diff marks a line that was removed",
    ">": "how a mail or a chat marks a quotation",
    "|": "the edge of a table or a listing",
}
# A list item with as many blanks behind its dash is none.
_DEEP = 4
# Lines above and below that show where a line may begin.
_MOST_LINES = 200
_LINES_BELOW = 3


def copied_mark(error: ErrorContext) -> Diagnosis | None:
    """A mark in front of a line that otherwise fits between those around it."""
    for line in error.suspects():
        match = _MARKED.match(error.text, line.start, line.end)
        if match is None or line.inside or (match["mark"] == "-" and len(match["gap"]) < _DEEP):
            continue
        mark, width = match["mark"], len(match["mark"])
        column = width + len(match["gap"])
        around = _columns(error, line)
        if column not in around and column - width not in around:
            continue
        kind = _KINDS.get(mark, "the number of a line")
        span = Span(line.start, line.start + width)
        keeps = column in around
        patch = Edit(span, " " * width) if keeps else None
        if mark == "-":
            below = error.lines[line.number + 1 : line.number + 2]
            removal = Edit(Span(line.start, below[0].start if below else line.end), "")
            fix = Fix("Remove the line", (removal,), Applicability.MANUAL)
            message = f"`-` in column 1 is {kind}; remove the line"
            return diagnosis(line, span, message, "a mark", fix=fix)
        fix = Fix(f"Remove `{mark}`", (Edit(span, " " * width if keeps else ""),))
        message = f"`{mark}` in column 1 is {kind}; remove it"
        found = diagnosis(line, span, message, "a mark", fix=fix)
        return found.patched(patch) if patch is not None else found
    return None


def _columns(error: ErrorContext, line: Line) -> set[int]:
    """The columns in which the content or the dash of the lines around a line begins."""
    around = error.lines[max(0, line.number - _MOST_LINES) : line.number + _LINES_BELOW]
    found: set[int] = set()
    for one in around:
        if one is not line and not one.blank:
            found |= {one.column, one.dash, one.indent}
    return found - {0, -1}
