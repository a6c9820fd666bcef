"""An edit keeps the text around it, in any style."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.nodes import Mapping, Node, Sequence
from amp_lint.yaml.reader import read

Change = Callable[[Editor, Node], Edits | None]


def changed(text: str, change: Change) -> str | None:
    """The text after a change of its first key's value, or of the whole where there is none."""
    document = read(Source.from_text(text))
    root = document.root
    assert isinstance(root, Mapping)
    edits = change(Editor(document), root.entries[0].value)
    return None if edits is None else apply(text, edits)


# Several keys at once.


def without(*keys: str) -> Change:
    def change(editor: Editor, node: Node) -> Edits | None:
        assert isinstance(node, Mapping)
        return editor.remove(*(entry for entry in node.entries if entry.name in keys))

    return change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  x: 1\n  k: 2\n  y: 3\n", "a:\n  k: 2\n"),
        ("a:\n  x: 1\n  # x\n  y: 3\n  k: 2\n", "a:\n  k: 2\n"),
        ("a:\n  k: 2\n  x: 1\n  y: 3", "a:\n  k: 2"),
        ("a:\r\n  k: 2\r\n  x: 1\r\n  y: 3", "a:\r\n  k: 2"),
        ("a: {x: 1, k: 2, y: 3}\n", "a: {k: 2}\n"),
        ("a: {k: 2, x: 1, y: 3}\n", "a: {k: 2}\n"),
        ("a: {x: 1, y: 3, k: 2}\n", "a: {k: 2}\n"),
    ],
)
def test_several_keys_are_taken_out_at_once(before: str, after: str) -> None:
    assert changed(before, without("x", "y")) == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a:\n  x: 1\n  y: 2\n", id="nothing would be left"),
        pytest.param("a:\n  x: &n 1\n  k: *n\n", id="used elsewhere"),
        pytest.param("a:\n  k: &n 1\n  x: &o 2\nb: [*o, *n]\n", id="used behind"),
        pytest.param('a:\n  x: 1\n  y: "2\n  k: 3\n', id="incomplete"),
    ],
)
def test_keys_that_are_needed_or_broken_stay(text: str) -> None:
    assert changed(text, without("x", "y")) is None


def test_a_reference_from_within_goes_along() -> None:
    assert changed("a:\n  x: [&n 1, *n]\n  k: 2\n", without("x")) == "a:\n  k: 2\n"


# Scalars in lists.


def wrapped(value: str | None) -> Change:
    def change(editor: Editor, node: Node) -> Edits | None:
        assert isinstance(node, Sequence)
        return editor.wrap(node.items[0], "k", value)

    return change


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a:\n- x # c\n", None, "a:\n- k: x # c\n"),
        ("a:\n- 'x'\n", None, "a:\n- k: 'x'\n"),
        ("a: [x, y]\n", None, "a: [{k: x}, y]\n"),
        ("a:\n- x\n  y\n", None, "a:\n- k: x y\n"),
        ("a:\n- 42\n", None, 'a:\n- k: "42"\n'),
        ("a:\n- k:x\n", "x", "a:\n- k: x\n"),
        ("a: [k:x]\n", "x?", 'a: [{k: "x?"}]\n'),
        ("a:\n- |\n  x\n", None, None),
        ("a:\n- &n x\nb: *n\n", None, None),
    ],
)
def test_an_item_gets_a_key(before: str, value: str | None, after: str | None) -> None:
    assert changed(before, wrapped(value)) == after


# Values.


def test_a_value_between_brackets_gets_the_quotes_it_needs_there() -> None:
    def change(editor: Editor, node: Node) -> Edits | None:
        assert isinstance(node, Mapping)
        return editor.set_value(node.entries[0], "x, y?")

    assert changed("a: {x: ''}\n", change) == "a: {x: 'x, y?'}\n"
    assert changed("a: {x: }\n", change) == 'a: {x: "x, y?" }\n'
    assert changed("a:\n  x:\n", change) == "a:\n  x: x, y?\n"
    assert changed("a:\n  x: ''\n", change) == "a:\n  x: x, y?\n"


def test_a_scalar_over_what_a_syntax_error_blanked_stays() -> None:
    text = "a:\n  x: y\n      - <<: *c\n        k: 1\n"

    def change(editor: Editor, node: Node) -> Edits | None:
        assert isinstance(node, Mapping)
        assert node.incomplete
        return editor.set_text(node.entries[0].value, "w")

    assert changed(text, change) is None
