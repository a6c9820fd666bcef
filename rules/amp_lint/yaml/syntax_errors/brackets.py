"""Lists and mappings in brackets."""

from __future__ import annotations

import re

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import (
    WORD,
    Diagnosis,
    ErrorContext,
    diagnosis,
    line_number,
)
from amp_lint.yaml.syntax_errors.flow import first_slip
from amp_lint.yaml.syntax_errors.levels import missing_opening
from amp_lint.yaml.syntax_errors.quotes import quoted_value

_OPEN = ("[", "{")
# Mappings in a list whose opening bracket is missing.
_LIST_OF_MAPPINGS = re.compile(r"(?:\{[^{}]*\}[ \t]*,[ \t]*)+\{[^{}]*\}[ \t]*,?[ \t]*\]")
_PATH = re.compile(r"(?:\['[^'\[\]]+'\]){2,}")
_SURPLUS = re.compile(r"[ \t]*(?P<signs>[\]}]+),?\Z")


def in_brackets(error: ErrorContext) -> Diagnosis | None:
    """The first mistake inside brackets that the parser has met."""
    behind = 0
    for line in error.lines[: error.here.number + 1]:
        start = line.value[0]
        if (
            line.blank
            or line.inside
            or start < behind
            or error.text[start : start + 1] not in _OPEN
        ):
            continue
        is_item = line.key is not None or line.dash >= 0
        slip, behind = first_slip(error.text, start, line.indent if is_item else -1)
        if slip is not None:
            until = line_number(error.lines, max(start, behind - 1))
            return Diagnosis(
                slip.span,
                slip.message,
                slip.label,
                line,
                max(until, _last_of_brackets(error, line, is_item=is_item)),
                fix=slip.fix,
                patch=slip.patch,
            )
    return None


def _last_of_brackets(error: ErrorContext, line: Line, *, is_item: bool) -> int:
    """The last line of a value in brackets that begins on a line and cannot be read."""
    last = line.number
    for other in error.lines[line.number + 1 :]:
        closes = error.text[other.content : other.content + 1] in ("]", "}")
        if not other.blank and is_item and other.indent <= line.indent and not closes:
            break
        last = last if other.blank else other.number
    return last


def after_bracket(error: ErrorContext) -> Diagnosis | None:
    """Text behind a closing bracket."""
    line, offset = error.here, error.failure.offset
    start, end = line.value
    value = error.text[start:end]
    closing = {"[": "]", "{": "}"}.get(value[:1])
    if line.inside or closing is None or "flow" in error.failure.problem:
        return None
    if not start < offset <= end or closing not in error.text[start:offset]:
        return None
    surplus = _SURPLUS.match(value, _end_of_brackets(error.text, start) - start)
    if surplus is not None:
        return _surplus(line, start + surplus.start("signs"), surplus["signs"])
    if _LIST_OF_MAPPINGS.fullmatch(value):
        slip = missing_opening(error.text, start, "[")
        return diagnosis(line, slip.span, slip.message, slip.label, fix=slip.fix)
    if _PATH.fullmatch(value):
        path = Fix(f"Write `${value}`", (Edit(Span(start, start), "$"),))
        message = f"a path to a nested field starts with `$`; write `${value}`"
        return diagnosis(line, Span(start, end), message, "no $", fix=path)
    message = f"there is text after the closing `{closing}`; put the whole value in quotes"
    fix = quoted_value(error, line)
    return diagnosis(line, Span(start, end), message, "needs quotes", fix=fix)


def _surplus(line: Line, at: int, signs: str) -> Diagnosis:
    """Explain closing brackets behind the one that closes all."""
    span = Span(at, at + len(signs))
    message = f"there is one `{signs}` too many; remove it"
    if len(signs) > 1:
        message = f"nothing is open for `{signs}` to close; remove it"
    removal = Fix(f"Remove `{signs}`", (Edit(span, ""),))
    found = diagnosis(line, span, message, "remove it", fix=removal)
    return found.patched(Edit(span, " " * len(signs)))


def _end_of_brackets(text: str, start: int) -> int:
    """Return where reading of the brackets that open at `start` stops."""
    return first_slip(text, start, -1)[1]


def lone_bracket(error: ErrorContext) -> Diagnosis | None:
    """A closing bracket that nothing opened, or an opening one at the end."""
    text, offset = error.text, error.failure.offset
    if "flow" in error.failure.problem:
        return None
    if error.begin is not None and text[error.begin.content : error.begin.content + 1] in (
        "[",
        "{",
    ):
        return _never_closed(error.begin, text, error.begin.content)
    if text[offset : offset + 1] not in ("]", "}"):
        return None
    opening = {"]": "[", "}": "{"}[text[offset]]
    message = f"there is no open `{opening}` for this `{text[offset]}`; remove it"
    return diagnosis(error.here, Span(offset, offset + 1), message)


def bracket(error: ErrorContext) -> Diagnosis | None:
    """A bracket that is never closed, or a missing comma."""
    here, text, offset = error.here, error.text, error.failure.offset
    if "flow" not in error.failure.problem:
        return None
    opening = _open_bracket(text, offset)
    if opening is None:
        return None
    bracket = text[opening]
    closing = "]" if bracket == "[" else "}"
    if text[offset : offset + 1] == ",":
        return diagnosis(
            here,
            Span(offset, offset + 1),
            "there is nothing before this comma; remove it",
            "remove it",
        )
    begin = error.lines[line_number(error.lines, opening)]
    if here.number == begin.number and closing in text[offset : begin.end]:
        word = WORD.match(text, offset, begin.end)
        message = f"a comma is missing before this item between `{bracket}` and `{closing}`"
        return diagnosis(begin, Span(offset, word.end() if word else offset + 1), message)
    return _never_closed(begin, text, opening)


def _never_closed(begin: Line, text: str, opening: int) -> Diagnosis:
    bracket = text[opening]
    closing = "]" if bracket == "[" else "}"
    message = f"the `{bracket}` opened here is never closed; add a `{closing}` after its last item"
    return diagnosis(begin, Span(opening, opening + 1), message, "never closed")


def _open_bracket(text: str, offset: int) -> int | None:
    """The last bracket before `offset` that nothing before `offset` closes."""
    closed = 0
    for match in reversed(list(re.finditer(r"[\[\]{}]", text[:offset]))):
        if match[0] in "]}":
            closed += 1
        elif closed:
            closed -= 1
        else:
            return match.start()
    return None
