"""The layout of the formatter, what it leaves alone, and that it changes nothing but layout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.formatter import FormatError, Formatted, format_source, format_text
from amp_lint.linter.engine import lint
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Scalar, walk
from amp_lint.yaml.reader import read

from .layouts import manifest

# How many random layouts a run tries; a long run before a release sets more.
LAYOUTS = int(os.environ.get("AMP_LINT_LAYOUTS", "150"))

LONG = "The name of the field that your product delivers to the customers who have connected it"
ITEMS = "[first-name, last-name, company-name, phone-number, postal-address, birthday, age]"

# A text, and the same in the layout of Prettier 3.10.1.
PRETTIER = {
    "indentation": (
        "a:\n    - b: 1\n      c:\n          d: 2\n",
        "a:\n  - b: 1\n    c:\n      d: 2\n",
    ),
    "dashes below their key": ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
    "a dash on a line of its own": ("a:\n  -\n    b: 1\n", "a:\n  - b: 1\n"),
    "nested sequences": ("-   - a\n    - b\n", "- - a\n  - b\n"),
    "double quotes": ("a: 'b'\n", 'a: "b"\n'),
    "single quotes around double ones": ('a: "say \\"b\\""\n', "a: 'say \"b\"'\n"),
    "single quotes that keep backslashes": ("a: 'b\\d'\n", "a: 'b\\d'\n"),
    "double quotes around an apostrophe": ("a: 'it''s'\n", 'a: "it\'s"\n'),
    "escapes": ('a: "b\\tc"\n', 'a: "b\\tc"\n'),
    "empty lines": ("\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
    "a final line break": ("a: 1", "a: 1\n"),
    "spaces at line ends": ("a: 1  \nb:   2\n", "a: 1\nb: 2\n"),
    "spaces in front of a colon": ("a : 1\n", "a: 1\n"),
    "one space in front of a comment": ("a: 1    # why\n", "a: 1 # why\n"),
    "a comment in the block that it ends": (
        "a:\n    b: 1\n    # why\nc: 2\n",
        "a:\n  b: 1\n  # why\nc: 2\n",
    ),
    "a comment in front of what is below": ("a:\n   b: 1\n# c\nd: 2\n", "a:\n  b: 1\n# c\nd: 2\n"),
    "flow collections": ("a: {b: 1,c: [d ,e]}\n", "a: { b: 1, c: [d, e] }\n"),
    "a flow collection that is too long": (
        f"fields: {ITEMS}\n",
        "fields:\n  [\n    first-name,\n    last-name,\n    company-name,\n    phone-number,\n"
        "    postal-address,\n    birthday,\n    age,\n  ]\n",
    ),
    "a comment in a flow collection": ("a: [b, # c\n d]\n", "a: [\n    b, # c\n    d,\n  ]\n"),
    "a long text": (f"a:\n  {LONG}\n", f"a: {LONG}\n"),
    "a text of several lines": ("a: b\n      c\n", "a: b\n  c\n"),
    "a block scalar": (
        "a:\n    b: |\n          c\n            d\n",
        "a:\n  b: |\n    c\n      d\n",
    ),
    "a folded scalar": ("a: >-\n     c\n     d\n\n\nb: 1\n", "a: >-\n  c\n  d\n\nb: 1\n"),
    "kept line breaks": ("a: |+\n   b\n\n\nc: 1\n", "a: |+\n  b\n\n\nc: 1\n"),
    "anchors and aliases": (
        "a:   &x\n    b: 1\nc:\n    <<:  *x\n",
        "a: &x\n  b: 1\nc:\n  <<: *x\n",
    ),
    "an alias as a key": ("a: &x b\n*x : 1\n", "a: &x b\n*x : 1\n"),
    "tags": ("a:   !!str   1\n", "a: !!str 1\n"),
    "a complex key": ("? a\n: b\n", "a: b\n"),
    "several documents": ("---\na:   1\n---\nb:   2\n...\n", "---\na: 1\n---\nb: 2\n...\n"),
    "a directive": ("%YAML 1.1\n---\na:   1\n", "%YAML 1.1\n---\na: 1\n"),
    "an entry that is to be left alone": (
        "c:   2\n# prettier-ignore\na:   {b:   1}\n",
        "c: 2\n# prettier-ignore\na:   {b:   1}\n",
    ),
    "wide characters": (
        f"a: [{'名' * 20}, {'前' * 20}]\n",
        f"a:\n  [\n    {'名' * 20},\n    {'前' * 20},\n  ]\n",
    ),
    "only comments": ("# a\n\n\n#b\n", "# a\n\n#b\n"),
    "nothing": ("", ""),
}
# What Prettier 3.10.1 writes otherwise: each is explained in docs/format.md.
OURS = {
    "the indentation of a block scalar that says its own": (
        "a:\n    b: |2\n          c\n",
        "a:\n  b: |2\n        c\n",
    ),
    "a block scalar that the end of the file cuts off": ("a: |\n  b", "a: |-\n  b\n"),
    "a comment behind a block indicator": ("a: | # b\n\n  c\n", "a: | # b\n\n  c\n"),
    "an escaped space at a line end": ('a: "b\\ \n  c"\n', 'a: "b\\ \n  c"\n'),
    "a no-break space at a line end": ("a: 'b\u00a0\n  c'\n", 'a: "b\u00a0\n  c"\n'),
    "a comment in an empty sequence": ("- [ # a\n  ]\n", "- [\n    # a\n  ]\n"),
    "a comment behind a comma": (
        "a: { b: c\n          , # d\n   e: f }\n",
        "a: {\n    b: c,\n    # d\n    e: f,\n  }\n",
    ),
    "the last comment of a document": (
        "a:\n# b\n\n# c\n---\nd: 1\n",
        "a:\n# b\n\n# c\n---\nd: 1\n",
    ),
    "a final line break behind the end of a document": (
        "a: |+\n  b\n\n...",
        "a: |+\n  b\n\n...\n",
    ),
    "line ends of a comment at the end": ("a: 1 # b\n\n\n", "a: 1 # b\n"),
    "a suppression below a dash": (
        "a:\n  -\n    # amp:ignore[key-case]\n    Name: b\n    c: 1\n",
        "a:\n  -\n    # amp:ignore[key-case]\n    Name: b\n    c: 1\n",
    ),
    "a suppression in a flow collection": (
        "a: [b, c, # amp:ignore\n    d]\n",
        "a: [b, c, # amp:ignore\n    d]\n",
    ),
    "a suppression above an empty line, which would be one of its own": (
        "a: {b: c\n  , # amp:ignore\n\n  d: e}\n",
        "a: {b: c\n  , # amp:ignore\n\n  d: e}\n",
    ),
    "a suppression behind a long flow collection": (
        f"fields: {ITEMS} # amp:ignore\n",
        f"fields: {ITEMS} # amp:ignore\n",
    ),
    "a suppression of a value alone": (
        "a:\n    b # amp:ignore\nc:   1\n",
        "a:\n  b # amp:ignore\nc: 1\n",
    ),
}


def formatted(text: str) -> Formatted:
    return format_source(Source.from_text(text))


@pytest.mark.parametrize(
    ("before", "after"), [*PRETTIER.values(), *OURS.values()], ids=[*PRETTIER, *OURS]
)
def test_layout(before: str, after: str) -> None:
    result = formatted(before)
    assert (result.problem, result.text) == ("", after)
    assert formatted(after).text == after


def test_line_breaks_and_byte_order_mark_stay() -> None:
    assert format_text("\ufeffa:   1\r\nb: 'c\r\n  d'\r\n") == '\ufeffa: 1\r\nb: "c\r\n  d"\r\n'
    assert format_text("a:   1\rb: 2\r") == "a: 1\rb: 2\r"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [b\n", "line 1, column 4"),
        ("a: 'b\n", "line 1, column 4"),
        ("a: *b\n", "line 1, column 4"),
        ("a: \x07\n", "U+0007"),
    ],
)
def test_a_text_that_cannot_be_read_is_left_alone(text: str, reason: str) -> None:
    result = formatted(text)
    assert not result.is_changed
    assert reason in result.problem
    with pytest.raises(FormatError, match=r"."):
        format_text(text)


def test_what_is_behind_the_first_document_is_left_alone_if_it_cannot_be_read() -> None:
    assert format_text("a:   1\n---\nb: [\n") == "a: 1\n---\nb: [\n"


def test_a_suppression_that_would_move_leaves_the_file_alone() -> None:
    text = "-\n -\n  a: 1 # amp:ignore\n"
    result = formatted(text)
    assert result.text == text
    assert "suppression" in result.problem


def test_real_manifests_keep_their_values(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.yaml")):
        result = formatted(path.read_text(encoding="utf-8"))
        assert result.problem == "", path
        assert values(result.text) == values(result.source.text), path
        assert formatted(result.text).text == result.text, path


def values(text: str) -> list[tuple[object, object]]:
    """The scalars of a text, keys too, with their kinds."""
    root = read(Source.from_text(text)).root
    return [(node.kind, node.data) for node in walk(root) if isinstance(node, Scalar)]


def findings(text: str) -> list[tuple[str, str, str, str]]:
    """What is found in a text, without the positions."""
    report = lint(Source.from_text(text))
    return sorted((one.rule, one.path, one.severity.value, one.message) for one in report.findings)


@settings(max_examples=LAYOUTS)
@given(st.integers(0, 2**32))
def test_any_layout(seed: int) -> None:
    text = manifest(seed)
    result = formatted(text)
    if result.problem:
        assert not result.is_changed
        return
    assert values(result.text) == values(text)
    assert formatted(result.text).text == result.text
    assert findings(result.text) == findings(text)
