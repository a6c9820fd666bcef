"""The column in which a line is meant to be."""

from __future__ import annotations

import re

from amp_lint.ide.cursor.structure import upwards
from amp_lint.text.line_scanner import Line

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
# Spaces in front of what belongs below a key, if nothing else tells.
_STEP = 2


def meant_column(text: str, lines: list[Line], below: list[Line], column: int) -> int:
    """Return the column of the block that a line without a dash belongs to.

    It is `column` itself if a block is there, or may begin there.
    """
    above = _last_written(lines)
    if above is not None and above.key is not None and above.column < column:
        if _waits(text, above):
            edge = _edge_below(below)
            # What is further in below a key belongs to that key.
            is_parent = lines[-1].key is not None and edge > column
            return edge if edge > above.column and not is_parent else column
        return above.column
    child = column
    for token, _ in upwards(text, lines, skip_key=True):
        if token == column:
            return column
        if token < column:
            return child
        child = token if child == column else min(child, token)
    return child if column else column


def meant_dash_column(text: str, lines: list[Line], below: list[Line]) -> int:
    """Return the column of the list that a dash belongs to: that of the items around it.

    A dash between two lists is moved to the right, into the inner one, as keys are.
    """
    dash, above = lines[-1].dash, _last_written(lines)
    if above is None:
        return dash
    if _waits(text, above):
        first = _first_written(below)
        if first is not None and first.dash >= above.column:
            return first.dash
        if dash >= above.column:
            return dash
    lists = _open_lists(text, lines)
    if not lists:
        return dash
    inner = [column for column in lists if column >= dash]
    return min(inner) if inner else max(lists)


def due_indent(text: str, lines: list[Line], below: list[Line], *, has_dash: bool) -> int:
    """Return the indentation of a line whose own indentation says nothing, because it has tabs."""
    above = _last_written(lines)
    if above is None:
        return 0
    if _waits(text, above):
        edge = _edge_below(below)
        return edge if edge > above.column else above.column + _STEP
    if has_dash:
        return max(_open_lists(text, lines), default=0)
    return above.column


def _last_written(lines: list[Line]) -> Line | None:
    """Return the line above the last one, without blank ones and scalars of several lines."""
    return next((one for one in reversed(lines[:-1]) if not one.inside and not one.blank), None)


def _first_written(below: list[Line]) -> Line | None:
    return next((one for one in below if not one.inside and not one.blank), None)


def _edge_below(below: list[Line]) -> int:
    """Return the column in which the next line begins, its dash included; 0 without one."""
    first = _first_written(below)
    if first is None:
        return 0
    return first.column if first.dash < 0 else first.dash


def _waits(text: str, line: Line) -> bool:
    """Return whether a line is a key whose value is still missing."""
    value = text[slice(*line.value)] + " "
    return line.key is not None and not _PROPERTIES.sub("", value, count=1).strip()


def _open_lists(text: str, lines: list[Line]) -> list[int]:
    """Return the dash columns of the lists that are open above the last line."""
    found: list[int] = []
    limit: int | None = None
    for token, name in upwards(text, lines[:-1], skip_key=False):
        if limit is None or token < limit:
            limit = token
            if name is None:
                found.append(token)
    return found
