"""An entry that is removed takes the comment that belongs to it along, and no other."""

from __future__ import annotations

import pytest

from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.editor import Editor
from amp_lint.yaml.nodes import Mapping, Sequence
from amp_lint.yaml.reader import read


def without(text: str) -> str | None:
    """The text without the item `x`, or the key `x`, of the first key's value."""
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    value = document.root.entries[0].value
    editor = Editor(document)
    if isinstance(value, Sequence):
        (item,) = (one for one in value.items if text[one.start : one.end] == "x")
        edits = editor.remove_item(item)
    else:
        assert isinstance(value, Mapping)
        (entry,) = (one for one in value.entries if one.name == "x")
        edits = editor.remove(entry)
    return None if edits is None else apply(text, edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Directly above, in the same column.
        ("a:\n  - k\n  # of x\n  - x\n  # of y\n  - y\n", "a:\n  - k\n  # of y\n  - y\n"),
        ("a:\n  - k\n  # of\n  # x\n  - x\n", "a:\n  - k\n"),
        ("a:\n  # of x\n  - x\n  - y\n", "a:\n  - y\n"),
        ("a:\n  k: 1\n  # of x\n  x: 2\n  y: 3\n", "a:\n  k: 1\n  y: 3\n"),
        ("a:\r\n  k: 1\r\n  # of x\r\n  x: 2\r\n", "a:\r\n  k: 1\r\n"),
        ("a:\n  k: 1\n  # of x\n  x: 2", "a:\n  k: 1"),
        ("a:\n  - k\n  # amp:ignore[some-rule]\n  - x\n", "a:\n  - k\n"),
        # At the end of the line.
        ("a:\n  - k # of k\n  - x # of x\n", "a:\n  - k # of k\n"),
        # Others stay: behind a blank line, in another column, for the whole file.
        ("a:\n  - k\n  # rest\n\n  - x\n  - y\n", "a:\n  - k\n  # rest\n\n  - y\n"),
        ("a:\n  - k\n    # of k\n  - x\n", "a:\n  - k\n    # of k\n"),
        ("a:\n  - k\n# top\n  - x\n", "a:\n  - k\n# top\n"),
        ("a:\n  - k\n  # rest\n\n  # of x\n  - x\n", "a:\n  - k\n  # rest\n\n"),
        ("a:\n  k: 1\n  # amp:ignore-file\n  x: 2\n", "a:\n  k: 1\n  # amp:ignore-file\n"),
    ],
)
def test_comments_around_a_removed_entry(before: str, after: str) -> None:
    assert without(before) == after
