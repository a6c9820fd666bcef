"""Where the lines of a text begin and end, at any of LF, CRLF and CR."""

from __future__ import annotations


def line_start(text: str, offset: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Return the offset of the line break behind an offset, or of the end of the text."""
    found = [at for sign in "\r\n" if (at := text.find(sign, offset)) >= 0]
    return min(found, default=len(text))
