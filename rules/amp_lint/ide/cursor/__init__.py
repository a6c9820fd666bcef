"""What is under the caret, read from the text alone, so that it works while the YAML is broken.

The place of the caret follows from the columns of the keys and dashes above it (`block`) and,
between brackets, from the brackets (`flow`). `lines` splits the text, `model` has the result.
Offsets are code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from amp_lint.ide.cursor.block import block_cursor
from amp_lint.ide.cursor.flow import block_lines, flow_cursor, open_brackets
from amp_lint.ide.cursor.lines import (
    comment_start,
    is_in_multiline_scalar,
    is_inert,
    lines_to,
)
from amp_lint.ide.cursor.model import Cursor, CursorKind
from amp_lint.ide.cursor.structure import path_to
from amp_lint.text.source import Source, Span

__all__ = ["Cursor", "CursorKind", "block_lines", "cursor_at"]

_SUPPRESSION = re.compile(r"#[ \t]*amp:ignore(?:-file)?[ \t]*\[(?P<ids>[^\]]*)\Z")
_ID = re.compile(r"[^,\s]+")


def cursor_at(source: Source, offset: int) -> Cursor | None:
    """Return what is under the caret.

    None where nothing can be completed: in comments, in scalars of several lines, and in the
    documents behind the first one.
    """
    text = source.text
    offset = min(max(offset, 0), len(text))
    number = bisect_right(source.line_starts, offset) - 1
    end = source.line_span(number + 1).end
    offset = min(offset, end)
    lines = lines_to(text[:end], source.line_starts[: number + 1])
    line = lines[number]
    opener, scan, skipped = open_brackets(text, lines, offset)
    if is_inert(text, lines, skipped):
        return None
    if scan is not None and opener is not None:
        if scan.comment >= 0:
            return _suppressed_rule(text, scan.comment, end, offset)
        return flow_cursor(text, offset, path_to(text, lines[: opener.number + 1], opener), scan)
    if number in skipped or is_in_multiline_scalar(line, lines, offset):
        return None
    comment = comment_start(text, line, offset)
    if comment >= 0:
        return _suppressed_rule(text, comment, end, offset)
    return block_cursor(source, offset, lines)


def _suppressed_rule(text: str, comment: int, end: int, offset: int) -> Cursor | None:
    """Return the rule id under the caret in `amp:ignore[`; None in any other comment."""
    match = _SUPPRESSION.match(text[comment:offset])
    if match is None:
        return None
    begin = offset - len(match["ids"])
    stop = text.find("]", offset, end)
    stop = end if stop < 0 else stop
    ids = list(_ID.finditer(text, begin, stop))
    here = next((one for one in ids if one.start() <= offset <= one.end()), None)
    word = Span(*here.span()) if here else Span(offset, offset)
    others = tuple(one[0] for one in ids if one is not here)
    return Cursor("rule", (), Span(word.start, offset), word, others)
