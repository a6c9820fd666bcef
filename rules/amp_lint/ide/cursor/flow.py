"""The caret between brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from amp_lint.ide.cursor.lines import first_outside_quote
from amp_lint.ide.cursor.model import Cursor, CursorKind
from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.text.source import Source, Span
from amp_lint.yaml.node_path import Path

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>(?<!\S)\#[^\r\n]*)
    |(?P<quoted>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)
    |(?P<mark>[][{},]|:(?=[\s\[\]{},]|\Z))
    |(?P<plain>(?:[^\s\[\]{},:]|:(?![\s\[\]{},]|\Z)|[ \t]+(?=[^\s\[\]{},\#:]))+)
    """,
    re.X | re.S,
)
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_BLOCK_LINE = re.compile(r"-[ \t]|[\w\"']+:(?:\s|\Z)")
_BREAKS = frozenset("\r\n")
# What follows a closing quote; anything else shows that the quote opens the next text.
_CLOSED = re.compile(r"[ \t]*(?:[,\[\]{}:#\r\n]|\Z)")


@dataclass(slots=True)
class _Bracket:
    """An open bracket: its mark, what was read in it, and the last scalar."""

    mark: str
    key: str | None = None
    index: int = 0
    keys: list[str] = field(default_factory=list)
    scalar: Span | None = None
    behind_colon: bool = False


@dataclass(slots=True)
class Scan:
    """The brackets that are open at `end`, where the scan stopped.

    `edge` is the column that the brackets may not leave, `comment` the start of the comment in
    which the scan stopped (-1 without one), `closed` that all brackets were closed before.
    """

    brackets: list[_Bracket]
    end: int
    edge: int
    comment: int = -1
    closed: bool = False


def block_lines(text: str) -> list[Line] | None:
    """Return all lines of a text; those between brackets are blank.

    None if a quote is not closed within its block, or a bracket is not closed at all.
    """
    lines = split_lines(text, Source(text).line_starts)
    lines = lines[: -1 if lines[-1].start == lines[-1].end else None]
    if first_outside_quote(lines, 0) is not None:
        return None
    opener, _, _ = open_brackets(text, lines, len(text))
    return lines if opener is None else None


def open_brackets(
    text: str, lines: list[Line], offset: int
) -> tuple[Line | None, Scan | None, set[int]]:
    """Find the brackets that are open at an offset.

    Return the line on which the outermost one opens, the scan up to the offset, and the numbers of
    the lines that begin between brackets; these are made blank, since they hold no block keys.
    """
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


def flow_cursor(text: str, offset: int, base: Path, scan: Scan) -> Cursor | None:
    """Return the cursor between brackets; `base` is the path of the outermost bracket."""
    top = scan.brackets[-1]
    is_key = top.mark == "{" and not top.behind_colon
    word = _word_at(text, offset, top, is_key=is_key)
    if word is None:
        return None
    keys: tuple[str, ...] = ()
    if is_key:
        rest = _Bracket("{")
        _scan(text, word.behind, len(text), [rest], scan.edge)
        keys = (*top.keys, *rest.keys[word.has_colon :])
    through = scan.brackets[:-1] if is_key else scan.brackets
    steps = (one.index if one.mark == "[" else one.key or "" for one in through)
    kind: CursorKind = "content" if is_key else "value"
    return Cursor(
        kind,
        (*base, *steps),
        Span(word.start, offset),
        Span(word.start, word.stop),
        keys,
        quote=word.quote,
        unclosed=word.unclosed,
        has_colon=word.has_colon,
        gap=top.behind_colon and text[offset - 1] == ":",
        comment_follows=text[word.stop : word.stop + 1] == "#",
        flow=True,
        closers="".join("}" if one.mark == "{" else "]" for one in reversed(scan.brackets)),
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """The word under the caret, without its quotes; `behind` is the end with the closing quote."""

    start: int
    stop: int
    behind: int
    quote: str
    unclosed: bool
    has_colon: bool


def _word_at(text: str, offset: int, bracket: _Bracket, *, is_key: bool) -> _Word | None:
    begin = bracket.scalar.start if bracket.scalar else offset
    if bracket.scalar is not None and bracket.scalar.end < offset:
        return None
    quote = text[begin : begin + 1] if begin < offset else ""
    quote = quote if quote in ("'", '"') else ""
    if quote and offset > begin + 1 and text[offset - 1] == quote:
        return None
    start = begin + len(quote)
    # An editor replaces within one line only.
    if not _BREAKS.isdisjoint(text[start:offset]):
        return None
    stop = _quoted_end(text, offset, quote) if quote else _plain_end(text, begin, offset)
    closed = quote != "" and text[stop : stop + 1] == quote and bool(_CLOSED.match(text, stop + 1))
    if quote and not closed:
        # The rest of the line is not part of the name.
        stop = _unquoted_end(text, offset)
    behind = stop + closed
    has_colon = is_key and text[behind : behind + 1] == ":"
    if is_key and closed and not has_colon:
        # The colon belongs behind the quote, so the quote is written again.
        stop, closed = behind, False
    return _Word(start, stop, behind, quote, quote != "" and not closed, has_colon)


def _quoted_end(text: str, offset: int, quote: str) -> int:
    """Return where the quoted text around the caret ends on its line."""
    rest = re.compile(rf"[^{quote}\r\n]*").match(text, offset)
    return rest.end() if rest else offset


def _unquoted_end(text: str, offset: int) -> int:
    """Return where a word ends whose quote is not closed."""
    rest = re.compile(r"[^\s,\[\]{}'\"]*").match(text, offset)
    return rest.end() if rest else offset


def _plain_end(text: str, begin: int, offset: int) -> int:
    """Return where the word around the caret ends; quotes belong to it if it begins with one."""
    token = _TOKEN.match(text, offset)
    if token is None or (token.lastgroup == "quoted" and begin < offset):
        return offset
    if token.lastgroup == "quoted":
        return token.end() if _BREAKS.isdisjoint(token[0]) else offset
    return token.end() if token.lastgroup == "plain" else offset


def _scan(text: str, begin: int, end: int, brackets: list[_Bracket], edge: int) -> Scan:
    """Follow brackets from one offset to another, or to where they are closed.

    They also end at a line of a block that is not indented more than `edge`, because the author
    forgot to close them.
    """
    scan = Scan(brackets, begin, edge)
    while scan.end < end:
        token = _TOKEN.match(text, scan.end, end)
        if token is None:
            scan.end += 1
            continue
        scan.end, word = token.end(), token[0]
        scan.comment = token.start() if token.lastgroup == "comment" else -1
        if token.lastgroup == "mark":
            _mark(scan.brackets, word, text)
            if not scan.brackets:
                scan.closed = True
                return scan
        elif token.lastgroup in ("quoted", "plain"):
            scan.brackets[-1].scalar = Span(*token.span())
        elif token.lastgroup == "space" and word.strip(" \t"):
            indent = len(word) - max(word.rfind("\n"), word.rfind("\r")) - 1
            if indent <= edge and _BLOCK_LINE.match(text, scan.end):
                scan.end, scan.closed = token.start(), True
                return scan
    return scan


def _mark(brackets: list[_Bracket], mark: str, text: str) -> None:
    if mark in "{[":
        brackets.append(_Bracket(mark))
        return
    if mark in "}]":
        brackets.pop()
        if brackets:
            brackets[-1].scalar = None
        return
    top = brackets[-1]
    if mark == ",":
        top.index, top.key, top.behind_colon = top.index + 1, None, False
    else:
        top.key = text[slice(*top.scalar)].strip("'\"") if top.scalar else ""
        top.keys.append(top.key)
        top.behind_colon = True
    top.scalar = None
