"""ruamel's C parser and its pure one give the same tree with the same spans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint.document import read
from amp_lint.source import Source
from amp_lint.tree import Alias, Collection, Mapping, Scalar, walk

pytest.importorskip("_ruamel_yaml")

# Where the two disagree, and libyaml's reading is what the platform does. The strategy below makes
# none of these.
DIFFERENCES = {
    "a: x\u2028y\n": "U+2028, U+2029 and U+0085 end lines for libyaml only",
    "a: x # c\u2028b: 1\n": "so a comment ends there for libyaml only",
    "a: |\n  x\u2028  y\n": "and a line of a block scalar",
    "[a\tb]\n": "a tab within a word in brackets",
    "!!str &a b\n": "for ruamel a node begins at its anchor, though a tag stands in front",
    "\n\ufeff[]\n": "libyaml skips a byte order mark at the start of any line",
    "[?]\n": "a `?` alone in brackets is an error for libyaml",
    "%FOO\n---\na: 1\n": "libyaml refuses directives it does not know",
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
            row += [node.flow, node.torn, len(node.entries) if isinstance(node, Mapping) else -1]
        nodes.append(row)
    return nodes, list(document.faults), document.whole


@given(documents())
@example("a:\t1\n")
@example("- a:\t'x'\t# c\n")
@example("b\t: 2\n")
@example("a: [https://x.y, b:c]\n")
@example("a: &x.y 1\n")
@example("a: !!str\n\n\n- b\n")
@example("a: 1\n\t\nb: 2\n")
@example(": a\n")
@example("a: [b]: c\n")
@example("a: !h!x 1\n")
@example("a: &x *x\n")
@example("a: &x &y 1\n")
def test_generated_documents(text: str) -> None:
    ours = tree(text, False)
    other = tree(text, True)
    if ours[2] and other[2]:
        assert ours == other
    else:
        assert ours[2] == other[2]
        assert len(ours[1]) == len(other[1])


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
