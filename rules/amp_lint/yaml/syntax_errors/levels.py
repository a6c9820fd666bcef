"""Brackets inside brackets that are wrong, one too many, or never closed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.lines import line_start
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass

CLOSING = {"[": "]", "{": "}"}
_OPENING = {"]": "[", "}": "{"}
# What matters to tell where a bracket is closed.
_STRUCTURE = re.compile(r"""(?:(?<=\s)|\A)#[^\r\n]*|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[\[\]{}]""")
# Code points that are searched for the brackets behind a wrong one.
_LONGEST_REST = 10_000
_LINE_END = re.compile(r"[\r\n]|\Z")
# A blank that a bracket may take the place of: a colon behind a plain key needs it.
_ROOM = re.compile(r"(?:[^:]|[\"']:)[ \t]\Z")
_WORD = re.compile(r"""[\w.$-]+|"[^"\r\n]*"|'[^'\r\n]*'""")
_INDENT = re.compile(r"[ ]*")


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in brackets. `patch` keeps the length of the text: with it the rest can be read."""

    span: Span
    message: str
    label: str = ""
    fix: Fix | None = None
    patch: Edit | None = None


@dataclass(slots=True)
class Level:
    """An open bracket. `due` is what comes next: an item, a key, the colon of a key, a value, or
    the end of the item. `last` is the span of the last token, `pair` where the first key in a list
    begins, -1 without one."""

    bracket: str
    start: int
    due: str
    last: Span
    pair: int = -1


def is_closed(text: str, start: int) -> bool:
    """Whether a bracket closes the one at `start`, with anything between them."""
    depth = 0
    for match in _STRUCTURE.finditer(text, start):
        depth += (match[0] in ("[", "{")) - (match[0] in ("]", "}"))
        if not depth:
            return True
    return False


def is_slipped(text: str, start: int, end: int) -> bool:
    """Whether the bracket at `end` begins a line that is further left than the one in which the
    bracket that it closes was opened: then it was meant to close another one."""
    line = line_start(text, end)
    if line <= start or text[line:end].strip(" "):
        return False
    indent = _INDENT.match(text, line_start(text, start))
    return indent is not None and end - line < indent.end() - indent.start()


def wrong_bracket(text: str, at: int, levels: Sequence[Level], slipped: Level | None) -> Slip:
    """Explain a closing bracket that does not close the last open one. `slipped` is one before it
    that was closed by a bracket meant for another one."""
    sign, due = text[at], CLOSING[levels[-1].bracket]
    if sign == "}" and levels[-1].pair >= 0:
        last = levels[-1]
        is_below = line_start(text, at) > last.start
        is_beside = is_below and _indent_of(text, at) == _indent_of(text, last.start)
        return _wrong_opening(last) if is_beside else missing_opening(text, last.pair, "{")
    opening = _OPENING.get(sign)
    if all(level.bracket != opening for level in levels):
        span = Span(at, at + 1)
        message = f"there is no open `{opening or '('}` for this `{sign}`"
        line_end = _LINE_END.search(text, at)
        if opening and text.find(due, at + 1, line_end.start() if line_end else at) >= 0:
            return _surplus(span, sign, message)
        fix = Fix(f"Change to `{due}`", (Edit(span, due),))
        return Slip(span, f"{message}; write `{due}`", f"write {due}", fix, Edit(span, due))
    if _is_one_too_many(text, at, levels):
        return _surplus(Span(at, at + 1), sign, f"there is one `{sign}` too many")
    return never_closed(slipped or levels[-1])


def _indent_of(text: str, at: int) -> int:
    """Return the indentation of the line of a place."""
    start = line_start(text, at)
    indent = _INDENT.match(text, start)
    return 0 if indent is None else indent.end() - start


def _wrong_opening(level: Level) -> Slip:
    """Explain a `[` in front of keys that a `}` closes."""
    span = Span(level.start, level.start + 1)
    fix = Fix("Change to `{`", (Edit(span, "{"),))
    message = "this `[` is closed by a `}`, and keys follow it; write `{`"
    return Slip(span, message, "write {", fix, Edit(span, "{"))


def missing_opening(text: str, at: int, bracket: str) -> Slip:
    """Explain that a bracket is missing in front of a place."""
    fix = Fix(f"Add `{bracket}`", (Edit(Span(at, at), bracket),))
    patch = Edit(Span(at - 1, at), bracket) if _ROOM.search(text, max(at - 3, 0), at) else None
    word = _WORD.match(text, at)
    end = word.end() if word else at + 1
    what = "the list that begins here" if bracket == "[" else "the mapping that begins here"
    message = f"a `{bracket}` is missing in front of {what}; add it"
    return Slip(Span(at, end), message, f"no {bracket}", fix, patch)


def _surplus(span: Span, sign: str, message: str) -> Slip:
    fix = Fix(f"Remove `{sign}`", (Edit(span, ""),))
    return Slip(span, f"{message}; remove it", "remove it", fix, Edit(span, " "))


def _is_one_too_many(text: str, at: int, levels: Sequence[Level]) -> bool:
    """Return whether the brackets after one close exactly those that are open."""
    still_open = [level.bracket for level in levels]
    for match in _STRUCTURE.finditer(text, at + 1, at + 1 + _LONGEST_REST):
        sign = match[0]
        if sign in CLOSING:
            still_open.append(sign)
        elif sign in _OPENING and (not still_open or still_open.pop() != _OPENING[sign]):
            return False
    return not still_open


def never_closed(level: Level) -> Slip:
    """Explain a bracket that is not closed."""
    due = CLOSING[level.bracket]
    message = (
        f"the `{level.bracket}` opened here is never closed; add a `{due}` after its last item"
    )
    return Slip(Span(level.start, level.start + 1), message, "never closed")
