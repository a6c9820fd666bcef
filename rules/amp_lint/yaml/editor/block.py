"""Edits of whole lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.editor.layout import LINE_BREAK, Edits, Layout, is_partial
from amp_lint.yaml.nodes import Entry, Mapping

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data


def insert_first(layout: Layout, node: Mapping, key: str, data: Data) -> Edits | None:
    """Write a key on a line in front of the first one of a mapping."""
    first = node.entries[0]
    if not layout.is_alone(first):
        return None
    column = layout.column(first.start)
    lines = layout.style.entry(layout.key(node, key), data, column)
    text = layout.style.line_break.join(lines)[column:] + layout.style.line_break + " " * column
    return (Edit(Span(first.start, first.start), text),)


def insert_into_nothing(layout: Layout, key: str, data: Data) -> Edits | None:
    """Write a key at the end of a document that has none, only comments or `---`."""
    written = (line.strip() for line in LINE_BREAK.split(layout.text))
    if [line for line in written if line and line[0] != "#"] not in ([], ["---"]):
        return None
    end, line_break = len(layout.text), layout.style.line_break
    is_line_over = not end or LINE_BREAK.match(layout.text[-1]) is not None
    text = line_break.join(layout.style.entry(key, data, 0)) + line_break
    return (Edit(Span(end, end), ("" if is_line_over else line_break) + text),)


def insert_behind(layout: Layout, entry: Entry, key: str, data: Data) -> Edits | None:
    """Write a key on lines behind an entry of the same mapping."""
    if not layout.is_alone(entry) or is_partial(entry.value):
        return None
    column = layout.column(entry.start)
    lines = layout.style.entry(layout.key(entry.parent, key), data, column)
    return lines_behind(layout, entry.end, lines)


def lines_behind(layout: Layout, offset: int, lines: list[str]) -> Edits:
    """Write whole lines behind the line in which something ends."""
    at = layout.line_end(offset)
    text = "".join(layout.style.line_break + line for line in lines)
    return (Edit(Span(at, at), text),)


def remove_lines(layout: Layout, start: int, end: int, *, comments: bool) -> Edits:
    """Remove whole lines with their line break; at the end of the file, with the one in front."""
    first, last = start - len(layout.lead(start)), layout.line_end(end)
    if comments:
        first = layout.comments_above(first, start - first)
    behind = LINE_BREAK.match(layout.text, last)
    if behind is not None:
        return (Edit(Span(first, behind.end()), ""),)
    if layout.text[max(0, first - 2) : first] == "\r\n":
        first -= 2
    elif first:
        first -= 1
    return (Edit(Span(first, last), ""),)
