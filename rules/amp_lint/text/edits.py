"""Fixes: edits of the text, and how far they may be trusted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from enum import Enum

from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass


class Applicability(str, Enum):
    """How far a fix can be trusted.

    SAFE: the meaning stays the same, or nothing else can be meant. UNSAFE: a good guess. MANUAL:
    the author must decide or fill something in, so editors and JSON offer the fix and no run
    applies it.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters of `span` become `text`. An empty span inserts, an empty text removes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix for a finding.

    `title` is what a menu shows: an order, such as "Change to `schedule`". `edits` are in the order
    of the text and do not overlap; together they leave a document that parses.
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE

    @property
    def is_safe(self) -> bool:
        """Whether it may be applied without a look."""
        return self.applicability is Applicability.SAFE

    def is_applied(self, *, unsafe: bool) -> bool:
        """Return whether a run that fixes applies it; `unsafe` says whether that takes guesses."""
        return self.is_safe or (unsafe and self.applicability is Applicability.UNSAFE)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, which must not overlap; those at one place in the order given."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*parts, text[at:]))


def without_line(text: str, line: Span) -> Edit:
    """Return the edit that removes a line together with the line break behind it."""
    at = line.end
    line_break = "\r\n" if text.startswith("\r\n", at) else text[at : at + 1]
    return Edit(Span(line.start, at + len(line_break)), "")


def joined(rounds: Iterable[Iterable[Edit]], length: int) -> tuple[Edit, ...]:
    """The edits of several rounds, each of the text that the one before it made, as edits of the
    first text, which has this length."""
    # What the text is made of: pieces of the first one, and what was put between them.
    pieces: list[Span | str] = [Span(0, length)]
    for edits in rounds:
        pieces = list(_edited(deque(pieces), edits))
    found: list[Edit] = []
    at, put = 0, ""
    for piece in (*pieces, Span(length, length)):
        if isinstance(piece, str):
            put += piece
            continue
        if put or piece.start > at:
            found.append(Edit(Span(at, piece.start), put))
        at, put = piece.end, ""
    return tuple(found)


def _edited(pieces: deque[Span | str], edits: Iterable[Edit]) -> Iterator[Span | str]:
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        yield from _taken(pieces, edit.span.start - at)
        deque(_taken(pieces, edit.span.end - edit.span.start), maxlen=0)
        yield edit.text
        at = edit.span.end
    yield from pieces


def _taken(pieces: deque[Span | str], count: int) -> Iterator[Span | str]:
    """Remove a number of characters from the first pieces."""
    while count > 0:
        piece = pieces.popleft()
        size = len(piece) if isinstance(piece, str) else piece.end - piece.start
        if size > count and isinstance(piece, str):
            pieces.appendleft(piece[count:])
            piece = piece[:count]
        elif size > count and isinstance(piece, Span):
            pieces.appendleft(Span(piece.start + count, piece.end))
            piece = Span(piece.start, piece.start + count)
        yield piece
        count -= size
