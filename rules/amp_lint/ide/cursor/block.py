"""The caret in block style."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from amp_lint.ide.cursor.columns import due_indent, meant_column, meant_dash_column
from amp_lint.ide.cursor.lines import lines_to
from amp_lint.ide.cursor.model import Cursor
from amp_lint.ide.cursor.structure import items_beside, keys_below, path_above, path_to
from amp_lint.text.edits import Edit
from amp_lint.text.line_scanner import Line, close_quote, split_lines
from amp_lint.text.source import Source, Span
from amp_lint.yaml.node_path import Path

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_DASHES = re.compile(r"(?:-[ \t]+)+-?\Z|-\Z")
# A value or key that begins with one of these cannot be completed.
_NO_WORD = ("{", "[", "|", ">", "&", "!")
# The rest of a key, and of a value, whose quote is not closed.
_OPEN_KEY = re.compile(r"[^\s'\":]*")
_OPEN_VALUE = re.compile(r"(?:[^\s'\"]|[ \t]+(?![\s#]|\Z))*")


def block_cursor(
    source: Source, offset: int, lines: list[Line], *, may_move: bool = True
) -> Cursor | None:
    """Return the cursor on the last of `lines`; None where nothing can be completed.

    Unless it may not, a line in the wrong column is read as if it were in that of its block.
    """
    text, line = source.text, lines[-1]
    if line.key is not None and offset > line.colon:
        return _value_cursor(text, offset, line, path_to(text, lines, line))
    if line.key is not None and offset > line.key[1]:
        return None
    below = split_lines(text, source.line_starts[line.number + 1 :])
    margin = _margin(text, offset, lines, below) if may_move else None
    if margin is not None:
        return _moved_cursor(source, offset, line, margin)
    word = _content_word(text, offset, line)
    return _content_cursor(text, offset, lines, below, word) if word is not None else None


def _margin(text: str, offset: int, lines: list[Line], below: list[Line]) -> Edit | None:
    """Return the edit that brings a line to its block: its tabs replaced, its dash moved.

    A line without a dash is moved by `_content_cursor`, which knows the keys around it.
    """
    line = lines[-1]
    lead = text[line.start : line.start + line.indent]
    if "\t" in lead and offset >= line.start + line.indent:
        column = due_indent(text, lines, below, has_dash=line.dash >= 0)
        return Edit(Span(line.start, line.start + line.indent), " " * column)
    single = line.dash >= 0 and text[line.start + line.dash : line.content].count("-") == 1
    if single and offset > line.start + line.dash:
        column = meant_dash_column(text, lines, below)
        if column != line.dash:
            return Edit(Span(line.start, line.start + line.indent), " " * column)
    return None


def _moved_cursor(source: Source, offset: int, line: Line, margin: Edit) -> Cursor | None:
    """Return the cursor as it is once a line is moved, with the edit that moves it."""
    text, by = source.text, len(margin.text) - (margin.span.end - margin.span.start)
    moved = Source(f"{text[: margin.span.start]}{margin.text}{text[margin.span.end :]}")
    end = moved.line_span(line.number + 1).end
    lines = lines_to(moved.text[:end], moved.line_starts[: line.number + 1])
    found = block_cursor(moved, offset + by, lines, may_move=False)
    if found is None:
        return None
    if found.margin is not None:
        # Both edits replace the indentation; the second one moves what the first one wrote.
        margin = Edit(margin.span, " " * found.indent)
    prefix, word = (Span(one.start - by, one.end - by) for one in (found.prefix, found.word))
    return replace(found, margin=margin, prefix=prefix, word=word)


@dataclass(frozen=True, slots=True)
class _Word:
    """The word under the caret: where it begins (with its quote), and where its text ends."""

    begin: int
    stop: int
    quote: str = ""
    unclosed: bool = False
    gap: bool = False

    @property
    def start(self) -> int:
        return self.begin + len(self.quote)


def _content_word(text: str, offset: int, line: Line) -> _Word | None:
    """Return the word that begins a line or item; None if it cannot be completed."""
    behind_dash = line.dash >= 0 and _DASHES.search(text[line.start : offset]) is not None
    empty = line.blank or (behind_dash and line.value[0] == line.value[1])
    if not empty and offset < line.content:
        return None
    if empty:
        # Blanks behind a dash, or in an empty line, are not part of the word.
        gap = behind_dash and text[offset - 1] == "-"
        return _Word(offset, offset, gap=gap)
    gap = behind_dash and offset == line.content and text[offset - 1] == "-"
    begin = line.content
    if begin < offset and text[begin] in ("'", '"'):
        return _quoted_word(text, offset, line)
    if text.startswith(_NO_WORD, begin, offset):
        return None
    return _Word(begin, max(offset, line.key[1] if line.key else line.value[1]), gap=gap)


def _quoted_word(text: str, offset: int, line: Line) -> _Word | None:
    begin, quote = line.content, text[line.content]
    close = close_quote(text[line.start : line.end], begin - line.start)
    if close < 0:
        rest = _OPEN_KEY.match(text, offset, line.end)
        return _Word(begin, rest.end() if rest else offset, quote, unclosed=True)
    close += line.start
    if offset >= close:
        return None
    # Without a colon, the quote is written again, so that the colon is behind it.
    has_key = line.key is not None
    return _Word(begin, close - has_key, quote, unclosed=not has_key)


def _content_cursor(
    text: str, offset: int, lines: list[Line], below: list[Line], word: _Word
) -> Cursor | None:
    line = lines[-1]
    margin = None
    column = word.begin - line.start + word.gap
    if line.dash < 0:
        shift = meant_column(text, lines, below, column) - column
        margin = Edit(Span(line.start, line.start - min(shift, 0)), " " * shift) if shift else None
        column += shift
    has_key = line.key is not None
    if not has_key and line.dash < 0 and _continues_a_word(text, lines, column):
        return None
    steps, keys = path_above(text, lines, column, has_key=has_key)
    return Cursor(
        "content",
        tuple(steps),
        Span(word.start, offset),
        Span(word.start, word.stop),
        (*keys, *keys_below(text, below, column)),
        column=column,
        indent=column if line.dash < 0 else line.indent,
        quote=word.quote,
        unclosed=word.unclosed,
        has_colon=has_key,
        gap=word.gap,
        comment_follows=text[word.stop : word.stop + 1] == "#",
        margin=margin,
        items_of=items_beside(text, lines, column, steps) if line.dash < 0 else None,
    )


def _continues_a_word(text: str, lines: list[Line], column: int) -> bool:
    """Return whether the line above is a word without a colon, and the caret is right of it.

    The parser reads both lines as one scalar; the author is about to write below a key.
    """
    above = next((one for one in reversed(lines[:-1]) if not one.blank), None)
    if above is None or above.inside or above.key is not None or above.column >= column:
        return False
    return text[slice(*above.value)].isidentifier()


def _value_cursor(text: str, offset: int, line: Line, path: Path) -> Cursor | None:
    """Return the cursor behind the colon of a key."""
    gap = offset == line.colon + 1
    found = _PROPERTIES.match(text, *line.value)
    begin = found.end() if found else line.value[0]
    if offset < begin or begin == line.value[1]:
        # In front of the value, or behind the blanks of an empty one.
        here = Span(offset, offset)
        follows = text[offset : offset + 1] == "#"
        return Cursor("value", path, here, here, gap=gap, comment_follows=follows)
    if text.startswith(_NO_WORD, begin):
        return None
    word = _value_word(text, offset, line, begin)
    if word is None:
        return None
    return Cursor(
        "value",
        path,
        Span(word.start, offset),
        Span(word.start, word.stop),
        quote=word.quote,
        unclosed=word.unclosed,
        comment_follows=text[word.stop : word.stop + 1] == "#",
    )


def _value_word(text: str, offset: int, line: Line, begin: int) -> _Word | None:
    quote = text[begin] if text[begin] in ("'", '"') else ""
    if not quote or offset == begin:
        # In front of a quote the whole text is replaced, with its quotes.
        return _Word(begin, max(line.value[1], offset))
    close = close_quote(text[line.start : line.end], begin - line.start)
    if close < 0:
        rest = _OPEN_VALUE.match(text, offset, line.end)
        return _Word(begin, rest.end() if rest else offset, quote, unclosed=True)
    close += line.start
    return _Word(begin, close - 1, quote) if offset < close else None
