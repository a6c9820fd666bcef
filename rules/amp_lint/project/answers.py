"""Reads what the API answers: leniently, as its own examples do not fit its schema.

A fact that is missing or of another type costs that fact, not the run.
"""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

# A name that is longer is not a name; a reason that is longer does not fit a line.
LONGEST_NAME = 1000
_LONGEST_REASON = 200

# An installation has some kilobytes.
_LARGEST_ELEMENT = 4 * 1024 * 1024
# Parsing begins again with what has arrived, so not for every byte.
_STEP = 64 * 1024


def text(value: object) -> str:
    """The value if it can be a name, else the empty string."""
    return value if isinstance(value, str) and len(value) <= LONGEST_NAME else ""


def mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def printable(words: str) -> str:
    """The words on one line of at most 200 characters, what cannot be printed written out."""
    line = " ".join(words.split())
    line = line if len(line) <= _LONGEST_REASON else f"{line[: _LONGEST_REASON - 1]}…"
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in line
    )


def decode(body: bytes) -> Any:
    """Decode JSON in UTF-8, -16 or -32. Raises ValueError, or RecursionError for deep nesting.

    NaN and the infinities, which JSON does not have, become None.
    """
    return json.loads(body, parse_constant=_no_number, parse_float=_finite)


def _no_number(_: str) -> None:
    return None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)


class _Expected(Enum):
    """What a list must go on with."""

    BEGIN = "["
    FIRST = "an element or ]"
    NEXT = "an element"
    COMMA = ", or ]"
    NOTHING = ""


class Elements:
    """Decodes a JSON list in pieces as they arrive, so that it never lies in memory as a whole.

    `feed` and `close` yield its elements. They raise ValueError for what is not a JSON list, and
    RecursionError for deep nesting.
    """

    def __init__(self) -> None:
        self._bytes = b""
        self._text = ""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._expected = _Expected.BEGIN

    def feed(self, data: bytes) -> Iterator[Any]:
        """Take more bytes; yield the elements that are complete by now."""
        self._bytes += data
        if len(self._bytes) >= _STEP:
            yield from self._parse(final=False)

    def close(self) -> Iterator[Any]:
        """Yield the last elements."""
        yield from self._parse(final=True)
        if self._expected is not _Expected.NOTHING:
            raise ValueError("the list has no end")

    def _parse(self, *, final: bool) -> Iterator[Any]:
        if self._decoder is None:
            encoding = json.detect_encoding(self._bytes[:4])
            self._decoder = codecs.getincrementaldecoder(encoding)()
        self._text += self._decoder.decode(self._bytes, final)
        self._bytes = b""
        at = 0
        while at < len(self._text):
            char = self._text[at]
            if char in " \t\r\n":
                at += 1
            elif self._expected in (_Expected.FIRST, _Expected.NEXT) and char != "]":
                found = self._element(at, final=final)
                if found is None:
                    break
                value, at = found
                self._expected = _Expected.COMMA
                yield value
            else:
                self._expected = self._after(char)
                at += 1
        self._text = self._text[at:]

    def _element(self, at: int, *, final: bool) -> tuple[Any, int] | None:
        """The element that begins here and its end; None if more bytes must come first."""
        try:
            value, end = _DECODER.raw_decode(self._text, at)
        except ValueError:
            if final or len(self._text) - at > _LARGEST_ELEMENT:
                raise
            return None
        # A number at the end of what has arrived may go on.
        return (value, end) if end < len(self._text) or final else None

    def _after(self, char: str) -> _Expected:
        match self._expected, char:
            case _Expected.BEGIN, "[":
                return _Expected.FIRST
            case _Expected.COMMA, ",":
                return _Expected.NEXT
            case ((_Expected.FIRST | _Expected.COMMA), "]"):
                return _Expected.NOTHING
        raise ValueError("not a JSON list")
