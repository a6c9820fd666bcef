"""Conversion between offsets, which count code points, and the positions of the protocol.

This is the only module that knows UTF-8, UTF-16 and UTF-32 columns. A line ends at LF, CRLF or a
lone CR, as the protocol defines; U+2028 and similar characters do not end a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from lsprotocol.types import Position, PositionEncodingKind, Range

from amp_lint.text.source import Source, Span

_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Positions:
    """The positions of one source. A byte order mark in the client's text is counted."""

    source: Source
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        starts = self.source.line_starts
        line = bisect_right(starts, offset) - 1
        lead = self._mark(line) + self._units(self.source.text[starts[line] : offset])
        return Position(line, lead)

    def range(self, span: Span) -> Range:
        """Return the range of a span."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position.

        A position past the end of a line is its end, one past the last line is the end of the
        text, and one inside a character is in front of that character.
        """
        if position.line >= len(self.source.line_starts):
            return len(self.source.text)
        start, end = self.source.line_span(position.line + 1)
        left = position.character - self._mark(position.line)
        line = self.source.text[start:end]
        if line.isascii() or self.encoding == PositionEncodingKind.Utf32:
            return start + min(max(left, 0), len(line))
        for at, character in enumerate(line):
            left -= self._units(character)
            if left < 0:
                return start + at
        return end

    def span(self, range_: Range) -> Span:
        """Return the span of a range; an empty span at its start if the end comes first."""
        start = self.offset(range_.start)
        return Span(start, max(start, self.offset(range_.end)))

    def _mark(self, line: int) -> int:
        return self._units("\ufeff") if self.source.bom and line == 0 else 0

    def _units(self, text: str) -> int:
        return len(text) if text.isascii() else _UNITS.get(self.encoding, _utf16)(text)


def edited(text: str, span: Span, new: str) -> str:
    """Return a text with a span replaced.

    A client that counts in UTF-16 may send the halves of a character one by one; they are joined.
    """
    changed = f"{text[: span.start]}{new}{text[span.end :]}"
    if _HALVES.search(changed, max(0, span.start - 1), span.start + len(new) + 1) is None:
        return changed
    return changed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_UNITS: dict[PositionEncodingKind | str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: _utf8,
    PositionEncodingKind.Utf16: _utf16,
    PositionEncodingKind.Utf32: len,
}
