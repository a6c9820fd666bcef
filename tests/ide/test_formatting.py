"""The layout in an editor: small edits, parts of a text, and the line that is being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.formatter import format_source
from amp_lint.ide.formatting import format_document, format_range, small_edits
from amp_lint.ide.typing_indent import indent_dash, indent_new_line
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

TEXT = """\
integrations:
    -   name:   crm
        read:
            objects:
                -   objectName:   'contact'
                    destination:    hook   # why-so
                - # a-b
                    objectName:  account
                    fields: {a: 1,b: 2}
    -   name:   other
"""


def test_edits_are_small() -> None:
    edits = format_document(Source.from_text(TEXT)).edits
    assert apply(TEXT, edits) == format_source(Source.from_text(TEXT)).text
    assert not any(edit.text.strip(" \n'\"-,") for edit in edits if "#" not in edit.text)


def test_a_text_that_cannot_be_read_has_no_edits() -> None:
    formatting = format_document(Source.from_text("a: [\n"))
    assert formatting.edits == ()
    assert "never closed" in formatting.problem


@pytest.mark.parametrize(
    ("marked", "changed"),
    [
        ("contact", {4: '                -   objectName: "contact"'}),
        ("account", {7: "                    objectName: account"}),
        ("{a", {8: "                    fields: { a: 1, b: 2 }"}),
        ("crm", {1: "    -   name: crm"}),
        ("other", {9: "    -   name: other"}),
    ],
)
def test_a_range_grows_to_an_entry_in_its_column(marked: str, changed: dict[int, str]) -> None:
    start = TEXT.index(marked)
    assert lines_after(Span(start, start + 1)) == changed


def test_a_range_of_several_items() -> None:
    start, end = TEXT.index("contact"), TEXT.index("account")
    assert lines_after(Span(start, end)) == {
        4: '                - objectName: "contact"',
        5: "                  destination: hook # why-so",
        7: "                  objectName: account",
        8: "                  fields: { a: 1, b: 2 }",
    }


def test_a_range_of_everything_is_the_whole_text() -> None:
    source = Source.from_text(TEXT)
    edits = format_range(read(source), Span(0, len(TEXT))).edits
    assert apply(TEXT, edits) == format_source(source).text


def lines_after(span: Span) -> dict[int, str]:
    """The lines that formatting a range changes, by their numbers from 0."""
    edits = format_range(read(Source.from_text(TEXT)), span).edits
    before, after = TEXT.split("\n"), apply(TEXT, edits).split("\n")
    assert len(before) == len(after)
    return {at: new for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}


@given(st.text("ab \n-'\"", max_size=30), st.text("ab \n-'\"", max_size=30))
def test_edits_make_the_one_text_of_the_other(before: str, after: str) -> None:
    assert apply(before, small_edits(before, after)) == after


# The caret is the `|`; what is in front of it on its line is what the editor has put there.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n  |", "a: 1\n|"),
        ("integrations:\n|", "integrations:\n  |"),
        ("integrations:\n  - name: x\n|", "integrations:\n  - name: x\n    |"),
        ("integrations:\n  - name: x\n  |", "integrations:\n  - name: x\n    |"),
        ("i:\n  - name: x\n    read:\n    |", "i:\n  - name: x\n    read:\n      |"),
        ("fields:\n  - a\n    |", "fields:\n  - a\n  |"),
        ("a:\n  -\n|", "a:\n  -\n    |"),
        ("a: |-\n|", "a: |-\n  |"),
        ("a: |-\n    text\n|", "a: |-\n    text\n    |"),
        ("a: &x\n|", "a: &x\n  |"),
        ("  # why\n|", "  # why\n  |"),
        ("a:\n  b: 1 # why\n|", "a:\n  b: 1 # why\n  |"),
        ("a:\n  b: 1\n\n|", "a:\n  b: 1\n\n  |"),
        ("a:\n  b: 1\n\t|", "a:\n  b: 1\n  |"),
        # Between quotes and brackets, and in front of text, nothing is moved.
        ('a: "b\n|', 'a: "b\n|'),
        ("a: [b,\n   |", "a: [b,\n   |"),
        ("a:\n  b: 1\n|c: 2", "a:\n  b: 1\n|c: 2"),
        ("|", "|"),
    ],
)
def test_enter(before: str, after: str) -> None:
    assert typed(indent_new_line, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n-|", "a:\n  -|"),
        ("a:\n  - b\n-|", "a:\n  - b\n  -|"),
        ("a:\n  - b: 1\n    c: 2\n    -|", "a:\n  - b: 1\n    c: 2\n  -|"),
        ("a:\n  - b: 1\n    c:\n-|", "a:\n  - b: 1\n    c:\n      -|"),
        (
            "a:\n  - b:\n      - c: 1\n        d: 2\n   -|",
            "a:\n  - b:\n      - c: 1\n        d: 2\n  -|",
        ),
        (
            "a:\n  - b:\n      - c: 1\n        d: 2\n        -|",
            "a:\n  - b:\n      - c: 1\n        d: 2\n      -|",
        ),
        ("a: 1\n-|", "a: 1\n-|"),
        ("a: x-|", "a: x-|"),
        ("a: |\n  -|", "a: |\n  -|"),
    ],
)
def test_dash(before: str, after: str) -> None:
    assert typed(indent_dash, before) == after


def typed(indent: object, marked: str) -> str:
    """A text with its caret, after the edit of the line that the caret is on."""
    caret = marked.rindex("|")
    text = marked[:caret] + marked[caret + 1 :]
    source = Source.from_text(text)
    assert callable(indent)
    edit = indent(source, source.position(caret).line)
    if edit is None:
        return marked
    assert isinstance(edit, Edit)
    moved = caret + len(edit.text) - (edit.span.end - edit.span.start)
    after = apply(text, [edit])
    return f"{after[:moved]}|{after[moved:]}"
