"""The lines up to the caret, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Container

from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.yaml.tree_builder import DOCUMENT_MARK

_COMMENT = re.compile(r"(?:\A|(?<=[ \t]))#")
# A quote that is never closed ends with its block. At most this many are handled, from the top.
_MAX_UNCLOSED = 10


def lines_to(text: str, starts: list[int]) -> list[Line]:
    """Return the lines of a text.

    A quote does not continue on a line that begins in the column of its key or further left, since
    the value of a key is indented more than the key.
    """
    lines: list[Line] = []
    for _ in range(_MAX_UNCLOSED):
        done = len(lines)
        lines += split_lines(text, starts[done:])
        for at in range(done, len(lines)):
            lines[at].number = at
        cut = first_outside_quote(lines, done)
        if cut is None:
            break
        del lines[cut:]
    else:
        lines += split_lines(text, starts[len(lines) :])
        for at, line in enumerate(lines):
            line.number = at
    return lines


def first_outside_quote(lines: list[Line], first: int) -> int | None:
    """Return the first line that ends an open quote because of its indentation; else None."""
    limit = -1
    for line in lines[first:]:
        if line.inside != "quote":
            limit = line.column if line.key else line.dash
        elif not line.blank and line.indent <= limit:
            return line.number
    return None


def is_in_multiline_scalar(line: Line, lines: list[Line], offset: int) -> bool:
    """Return whether the caret is in a block scalar, or in a quoted one from a line above."""
    if line.inside == "block" and line.blank:
        head = next(one for one in reversed(lines) if one.inside != "block")
        return offset - line.start > (head.column if head.key else max(head.dash, 0))
    return bool(line.inside)


def is_inert(text: str, lines: list[Line], skipped: Container[int]) -> bool:
    """Return whether the last line is behind the end of the first document.

    The platform reads one document only.
    """
    begun = False
    for line in lines:
        if line.inside or line.number in skipped:
            continue
        if is_document_mark(text, line):
            if begun:
                return line is not lines[-1] or _has_content(text, line)
            begun = _has_content(text, line)
        elif not (line.blank or text.startswith("%", line.start)):
            begun = True
    return False


def _has_content(text: str, mark: Line) -> bool:
    """Return whether a document mark has content behind it on its line."""
    return bool(text[mark.start + 3 : mark.end].strip())


def is_document_mark(text: str, line: Line) -> bool:
    """Return whether a line begins with `---` or `...`."""
    return line.indent == 0 and DOCUMENT_MARK.match(text, line.start) is not None


def comment_start(text: str, line: Line, offset: int) -> int:
    """Return where the comment around the caret begins; -1 without one."""
    begin = line.value[1] if not line.blank else line.content
    found = _COMMENT.search(text[line.start : line.end], begin - line.start)
    at = line.start + found.start() if found else -1
    return at if 0 <= at < offset else -1
