"""Tabs in the indentation turned into the spaces they were shown as."""

from __future__ import annotations

from itertools import pairwise

from amp_lint.text.edits import Applicability, Edit, Fix, apply
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.parser import parse_text
from amp_lint.yaml.syntax_errors.context import ErrorContext
from amp_lint.yaml.tree_builder import ParseFailure

# Columns from one tab stop to the next, the step of manifests first.
_WIDTHS = (2, 4, 8)


def spaces_for_tabs(error: ErrorContext) -> Fix | None:
    """Every tab in the indentation as spaces, at the first width with which all lines are beside
    or below the one above. Where none does that, a guess: the only one that leads back to some
    block further up. None where nobody knows what was meant."""
    tabbed = [line for line in error.lines if not line.inside and "\t" in _lead(error, line)]
    below = error.lines[tabbed[-1].number + 1 :] if tabbed else []
    rest = len(error.text) - next((line.end for line in below if not line.blank), len(error.text))
    found: dict[bool, list[tuple[Edit, ...]]] = {True: [], False: []}
    for width in _WIDTHS:
        edits = tuple(_spaced(error, line, width) for line in tabbed)
        place = _place(error, width)
        if place is not None and _can_be_read(apply(error.text, edits), rest):
            found[place].append(edits)
    title = "Turn the tabs into spaces"
    if found[True]:
        return Fix(title, found[True][0], Applicability.SAFE)
    return Fix(title, found[False][0]) if len(found[False]) == 1 else None


def _lead(error: ErrorContext, line: Line) -> str:
    return error.text[line.start : line.content]


def _spaced(error: ErrorContext, line: Line, width: int) -> Edit:
    lead = _lead(error, line)
    empty = line.content == line.end and line.dash < 0
    return Edit(Span(line.start, line.content), "" if empty else lead.expandtabs(width))


def _place(error: ErrorContext, width: int) -> bool | None:
    """Whether each line where tabs begin or end is beside or below the line above it; False
    where one leads back to a block further up, None where one fits nowhere. That the text can be
    read is not enough: it may be read as part of another block."""
    lines = [line for line in error.lines if not line.blank and not line.inside]
    is_near = True
    open_columns: set[int] = set()
    for above, line in pairwise(lines):
        one, other = _lead(error, above), _lead(error, line)
        open_columns = _opened(open_columns, one.expandtabs(width))
        if ("\t" in one) is ("\t" in other):
            continue
        due, lead = len(one.expandtabs(width)), other.expandtabs(width)
        opens = above.key is not None and above.value[0] == above.value[1]
        if "-" in lead:
            in_place = not opens or lead.index("-") >= due
        elif "\t" not in other:
            in_place = not opens or len(lead) > due
        elif opens or len(lead) >= due:
            in_place = len(lead) > due if opens else len(lead) == due
        else:
            in_place = len(lead) in open_columns
            is_near = False
        if not in_place:
            return None
    return is_near


def _opened(columns: set[int], lead: str) -> set[int]:
    """The columns in which a line may go on behind a line that begins so."""
    dash = lead.find("-")
    first = len(lead) if dash < 0 else dash
    return {column for column in columns if column < first} | {first, len(lead)}


def _can_be_read(text: str, rest: int) -> bool:
    """Whether a text can be read, but for a mistake in its last `rest` characters."""
    try:
        parse_text(text)
    except ParseFailure as failure:
        return len(text) - failure.offset < rest
    return True
