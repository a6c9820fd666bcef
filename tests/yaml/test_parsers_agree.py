"""ruamel's C parser and its pure one give the same tree with the same spans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Alias, Collection, Mapping, Scalar, walk
from amp_lint.yaml.reader import read

pytest.importorskip("_ruamel_yaml")

# Where the two disagree, and libyaml's reading is what the platform does. The strategies below make
# none of these.
DIFFERENCES = {
    "%YAML 1.1#\n---\na: 1\n": "a comment right behind the version is one for libyaml only",
}

SCALARS = (
    *("a", "name", "x y", "1.0", "no", "~", "http://x.y", "a#b", "-x", "\U0001f680", "e\u0301"),
    *("'q'", "'it''s'", '"d"', '"\\u00e9\\n"', "''", "'x\u2028y'", '"p\x85q"', "*a", "&a b", "&a"),
    *("!!str 1", "! x", "&b !!int 7", "<<", "\xa0"),
)
SPACE = st.sampled_from([" ", " ", "  ", "\t", " \t "])
COMMENT = st.sampled_from(["", "", "", " # c: d", " # 'x", "  #"])


def indented(text: str, width: int) -> str:
    return "".join(" " * width + line for line in text.splitlines(keepends=True))


@st.composite
def blocks(draw: st.DrawFn, depth: int = 3) -> str:
    """A block collection, each line ended by `\\n`."""
    kind = draw(st.sampled_from(["mapping", "sequence", "explicit"]))
    parts: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(SCALARS[:15])) if draw(st.booleans()) else f"k{number}"
        lead = {"mapping": f"{key}:", "sequence": "-", "explicit": f"? {key}\n:"}[kind]
        end = draw(COMMENT) + "\n" + draw(st.sampled_from(["", "", "", "\n", "  # e\n", "\n\n"]))
        choice = draw(st.integers(0, 6))
        if choice == 0:
            parts.append(lead + end)
        elif choice == 1 and depth:
            parts.append(lead + end + indented(draw(blocks(depth - 1)), draw(st.integers(1, 4))))
        elif choice == 2:
            header = draw(st.sampled_from(["|", ">", "|-", ">+", "|2", "&a |", ">-  # c"]))
            body = draw(st.sampled_from(["   x\n", "   x\n\n    y\n", "", "  é\n\n"]))
            parts.append(f"{lead} {header}\n{body}")
        elif choice == 3:
            parts.append(f"{lead} {draw(flows())}{end}")
        elif choice == 4:
            parts.append(f"{lead} word\n    more{end}")
        else:
            space = draw(SPACE) if kind == "mapping" else " "
            parts.append(lead + space + draw(st.sampled_from(SCALARS)) + end)
    return "".join(parts)


@st.composite
def flows(draw: st.DrawFn, depth: int = 2) -> str:
    items: list[str] = []
    pairs = draw(st.booleans())
    for _ in range(draw(st.integers(0, 3))):
        inner = (
            draw(st.sampled_from(SCALARS))
            if not depth or draw(st.booleans())
            else draw(flows(depth - 1))
        )
        item = f"{draw(st.sampled_from(SCALARS[:14]))}: {inner}" if pairs else inner
        items.append(item + draw(st.sampled_from(["", " ", "\n    "])))
    body = draw(st.sampled_from([",", ", ", " ,"])).join(items) + draw(st.sampled_from(["", ","]))
    return "{" + body + "}" if pairs else "[" + body + "]"


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(["", "", "---\n", "# c\n", "%YAML 1.1\n---\n", "\ufeff"]))
    start = len(text)
    text += draw(st.one_of(blocks(), flows().map(lambda flow: flow + "\n")))
    text += draw(st.sampled_from(["", "", "...\n", "# end", "---\nb: 1\n", "... # c\n"]))
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(start, len(text)))
        text = text[:at] + draw(st.sampled_from(list("'\"[]{}:,-&*! \n"))) + text[at:]
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


def tree(text: str, pure: bool) -> tuple[list[object], list[object], bool]:
    document = read(Source.from_text(text), pure=pure)
    nodes: list[object] = []
    for node in walk(document.root):
        row: list[object] = [type(node).__name__, node.outer, node.start, node.end]
        row += [node.anchor, node.tag]
        if isinstance(node, Scalar):
            row += [node.value, node.style, node.kind]
        if isinstance(node, Alias):
            row += [node.name, node.target is None]
        if isinstance(node, Collection):
            entries = len(node.entries) if isinstance(node, Mapping) else -1
            row += [node.flow, node.incomplete, entries]
        nodes.append(row)
    return nodes, list(document.faults), document.whole


@given(documents())
@example("a:\t1\n")
@example("- a:\t'x'\t# c\n")
@example("b\t: 2\n")
@example("a: [https://x.y, b:c]\n")
@example("{ ? , b: c}\n")
@example("{a: b, ?  }\n")
@example("a: &x.y 1\n")
@example("a: !!str\n\n\n- b\n")
@example("a: 1\n\t\nb: 2\n")
@example(": a\n")
@example("a: [b]: c\n")
@example("a: !h!x 1\n")
@example("a: &x *x\n")
@example("a: &x &y 1\n")
@example(
    "---\n[[[name], {a: a, name: a,}\n    , name\n    ], {x y: a, no: [a] ,}\n    ]\n... # c\n"
)
@example("- name  #\n- ['x\u2028y'\n    ,{a: [a], name: name\n    , name: !'!str 1}]\n")
@example("\ufeff{a: a, name: [[]], name: name}\n...\n'")
@example('---\n["\\u00e9\\n" ,]\n... }# c\n')
@example("&k0: # c: d\n")
@example("---\n{-x: !&!str 1 }\n...\n")
@example("%YAML 1.1\n---\n{*-x: *a }\n# end")
@example("---\n{1.0,: ! x ,}\n... # c\n")
@example("? k0\n: >+\n \n    x\n? k1\n")
@example("---\na:* \t 'q'\n")
@example("a: x\u2028y\n")
@example("a: x # c\u2028b: 1\n")
@example("a: |\n  x\u2028  y\n")
@example("'x\u2028y': 1\n")
@example("[a\tb]\n")
@example("a: x\n \ty\n")
@example("a: |\n \tx\n")
@example("a: !!str\t1\n")
@example("!!str &a b\n")
@example("[?]\n")
@example("[? : b, c]\n")
@example("%FOO\n---\na: 1\n")
@example("\n\ufeff[]\n")
@example("\n\ufeffa: 1\nb: 2\n")
@example("\ufeff\ufeffa: 1\n")
@example("a: |#c\n  x\n")
@example("a: >\t\n  x\n")
@example("|\nx\n")
@example("# c\r[k0: >\r  \xe9\r\r... # c\r")
def test_generated_documents(text: str) -> None:
    ours = tree(text, False)
    other = tree(text, True)
    if ours[2] and other[2]:
        assert ours == other
    else:
        assert ours[2] == other[2]
        assert len(ours[1]) == len(other[1])


# Everything that means something to a parser, to be combined at random.
CRUMBS = (
    *("a", "b", "1", "\u00e9", "~", "- ", "-", "? ", "?", ": ", ":", ", ", ",", "[", "]", "{", "}"),
    *("&a ", "*a", "&", "!", "!!str ", "'", '"', "\\n", "\\x41", "#", " # c", " ", "  ", "\t"),
    *("\n", "\n  ", " \n", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "---", "...", "%", "@", "<"),
    *("|", "|2\n", "|\n  ", ">", ">+\n", "%YAML 1.1\n", "%TAG ! b\n"),
)


@given(st.lists(st.sampled_from(CRUMBS), max_size=12).map("".join))
def test_crumbs_of_documents(text: str) -> None:
    ours = tree(text, False)
    other = tree(text, True)
    assert ours[2] == other[2]
    if ours[2]:
        assert ours == other


@pytest.mark.parametrize("text", DIFFERENCES)
def test_the_differences_are_still_there(text: str) -> None:
    """A difference that is gone has to leave the list."""
    assert tree(text, False) != tree(text, True)


def test_the_corpus(corpus: Path) -> None:
    files = sorted([*corpus.rglob("*.yaml"), *corpus.rglob("*.yml")])
    assert files
    for file in files:
        text = Source.from_file(str(file)).text
        assert tree(text, False) == tree(text, True), file.parent.name
        broken = text.replace(": ", ":", 1)
        assert tree(broken, False)[1] == tree(broken, True)[1], file.parent.name
