"""Edits that change which mapping or item an entry belongs to, and leave its text as it is."""

from __future__ import annotations

from collections.abc import Sequence as Listed
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Mapping, Node
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits

_BREAKS = "\r\n"
_FULL_LINE = pattern(r"(?:\A|(?<=[\r\n]))[ ]*(?=[^\s])")


def nest(editor: Editor, entries: Listed[Entry], key: str) -> Edits | None:
    """Return the edits that put neighbouring entries of one line each under a new key."""
    text, node = editor.text, entries[0].parent
    first = node.entries.index(entries[0])
    if node.incomplete or node.entries[first : first + len(entries)] != list(entries):
        return None
    if any(sign in text[one.start : one.end] for one in entries for sign in _BREAKS):
        return None
    if node.flow:
        start, end = entries[0].start, entries[-1].end
        return (Edit(Span(start, start), f"{key}: {{"), Edit(Span(end, end), "}"))
    column = _column(text, entries[0].start)
    if any(_column(text, one.start) != column for one in entries):
        return None
    inner = " " * (column + 2)
    opening = Edit(Span(entries[0].start, entries[0].start), f"{key}:{_line_break(text)}{inner}")
    return (opening, *(Edit(Span(one.start, one.start), "  ") for one in entries[1:]))


def shift(editor: Editor, entries: Listed[Entry], by: int) -> Edits | None:
    """Return the edits that indent the lines of neighbouring entries by some blanks more; None if
    they do not begin their lines."""
    text = editor.text
    start = entries[0].start - _column(text, entries[0].start)
    if text[start : entries[0].start].strip(" "):
        return None
    return tuple(
        Edit(Span(start + line.start(), start + line.start()), " " * by)
        for line in _FULL_LINE.finditer(text[start : entries[-1].end])
    )


def align(editor: Editor, entries: Listed[Entry], beside: Node) -> Edits | None:
    """Return the edits that indent neighbouring entries like another node further right."""
    by = _column(editor.text, beside.start) - _column(editor.text, entries[0].start)
    return shift(editor, entries, by) if by > 0 else None


def move_items(
    editor: Editor, items: Listed[Mapping], beside: Node, more: int, *, with_dash: bool
) -> Edits | None:
    """Return the edits that move items to the column of another node, or `more` to the right of it,
    with their dashes or without them."""
    text = editor.text
    column = _column(text, beside.start) + more
    edits: list[Edit] = []
    for item in items:
        start = item.start
        own = _column(text, start)
        lead = text[start - own : start]
        if item.flow or lead.strip(" ") != "-" or item.outer != start:
            return None
        dash = lead.index("-")
        by = column - (dash if with_dash else own)
        edits.append(Edit(Span(start - own, start), " " * column + lead[dash:] * with_dash))
        for line in _FULL_LINE.finditer(text[start : item.end]):
            at = start + line.start()
            if line.start() and len(line[0]) + by < 0:
                return None
            if line.start():
                edits.append(Edit(Span(at, at + max(-by, 0)), " " * by))
    return tuple(edits)


def join_items(editor: Editor, items: Listed[Node]) -> Edits | None:
    """Return the edits that make items part of the item before them, by removing their dashes."""
    edits: list[Edit] = []
    for item in items:
        dash = item.outer - 2
        if editor.text[dash : item.outer] != "- " or item.anchor is not None:
            return None
        edits.append(Edit(Span(dash, dash + 1), " "))
    return tuple(edits)


def split_item(editor: Editor, entry: Entry) -> Edits | None:
    """Return the edit that starts a new item at an entry, with a dash in the two columns before
    it; in brackets, with a bracket closed and another one opened."""
    text, node = editor.text, entry.parent
    if node.incomplete:
        return None
    if node.flow:
        before = node.entries[node.entries.index(entry) - 1]
        between = text[before.end : entry.start]
        if "," not in between:
            return None
        return (Edit(Span(before.end, entry.start), "}, {"),)
    dash = node.entries[0].start - 2
    is_first_in_line = not text[entry.start - _column(text, entry.start) : entry.start].strip(" ")
    if text[dash : dash + 2] != "- " or not is_first_in_line:
        return None
    return (Edit(Span(entry.start - 2, entry.start), "- "),)


def _column(text: str, offset: int) -> int:
    return offset - max(text.rfind(sign, 0, offset) for sign in _BREAKS) - 1


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
