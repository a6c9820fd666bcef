"""Every node knows its exact place: `text[node.start:node.end]` is what a person would mark.

Each case lists the nodes in the order of the text. `[...]` and `{...}` in front of a snippet tell
a sequence and a mapping; a `^` begins with the anchor or tag that `outer` includes.
"""

from __future__ import annotations

import pytest

from amp_lint.text.source import Source
from amp_lint.yaml import parser
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence, follow, is_null, walk
from amp_lint.yaml.parser import MAX_DEPTH
from amp_lint.yaml.reader import read

CASES: dict[str, tuple[str, list[str]]] = {
    "entries": ("a: 1\nb:  'x'  # c\n", ["{}a: 1\nb:  'x'", "a", "1", "b", "'x'"]),
    "spaces before the colon": ("a : 1\n'b'\t: 2\n", ["{}a : 1\n'b'\t: 2", "a", "1", "'b'", "2"]),
    "a tab behind the colon": ("a:\t1\n", ["{}a:\t1", "a", "1"]),
    "block in block": (
        "a:\n  b:\n    c: 1\n  # x\n\nd: 2\n",
        [
            "{}a:\n  b:\n    c: 1\n  # x\n\nd: 2",
            "a",
            "{}b:\n    c: 1",
            "b",
            "{}c: 1",
            "c",
            "1",
            "d",
            "2",
        ],
    ),
    "items": ("- a\n-   b # c\n", ["[]- a\n-   b", "a", "b"]),
    "items of mappings": (
        "- a: 1\n  b: 2\n-\n  c: 3\n",
        ["[]- a: 1\n  b: 2\n-\n  c: 3", "{}a: 1\n  b: 2", "a", "1", "b", "2", "{}c: 3", "c", "3"],
    ),
    "items of items": ("- - a\n  - b\n", ["[]- - a\n  - b", "[]- a\n  - b", "a", "b"]),
    "items without indentation": (
        "a:\n- b\n- c\nd: 1\n",
        ["{}a:\n- b\n- c\nd: 1", "a", "[]- b\n- c", "b", "c", "d", "1"],
    ),
    "flow": (
        "a: {b: 1, 'c': [x, \"y\"],}  # z\n",
        [
            "{}a: {b: 1, 'c': [x, \"y\"],}",
            "a",
            "{}{b: 1, 'c': [x, \"y\"],}",
            "b",
            "1",
            "'c'",
            '[][x, "y"]',
            "x",
            '"y"',
        ],
    ),
    "flow over lines": (
        "[a,\n  b,\n # c\n d]\n",
        ["[][a,\n  b,\n # c\n d]", "a", "b", "d"],
    ),
    "a pair in a flow sequence": ("[a: 1, b]", ["[][a: 1, b]", "{}a: 1", "a", "1", "b"]),
    "empty collections": ("a: []\nb: { }\n", ["{}a: []\nb: { }", "a", "[][]", "b", "{}{ }"]),
    "a flow key": ("[x]: 1\n", ["{}[x]: 1", "[][x]", "x", "1"]),
    "empty values": (
        "a:\nb:   # c: d\n\n  # e\nc :\n",
        ["{}a:\nb:   # c: d\n\n  # e\nc :", "a", "", "b", "", "c", ""],
    ),
    "an empty item": ("- \n-\n- a\n", ["[]- \n-\n- a", "", "", "a"]),
    "empty in flow": ("{a: , b}", ["{}{a: , b}", "a", "", "b", ""]),
    "quotes": (
        "'it''s': \"a\\\"b\\u00e9\"\n",
        ["{}'it''s': \"a\\\"b\\u00e9\"", "'it''s'", '"a\\"b\\u00e9"'],
    ),
    "empty quotes": ("a: ''\nb: \"\"\n", ["{}a: ''\nb: \"\"", "a", "''", "b", '""']),
    "plain text over lines": (
        "a: x\n  y # c\nb: z\n",
        ["{}a: x\n  y # c\nb: z", "a", "x\n  y", "b", "z"],
    ),
    "quoted text over lines": (
        "a: 'x\n\n  y'\nb: \"p\\\n  q\"\n",
        ["{}a: 'x\n\n  y'\nb: \"p\\\n  q\"", "a", "'x\n\n  y'", "b", '"p\\\n  q"'],
    ),
    "block scalars": (
        "a: |\n  x\n  y\n\nb: >-  # c\n  z\n",
        ["{}a: |\n  x\n  y\n\nb: >-  # c\n  z", "a", "|\n  x\n  y", "b", ">-  # c\n  z"],
    ),
    "block scalars with indicators": (
        "a: |2+\n    x\n\nb: >1\n y\n",
        ["{}a: |2+\n    x\n\nb: >1\n y", "a", "|2+\n    x", "b", ">1\n y"],
    ),
    "an empty block scalar": ("a: |\n\nb: 1\n", ["{}a: |\n\nb: 1", "a", "|", "b", "1"]),
    "anchors and aliases": (
        "a: &x 1\nb: *x\nc: &y\n  d: *x\n",
        [
            "{}a: &x 1\nb: *x\nc: &y\n  d: *x",
            "a",
            "^&x 1",
            "b",
            "*x",
            "c",
            "{}^&y\n  d: *x",
            "d",
            "*x",
        ],
    ),
    "anchored keys": ("&k a: 1\n*k : 2\n", ["{}&k a: 1\n*k : 2", "^&k a", "1", "*k", "2"]),
    "anchored lists": (
        "a: &x\n- b\nc: &y []\n",
        ["{}a: &x\n- b\nc: &y []", "a", "[]^&x\n- b", "b", "c", "[]^&y []"],
    ),
    "anchors of nothing": (
        "a: &x # c\nb: &y\n",
        ["{}a: &x # c\nb: &y", "a", "^&x", "b", "^&y"],
    ),
    "an anchor in flow": ("[&y , &z a]", ["[][&y , &z a]", "^&y", "^&z a"]),
    "merge keys": (
        "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n",
        [
            "{}a: &x {b: 1}\nc:\n  <<: *x\n  d: 2",
            "a",
            "{}^&x {b: 1}",
            "b",
            "1",
            "c",
            "{}<<: *x\n  d: 2",
            "<<",
            "*x",
            "d",
            "2",
        ],
    ),
    "tags": (
        "a: !!str 1\nb: !!map\n  c: ! x\n!!str d: !<tag:yaml.org,2002:int> 4\n",
        [
            "{}a: !!str 1\nb: !!map\n  c: ! x\n!!str d: !<tag:yaml.org,2002:int> 4",
            "a",
            "^!!str 1",
            "b",
            "{}^!!map\n  c: ! x",
            "c",
            "^! x",
            "^!!str d",
            "^!<tag:yaml.org,2002:int> 4",
        ],
    ),
    "tags of nothing": ("a: !!null\nb: 1\n", ["{}a: !!null\nb: 1", "a", "^!!null", "b", "1"]),
    "anchor, tag and comment": (
        "a: &x !!map # c\n\n  # d\n  b: 1\n",
        ["{}a: &x !!map # c\n\n  # d\n  b: 1", "a", "{}^&x !!map # c\n\n  # d\n  b: 1", "b", "1"],
    ),
    "explicit keys": ("? a\n: b\n? c\n", ["{}a\n: b\n? c", "a", "b", "c", ""]),
    "an explicit key with comments": ("? a # b\n: # c\n", ["{}a # b\n:", "a", ""]),
    "duplicate keys": ("a: 1\na: 2\n", ["{}a: 1\na: 2", "a", "1", "a", "2"]),
    "document marks": ("%YAML 1.1\n---\na: 1\n...\n", ["{}a: 1", "a", "1"]),
    "behind the mark": ("--- # c\na: 1\n", ["{}a: 1", "a", "1"]),
    "a scalar alone": ("  x y \n", ["x y"]),
    "no line end": ("a:\n  - b", ["{}a:\n  - b", "a", "[]- b", "b"]),
    "emoji": ("\U0001f680: '\U0001f600'\nb: 1\n", ["{}🚀: '😀'\nb: 1", "🚀", "'😀'", "b", "1"]),
    "combining characters": ("e\u0301: a\u0308 # \u0301\n", ["{}é: ä", "é", "ä"]),
    "line separators in quotes": (
        "a: 'x\u2028y'\nb: \"p\x85q\u2029\"\nc: 1\n",
        [
            "{}a: 'x\u2028y'\nb: \"p\x85q\u2029\"\nc: 1",
            "a",
            "'x\u2028y'",
            "b",
            '"p\x85q\u2029"',
            "c",
            "1",
        ],
    ),
    "line separators in comments": (
        "a: 1 # x\u2028\nb: 2\n",
        ["{}a: 1 # x\u2028\nb: 2", "a", "1", "b", "2"],
    ),
    "a no-break space": ("a: \xa0b\n", ["{}a: \xa0b", "a", "\xa0b"]),
    "colons in brackets": (
        "[https://x.y, a:b, {c: d:e}]",
        ["[][https://x.y, a:b, {c: d:e}]", "https://x.y", "a:b", "{}{c: d:e}", "c", "d:e"],
    ),
}


def shown(node: Node, text: str) -> str:
    sign = "{}" if isinstance(node, Mapping) else "[]" if isinstance(node, Sequence) else ""
    if node.outer < node.start or node.anchor or node.tag:
        return f"{sign}^{text[node.outer : node.end]}"
    return sign + text[node.start : node.end]


@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("case", CASES)
def test_spans(case: str, bom: str, eol: str, pure: bool) -> None:
    text, expected = CASES[case]
    source = Source.from_text(bom + text.replace("\n", eol))
    document = read(source, pure=pure)
    assert [fault for fault in document.faults if fault.fatal] == []
    found = [shown(node, source.text) for node in walk(document.root)]
    assert found == [one.replace("\n", eol) for one in expected]
    for node in walk(document.root):
        assert node.outer <= node.start <= node.end
        assert source.text[node.start : node.end] == source.text[node.start : node.end].rstrip(
            "\r\n"
        )


@pytest.mark.parametrize("case", CASES)
def test_children_lie_inside_in_order(case: str) -> None:
    document = read(Source.from_text(CASES[case][0]))
    for node in walk(document.root):
        below: list[Node] = []
        if isinstance(node, Mapping):
            below = [one for entry in node.entries for one in (entry.key, entry.value)]
            for entry in node.entries:
                assert entry.parent is node
                assert entry.key.slot is entry.value.slot is entry
                assert entry.span == (entry.key.outer, max(entry.key.end, entry.value.end))
        elif isinstance(node, Sequence):
            below = node.items
            assert [item.slot for item in below] == list(range(len(below)))
        at = node.start
        for child in below:
            assert child.parent is node
            assert at <= child.outer
            assert child.end <= node.end
            at = child.end


def doc(text: str) -> Document:
    return read(Source.from_text(text))


def value(text: str) -> Scalar:
    root = doc(text).root
    assert isinstance(root, Mapping)
    found = follow(root.entries[-1].value)
    assert isinstance(found, Scalar)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        ("a: no", "bool", False),
        ("a: 'no'", "str", "no"),
        ('a: "1"', "str", "1"),
        ("a: |\n  1\n", "str", "1\n"),
        ("a: !!str 1", "str", "1"),
        ("a: ! 1", "str", "1"),
        ("a: !!int 7", "int", 7),
        ("a: !foo 7", "str", "7"),
        ("a: !!str", "str", ""),
        ("a: &x", "null", None),
        ("a: 1\n  2", "str", "1 2"),
    ],
)
def test_what_a_scalar_is(text: str, kind: str, data: object) -> None:
    scalar = value(text)
    assert (scalar.kind, scalar.data) == (kind, data)


@pytest.mark.parametrize(
    ("text", "start", "end", "part"),
    [
        ("a: abcdef", 2, 4, "cd"),
        ("a: 'abcdef'", 2, 4, "cd"),
        ('a: "abcdef"', 0, 6, "abcdef"),
        ("a: &x !!str 'abcdef'", 2, 4, "cd"),
        ("a: \U0001f680bcdef", 1, 2, "b"),
        ("a: 'it''s'", 0, 2, "'it''s'"),
        ('a: "\\tb"', 1, 2, '"\\tb"'),
        ("a: b\n  c", 1, 2, "b\n  c"),
        ("a: 'b\n  c'", 1, 2, "'b\n  c'"),
        ("a: |\n  abc\n", 1, 2, "|\n  abc"),
        ("a: abc", 3, 2, ""),
    ],
)
def test_part_of_a_scalar(text: str, start: int, end: int, part: str) -> None:
    span = value(text).part(start, end)
    assert text[slice(*span)] == part


def test_find_ignores_case_and_prefers_the_exact_key() -> None:
    root = doc("Name: 1\nname: 2\nNAME: 3\nOther: 4\n").root
    assert isinstance(root, Mapping)

    def found(key: str) -> Entry:
        entry = root.find(key)
        assert entry is not None
        return entry

    assert found("name").value.start == len("Name: 1\nname: ")
    assert found("other").name == "Other"
    assert root.find("nothing") is None


def test_aliases_are_followed_to_the_nearest_anchor_above() -> None:
    root = doc("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").root
    assert isinstance(root, Mapping)
    seen = [follow(entry.value) for entry in root.entries]
    assert [node.value for node in seen if isinstance(node, Scalar)] == ["1", "1", "2", "2"]


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("a: *x\nb: &x 1\n", "syntax", "*x"),
        ("a: &x [1, *x]\n", "unsupported", "*x"),
        ("a: &x\n  b: *x\n", "unsupported", "*x"),
        ("&x a: *x\nb: !foo 1", "unsupported", "!foo"),
        ("a: !!python/object:os.system 1\n", "unsupported", "!!python/object:os.system"),
    ],
)
def test_references_without_sense(text: str, kind: str, marked: str) -> None:
    document = doc(text)
    assert [(one.kind, text[slice(*one.span)]) for one in document.faults] == [(kind, marked)]
    aliases = [node for node in walk(document.root) if isinstance(node, Alias)]
    if marked == "*x":
        assert aliases[0].target is None
        assert is_null(aliases[0])


@pytest.fixture
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a small text exceeds: one that exceeds the real ones would harm other parsers."""
    monkeypatch.setattr(parser, "MAX_FOLLOWED", 100)
    monkeypatch.setattr(parser, "MAX_ALIASED", 1_000)


@pytest.mark.usefixtures("low_bounds")
def test_aliases_for_too_many_nodes_are_not_followed() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 4)}]" for n in range(1, 6)]
    document = doc("\n".join([*lines, ""]))
    assert [fault.kind for fault in document.faults] == ["unsupported"]
    assert all(alias.target is None for alias in document.aliases)


@pytest.mark.usefixtures("low_bounds")
def test_aliases_between_the_bounds_are_not_followed_and_not_reported() -> None:
    text = "a: &a [" + "x, " * 49 + "]\nb: [" + "*a, " * 10 + "]\n"
    document = doc(text)
    assert document.faults == []
    assert all(alias.target is None for alias in document.aliases)


@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_nesting_has_an_end(opening: str, pure: bool) -> None:
    per = opening.count("[") + opening.count("{") + opening.count("-")
    for levels, faults in ((MAX_DEPTH // per, 0), (MAX_DEPTH // per + 1, 1)):
        closing = {"[": "]", "{": "}"}
        ends = "".join(closing[c] for c in reversed(opening * levels) if c in closing)
        source = Source.from_text(opening * levels + "x" + ends)
        kinds = [fault.kind for fault in read(source, pure=pure).faults]
        assert kinds == ["unsupported"] * faults
