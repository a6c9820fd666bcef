"""The editor against an oracle: data written in some style, changed, and read back."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, follow, walk
from amp_lint.yaml.reader import read

KEYS = st.sampled_from(["name", "provider", "read", "objects", "objectName", "schedule", "days"])
TEXTS = st.one_of(
    st.text("\U00018d09ab*:#'\"\\[]{},- é\t\n", max_size=8),
    st.sampled_from(["no", "1.0", "~", "", "*/30 * * * *", "a: b", "a #b", "- x", "<<", "0x1F"]),
)
SCALARS = st.one_of(TEXTS, st.booleans(), st.integers(-5, 500))
STYLES = st.builds(
    Style,
    step=st.sampled_from([1, 2, 4]),
    dash=st.sampled_from([0, 2]),
    quote=st.sampled_from(["'", '"']),
    line_break=st.sampled_from(["\n", "\r\n", "\r"]),
)


def nested(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(children, min_size=1, max_size=3), st.dictionaries(KEYS, children, min_size=1)
    )


MANIFESTS = st.dictionaries(
    KEYS, st.recursive(SCALARS, nested, max_leaves=12), min_size=1, max_size=4
)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, Any]:
    """A document in some style, with comments and parts in flow, and its data."""
    data = draw(MANIFESTS)
    style = draw(STYLES)
    lines: list[str] = []
    for key, value in data.items():
        if draw(st.booleans()):
            lines += style.entry(key, value, 0)
        else:
            lines.append(f"{key}: {style.flow(value)}")
    remark = draw(st.sampled_from(["", "  # a remark", " # - x: y"]))
    lines = [line + remark for line in lines]
    end = draw(st.sampled_from(["", style.line_break]))
    return style.line_break.join(lines) + end, data


def plain(node: Node | None) -> Any:
    node = follow(node)
    if isinstance(node, Mapping):
        return {entry.name: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.data if isinstance(node, Scalar) else None


def place(root: Any, node: Node) -> Any:
    """The data that a node stands for in a copy of the document's data."""
    steps: list[Any] = []
    while node.parent is not None:
        steps.append(node.slot.name if isinstance(node.slot, Entry) else node.slot)
        node = node.parent
    for step in reversed(steps):
        root = root[step]
    return root


def after(text: str, edits: Edits) -> Any:
    document = read(Source.from_text(apply(text, edits)))
    assert document.parses, apply(text, edits)
    return plain(document.root)


@given(written())
def test_what_the_style_writes_is_read_back(pair: tuple[str, Any]) -> None:
    text, data = pair
    document = read(Source.from_text(text))
    assert document.parses
    assert plain(document.root) == data


@given(written(), st.data(), st.one_of(SCALARS, MANIFESTS, st.lists(SCALARS, max_size=2)))
def test_an_entry_is_inserted(pair: tuple[str, Any], data: st.DataObject, value: Any) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    mappings = [node for node in walk(document.root) if isinstance(node, Mapping)]
    node = data.draw(st.sampled_from(mappings))
    before = data.draw(st.sampled_from([None, *(entry.name for entry in node.entries)]))
    edits = Editor(document).insert(node, "added", value, before=before)
    assume(edits is not None)
    assert edits is not None
    wanted = copy.deepcopy(whole)
    place(wanted, node)["added"] = value
    assert after(text, edits) == wanted


@given(written(), st.data())
def test_an_entry_is_removed(pair: tuple[str, Any], data: st.DataObject) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    entries = [n.slot for n in walk(document.root) if isinstance(n.slot, Entry)]
    entry = data.draw(st.sampled_from(entries))
    edits = Editor(document).remove(entry)
    if edits is None:
        assert len(entry.parent.entries) == 1 or "#" in text or "[" in text or "{" in text
        return
    wanted = copy.deepcopy(whole)
    del place(wanted, entry.parent)[entry.name]
    assert after(text, edits) == wanted


@given(written(), st.data())
def test_an_item_is_removed(pair: tuple[str, Any], data: st.DataObject) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    items = [node for node in walk(document.root) if isinstance(node.parent, Sequence)]
    assume(items)
    item = data.draw(st.sampled_from(items))
    edits = Editor(document).remove_item(item)
    assume(edits is not None)
    assert edits is not None
    assert isinstance(item.parent, Sequence)
    wanted = copy.deepcopy(whole)
    del place(wanted, item.parent)[item.slot]
    assert after(text, edits) == wanted


@given(written(), st.data(), st.one_of(TEXTS, MANIFESTS))
def test_an_item_is_appended(pair: tuple[str, Any], data: st.DataObject, value: Any) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    lists = [node for node in walk(document.root) if isinstance(node, Sequence)]
    assume(lists)
    node = data.draw(st.sampled_from(lists))
    edits = Editor(document).append(node, value)
    assume(edits is not None)
    assert edits is not None
    wanted = copy.deepcopy(whole)
    place(wanted, node).append(value)
    assert after(text, edits) == wanted


@given(written(), st.data(), TEXTS)
@example(('name: "a"\n', {"name": "a"}), None, "no")
def test_a_scalar_is_written_anew(pair: tuple[str, Any], data: st.DataObject, value: str) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    scalars = [
        node
        for node in walk(document.root)
        if isinstance(node, Scalar) and isinstance(node.slot, Entry) and node.slot.value is node
    ]
    assume(scalars)
    node = scalars[0] if data is None else data.draw(st.sampled_from(scalars))
    edits = Editor(document).set_text(node, value)
    if edits is None:
        assert node.value == value
        return
    wanted = copy.deepcopy(whole)
    assert isinstance(node.slot, Entry)
    place(wanted, node.parent)[node.slot.name] = value  # type: ignore[arg-type]
    assert after(text, edits) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a:\nb: 1\n", "a:\n  x: 1\nb: 1\n"),
        ("a: # why\nb: 1\n", "a: # why\n  x: 1\nb: 1\n"),
        ("{a: , b: 1}\n", "{a: {x: 1} , b: 1}\n"),
        ("a:", "a:\n  x: 1"),
    ],
)
def test_a_key_without_value_is_filled(text: str, wanted: str) -> None:
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    edits = Editor(document).set_value(document.root.entries[0], {"x": 1})
    assert edits is not None
    assert apply(text, edits) == wanted


@pytest.mark.parametrize("line_break", ["\x85", "\u2028", "\u2029"])
def test_lines_end_where_yaml_ends_them(line_break: str) -> None:
    text = "a:\n  - b: 1|    c: 2|    d: 3\n".replace("|", line_break)
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    items = document.root.entries[0].value
    assert isinstance(items, Sequence)
    node, editor = items.items[0], Editor(document)
    assert isinstance(node, Mapping)
    added = editor.insert(node, "x", 0, after=["c"])
    removed = editor.remove(node.entries[1])
    assert added is not None
    assert removed is not None
    both = {"a": [{"b": 1, "c": 2, "x": 0, "d": 3}]}
    assert after(text, added) == both
    assert after(text, removed) == {"a": [{"b": 1, "d": 3}]}


@pytest.mark.parametrize("text", ["a: !!str\n", "a: !!int\n", "a: &x\n", "a: !!str &x 'b'\n"])
def test_a_value_behind_a_tag_or_an_anchor_stays(text: str) -> None:
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    assert Editor(document).set_value(document.root.entries[0], "*/30 * * * *") is None


def test_what_is_referred_to_from_outside_is_not_removed() -> None:
    document = read(Source.from_text("a: &x 1\nb: *x\n"))
    assert isinstance(document.root, Mapping)
    assert Editor(document).remove(document.root.entries[0]) is None
    assert Editor(document).remove(document.root.entries[1]) is not None


def test_an_anchor_without_a_value_counts_as_well() -> None:
    document = read(Source.from_text("a:\n  - &x\nb: *x\n"))
    assert isinstance(document.root, Mapping)
    assert Editor(document).remove(document.root.entries[0]) is None


def test_lines_kept_by_a_block_scalar_stay_its_own() -> None:
    text = "a:\n  x: |+\n    text\n\n\nb: 1\n"
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    assert Editor(document).insert(document.root.entries[0].value, "y", 1) is None


@given(written(), st.data(), SCALARS)
def test_a_key_is_given_a_value_whether_it_is_there_or_not(
    pair: tuple[str, Any], data: st.DataObject, value: Any
) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    mappings = [node for node in walk(document.root) if isinstance(node, Mapping)]
    node = data.draw(st.sampled_from(mappings))
    key = data.draw(st.sampled_from(["added", *(entry.name for entry in node.entries)]))
    edits = Editor(document).put(node, key, value, after=["name", "read"])
    assume(edits is not None)
    assert edits is not None
    wanted = copy.deepcopy(whole)
    place(wanted, node)[key] = value
    assert after(text, edits) == wanted


@given(written(), st.data(), SCALARS)
def test_an_entry_takes_the_place_of_another(
    pair: tuple[str, Any], data: st.DataObject, value: Any
) -> None:
    text, whole = pair
    document = read(Source.from_text(text))
    entries = [n.slot for n in walk(document.root) if isinstance(n.slot, Entry)]
    entry = data.draw(st.sampled_from(entries))
    edits = Editor(document).replace(entry, "other", value)
    assume(edits is not None)
    assert edits is not None
    wanted = copy.deepcopy(whole)
    del place(wanted, entry.parent)[entry.name]
    place(wanted, entry.parent)["other"] = value
    assert after(text, edits) == wanted


@pytest.mark.parametrize(
    "text", ["a: [\n]\n", "a:\n  1\n", "{? a : 1}\n", "? a\n: 1\n", "a: &x 1\nb: *x\n"]
)
def test_what_is_not_on_one_line_or_is_referred_to_is_not_replaced(text: str) -> None:
    document = read(Source.from_text(text))
    assert isinstance(document.root, Mapping)
    assert Editor(document).replace(document.root.entries[0], "other", 1) is None


def test_an_entry_goes_behind_the_last_of_those_named() -> None:
    text = "name: 1\nread: 2 # why\nprovider: 3\n"
    document = read(Source.from_text(text))
    assert document.root is not None
    edits = Editor(document).insert(document.root, "x", 4, after=("read", "name", "absent"))
    assert edits is not None
    assert apply(text, edits) == "name: 1\nread: 2 # why\nx: 4\nprovider: 3\n"


def test_a_colon_without_a_value_is_not_glued_to_the_comma() -> None:
    text = "{a: 1, b:}"
    document = read(Source.from_text(text))
    assert document.root is not None
    edits = Editor(document).insert(document.root, "c", 2)
    assert edits is not None
    assert after(text, edits) == {"a": 1, "b": None, "c": 2}
