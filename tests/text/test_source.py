"""Text, offsets and lines: a source counts code points, in any encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint.text.source import Position, Source, Span
from amp_lint.yaml.reader import read

PIECES = ("a", "é", "e\u0301", "\U0001f680", "\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\t")
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def naive_lines(text: str) -> list[tuple[int, str, str]]:
    """(offset, content, line break) of each line, read character by character."""
    lines, start, at = [], 0, 0
    while at < len(text):
        two = text[at : at + 2]
        mark = "\r\n" if two == "\r\n" else text[at] if text[at] in "\r\n" else ""
        if mark:
            lines.append((start, text[start:at], mark))
            start = at + len(mark)
        at += len(mark) or 1
    lines.append((start, text[start:], ""))
    return lines


@given(texts)
@example("")
@example("\r")
@example("\r\r\n\n\r")
def test_lines_are_those_of_a_naive_reading(text: str) -> None:
    source = Source.from_text(text)
    lines = naive_lines(text)
    assert source.line_starts == [start for start, _, _ in lines]
    for number, (start, content, mark) in enumerate(lines, 1):
        assert source.line_span(number) == Span(start, start + len(content))
        for offset in range(start, start + len(content) + len(mark)):
            assert source.position(offset) == Position(number, offset - start + 1)


@given(texts)
def test_the_end_of_the_text_has_a_position(text: str) -> None:
    start, content, _ = naive_lines(text)[-1]
    expected = Position(len(naive_lines(text)), len(content) + 1)
    assert Source.from_text(text).position(start + len(content)) == expected


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_lf_cr_and_crlf_end_a_line(character: str) -> None:
    source = Source.from_text(f"a{character}b\nc")
    assert source.line_starts == [0, 4]
    assert source.position(2) == (1, 3)


def test_a_line_of_blanks_keeps_them() -> None:
    source = Source.from_text("a \t\u2028 \r\n")
    assert source.text[slice(*source.line_span(1))] == "a \t\u2028 "


def test_a_byte_order_mark_is_set_aside() -> None:
    source = Source.from_bytes(b"\xef\xbb\xbfname: x\n")
    assert (source.text, source.bom, source.blemishes) == ("name: x\n", True, ())
    assert Source.from_text("\ufeffname: x\n") == source


def test_only_one_byte_order_mark_is_set_aside() -> None:
    source = Source.from_text("\ufeff\ufeffa")
    assert source.text == "\ufeffa"


def test_a_byte_order_mark_within_is_a_character() -> None:
    """libyaml's reader takes U+FEFF anywhere."""
    source = Source.from_text("a: \ufeffb")
    assert (source.text, source.blemishes) == ("a: \ufeffb", ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_told(encoding: str) -> None:
    data = "\ufeffname: \U0001f680\n".encode(encoding)
    source = Source.from_bytes(data.removeprefix(b"\xff\xfe\xff\xfe"[: 2 * (encoding == "utf-16")]))
    assert source.text == "name: \U0001f680\n"
    assert [(b.kind, b.span) for b in source.blemishes] == [("utf-16", Span(0, 1))]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xfe\xff", b"\xff\xfea", b"\xff\xfe\x00\xd8"])
def test_broken_utf_16_is_no_reason_to_raise(data: bytes) -> None:
    source = Source.from_bytes(data)
    assert source.blemishes[0].kind == "utf-16"
    assert source.blemishes[0].span.end <= len(source.text)


def test_utf_16_without_a_mark_is_full_of_nul() -> None:
    source = Source.from_bytes("name: x".encode("utf-16-le"))
    assert [(b.kind, b.span, b.what) for b in source.blemishes] == [("control", (1, 2), "U+0000")]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_latin_1_is_pointed_at(mark: bytes) -> None:
    source = Source.from_bytes(mark + "a: ü\nb: caf".encode() + b"\xe9: \xe8\n")
    blemish = source.blemishes[0]
    assert (blemish.kind, blemish.what) == ("encoding", "0xE9")
    assert source.position(blemish.span.start) == (2, 7)
    assert source.text[slice(*blemish.span)] == "\ufffd"
    assert source.bom is bool(mark)


@given(st.binary(max_size=40))
@example(b"\xef\xbb")
@example(b"\xef\xbb\xbf\xff")
@example("a\U0001f680".encode()[:-1])
def test_no_bytes_raise(data: bytes) -> None:
    source = Source.from_bytes(data)
    readable = source.readable_text()
    assert len(readable) == len(source.text)
    for blemish in source.blemishes:
        assert 0 <= blemish.span.start <= blemish.span.end <= len(source.text)
    if not source.blemishes:
        assert readable == source.text
        assert source.text.encode() == data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\x80", chr(0xD800), chr(0xDFFF), "\ufffe", "\uffff"],
)
def test_unreadable_characters_are_replaced_one_for_one(character: str) -> None:
    source = Source.from_text(f"a: x{character}y{character}\nb: z\n")
    assert [(b.kind, b.span) for b in source.blemishes] == [("control", Span(4, 5))]
    assert source.blemishes[0].what == f"U+{ord(character):04X}"
    assert source.readable_text() == "a: x\ufffdy\ufffd\nb: z\n"
    document = read(source)
    assert [fault.kind for fault in document.faults] == ["unsupported"]
    assert document.whole


@pytest.mark.parametrize(
    "character", ["\t", "\x85", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U0010ffff"]
)
def test_readable_characters_stay(character: str) -> None:
    source = Source.from_text(f"a: 'x{character}y'\n")
    assert source.blemishes == ()
    assert source.readable_text() is source.text


def test_a_file_is_read_as_bytes(tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(b"a: 1\r\nb: 2\rc: 3\n")
    source = Source.from_file(str(file))
    assert source.text == "a: 1\r\nb: 2\rc: 3\n"
    assert source.path == str(file)
    with pytest.raises(OSError, match="missing"):
        Source.from_file(str(tmp_path / "missing.yaml"))
