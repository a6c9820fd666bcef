"""What is under the caret, read from the text alone, so that it serves while the YAML is broken.

The place of the caret follows from the columns of the keys and dashes above it and, between
brackets, from the brackets. Offsets are code points in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from amp_lint.text.edits import Edit
from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.text.source import Source, Span
from amp_lint.yaml.node_path import Path
from amp_lint.yaml.parser import DOCUMENT_MARK

# content: a new line or item, where a key stands, or the value if the place takes no keys.
# value: behind the colon of a key, or an item between brackets. rule: an id in `amp:ignore[`.
Kind = Literal["content", "value", "rule"]

_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_COMMENT = re.compile(r"(?:\A|(?<=[ \t]))#")
_DIRECTIVE = re.compile(r"#[ \t]*amp:ignore(?:-file)?[ \t]*\[(?P<ids>[^\]]*)\Z")
_ID = re.compile(r"[^,\s]+")
_FLOW = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>(?<!\S)\#[^\r\n]*)
    |(?P<quoted>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)
    |(?P<mark>[][{},]|:(?=[\s\[\]{},]|\Z))
    |(?P<plain>(?:[^\s\[\]{},:]|:(?![\s\[\]{},]|\Z)|[ \t]+(?=[^\s\[\]{},\#:]))+)
    """,
    re.X | re.S,
)
_BLOCK_LINE = re.compile(r"-[ \t]|[\w\"']+:(?:\s|\Z)")
_BREAKS = frozenset("\r\n")
# Behind these the rest of a value is no word that could be completed.
_NO_WORD = ("{", "[", "|", ">", "&", "!")
# A quote that is never closed ends where its block does; so many are put right, from the top.
_MAX_UNCLOSED = 10


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of the caret.

    `path` is that of the value, or of the mapping that a key would join; `keys` are the keys which
    that mapping has elsewhere. `word` is what is being typed, from first character to last, and
    `prefix` the part of it in front of the caret. `column` is that of the word, `indent` that of
    its line. `quote` is the one in front of the word, `has_colon` whether it is a key already,
    `gap` whether a space is missing in front of it. `margin` is what puts a line that stands in no
    column of its block where it is meant to be; `column` and `indent` are those behind it.
    `items_of` is the path of a list whose dashes stand in the column, where that is no part of
    `path`. `closers` are the brackets that would close those which are open around the word.
    """

    kind: Kind
    path: Path
    prefix: Span
    word: Span
    keys: tuple[str, ...] = ()
    column: int = 0
    indent: int = 0
    quote: str = ""
    has_colon: bool = False
    gap: bool = False
    flow: bool = False
    margin: Edit | None = None
    items_of: Path | None = None
    closers: str = ""


@dataclass(slots=True)
class _Frame:
    """An open bracket: where it is, what was read in it, and the scalar read last."""

    mark: str
    key: str | None = None
    index: int = 0
    keys: list[str] = field(default_factory=list)
    scalar: Span | None = None
    behind_colon: bool = False


@dataclass(slots=True)
class _Scan:
    """What is open between brackets at the end of a stretch of text, where it stopped (`end`), the
    column that the brackets may not leave (`edge`), and the comment that it stopped in."""

    frames: list[_Frame]
    end: int
    edge: int
    comment: int = -1
    closed: bool = False


def cursor_at(source: Source, offset: int) -> Cursor | None:
    """What is under the caret; None where nothing can be completed: in comments, block scalars and
    texts of several lines."""
    text = source.text
    offset = min(max(offset, 0), len(text))
    number = bisect_right(source.line_starts, offset) - 1
    end = source.line_span(number + 1).end
    offset = min(offset, end)
    lines = _lines_to(text[:end], source.line_starts[: number + 1])
    line = lines[number]
    opener, scan, skipped = _brackets(text, lines, offset)
    if scan is not None and opener is not None:
        if scan.comment >= 0:
            return _rule(text, scan.comment, end, offset)
        return _in_flow(text, offset, _path_to(text, lines[: opener.number + 1], opener), scan)
    if number in skipped or _inside(line, lines, offset):
        return None
    comment = _comment(text, line, offset)
    if comment >= 0:
        return _rule(text, comment, end, offset)
    return _in_block(source, offset, lines)


def takes_apart(text: str) -> list[Line] | None:
    """All lines of a text; those between brackets are blank. None where a quote is not closed in
    its block, or a bracket not at all."""
    lines = split_lines(text, Source(text).line_starts)
    lines = lines[: -1 if lines[-1].start == lines[-1].end else None]
    if _unclosed(lines, 0) is not None:
        return None
    opener, _, _ = _brackets(text, lines, len(text))
    return lines if opener is None else None


def _lines_to(text: str, starts: list[int]) -> list[Line]:
    """The lines of a text. A quote does not reach over a line that stands beside its key or further
    out, since the value of a key stands further in."""
    lines: list[Line] = []
    for _ in range(_MAX_UNCLOSED):
        done = len(lines)
        lines += split_lines(text, starts[done:])
        for at in range(done, len(lines)):
            lines[at].number = at
        cut = _unclosed(lines, done)
        if cut is None:
            break
        del lines[cut:]
    else:
        lines += split_lines(text, starts[len(lines) :])
        for at, line in enumerate(lines):
            line.number = at
    return lines


def _unclosed(lines: list[Line], first: int) -> int | None:
    limit = -1
    for line in lines[first:]:
        if line.inside != "quote":
            limit = line.column if line.key else line.dash
        elif not line.blank and line.indent <= limit:
            return line.number
    return None


def _inside(line: Line, lines: list[Line], offset: int) -> bool:
    """Whether the caret is in a block scalar or in a text that began on a line above."""
    if line.inside == "block" and line.blank:
        head = next(one for one in reversed(lines) if one.inside != "block")
        return offset - line.start > (head.column if head.key else max(head.dash, 0))
    return bool(line.inside)


def _comment(text: str, line: Line, offset: int) -> int:
    """Where a comment begins that the caret is in, -1 without one."""
    begin = line.value[1] if not line.blank else line.content
    found = _COMMENT.search(text[line.start : line.end], begin - line.start)
    at = line.start + found.start() if found else -1
    return at if 0 <= at < offset else -1


def _rule(text: str, comment: int, end: int, offset: int) -> Cursor | None:
    match = _DIRECTIVE.match(text[comment:offset])
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


# Block style.


def _in_block(source: Source, offset: int, lines: list[Line]) -> Cursor | None:
    text, line = source.text, lines[-1]
    if line.key is not None and offset > line.colon:
        path = _path_to(text, lines, line)
        return _value(text, offset, path, Span(*line.value), gap=offset == line.colon + 1)
    if not line.blank and offset < line.content:
        return None
    at_dash = line.dash >= 0 and offset == line.content and text[offset - 1] == "-"
    begin = offset if line.blank else line.content
    column = begin - line.start + at_dash
    stop = max(offset, line.key[1] if line.key else 0 if line.blank else line.value[1])
    quote = text[begin] if begin < offset and text[begin] in ("'", '"') else ""
    prefix = Span(begin + len(quote), offset)
    closed = quote and prefix.start < stop and text[stop - 1] == quote
    if (closed and offset == stop) or text.startswith(_NO_WORD, prefix.start, offset):
        return None
    if line.key is not None and offset > line.key[1]:
        return None
    # As if the text began there: a quote that is being typed is not closed, and would swallow them.
    below = split_lines(text, source.line_starts[line.number + 1 :])
    margin = None
    if line.dash < 0:
        shift = _meant_column(text, lines, below, column) - column
        margin = Edit(Span(line.start, line.start - min(shift, 0)), " " * shift) if shift else None
        column += shift
    steps, keys = _above(text, lines, column, has_key=line.key is not None)
    return Cursor(
        "content",
        tuple(steps),
        prefix,
        Span(prefix.start, stop - bool(closed)),
        (*keys, *_keys_below(text, below, column)),
        column=column,
        indent=column if line.dash < 0 else line.indent,
        quote=quote,
        has_colon=line.key is not None,
        gap=at_dash,
        margin=margin,
        items_of=_items_beside(text, lines, column, steps) if line.dash < 0 else None,
    )


def _meant_column(text: str, lines: list[Line], below: list[Line], column: int) -> int:
    """The column of the block that a line without a dash belongs to, where it is not in it."""
    written = [line for line in lines[:-1] if not line.inside and not line.blank]
    above = written[-1] if written else None
    if above is not None and above.key is not None and above.column < column:
        if not _PROPERTIES.sub("", text[slice(*above.value)] + " ", count=1).strip():
            # A key that waits for its block, which may go on below.
            first = next((line for line in below if not line.inside and not line.blank), None)
            edge = 0 if first is None else first.column if first.dash < 0 else first.dash
            return edge if edge > above.column else column
        return above.column
    child = column
    for token, _ in _upwards(text, lines, skip_key=True):
        if token == column:
            return column
        if token < column:
            return child
        child = token if child == column else min(child, token)
    return child if column else column


def _items_beside(text: str, lines: list[Line], column: int, steps: list[str | int]) -> Path | None:
    """The path of the list whose dashes stand in the column of the key that it belongs to."""
    item, _ = _above(text, lines, column + 1, has_key=True)
    return tuple(item[:-1]) if len(item) == len(steps) + 2 and isinstance(item[-1], int) else None


def _value(text: str, offset: int, path: Path, value: Span, *, gap: bool) -> Cursor | None:
    found = _PROPERTIES.match(text, value.start, value.end)
    begin = found.end() if found else value.start
    if offset < begin or begin == value.end:
        # In front of the value, or behind the spaces that a value without text leaves.
        here = Span(offset, offset)
        return Cursor("value", path, here, here, gap=gap)
    if text.startswith(_NO_WORD, begin):
        return None
    quote = text[begin] if text[begin] in ("'", '"') else ""
    stop = value.end
    if quote and offset > begin:
        begin += 1
        closed = stop > begin and text[stop - 1] == quote
        if closed and offset >= stop:
            return None
        stop -= closed
    elif quote:
        return None
    stop = max(stop, offset)
    return Cursor("value", path, Span(begin, offset), Span(begin, stop), quote=quote)


def _path_to(text: str, lines: list[Line], line: Line) -> Path:
    """The path of the value on a line, the last of `lines`."""
    steps, _ = _above(text, lines, line.column, has_key=line.key is not None)
    return (*steps, _name(text, line)) if line.key is not None else tuple(steps)


def _above(
    text: str, lines: list[Line], column: int, *, has_key: bool
) -> tuple[list[str | int], list[str]]:
    """The path of what stands in a column of the last line, and the keys beside it further up."""
    steps: list[str | int] = []
    keys: list[str] = []
    # The dash of the item whose place in its list is being counted; -1 outside an item.
    dash = -1
    for token, name in _upwards(text, lines, skip_key=has_key):
        if name is None and token < column:
            steps.append(0)
            dash = column = token
        elif name is None and token == dash:
            steps[-1] = int(steps[-1]) + 1
        elif name is not None and (token < column or (token == column and dash >= 0)):
            steps.append(name)
            column, dash = token, -1
        elif name is not None and token == column and not steps:
            keys.append(name)
    return steps[::-1], keys


def _upwards(text: str, lines: list[Line], *, skip_key: bool) -> Iterator[tuple[int, str | None]]:
    """Every key with its column, and every dash (a name of None), from the last line upwards."""
    for line in reversed(lines):
        if line.inside or line.blank:
            continue
        if line.indent == 0 and DOCUMENT_MARK.match(text, line.start):
            return
        if line.key is not None and not (skip_key and line is lines[-1]):
            yield line.column, _name(text, line)
        if line.dash >= 0:
            for column in range(line.column - 1, line.dash - 1, -1):
                if text[line.start + column] == "-":
                    yield column, None


def _keys_below(text: str, lines: list[Line], column: int) -> Iterator[str]:
    for line in lines:
        if line.inside or line.blank:
            continue
        edge = line.dash if line.dash >= 0 else line.column
        if edge < column or (edge == column and line.dash < 0 and _is_mark(text, line)):
            return
        if edge == column and line.dash < 0 and line.key is not None:
            yield _name(text, line)


def _is_mark(text: str, line: Line) -> bool:
    return line.indent == 0 and DOCUMENT_MARK.match(text, line.start) is not None


def _name(text: str, line: Line) -> str:
    return text[slice(*line.key)].strip("'\"") if line.key is not None else ""


# Flow style.


def _brackets(
    text: str, lines: list[Line], offset: int
) -> tuple[Line | None, _Scan | None, set[int]]:
    """The line and the scan of the bracket that is open at the caret, if any, and the numbers of
    the lines that begin between brackets; these hold no keys of blocks."""
    skipped: set[int] = set()
    resume = 0
    for line in lines:
        if line.start < resume:
            skipped.add(line.number)
            line.key, line.dash, line.blank = None, -1, True
            continue
        found = _PROPERTIES.match(text, *line.value)
        begin = found.end() if found else line.value[0]
        if line.inside or begin >= offset or text[begin : begin + 1] not in ("{", "["):
            continue
        edge = line.column if line.key else line.dash
        scan = _scan(text, begin, offset, [], edge)
        if scan.end >= offset and not scan.closed:
            return line, scan, skipped
        resume = scan.end
    return None, None, skipped


def _scan(text: str, begin: int, end: int, frames: list[_Frame], edge: int) -> _Scan:
    """Follow brackets from one place to another, or to where they are closed, or to a line of a
    block that is not further in than `edge`: there somebody forgot to close them."""
    scan = _Scan(frames, begin, edge)
    while scan.end < end:
        token = _FLOW.match(text, scan.end, end)
        if token is None:
            scan.end += 1
            continue
        scan.end, word = token.end(), token[0]
        scan.comment = token.start() if token.lastgroup == "comment" else -1
        if token.lastgroup == "mark":
            _mark(scan.frames, word, text)
            if not scan.frames:
                scan.closed = True
                return scan
        elif token.lastgroup in ("quoted", "plain"):
            scan.frames[-1].scalar = Span(*token.span())
        elif token.lastgroup == "space" and word.strip(" \t"):
            indent = len(word) - max(word.rfind("\n"), word.rfind("\r")) - 1
            if indent <= edge and _BLOCK_LINE.match(text, scan.end):
                scan.end, scan.closed = token.start(), True
                return scan
    return scan


def _mark(frames: list[_Frame], mark: str, text: str) -> None:
    if mark in "{[":
        frames.append(_Frame(mark))
        return
    if mark in "}]":
        frames.pop()
        if frames:
            frames[-1].scalar = None
        return
    top = frames[-1]
    if mark == ",":
        top.index, top.key, top.behind_colon = top.index + 1, None, False
    else:
        top.key = text[slice(*top.scalar)].strip("'\"") if top.scalar else ""
        top.keys.append(top.key)
        top.behind_colon = True
    top.scalar = None


def _in_flow(text: str, offset: int, base: Path, scan: _Scan) -> Cursor | None:
    top = scan.frames[-1]
    is_key = top.mark == "{" and not top.behind_colon
    through = scan.frames[:-1] if is_key else scan.frames
    steps = (frame.index if frame.mark == "[" else frame.key or "" for frame in through)
    begin = top.scalar.start if top.scalar else offset
    if top.scalar is not None and top.scalar.end < offset:
        return None
    quote = text[begin : begin + 1] if begin < offset else ""
    quote = quote if quote in ("'", '"') else ""
    if quote and offset > begin + 1 and text[offset - 1] == quote:
        return None
    prefix = Span(begin + len(quote), offset)
    # An editor replaces within a line.
    if not _BREAKS.isdisjoint(text[prefix.start : offset]):
        return None
    stop = _word_end(text, offset, quote)
    behind = stop + (quote != "" and text[stop : stop + 1] == quote)
    has_colon = is_key and text[behind : behind + 1] == ":"
    kind: Kind = "content" if is_key else "value"
    keys: tuple[str, ...] = ()
    if is_key:
        rest = _Frame("{")
        _scan(text, behind, len(text), [rest], scan.edge)
        keys = (*top.keys, *rest.keys[has_colon:])
    gap = top.behind_colon and text[offset - 1] == ":"
    return Cursor(
        kind,
        (*base, *steps),
        prefix,
        Span(prefix.start, stop),
        keys,
        quote=quote,
        has_colon=has_colon,
        gap=gap,
        flow=True,
        closers="".join("}" if one.mark == "{" else "]" for one in reversed(scan.frames)),
    )


def _word_end(text: str, offset: int, quote: str) -> int:
    """Where the word goes on to behind the caret."""
    if quote:
        rest = re.compile(rf"[^{quote}\r\n]*").match(text, offset)
        return rest.end() if rest else offset
    token = _FLOW.match(text, offset)
    return token.end() if token is not None and token.lastgroup == "plain" else offset
