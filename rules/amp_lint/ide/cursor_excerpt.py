"""The cursor in a manifest of many integrations, from the lines of one integration.

Of the other integrations only their dashes count, if each one ends cleanly: no open quote, bracket
or misplaced key leaks into the next one. Otherwise the whole text is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from amp_lint.ide.cursor import Cursor, block_lines, cursor_at
from amp_lint.text.edits import Edit
from amp_lint.text.source import Source, Span
from amp_lint.yaml.recovery.chunks import Chunk, integration_chunks, is_regular, is_usual

# What replaces each of the other integrations.
_STUB = "- x\n"


def cursor_by_excerpt(
    source: Source, offset: int, ends_cleanly: Callable[[str, int], bool]
) -> Cursor | None:
    """Return the same as `cursor_at`. `ends_cleanly` is the function of that name, or a cache."""
    starts = source.line_starts
    chunks = integration_chunks(source.text, starts)
    first = starts[bisect_right(starts, offset) - 1]
    own = bisect_right(chunks, first, key=lambda one: one.start) - 1
    if own >= 0 and is_usual(source.text) and is_regular(source.text, chunks):
        excerpt = _excerpt(source.text, chunks, own, first, ends_cleanly)
        if excerpt is not None:
            text, shift = excerpt
            found = cursor_at(Source(text), offset - shift)
            if found is None or _is_inside(found, chunks[own].column):
                return found and _moved(found, shift)
    return cursor_at(source, offset)


def ends_cleanly(lines: str, column: int) -> bool:
    """Return whether the integration ends cleanly: nothing of it leaks into the next one."""
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
    chunks: list[Chunk],
    own: int,
    line: int,
    ends_cleanly: Callable[[str, int], bool],
) -> tuple[str, int] | None:
    """Return the text with the other integrations replaced, and how far the own one has moved.

    None if the caret would then be in another place.
    """
    here, column = chunks[own], chunks[own].column
    stub = " " * column + _STUB
    head = text[: chunks[0].start]
    is_last = own == len(chunks) - 1
    if not is_last:
        below = block_lines(f"{text[line : here.end].partition(chr(10))[2].rstrip()}\n{stub}")
        if below is None or below[-1].inside:
            return None
    above = block_lines(head + stub)
    if above is None or above[-1].blank or above[-1].inside:
        return None
    if not all(ends_cleanly(text[one.start : one.end], column) for one in chunks[:own]):
        return None
    front = head + stub * own
    end = len(text) if is_last else here.end
    behind = "" if is_last else stub + text[chunks[-1].end :]
    return f"{front}{text[here.start : end]}{behind}", here.start - len(front)


def _is_inside(cursor: Cursor, dash: int) -> bool:
    """Return whether everything around the caret is within its integration.

    Brackets may leak out of it, and a mapping at or left of the dash is not part of it.
    """
    return not cursor.flow and (cursor.kind != "content" or cursor.column > dash)


def _moved(cursor: Cursor, by: int) -> Cursor:
    margin = cursor.margin
    if margin is not None:
        margin = Edit(_shifted(margin.span, by), margin.text)
    prefix, word = _shifted(cursor.prefix, by), _shifted(cursor.word, by)
    return replace(cursor, prefix=prefix, word=word, margin=margin)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
