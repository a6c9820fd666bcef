"""The lines of a manifest as a person reads them: indentation, dashes, key, value, comment.

Needs no valid YAML, so it serves where the parser has given up. Each line is taken apart by
itself; what a line means inside a block scalar or a quoted text of several lines is told by
`inside`. Offsets are code points in the text.
"""

from __future__ import annotations

import re
from typing import Literal

from amp_schema.lite_dataclasses import dataclass

Inside = Literal["", "block", "quote"]

_INDENT = re.compile(r"[ \t]*")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_COLON = re.compile(r":(?=[ \t]|$)")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_BLOCK_HEADER = re.compile(r"(?:[&!]\S*[ \t]+)*[|>][-+0-9]*[ \t]*\Z")
_NO_KEY = frozenset("#[]{},&*!|>%@`")


@dataclass(slots=True)
class Line:
    """One line. `column` is that of `content`, the first character behind indentation and dashes.

    `key` and `value` are (start, end) offsets; `value` is without a trailing comment, and empty at
    the end of the content where a key has none. `dash` is the column of the first dash, -1
    without one. `tab` is the offset of the first tab in the indentation, -1 without one.
    `opens` is the offset of a quote that this line does not close, -1 without one.
    """

    number: int
    start: int
    end: int
    indent: int
    content: int
    column: int
    dash: int = -1
    tab: int = -1
    key: tuple[int, int] | None = None
    colon: int = -1
    value: tuple[int, int] = (0, 0)
    opens: int = -1
    inside: Inside = ""
    blank: bool = False


def split_lines(text: str, starts: list[int]) -> list[Line]:
    """Take every line apart, following block scalars and quoted texts over line ends."""
    lines: list[Line] = []
    block_above = -1
    quote = ""
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(text)
        raw = text[start:stop].rstrip("\r\n")
        if quote:
            line = _bare(number, start, raw, "quote")
            quote = "" if _closes(raw, quote) else quote
        else:
            line = _bare(number, start, raw, "")
            if block_above >= 0 and (line.blank or line.indent > block_above):
                line.inside = "block"
            else:
                block_above = -1
                _take_apart(line, raw)
                if line.opens >= 0:
                    quote = text[line.opens]
                elif _BLOCK_HEADER.match(text[slice(*line.value)]):
                    block_above = line.column if line.key else max(line.dash, 0)
        lines.append(line)
    return lines


def _bare(number: int, start: int, raw: str, inside: Inside) -> Line:
    space = _INDENT.match(raw)
    width = space.end() if space else 0
    tab = raw.find("\t", 0, width)
    return Line(
        number=number,
        start=start,
        end=start + len(raw),
        indent=width,
        content=start + width,
        column=width,
        tab=start + tab if tab >= 0 else -1,
        value=(start + width, start + len(raw)),
        inside=inside,
        blank=not raw.strip() if inside else not raw[width:] or raw[width] == "#",
    )


def _take_apart(line: Line, raw: str) -> None:
    at = line.indent
    while dash := _DASH.match(raw, at):
        line.dash = at if line.dash < 0 else line.dash
        at = dash.end()
    line.column, line.content = at, line.start + at
    if line.blank:
        return
    value = at
    end = _key_end(raw, at)
    if end >= 0:
        colon = raw.index(":", end)
        line.key = (line.content, line.start + end)
        line.colon = line.start + colon
        value = colon + 1
        while value < len(raw) and raw[value] in " \t":
            value += 1
    stop = len(raw)
    if raw[value : value + 1] in ("'", '"'):
        close = close_quote(raw, value)
        if close < 0:
            line.opens = line.start + value
        else:
            comment = _COMMENT.search(raw, close)
            stop = comment.start() if comment else stop
    else:
        comment = _COMMENT.search(raw, value)
        stop = comment.start() if comment else stop
    line.value = (line.start + value, line.start + max(value, len(raw[:stop].rstrip())))


def _key_end(raw: str, at: int) -> int:
    """Where the key that starts at `at` ends, -1 if the line has none."""
    first = raw[at : at + 1]
    if first in ("'", '"'):
        close = close_quote(raw, at)
        rest = raw[close:].lstrip(" \t") if close >= 0 else ""
        return close if rest.startswith(":") and (rest[1:2] in ("", " ", "\t")) else -1
    if not first or first in _NO_KEY:
        return -1
    colon = _COLON.search(raw, at)
    comment = _COMMENT.search(raw, at)
    if colon is None or (comment is not None and comment.start() < colon.start()):
        return -1
    return at + len(raw[at : colon.start()].rstrip())


def close_quote(raw: str, start: int) -> int:
    """The offset after the quote that closes the one at `start`, -1 if there is none."""
    quote = raw[start]
    at = start + 1
    while True:
        at = raw.find(quote, at)
        if at < 0:
            return -1
        if quote == "'" and raw[at + 1 : at + 2] == "'":
            at += 2
        elif quote == '"' and _escaped(raw, at):
            at += 1
        else:
            return at + 1


def _closes(raw: str, quote: str) -> bool:
    return close_quote(quote + raw, 0) >= 0


def _escaped(raw: str, at: int) -> bool:
    slashes = 0
    while at - slashes > 0 and raw[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
