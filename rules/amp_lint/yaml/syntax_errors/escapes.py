"""Backslashes inside double quotes that start no escape."""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import Diagnosis, ErrorContext, diagnosis

# A backslash with what follows it, up to the digits that it may need.
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{0,2})|u(?P<u>[0-9A-Fa-f]{0,4})|U(?P<U>[0-9A-Fa-f]{0,8})|\r\n|[\s\S])"
)
_DIGITS = {"x": 2, "u": 4, "U": 8}
# The escapes of the platform that have no digits.
_SIMPLE = frozenset("0abt\tnvfre \"'\\N_LP\r\n\x85\u2028\u2029")
_LOW_HALF = re.compile(r"\\u(?P<digits>[Dd][C-Fc-f][0-9A-Fa-f]{2})")
_LAST_POINT = 0x10FFFF
_HIGH_HALVES = range(0xD800, 0xDC00)
_HALVES = range(0xD800, 0xE000)
# Escapes that nobody writes who takes a backslash for an ordinary character.
_MEANT = re.compile(r"\\(?:[\\\"]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")
# A shell needs a backslash in front of these, YAML does not.
_SHELL = frozenset("$`!&")


def escape(error: ErrorContext) -> Diagnosis | None:
    """A backslash that starts no escape inside double quotes."""
    problem = error.failure.problem
    if "escape" not in problem and "hexdecimal" not in problem and "hexadecimal" not in problem:
        return None
    start = _opening_quote(error)
    for match in _ESCAPE.finditer(error.text, start + 1):
        if match.start() > error.failure.offset:
            break
        if not _is_valid(match):
            return _explained(error, start, match)
    return None


def _opening_quote(error: ErrorContext) -> int:
    """Return the offset of the quote that opens the text that failed."""
    context = error.failure.context
    if context is not None and error.text[context : context + 1] == '"':
        return context
    return max(error.text.find('"', error.here.start), error.here.start)


def _is_valid(match: re.Match[str]) -> bool:
    kind = match[0][1]
    if kind not in _DIGITS:
        return kind in _SIMPLE
    point = _point(match)
    return point is not None and point not in _HALVES and point <= _LAST_POINT


def _point(match: re.Match[str]) -> int | None:
    """Return the code point of an escape with digits; None if digits are missing."""
    kind = match[0][1]
    digits = match[kind]
    return int(digits, 16) if len(digits) == _DIGITS[kind] else None


def _explained(error: ErrorContext, start: int, match: re.Match[str]) -> Diagnosis:
    shown, kind = match[0], match[0][1]
    span = Span(*match.span())
    point = _point(match) if kind in _DIGITS else None
    if point is not None and point > _LAST_POINT:
        message = f"`{shown}` is above the last code point, `\\U0010FFFF`; write another character"
        return diagnosis(error.here, span, message, "no character")
    if point is not None:
        return _half(error, match, point)
    if kind in _DIGITS:
        lead = f"`\\{kind}` inside double quotes must be followed by {_DIGITS[kind]} hex digits"
    else:
        lead = f"`{shown}` is not an escape sequence inside double quotes"
    if kind in _SHELL:
        fix = Fix(f"Write `{kind}`", (Edit(span, kind),))
        return diagnosis(
            error.here, span, f"{lead}; write `{kind}` without the backslash", "no escape", fix=fix
        )
    if kind == "*" and _is_schedule(error):
        places = [one.start() for one in _ESCAPE.finditer(error.text, start + 1) if one[0] == shown]
        end = _closing_quote(error.text, start)
        edits = tuple(Edit(Span(at, at + 1), "") for at in places if at < end)
        fix = Fix("Remove the backslashes", edits)
        message = f"{lead}, and a schedule has no backslashes; write `*` without it"
        return diagnosis(error.here, span, message, "no escape", fix=fix)
    message = f"{lead}; for a backslash write `\\\\`, or put the text in single quotes"
    doubled = _doubled(error.text, start)
    return diagnosis(error.here, span, message, "no escape", fix=doubled)


def _is_schedule(error: ErrorContext) -> bool:
    key = error.here.key
    return key is not None and error.text[slice(*key)] == "schedule"


def _half(error: ErrorContext, match: re.Match[str], point: int) -> Diagnosis:
    """Explain an escape of half a character, as JSON has them."""
    low = _LOW_HALF.match(error.text, match.end())
    if point not in _HIGH_HALVES or low is None:
        message = (
            f"`{match[0]}` is one half of a surrogate pair, which is not a character; write the "
            "whole character or remove this"
        )
        return diagnosis(error.here, Span(*match.span()), message, "half a character")
    span = Span(match.start(), low.end())
    whole = 0x10000 + ((point - 0xD800) << 10) + int(low["digits"], 16) - 0xDC00
    right = f"\\U{whole:08X}"
    message = (
        f"`{error.text[slice(*span)]}` is a surrogate pair, which JSON allows and the platform "
        f"does not read; write the character itself or `{right}`"
    )
    fix = Fix(f"Write `{right}`", (Edit(span, right),), Applicability.SAFE)
    patch = Edit(span, right.ljust(span.end - span.start))
    return diagnosis(error.here, span, message, "surrogate pair", fix=fix).patched(patch)


def _doubled(text: str, start: int) -> Fix | None:
    """Return the fix that doubles the backslashes of a text in double quotes: all of them, unless
    one of them is meant as an escape."""
    end = _closing_quote(text, start)
    if end < 0:
        return None
    found = list(_ESCAPE.finditer(text, start + 1, end))
    is_meant = any(_MEANT.match(one[0]) for one in found)
    places = [one.start() for one in found if not is_meant or not _is_valid(one)]
    edits = tuple(Edit(Span(place, place), "\\") for place in places)
    return Fix("Double the backslashes", edits) if edits else None


def _closing_quote(text: str, start: int) -> int:
    """Return the offset of the quote that closes the one at `start`, -1 without one."""
    at = start + 1
    while at < len(text):
        if text[at] == '"':
            return at
        at += 2 if text[at] == "\\" else 1
    return -1
