"""What nodes and places are called in messages."""

from __future__ import annotations

from amp_lint.text.messages import quoted
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence
from amp_lint.yaml.scalars import as_text
from amp_schema.manifest_schema import Place, root

# The number of known keys that a message lists.
_MOST_LISTED = 6


def kind_of(node: Node) -> str:
    """Return what kind of value a node is, with the text of a scalar."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if not isinstance(node, Scalar) or node.kind == "null":
        return "an empty value"
    shown = quoted(node.value)
    return shown if node.kind in ("bool", "int", "float") else f"the string {shown}"


def name_of(node: Node) -> str:
    """Return the key of a value, or of the list that it is an item of."""
    names = [step for step in path_of(node) if isinstance(step, str)]
    if not names:
        return "the manifest" if node.parent is None else "each item"
    if isinstance(node.slot, int) and node.parent is not None:
        return f"each item of `{names[-1]}`"
    return f"`{names[-1]}`"


def place_kind(place: Place) -> str:
    """Return what the mapping at a place is called, such as "a read object"."""
    kind = _inside(str(place.kind or place.title))
    if place is root():
        return "the manifest"
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def item_kind(place: Place) -> str:
    """Return what an item of the list at a place is called, such as "read object"."""
    item = place.item
    return _inside(str(item.kind or item.title)) if item is not None else "item"


def _inside(title: str) -> str:
    """Return a title as it is written inside a sentence; a key in it keeps its capital letters."""
    return title[:1].lower() + title[1:]


def known_keys(place: Place) -> str:
    """Return the first keys that a mapping at a place may have."""
    known = list(place.properties)
    shown = ", ".join(f"`{key}`" for key in known[:_MOST_LISTED])
    return f"{shown} and others" if len(known) > _MOST_LISTED else shown


def either(words: list[str]) -> str:
    """Join alternatives: "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def text_of(node: Node) -> str:
    """Return the text of a scalar in quotes."""
    return quoted(node.value) if isinstance(node, Scalar) else "this"


def as_typed(value: object) -> str:
    """Return an example as YAML, in quotes if it needs them."""
    if isinstance(value, bool):
        return as_text(value)
    text = str(value)
    needs_quotes = Scalar(0, 0, text, "").kind != "str" or text[:1] in "*&!@`%{}[]#|>'\""
    return f'"{text}"' if needs_quotes and isinstance(value, str) else text


def head(node: Node) -> Node:
    """Return where something missing in a node is shown: the key that the node is the value of; in
    a list and at the top, the first key of the node.
    """
    if isinstance(node.slot, Entry) and node.parent is not None:
        return node.slot.key
    return node.entries[0].key if isinstance(node, Mapping) and node.entries else node
