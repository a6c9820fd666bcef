"""Edits that write a scalar, or a value where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.editor import block
from amp_lint.yaml.editor.layout import LINE_BREAK, Edits, Layout, is_in_flow
from amp_lint.yaml.nodes import Entry, Node, Scalar

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data


def replace(layout: Layout, node: Node, text: str) -> Edits | None:
    """Write a text, as YAML, in the place of a scalar."""
    old = layout.text[node.start : node.end]
    # Where a syntax error was cut out, a scalar of several lines may reach across the gap.
    if old == text or (not layout.document.whole and LINE_BREAK.search(old)):
        return None
    if _is_too_far_left(layout, node):
        return None
    # A value that takes the place of nothing stands right behind a colon.
    glued = node.start == node.end and layout.text[node.start - 1 : node.start] == ":"
    return (Edit(node.span, (" " if glued else "") + text + layout.gap(node.end)),)


def _is_too_far_left(layout: Layout, node: Node) -> bool:
    """Return whether a block scalar begins on a line of its own, no further right than its key: a
    scalar of one line there would be taken for a key."""
    if not isinstance(node, Scalar) or node.style not in ("|", ">"):
        return False
    lead, entry = layout.lead(node.outer), node.slot
    within = isinstance(entry, Entry) and len(lead) > layout.column(entry.key.start)
    return not lead.strip() and not within


def fill(layout: Layout, entry: Entry, data: Data) -> Edits | None:
    """Write a value for a key that has none, or null."""
    node = entry.value
    in_flow = is_in_flow(entry.key)
    if ":" not in layout.text[entry.key.end : node.start]:
        return _fill_bare_key(layout, entry, data) if in_flow else None
    if isinstance(data, (str, bool, int)):
        return replace(layout, node, layout.style.scalar(data, flow=in_flow))
    if in_flow:
        return replace(layout, node, layout.style.flow(data))
    if node.start != node.end or not layout.is_alone(entry):
        return None
    column = layout.column(entry.key.start)
    lines = layout.style.entry(entry.name, data, column)[1:]
    if not lines:
        return replace(layout, node, layout.style.flow(data))
    return block.lines_behind(layout, entry.end, lines)


def _fill_bare_key(layout: Layout, entry: Entry, data: Data) -> Edits | None:
    """Write colon and value behind a key between brackets that has neither."""
    key = entry.key
    if layout.text[: key.outer].rstrip().endswith("?"):
        return None
    return (Edit(Span(key.end, key.end), f": {layout.style.flow(data)}"),)
