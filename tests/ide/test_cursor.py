"""What is under the caret (`|` in the texts), in whole and in broken manifests."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint.ide.cursor import Cursor, cursor_at
from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.node_path import Path


def at(marked: str) -> tuple[str, Cursor | None]:
    """The text without its mark, and what is at the mark."""
    offset = marked.index("|")
    text = marked[:offset] + marked[offset + 1 :]
    return text, cursor_at(Source(text), offset)


PLACES = {
    # text: kind, path, prefix, keys elsewhere
    "|": ("content", (), "", ()),
    "spec|": ("content", (), "spec", ()),
    "a: 1\n|": ("content", (), "", ("a",)),
    "a: 1\n|\nb: 2\n": ("content", (), "", ("a", "b")),
    "a: 1\nb|\nc: 2\n": ("content", (), "b", ("a", "c")),
    "a: 1\n|b: 2\nc: 3": ("content", (), "", ("a", "c")),
    "a:\n  |": ("content", ("a",), "", ()),
    "a:\n  b: 1\n  |\n  c: 2\nd: 3": ("content", ("a",), "", ("b", "c")),
    "a:\n  b:\n    c: 1\n  |": ("content", ("a",), "", ("b",)),
    "a:\n  - |": ("content", ("a", 0), "", ()),
    "a:\n  -|": ("content", ("a", 0), "", ()),
    "a:\n- |": ("content", ("a", 0), "", ()),
    "a:\n- b: 1\n  |": ("content", ("a", 0), "", ("b",)),
    "a:\n- b: 1\n|": ("content", (), "", ("a",)),
    "a:\n  - b: 1\n  - c: 2\n    d|\n    e: 3\n  - f: 4": ("content", ("a", 1), "d", ("c", "e")),
    "a:\n  - b:\n      - x: 1\n      - |\n    c: 3": ("content", ("a", 0, "b", 1), "", ()),
    "- - |": ("content", (0, 0), "", ()),
    "a: |": ("value", ("a",), "", ()),
    "a:|": ("value", ("a",), "", ()),
    "a: x|yz # c": ("value", ("a",), "x", ()),
    "a: &b x|": ("value", ("a",), "x", ()),
    'a: "x|': ("value", ("a",), "x", ()),
    "a: 'x|'\nb: 1": ("value", ("a",), "x", ()),
    'a: "open\nb: x|': ("value", ("b",), "x", ()),
    'a:\n  - b: "open\n    c: 1\n    |': ("content", ("a", 0), "", ("c", "b")),
    "a:\n  x|": ("content", ("a",), "x", ()),
    "a: {|": ("content", ("a",), "", ()),
    "a: {b: 1, |, c: 2}\n": ("content", ("a",), "", ("b", "c")),
    "a: {b: 1, x|\nd: 2": ("content", ("a",), "x", ("b",)),
    "a: {b: x|": ("value", ("a", "b"), "x", ()),
    "a: {b:|}": ("value", ("a", "b"), "", ()),
    "a: {b: {c: 1}, |b2: 3}": ("content", ("a",), "", ("b",)),
    "a: [x, |]": ("value", ("a", 1), "", ()),
    "a: [{b: 1}, {c: |": ("value", ("a", 1, "c"), "", ()),
    "a:\n  - {\n    b: 1,\n    |\n  }\n": ("content", ("a", 0), "", ("b",)),
    "{a: |": ("value", ("a",), "", ()),
    "a: [1, 2\nb: |": ("value", ("b",), "", ()),
    "a: '{' # {\nb: |": ("value", ("b",), "", ()),
    "a: 1 # amp:ignore[|": ("rule", (), "", ()),
    "a: 1\n# amp:ignore[x-y, un|, z]": ("rule", (), "un", ("x-y", "z")),
    "# amp:ignore-file[un|]": ("rule", (), "un", ()),
    "# c\n%YAML 1.2\n---\nb: |": ("value", ("b",), "", ()),
    'a: |"x"': ("value", ("a",), "", ()),
    "a:\n  - |  # note": ("content", ("a", 0), "", ()),
    "a:\n  -|   ": ("content", ("a", 0), "", ()),
    "a:\n  - |   ": ("content", ("a", 0), "", ()),
    "a:\n  - b: 1\n - |": ("content", ("a", 1), "", ()),
    "a:\n  - b: 1\n      - c|": ("content", ("a", 1), "c", ()),
    "a:\n  - b: 1\n\t- |": ("content", ("a", 1), "", ()),
    "a:\n  - b: 1\n\tc|": ("content", ("a", 0), "c", ("b",)),
    "a:\n\t|": ("content", ("a",), "", ()),
    "t: >\n  text\n|": ("content", (), "", ("t",)),
}
NOTHING = [
    "# a|",
    "a: 1 # x|",
    "a: 1\n# amp:ignore[x] |",
    "t: >\n  te|",
    "t: >\n  text\n  |",
    't: "one\n  tw|o"',
    "a: {b: 1} |",
    "a: {b: 1 |",
    'a: "x"|',
    "a: 1\n---\nb: |",
    "---\na: 1\n...\nb: |",
    "---\na: 1\n--- {b: |",
    "a:\n  b: 1\n  read\n    |",
    "a:\n  - read\n      ob|",
    "a: {b: 1, # c|",
    "  | a: 1",
]


@pytest.mark.parametrize("marked", PLACES)
def test_the_place_of_the_caret(marked: str) -> None:
    text, cursor = at(marked)
    assert cursor is not None
    found = (cursor.kind, cursor.path, text[slice(*cursor.prefix)], set(cursor.keys))
    kind, path, prefix, keys = PLACES[marked]
    assert found == (kind, path, prefix, set(keys))


@pytest.mark.parametrize("marked", NOTHING)
def test_where_nothing_can_be_completed(marked: str) -> None:
    assert at(marked)[1] is None


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        ("a: x|yz # c", "xyz"),
        ("ab|c: 1", "abc"),
        ("a: 'x|y'", "xy"),
        ("a: {b|c: 1}", "bc"),
        ('a: {b: "x|y", c: 1}', "xy"),
        ("# amp:ignore[un|known, x]", "unknown"),
    ],
)
def test_the_word_goes_on_behind_the_caret(marked: str, word: str) -> None:
    text, cursor = at(marked)
    assert cursor is not None
    assert text[slice(*cursor.word)] == word


@pytest.mark.parametrize(
    ("marked", "meant"),
    [
        # too far in
        ("a: 1\n  b|", "a: 1\nb"),
        ("- a: 1\n     |", "- a: 1\n  "),
        ("- a: *x\n    b|", "- a: *x\n  b"),
        ("- a:\n    |\n      b: 1", "- a:\n      \n      b: 1"),
        ("a:\n      - b: 1\n        # c\n          c|", "a:\n      - b: 1\n        # c\n        c"),
        # too far out
        ("- a: 1\n b|", "- a: 1\n  b"),
        ("a:\n    b:\n        c: 1\n  d|", "a:\n    b:\n        c: 1\n    d"),
        ("a:\n  - b: 1\n d|", "a:\n  - b: 1\n  d"),
        # right as it is
        ("a: 1\nb|", None),
        ("a:\n   b|", None),
        ("a: &x !!map\n   b|", None),
        ("- a: 1\n  b|", None),
        ("a:\n  - b: 1\n  c|", None),
        ("a:\n  - b: 1\nc|", None),
        (" a|", None),
        ("  a: 1\n|", None),
        ("a:\n  - b|", None),
    ],
)
def test_a_line_in_no_column_of_its_block_is_put_there(marked: str, meant: str | None) -> None:
    text, cursor = at(marked)
    assert cursor is not None
    assert (None if cursor.margin is None else apply(text, [cursor.margin])) == meant


@pytest.mark.parametrize(
    ("marked", "path"),
    [
        ("a:\n- b: 1\n|", ("a",)),
        ("a:\n- b:\n  - c: 1\n  |", ("a", 0, "b")),
        ("a:\n- b: 1\n  |", None),
        ("a:\n  - b: 1\n|", None),
        ("a:\n  - b: 1\n  |", None),
        ("a: 1\n|", None),
    ],
)
def test_a_list_may_stand_in_the_column_of_its_key(marked: str, path: Path | None) -> None:
    _, cursor = at(marked)
    assert cursor is not None
    assert cursor.items_of == path


PIECES = st.sampled_from(
    [
        *"{}[],:#'\"-|>&*!\\ \n\r\t",
        "  ",
        "\n  ",
        "- ",
        ": ",
        "a",
        "b: ",
        "amp:ignore[",
        "---\n",
        "é",
    ]
)


@example("{'\n", 3)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40), st.integers(-2, 90))
def test_any_text_and_any_caret_are_borne(text: str, offset: int) -> None:
    cursor = cursor_at(Source(text), offset)
    if cursor is not None:
        caret = cursor.prefix.end
        assert 0 <= cursor.word.start == cursor.prefix.start <= caret <= cursor.word.end
        assert cursor.word.end <= len(text)
        assert "\n" not in text[slice(*cursor.prefix)]
        if cursor.margin is not None:
            # Beside the word and not at the same place, as editors demand.
            start, end = cursor.margin.span
            assert text[start:end].strip(" \t") == ""
            assert end < cursor.prefix.start or start < end <= cursor.prefix.start
