"""The text stays the client's under any edits, against a reference that knows only code units.

The reference keeps lists of units of the client's encoding, never a string: what a client does that
keeps its buffer so. `AMP_LINT_EDITS` says how many seeded edits are made in each encoding.
"""

from __future__ import annotations

import asyncio
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    PositionEncodingKind,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from amp_language_server.lsp.positions import Positions
from amp_language_server.state.documents import OpenDocuments
from amp_lint.text.source import Source

from .wire import URI

EDITS = int(os.environ.get("AMP_LINT_EDITS", "2000"))
ENCODINGS = tuple(PositionEncodingKind)
# Characters of each width, and those that some library takes for a line break.
PIECES = [
    *("a", "B", " ", ":", "- ", "#", "é", "e\u0301", "\u200d", "\u2028", "\u0085", "🎸", "👩"),
    *("\x0c", "\x0b", "\x1c", "\0", "\n", "\r", "\r\n", "\n\r", "\ufeff", "\uffff", "key: 1\n"),
    "日本",
]
HALVES = ["\ud800", "\udfff"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
Units = list[int]


def encoded(text: str, encoding: PositionEncodingKind) -> Units:
    """The code units of a text."""
    if encoding is PositionEncodingKind.Utf32:
        return [ord(one) for one in text]
    if encoding is PositionEncodingKind.Utf8:
        return list(text.encode("utf-8", "surrogatepass"))
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[at] | raw[at + 1] << 8 for at in range(0, len(raw), 2)]


def units_of(text: str, encoding: PositionEncodingKind) -> list[Units]:
    """The code units of each character."""
    return [encoded(one, encoding) for one in text]


def place(units: list[Units], position: Position) -> int:
    """The index of the character that a position is in front of or inside of."""
    line, at = 0, 0
    while line < position.line:
        if at == len(units):
            return at
        crlf = units[at] == [13] and units[at + 1 : at + 2] == [[10]]
        line += units[at] in ([10], [13])
        at += 1 + crlf
    left = position.character
    while at < len(units) and units[at] not in ([10], [13]) and len(units[at]) <= left:
        left -= len(units[at])
        at += 1
    return at


def reference(units: list[Units], range_: Range, new: list[Units]) -> list[Units]:
    start, end = place(units, range_.start), place(units, range_.end)
    return units[:start] + new + units[max(start, end) :]


def drawn(rng: random.Random, lines: int) -> Position:
    """A position inside the text, or a little or far past it."""
    line = rng.randrange(lines + 2) if rng.random() < 0.98 else 2**31 - 1
    return Position(line, rng.choice((0, 1, 2, 3, 5, 8, 13, rng.randrange(40), 2**31 - 1)))


def text_drawn(rng: random.Random, encoding: PositionEncodingKind) -> str:
    pieces = PIECES + HALVES if encoding is PositionEncodingKind.Utf16 else PIECES
    text = "".join(rng.choices(pieces, k=rng.choice((0, 0, 1, 1, 2, 5))))
    # As JSON would be read.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def flat(units: list[Units]) -> Units:
    return [one for character in units for one in character]


def joined(units: list[Units], encoding: PositionEncodingKind) -> list[Units]:
    """Join two halves of a surrogate pair to one character for clients that count in UTF-16;
    other clients have no halves."""
    if encoding is not PositionEncodingKind.Utf16:
        return units
    found: list[Units] = []
    for one in units:
        if found and len(found[-1]) == len(one) == 1 and _is_pair(found[-1][0], one[0]):
            found[-1] = found[-1] + one
        else:
            found.append(one)
    return found


def _is_pair(first: int, second: int) -> bool:
    return 0xD800 <= first < 0xDC00 <= second < 0xE000


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_seeded_edits_give_the_text_of_the_reference(encoding: PositionEncodingKind) -> None:
    asyncio.run(edit(encoding, EDITS))


async def edit(encoding: PositionEncodingKind, count: int) -> None:
    rng = random.Random(f"edits in {encoding.value}")
    session = OpenDocuments(lambda _: None, encoding)
    session.open(URI, 0, "")
    units: list[Units] = []
    made = version = 0
    while made < count:
        version += 1
        changes: list[
            TextDocumentContentChangePartial | TextDocumentContentChangeWholeDocument
        ] = []
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            new = text_drawn(rng, encoding)
            if rng.random() < 0.005 or len(units) > 400:
                changes.append(TextDocumentContentChangeWholeDocument(new))
                units = units_of(new, encoding)
            else:
                lines = sum(one in ([10], [13]) for one in units) + 1
                range_ = Range(drawn(rng, lines), drawn(rng, lines))
                changes.append(TextDocumentContentChangePartial(range=range_, text=new))
                units = reference(units, range_, units_of(new, encoding))
            units = joined(units, encoding)
            made += 1
        session.change(URI, version, changes)
        document = session.document(URI)
        assert document is not None
        assert document.version == version
        text = document.source.marked_text
        assert encoded(text, encoding) == flat(units), (made, changes)
        if version % 64 == 0:
            await asyncio.sleep(0)
    session.close(URI)
    await asyncio.sleep(0)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(
    text=TEXTS,
    new=TEXTS,
    numbers=st.tuples(*[st.integers(0, 14)] * 4),
)
def test_any_edit_gives_the_text_of_the_reference(
    encoding: PositionEncodingKind, text: str, new: str, numbers: tuple[int, int, int, int]
) -> None:
    first, start, last, end = numbers
    range_ = Range(Position(first, start), Position(last, end))
    change = TextDocumentContentChangePartial(range=range_, text=new)
    changed = OpenDocuments(lambda _: None, encoding)._changed(text, change)
    units = joined(units_of(text, encoding), encoding)
    expected = joined(reference(units, range_, units_of(new, encoding)), encoding)
    assert encoded(changed, encoding) == flat(expected)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=st.integers(0, 14), character=st.integers(0, 40))
def test_a_position_and_its_offset_are_one(
    encoding: PositionEncodingKind, text: str, line: int, character: int
) -> None:
    positions = Positions(Source(text), encoding)
    asked = Position(line, character)
    offset = positions.offset(asked)
    # Of all positions that mean this offset, the one that is given is the last not beyond.
    given_back = positions.position(offset)
    assert positions.offset(given_back) == offset
    assert given_back <= asked
    assert positions.offset(Position(given_back.line, given_back.character)) == offset


@pytest.mark.parametrize(
    ("encoding", "inside"),
    [
        (PositionEncodingKind.Utf8, (2, 3, 4)),
        (PositionEncodingKind.Utf16, (2,)),
        (PositionEncodingKind.Utf32, ()),
    ],
)
def test_inside_a_character_is_in_front_of_it(
    encoding: PositionEncodingKind, inside: tuple[int, ...]
) -> None:
    positions = Positions(Source("a🎸b"), encoding)
    for character in inside:
        assert positions.offset(Position(0, character)) == 1
    assert positions.offset(Position(0, 1 + len(encoded("🎸", encoding)))) == 2
