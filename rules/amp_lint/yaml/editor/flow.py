"""Edits between brackets: `[a, b]` and `{a: b}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.editor import block
from amp_lint.yaml.editor.layout import Edits, Layout
from amp_lint.yaml.nodes import Entry, Mapping, Node, Sequence

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data


def insert(layout: Layout, node: Mapping, key: str, data: Data) -> Edits | None:
    """Write a key at the end of a mapping."""
    # The pair in `[key: value]` has no braces: what is added would stand beside it.
    if not layout.text.startswith("{", node.start):
        return None
    pair = f"{layout.key(node, key)}: {layout.style.flow(data)}"
    if not node.entries:
        return (Edit(Span(node.start + 1, node.start + 1), pair),)
    return _next(layout, node.entries[-1].start, node.entries[-1].end, pair)


def append(layout: Layout, node: Sequence, data: Data) -> Edits | None:
    """Write an item at the end of a list."""
    item = layout.style.flow(data)
    if not node.items:
        return (Edit(Span(node.start + 1, node.start + 1), item),)
    return _next(layout, node.items[-1].outer, node.items[-1].end, item)


def unfold(layout: Layout, node: Sequence, data: Data) -> Edits | None:
    """Write the first item of `[]` on a line below its key, if the key is in a block."""
    entry = node.slot
    if node.items or isinstance(data, (str, bool, int)) or not isinstance(entry, Entry):
        return None
    above = layout.text[entry.key.end : node.start]
    plain = not layout.text[node.start + 1 : node.end - 1].strip() and above.strip() == ":"
    if entry.parent.flow or not plain or not layout.is_alone(entry):
        return None
    lines = layout.style.items([data], layout.column(entry.key.start) + layout.style.dash)
    gone = Span(node.start - len(above) + len(above.rstrip()), node.end)
    return (Edit(gone, layout.gap(node.end)), *block.lines_behind(layout, node.end, lines))


def _next(layout: Layout, start: int, end: int, text: str) -> Edits:
    lead = layout.lead(start)
    between = f",{layout.style.line_break}{lead}" if lead and not lead.strip() else ", "
    # Right behind its colon, a comma would belong to a key without a value.
    glued = layout.text[end - 1 : end] == ":"
    return (Edit(Span(end, end), f"{' ' if glued else ''}{between}{text}"),)


def remove(
    layout: Layout, span: Span, previous: Node | Entry | None, following: Node | Entry | None
) -> Edits | None:
    """Remove what a span holds, with the comma to its neighbour, unless a comment would go too."""
    if following is not None:
        start = following.start if isinstance(following, Entry) else following.outer
        gap = Span(span.start, start)
    elif previous is not None:
        gap = Span(previous.end, span.end)
    else:
        return None
    lost = layout.text[gap.start : span.start] + layout.text[span.end : gap.end]
    return None if "#" in lost else (Edit(gap, ""),)
