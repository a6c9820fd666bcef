"""Mistakes in indentation, tabs, and notations of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.parser import MAX_DEPTH
from amp_lint.yaml.syntax_errors.context import (
    WORD,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    first_word,
    last_below,
    line_number,
)
from amp_lint.yaml.syntax_errors.tabs import spaces_for_tabs
from amp_schema.manifest_schema import places_of_keys

_LISTS = ("integrations", "objects", "requiredFields", "optionalFields")
_UNICODE_BREAK = re.compile("[\u2028\u2029\x85]")


def too_deep(error: ErrorContext) -> Diagnosis | None:
    """More levels than any manifest has."""
    if error.failure.problem != "too deep":
        return None
    offset = min(error.failure.offset, max(len(error.text) - 1, 0))
    message = f"nested more than {MAX_DEPTH} levels deep; a manifest needs at most nine"
    return Diagnosis(
        Span(offset, offset + 1), message, "", error.here, error.here.number, unsupported=True
    )


def tab(error: ErrorContext) -> Diagnosis | None:
    """Tabs in the indentation."""
    for line in (*_blank_below(error), *error.suspects()):
        gap = error.text[line.start + line.indent : line.content]
        at = line.tab if line.tab >= 0 else line.start + line.indent + gap.find("\t")
        if line.tab < 0 and "\t" not in gap:
            continue
        stop = at
        while stop < line.end and error.text[stop] == "\t":
            stop += 1
        last = line.number
        while last + 1 < len(error.lines) and _is_tabbed(error.lines[last + 1]):
            last += 1
        message = "YAML does not allow tabs for indentation; use two spaces per level"
        if line.blank:
            message = "YAML does not allow tabs on this empty line; delete them"
        spaces = spaces_for_tabs(error)
        found = diagnosis(line, Span(at, stop), message, "tab", until=last, fix=spaces)
        behind_dash = line.tab < 0 and spaces is not None
        return found.patched(Edit(Span(at, stop), " " * (stop - at))) if behind_dash else found
    return None


def _blank_below(error: ErrorContext) -> Iterator[Line]:
    """The empty lines below the line that failed, where it is a tab that the parser minds."""
    problem = error.failure.problem
    at_tab = error.text[error.failure.offset : error.failure.offset + 1] == "\t"
    if at_tab or "tab" in problem or "'\\t'" in problem:
        below = error.lines[error.here.number + (not error.here.blank) :]
        yield from takewhile(lambda line: line.blank and not line.inside, below)


def _is_tabbed(line: Line) -> bool:
    return line.tab >= 0 or line.blank


def unicode_break(error: ErrorContext) -> Diagnosis | None:
    """An invisible character that ends the line for the platform."""
    first = min((line.number for line in error.suspects()), default=0)
    while first > 0 and error.lines[first - 1].blank:
        first -= 1
    start = error.lines[first].start
    failed = error.lines[line_number(error.lines, error.failure.offset)]
    found = _UNICODE_BREAK.search(error.text, start, max(error.here.end, failed.end))
    if found is None:
        return None
    line = error.lines[line_number(error.lines, found.start())]
    name = f"U+{ord(found[0]):04X}"
    span = Span(found.start(), found.end())
    edit = Edit(span, " ")
    comment = line.content if line.blank else line.value[1]
    if "#" in error.text[comment : found.start()]:
        message = (
            f"the invisible character {name} ends the line for the platform, so what follows is no "
            "longer a comment; write a space"
        )
        fix = Fix("Write a space", (edit,), Applicability.SAFE)
        return diagnosis(line, span, message, "ends the line", fix=fix).patched(edit)
    message = (
        f"the invisible character {name} ends the line for the platform; delete it, or put the "
        "value in double quotes"
    )
    fix = Fix(f"Delete {name}", (Edit(span, ""),))
    return diagnosis(line, span, message, "ends the line", fix=fix)


def foreign_mark(error: ErrorContext) -> Diagnosis | None:
    """Marks of other notations: `* item`, `// comment`."""
    for line in error.suspects():
        words = error.words(line)
        span = Span(line.content, line.start + len(error.text[line.start : line.end].rstrip()))
        if line.inside or (line.key and not words.startswith(("* ", "//"))):
            continue
        if words.startswith("* "):
            message = "an item of a list starts with `-`, not with `*`"
            return diagnosis(line, span, message, "write -", until=last_below(error, line))
        sign = next((one for one in ("//", "-- ") if words.startswith(one)), None)
        if sign is not None:
            at = Span(line.content, line.content + len(sign.rstrip()))
            fix = Fix("Write `#`", (Edit(at, "#"),))
            message = f"a comment starts with `#`, not with `{sign.rstrip()}`"
            return diagnosis(line, span, message, "write #", fix=fix)
    return None


def indented_top(error: ErrorContext) -> Diagnosis | None:
    """Blanks before the first key of a manifest, which has its value and all others below it."""
    line = next((one for one in error.lines if not one.blank), None)
    if line is None or line is not error.above or line.dash >= 0 or line.key is None:
        return None
    if line.column == 0 or line.value[0] == line.value[1]:
        return None
    if error.here.column > 0 or not error.here.key:
        return None
    span = Span(*line.key)
    name = cut(error.text[slice(*span)])
    message = (
        f"`{name}` starts in column {line.column + 1}, but the keys at the top of a manifest start "
        "in column 1; remove the spaces before it"
    )
    edit = Edit(Span(line.start, line.content), "")
    fix = Fix(f"Move `{name}` to column 1", (edit,), Applicability.SAFE)
    return diagnosis(line, span, message, "bad indentation", fix=fix)


def indentation(error: ErrorContext) -> Diagnosis | None:
    """A line that starts in a column where nothing can go on."""
    line, above = error.here, error.above
    if line.inside or above is None or "flow" in error.failure.problem:
        return None
    span = Span(*line.key) if line.key else first_word(error, line)
    name = cut(error.text[slice(*span)])
    if line.dash >= 0:
        return _item_out_of_place(error, line)
    if _begins_an_item(error, line, name):
        message = f"`{name}` starts another item of the list above; write `- ` before it"
        return diagnosis(line, span, message, "no dash", until=last_below(error, line))
    if above.key and line.column > above.column and above.value[0] < above.value[1]:
        return _below_a_value(error, line, above, name)
    return _in_no_column(error, line, above, name)


def _in_no_column(error: ErrorContext, line: Line, above: Line, name: str) -> Diagnosis | None:
    span = Span(*line.key) if line.key else first_word(error, line)
    if above.dash == line.column and above.content == above.end:
        message = (
            f"`{name}` is not indented deeper than the `-` above it; start it and the keys below "
            f"in column {line.column + 3}"
        )
        return diagnosis(line, span, message, "not indented", until=last_below(error, line))
    columns = _columns(error, line, items=False)
    if columns and line.column not in columns:
        nearest = _column_of_place(error, line, columns, name)
        message = (
            f"the indentation of `{name}` matches no key above: it starts in column "
            f"{line.column + 1}, and the nearest keys in column {nearest + 1}; align it with the "
            "keys that it belongs to"
        )
        until = _children(error, line)
        return diagnosis(line, span, message, "bad indentation", until=until, certain=False)
    return None


def _below_a_value(error: ErrorContext, line: Line, above: Line, name: str) -> Diagnosis:
    assert above.key is not None
    span = Span(*line.key) if line.key else first_word(error, line)
    other = error.text[slice(*above.key)]
    if _has_slipped_left(error, above, line):
        message = (
            f"`{cut(other)}` starts in column {above.column + 1}, but the keys around it start in "
            f"column {line.column + 1}; align it with them"
        )
        return diagnosis(above, Span(*above.key), message, "bad indentation", certain=False)
    message = (
        f"`{name}` is indented deeper than `{cut(other)}` above it, which already has a "
        f"value; start it in column {above.column + 1}"
    )
    until = _children(error, line)
    return diagnosis(line, span, message, "bad indentation", until=until, certain=False)


def _has_slipped_left(error: ErrorContext, above: Line, here: Line) -> bool:
    """Whether a line is further left than the line before it and the line after it, which are
    neighbours."""
    before = next((n for n in reversed(error.lines[: above.number]) if not n.blank), None)
    return before is not None and before.column == here.column and not before.inside


def _children(error: ErrorContext, line: Line) -> int:
    """The last line that hung on a key before the key slipped to the right, past its children."""
    below = next((n for n in error.lines[line.number + 1 :] if not n.blank), None)
    if below is None or line.value[0] < line.value[1] or below.indent > line.column:
        return line.number
    due = [column for column in _columns(error, line, items=False) if column < below.indent]
    if not due or below.indent in _columns(error, line, items=False)[:1]:
        return line.number
    last = line.number
    for other in error.lines[line.number + 1 :]:
        if not other.blank and other.indent <= max(due):
            break
        last = other.number
    return last


def _begins_an_item(error: ErrorContext, line: Line, name: str) -> bool:
    """Whether a key is in the column of the dashes above it, and the last item has it too."""
    for other in reversed(error.lines[: line.number]):
        if other.blank or other.inside or other.indent > line.column:
            continue
        if other.dash != line.column:
            return False
        inside = error.lines[other.number : line.number]
        same = [one for one in inside if one.key and one.column == other.column]
        return any(error.text[slice(*one.key)] == name for one in same if one.key)
    return False


def _item_out_of_place(error: ErrorContext, line: Line) -> Diagnosis:
    at = line.start + line.dash
    dash = Span(at, at + 1)
    above = error.above
    if above and above.key and above.value[0] < above.value[1] and line.dash > above.column:
        name = cut(error.text[slice(*above.key)])
        message = f"`{name}` already has a value, so no list may follow; remove one of them"
        return diagnosis(line, dash, message, "no list here", certain=False)
    found = _surplus_dash(error, line, dash) or _first_without_dash(error, line)
    if found is not None:
        return found
    columns = _columns(error, line, items=True)
    if columns and line.dash not in columns:
        return misplaced_item(line, line.dash, _nearest(columns, line.dash))
    message = (
        "a key is expected here, not a list item (`-`); indent the item below the key of its list"
    )
    return diagnosis(line, dash, message, certain=False)


def _first_without_dash(error: ErrorContext, line: Line) -> Diagnosis | None:
    """The first item of the list of a line, where it has no dash."""
    child: Line | None = None
    for other in reversed(error.lines[: line.number]):
        if other.blank or other.inside:
            continue
        if other.indent < line.dash:
            is_holder = other.key is not None and other.value[0] == other.value[1]
            if child is None or not is_holder or child.dash >= 0 or child.key is None:
                return None
            list_key = error.text[slice(*other.key)] if other.key else ""
            name = error.text[slice(*child.key)]
            if list_key not in _LISTS:
                return None
            message = (
                f"each item of `{cut(list_key)}` starts with `- `; write `- ` before `{cut(name)}`"
            )
            span = Span(*child.key)
            return diagnosis(child, span, message, "no dash", until=line.number - 1)
        child = other
    return None


def _surplus_dash(error: ErrorContext, line: Line, dash: Span) -> Diagnosis | None:
    """A dash in front of a key whose neighbours, in the column of the dash, have none."""
    if line.key is None or line.dash not in _columns(error, line, items=False)[:1]:
        return None
    name = cut(error.text[slice(*line.key)])
    above = takewhile(
        lambda other: other.blank or other.column >= line.dash,
        reversed(error.lines[: line.number]),
    )
    keys = [one.key for one in above if one.key and one.column == line.dash]
    if name in (error.text[slice(*key)] for key in keys):
        return None
    message = f"`{name}` belongs to the same mapping as the keys above; remove the `- `"
    surplus = Span(dash.start, line.content)
    fix = Fix("Remove the dash", (Edit(surplus, ""),))
    found = diagnosis(line, dash, message, "no dash here", fix=fix)
    return found.without(surplus, error.text[line.content : line.end])


def misplaced_item(line: Line, column: int, due: int) -> Diagnosis:
    """A list item whose dash is in another column (from 0) than those of its neighbours."""
    message = (
        f"this list item starts in column {column + 1}, but the other items of the list start in "
        f"column {due + 1}; align it with them"
    )
    span = Span(line.start + column, line.start + column + 1)
    return diagnosis(line, span, message, "bad indentation", certain=False)


def missing_dash(text: str, line: Line) -> Diagnosis:
    """Lines in a list in front of its first dash."""
    word = WORD.search(text, line.start, line.end)
    span = Span(word.start(), word.end()) if word else Span(line.start, line.end)
    message = "each integration is an item of a list; write `- ` before its first key"
    return diagnosis(line, span, message, "no dash")


def _column_of_place(error: ErrorContext, line: Line, columns: list[int], name: str) -> int:
    """Return the nearest of the columns in which keys of the same place start; else the nearest."""
    fitting: list[int] = []
    for other in reversed(error.lines[: line.number]):
        is_open = not other.blank and not other.inside and other.key and other.column in columns
        if is_open and other.key and other.column not in fitting:
            key = error.text[slice(*other.key)].strip("\"'")
            if places_of_keys([key, name.strip("\"'")]):
                fitting.append(other.column)
    return _nearest(fitting or columns, line.column)


def _nearest(columns: list[int], column: int) -> int:
    return min(columns, key=lambda other: (abs(other - column), -other))


def _columns(error: ErrorContext, line: Line, *, items: bool) -> list[int]:
    """The columns of keys (or of the dashes of items) that are still open above a line."""
    columns: list[int] = []
    limit: int | None = None
    for other in reversed(error.lines[: line.number]):
        if other.blank or other.inside:
            continue
        if limit is None or other.column < limit:
            limit = other.column
            columns.extend([] if items else [other.column])
        if other.dash >= 0 and other.dash < limit + 1:
            limit = other.dash
            columns.extend([other.dash] if items else [])
        if limit == 0:
            break
    return columns
