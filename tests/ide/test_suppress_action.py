"""The place and the text of a comment that suppresses a finding."""

from __future__ import annotations

import pytest

from amp_lint.ide.suppress_action import SuppressAction
from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read


def suppressed(text: str, at: str, rule: str = "unknown-key") -> str:
    document = read(Source.from_text(text))
    edits = SuppressAction(document).edits(rule, text.index(at))
    assert edits is not None
    return apply(text, edits)


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("a:\n  b: 1\n", "b", "a:\n  # amp:ignore[unknown-key]\n  b: 1\n"),
        ("a:\n  - b: 1", "b", "a:\n  # amp:ignore[unknown-key]\n  - b: 1"),
        ("a: 1\r\nb: 2\r\n", "b", "a: 1\r\n# amp:ignore[unknown-key]\r\nb: 2\r\n"),
        ("a: 1\rb: 2", "b", "a: 1\r# amp:ignore[unknown-key]\rb: 2"),
        ("{a: 1,\n b: 2}", "b", "{a: 1,\n # amp:ignore[unknown-key]\n b: 2}"),
        ("a: one\n  two\n", "two", "# amp:ignore[unknown-key]\na: one\n  two\n"),
        ("a:\n  'one\n  two'\n", "two", "# amp:ignore[unknown-key]\na:\n  'one\n  two'\n"),
        ("a: |\n  one\n  two\n", "two", "# amp:ignore[unknown-key]\na: |\n  one\n  two\n"),
        ('["a\n b", "c\n d"]', "d", '# amp:ignore[unknown-key]\n["a\n b", "c\n d"]'),
        ("a: |\n  one\nb: 2\n", "b", "a: |\n  one\n# amp:ignore[unknown-key]\nb: 2\n"),
    ],
)
def test_a_comment_stands_above_what_it_is_about(text: str, at: str, expected: str) -> None:
    assert suppressed(text, at) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# amp:ignore[x]\na: 1\n", "# amp:ignore[x, unknown-key]\na: 1\n"),
        ("# amp:ignore[ x, ]\n# why\na: 1\n", "# amp:ignore[ x, unknown-key, ]\n# why\na: 1\n"),
        ("# amp:ignore[]\na: 1\n", "# amp:ignore[unknown-key]\na: 1\n"),
        ("a: 1 # amp:ignore[x]\n", "a: 1 # amp:ignore[x, unknown-key]\n"),
        ("{a: 1} # amp:ignore[x] why", "{a: 1} # amp:ignore[x, unknown-key] why"),
    ],
)
def test_a_comment_that_is_there_takes_the_id_into_its_list(before: str, after: str) -> None:
    assert suppressed(before, "a: 1") == after


@pytest.mark.parametrize(
    "text",
    [
        "# amp:ignore\na: 1\n",
        "# amp:ignore-file[x]\na: 1\n",
        "# amp:ignore[x\na: 1\n",
        "# amp:ignore[x]\n\na: 1\n",
        "# amp:ignore[x]\nb: 1\na: 1\n",
    ],
)
def test_a_comment_without_a_list_or_about_something_else_is_left(text: str) -> None:
    assert suppressed(text, "a: 1") == text.replace("a: 1", "# amp:ignore[unknown-key]\na: 1")


def test_where_the_file_has_its_comments_behind_the_new_one_goes_there_too() -> None:
    text = "b: 1 # amp:ignore[x]\na: 1\n"
    assert suppressed(text, "a: 1") == text.replace("a: 1", "a: 1 # amp:ignore[unknown-key]")


@pytest.mark.parametrize("taken", ["a: 1 # one", "a: one\n  two", "a: |\n  one", "a: 'x\n  y'"])
def test_nothing_is_written_behind_a_line_that_takes_no_comment(taken: str) -> None:
    text = f"b: 1 # amp:ignore[x]\n{taken}\n"
    assert suppressed(text, "a: ") == text.replace("a: ", "# amp:ignore[unknown-key]\na: ")


@pytest.mark.parametrize("rule", ["yaml-syntax", "yaml-unsupported"])
def test_what_keeps_the_file_from_being_read_is_never_suppressed(rule: str) -> None:
    assert SuppressAction(read(Source.from_text("a: 1"))).edits(rule, 0) is None
