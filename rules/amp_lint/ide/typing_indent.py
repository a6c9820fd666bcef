"""Where a line begins that is being typed: behind Enter, and with the dash of a new item."""

from __future__ import annotations

from amp_lint.text.edits import Edit
from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.text.source import Source, Span

STEP = 2
_BLOCK = ("|", ">")


def indent_new_line(source: Source, line: int) -> Edit | None:
    """Return the edit that puts the caret where the next key or text goes, on a line (from 1) that
    holds nothing yet. None if it is there, or if it cannot be told where it goes."""
    lines = split_lines(source.text, source.line_starts)
    here = lines[line - 1]
    above = next((one for one in reversed(lines[: line - 1]) if _has_text(source, one)), None)
    if source.text[here.start : here.end].strip() or here.inside == "quote" or above is None:
        return None
    column = _next_column(source, above)
    return None if column is None else _indented(here, here.end, column)


def indent_dash(source: Source, line: int) -> Edit | None:
    """Return the edit that puts a dash, alone on its line (from 1), into the column of the items
    that it continues, or below the key that it begins a sequence for."""
    lines = split_lines(source.text, source.line_starts)
    here = lines[line - 1]
    if here.inside or source.text[here.start : here.end].strip() != "-":
        return None
    columns = _dash_columns(source, lines[: line - 1])
    if not columns:
        return None
    typed = here.indent
    column = min(columns, key=lambda one: (abs(one - typed), -one))
    return _indented(here, here.start + here.indent, column)


def _has_text(source: Source, line: Line) -> bool:
    return bool(source.text[line.start : line.end].strip())


def _next_column(source: Source, above: Line) -> int | None:
    """The column of what follows a line; None inside quotes and brackets."""
    if above.inside == "block":
        return above.indent
    value = source.text[slice(*above.value)]
    if above.inside == "quote" or above.opens >= 0 or _is_open(value):
        return None
    if above.blank:
        return above.indent
    if above.key is not None:
        opens = not value or value[:1] in _BLOCK or _is_property(value)
        return above.column + STEP * opens
    if above.dash < 0:
        return above.column
    # Behind a dash alone its value, behind an item the next one.
    return above.dash if value else above.dash + STEP


def _is_open(value: str) -> bool:
    """Whether a bracket is open at the end of a line."""
    return value[:1] in ("[", "{") and value[-1:] not in ("]", "}")


def _is_property(value: str) -> bool:
    """Whether only a tag or an anchor is behind a colon."""
    return value[:1] in ("&", "!") and " " not in value


def _dash_columns(source: Source, above: list[Line]) -> list[int]:
    """The columns in which a dash may follow these lines, the innermost first."""
    found: list[int] = []
    limit: int | None = None
    for line in reversed(above):
        if line.inside or line.blank or not _has_text(source, line):
            continue
        if limit is None:
            limit = line.column + 1
            if line.key is not None and not source.text[slice(*line.value)]:
                return [line.column + STEP]
        if 0 <= line.dash < limit:
            found.append(line.dash)
            limit = line.dash
        else:
            limit = min(limit, line.column + 1)
    return found


def _indented(line: Line, end: int, column: int) -> Edit | None:
    """The edit that sets the number of spaces at the start of a line."""
    if end - line.start == column and line.tab < 0:
        return None
    return Edit(Span(line.start, end), " " * column)
