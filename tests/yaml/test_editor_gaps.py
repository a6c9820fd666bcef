"""Edits where there is nothing yet, and where a syntax error cut something out."""

from __future__ import annotations

import pytest

from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.nodes import Entry, Mapping, Node, Sequence
from amp_lint.yaml.reader import read


def editor_of(text: str) -> tuple[Editor, Mapping]:
    document = read(Source.from_text(text))
    root = document.root
    return Editor(document), root if isinstance(root, Mapping) else Mapping(0, 0)


def entry(node: Node, *keys: str) -> Entry:
    found: Entry | None = None
    for key in keys:
        assert isinstance(node, Mapping)
        found = node.find(key)
        assert found is not None
        node = found.value
    assert found is not None
    return found


def fixed(text: str, edits: Edits | None) -> str | None:
    return None if edits is None else apply(text, edits)


# The first item of an empty list.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: []\n", "a:\n  b:\n    - x: 1\n"),
        ("a:\n    b: [ ] # c\nd: 1\n", "a:\n    b: # c\n        - x: 1\nd: 1\n"),
        ("c:\n- 1\na:\n  b:   []", "c:\n- 1\na:\n  b:\n  - x: 1"),
        ("a:\r\n  b: []\r\nd: 1\r\n", "a:\r\n  b:\r\n    - x: 1\r\nd: 1\r\n"),
        ("a:\n  b: []# c\n", "a:\n  b: # c\n    - x: 1\n"),
        ("a: {b: []}\n", "a: {b: [{x: 1}]}\n"),
        ("a:\n  b: &n []\n", "a:\n  b: &n [{x: 1}]\n"),
        ("a:\n  b: [ # c\n  ]\n", "a:\n  b: [{x: 1} # c\n  ]\n"),
    ],
)
def test_an_empty_list_in_a_block_becomes_a_block(before: str, after: str) -> None:
    editor, root = editor_of(before)
    edits = editor.append(entry(root, "a", "b").value, {"x": 1})
    assert fixed(before, edits) == after


# The first key of a document.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "k: v\n"),
        ("# c", "# c\nk: v\n"),
        ("# c\n---\n", "# c\n---\nk: v\n"),
        ("--- # c\n", None),
        ("---\n...\n", None),
        ("---\n---\na: 1\n", None),
        ("~\n", None),
    ],
)
def test_a_document_that_holds_nothing_gets_a_key_at_its_end(
    before: str, after: str | None
) -> None:
    editor, _ = editor_of(before)
    assert fixed(before, editor.insert_at_top("k", "v")) == after


# Where a syntax error cut something out.


def test_an_entry_that_lost_something_is_not_removed() -> None:
    text = "a: 1\nb:\n  c: 1\n  d: 'x' y\ne: 1\n"
    editor, root = editor_of(text)
    assert not root.incomplete
    assert editor.remove(entry(root, "b")) is None
    assert fixed(text, editor.remove(entry(root, "e"))) == text.removesuffix("e: 1\n")


def test_an_entry_of_an_incomplete_mapping_is_not_removed() -> None:
    editor, root = editor_of("a: 1\nb: 2\nc: 'x' y\n")
    assert root.incomplete
    assert editor.remove(entry(root, "b")) is None


def test_a_scalar_that_reaches_across_a_gap_is_not_rewritten() -> None:
    text = 'a: 1.0\n  - b: "c\n    d: e\n'
    editor, root = editor_of(text)
    node = entry(root, "a").value
    assert "\n" in text[node.start : node.end]
    assert editor.set_text(node, "x") is None


def test_a_comment_that_touches_the_quote_stays_one() -> None:
    editor, root = editor_of('a: "30"# days\n')

    assert fixed('a: "30"# days\n', editor.set_data(entry(root, "a").value, 30)) == "a: 30 # days\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {b , c: 1}\n", "a: {b: x , c: 1}\n"),
        ("a: {c: 1, b}\n", "a: {c: 1, b: x}\n"),
        ("a: {'b', c: 1}\n", "a: {'b': x, c: 1}\n"),
        ("a: {? b , c: 1}\n", None),
        ("a:\n  ? b\n", None),
    ],
)
def test_a_key_that_stands_alone_gets_its_colon_too(before: str, after: str | None) -> None:
    editor, root = editor_of(before)

    assert fixed(before, editor.set_value(entry(root, "a", "b"), "x")) == after


@pytest.mark.parametrize("pair", ["b: 1", "? {b: 1}", "? b : 1"])
def test_a_pair_without_braces_gets_no_key(pair: str) -> None:
    editor, root = editor_of(f"a: [{pair}]\n")
    listed = entry(root, "a").value
    assert isinstance(listed, Sequence)

    assert editor.insert(listed.items[0], "c", 1) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: |-\n    1\n", "a:\n  b: 2"),
        ("a:\n  b: # c\n    |-\n    1\n", "a:\n  b: # c\n    2"),
        ("a:\n  b: # c\n  |2-\nd: 1\n", None),
    ],
)
def test_nothing_takes_the_place_of_a_block_scalar_below_its_key(
    before: str, after: str | None
) -> None:
    editor, root = editor_of(before)

    edited = fixed(before, editor.set_data(entry(root, "a", "b").value, 2))

    assert (edited and edited.rstrip()) == after
