"""The caret in a manifest of many integrations, told by the lines of its own.

Of the others only their dashes count, as long as nothing in them reaches over their end: an open
quote, an open bracket, a key that has slipped. Where something may, all of the text is looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from amp_lint.ide.cursor import Cursor, block_lines, cursor_at
from amp_lint.text.edits import Edit
from amp_lint.text.source import Source, Span
from amp_lint.yaml.recovery.chunks import Chunk, integration_chunks, is_regular, is_usual

# What an integration and its dash are cut down to.
_STUB = "- x\n"


def cursor_by_excerpt(
    source: Source, offset: int, holds_together: Callable[[str, int], bool]
) -> Cursor | None:
    """As `cursor_at`. `holds_together` is the function of that name, or remembers what it says."""
    starts = source.line_starts
    stretches = integration_chunks(source.text, starts)
    first = starts[bisect_right(starts, offset) - 1]
    own = bisect_right(stretches, first, key=lambda one: one.start) - 1
    if own >= 0 and is_usual(source.text) and is_regular(source.text, stretches):
        excerpt = _excerpt(source.text, stretches, own, first, holds_together)
        if excerpt is not None:
            text, shift = excerpt
            found = cursor_at(Source(text), offset - shift)
            if found is None or _is_inside(found, stretches[own].column):
                return found and _moved(found, shift)
    return cursor_at(source, offset)


def holds_together(lines: str, column: int) -> bool:
    """Whether nothing of an integration whose dash is in a column counts for those below."""
    apart = block_lines(f"{lines.rstrip()}\n{' ' * column}{_STUB}")
    if apart is None or apart[-1].blank or apart[-1].inside:
        return False
    edges = (
        line.dash if line.dash >= 0 else line.column
        for line in apart[1:-1]
        if not line.blank and not line.inside
    )
    return apart[0].dash == column and all(edge > column for edge in edges)


def _excerpt(
    text: str,
    stretches: list[Chunk],
    own: int,
    line: int,
    holds_together: Callable[[str, int], bool],
) -> tuple[str, int] | None:
    """The text with the other integrations cut down, and by how much the own one has moved. None
    where that would be another place."""
    here, column = stretches[own], stretches[own].column
    stub = " " * column + _STUB
    head = text[: stretches[0].start]
    is_last = own == len(stretches) - 1
    if not is_last:
        below = block_lines(f"{text[line : here.end].partition(chr(10))[2].rstrip()}\n{stub}")
        if below is None or below[-1].inside:
            return None
    above = block_lines(head + stub)
    if above is None or above[-1].blank or above[-1].inside:
        return None
    if not all(holds_together(text[one.start : one.end], column) for one in stretches[:own]):
        return None
    front = head + stub * own
    end = len(text) if is_last else here.end
    behind = "" if is_last else stub + text[stretches[-1].end :]
    return f"{front}{text[here.start : end]}{behind}", here.start - len(front)


def _is_inside(cursor: Cursor, dash: int) -> bool:
    """Whether what is beside the caret ends with the integration: brackets may reach over it, and
    a mapping in the column of the dash, or further out, is not that of the integration."""
    return not cursor.flow and (cursor.kind != "content" or cursor.column > dash)


def _moved(cursor: Cursor, by: int) -> Cursor:
    margin = cursor.margin
    if margin is not None:
        margin = Edit(_shifted(margin.span, by), margin.text)
    prefix, word = _shifted(cursor.prefix, by), _shifted(cursor.word, by)
    return replace(cursor, prefix=prefix, word=word, margin=margin)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
