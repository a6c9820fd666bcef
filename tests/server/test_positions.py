"""Offsets and positions, against a reference that counts one character at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, TextDocumentContentChangePartial

from amp_language_server.lsp.positions import Positions
from amp_language_server.state.documents import OpenDocuments
from amp_lint.text.source import Source, Span

ENCODINGS = {
    PositionEncodingKind.Utf8: lambda c: len(c.encode()),
    PositionEncodingKind.Utf16: lambda c: len(c.encode("utf-16-le")) // 2,
    PositionEncodingKind.Utf32: len,
}
TEXTS = st.text("ab é🎸\u2028\u0085\x0c\n\r", max_size=30)


def lines(text: str) -> list[str]:
    """The lines with their breaks, as the protocol tells them apart."""
    found, at = [""], 0
    while at < len(text):
        size = 2 if text.startswith("\r\n", at) else 1
        found[-1] += text[at : at + size]
        if text[at] in "\r\n":
            found.append("")
        at += size
    return found


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_an_offset_has_the_position_that_counting_gives(
    encoding: PositionEncodingKind, text: str, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n" and offset:
        return  # no position lies inside a line break
    before = lines(text[:offset])
    units = sum(map(ENCODINGS[encoding], before[-1]))
    positions = Positions(Source(text), encoding)
    assert positions.position(offset) == Position(len(before) - 1, units)
    assert positions.offset(Position(len(before) - 1, units)) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=st.integers(0, 40), character=st.integers(0, 90))
def test_a_position_anywhere_gives_an_offset_of_its_line(
    encoding: PositionEncodingKind, text: str, line: int, character: int
) -> None:
    offset = Positions(Source(text), encoding).offset(Position(line, character))
    whole = lines(text)
    if line >= len(whole):
        assert offset == len(text)
        return
    start = sum(map(len, whole[:line]))
    end = start + len(whole[line].rstrip("\r\n"))
    assert start <= offset <= end
    units = sum(map(ENCODINGS[encoding], text[start:offset]))
    assert units <= character
    assert offset == end or units + ENCODINGS[encoding](text[offset]) > character


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_byte_order_mark_is_counted_in_the_first_line(encoding: PositionEncodingKind) -> None:
    positions = Positions(Source.from_text("\ufeffab\nc"), encoding)
    units = ENCODINGS[encoding]("\ufeff")
    assert positions.position(1) == Position(0, units + 1)
    assert positions.offset(Position(0, units + 1)) == 1
    assert positions.position(3) == Position(1, 0)


EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), TEXTS), max_size=12)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, edits=EDITS)
def test_the_text_stays_that_of_the_client(
    encoding: PositionEncodingKind, text: str, edits: list[tuple[int, int, str]]
) -> None:
    session = OpenDocuments(lambda _: None, encoding)
    for start, end, new in edits:
        first, last = sorted((start % (len(text) + 1), end % (len(text) + 1)))
        client = Positions(Source(text), encoding)
        if any(at > 0 and text[at - 1 : at + 1] == "\r\n" for at in (first, last)):
            continue
        range_ = client.range(Span(first, last))
        change = TextDocumentContentChangePartial(range=range_, text=new)
        wanted = text[:first] + new + text[last:]
        assert session._changed(text, change) == wanted
        text = wanted
