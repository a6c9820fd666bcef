"""Changes of a manifest, by nodes and entries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Listed
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import block, flow, scalars
from amp_lint.yaml.editor.layout import LINE_BREAK, Edits, Layout, is_in_flow, is_partial
from amp_lint.yaml.emitter import Style, in_quotes
from amp_lint.yaml.nodes import Alias, Collection, Entry, Mapping, Node, Scalar, Sequence, is_null
from amp_lint.yaml.style_stats import StyleStats

if TYPE_CHECKING:
    from amp_lint.text.joined_keys import JoinedKey
    from amp_lint.yaml.emitter import Data

_COLON_NEXT = re.compile(r"[ \t]*:")


class Editor:
    """Edits of one document. `stats` is how it is written, if that has been counted already."""

    def __init__(self, document: Document, stats: StyleStats | None = None) -> None:
        self._layout = Layout(document, stats)

    @property
    def text(self) -> str:
        """The text of the document."""
        return self._layout.text

    @property
    def style(self) -> Style:
        """The style of the document; that of most manifests where it shows none."""
        return self._layout.style

    def column(self, offset: int) -> int:
        """Return the number of characters between an offset and the line break in front of it."""
        return self._layout.column(offset)

    def count_style(self, nodes: Iterable[Node]) -> StyleStats:
        """Count how some of the document's nodes are written."""
        return self._layout.count_style(nodes)

    # Scalars and keys.

    def separate(self, word: Node, joined: JoinedKey) -> Edits | None:
        """Write a word as the key and the value that are joined in it; None if it is written in
        another way, or is a key, whose value could not stay behind it."""
        if not isinstance(word, Scalar) or word.style or word.end - word.start != len(word.value):
            return None
        if LINE_BREAK.search(self.text, word.start, word.end):
            return None
        # A value in brackets ends behind the colons in it.
        if joined.value[0] not in "[{" and _COLON_NEXT.match(self.text, word.end):
            return None
        return joined.edits(word.start, word.end)

    def set_text(self, node: Node, value: str) -> Edits | None:
        """Make a scalar (a key, too) this text, in the quotes that it has."""
        if not isinstance(node, Scalar):
            return None
        return scalars.replace(self._layout, node, self._layout.text_like(node, value))

    def quote(self, node: Node) -> Edits | None:
        """Put quotes around a scalar as it is written, or as its value is where it has quotes."""
        if not isinstance(node, Scalar) or node.style in ("|", ">"):
            return None
        return scalars.replace(self._layout, node, in_quotes(node.value, self._layout.style.quote))

    def set_data(self, node: Node, value: bool | int) -> Edits | None:
        """Make a scalar this boolean or number, without quotes."""
        if not isinstance(node, Scalar):
            return None
        return scalars.replace(self._layout, node, self._layout.style.scalar(value))

    def set_value(self, entry: Entry, data: Data) -> Edits | None:
        """Give a key a value: in place of a scalar without a tag, or where it has none."""
        node = entry.value
        if isinstance(node, (Alias, Collection)) or node.outer != node.start:
            return None
        if isinstance(node, Scalar) and not is_null(node):
            if not isinstance(data, (str, bool, int)):
                return None
            text = self._layout.style.scalar(data, flow=is_in_flow(entry.key))
            return scalars.replace(self._layout, node, text)
        return scalars.fill(self._layout, entry, data)

    # Entries.

    def insert(
        self,
        node: Node,
        key: str,
        data: Data,
        *,
        before: str | None = None,
        after: Iterable[str] = (),
    ) -> Edits | None:
        """Add a key to a mapping: in front of the entry `before` where that is there, else behind
        the last of the entries `after`, else at its end. Between brackets always at the end."""
        if not isinstance(node, Mapping) or node.incomplete or node.find(key) is not None:
            return None
        if node.flow:
            return flow.insert(self._layout, node, key, data)
        if not node.entries:
            return None
        at = _place(node, before, after)
        if at == 0:
            return block.insert_first(self._layout, node, key, data)
        return block.insert_behind(self._layout, node.entries[at - 1], key, data)

    def insert_at_top(self, key: str, data: Data) -> Edits | None:
        """Add a key in front of all others of the document, also where there are none."""
        root = self._layout.document.root
        if not isinstance(root, Mapping) or root.incomplete or not root.entries:
            return block.insert_into_nothing(self._layout, key, data)
        return None if root.flow else block.insert_first(self._layout, root, key, data)

    def put(
        self,
        node: Mapping,
        key: str,
        data: Data,
        *,
        before: str | None = None,
        after: Iterable[str] = (),
    ) -> Edits | None:
        """Give a key of a mapping a value, whether the key is there or has to be added."""
        entry = node.find(key)
        if entry is None:
            return self.insert(node, key, data, before=before, after=after)
        return None if node.incomplete else self.set_value(entry, data)

    def replace(self, entry: Entry, key: str, value: str | bool | int) -> Edits | None:
        """Put another key with a scalar in the place of an entry of one line."""
        layout, node = self._layout, entry.parent
        old = layout.text[entry.start : entry.end]
        if node.incomplete or LINE_BREAK.search(old) or layout.is_used_elsewhere(entry.span):
            return None
        if layout.lead(entry.start).rstrip().endswith("?"):
            return None
        new = f"{layout.key(node, key)}: {layout.style.scalar(value, flow=node.flow)}"
        return (Edit(entry.span, new),)

    def remove(self, *entries: Entry, comments: bool = True) -> Edits | None:
        """Remove keys of one mapping with their values, unless nothing would be left.

        With `comments`, also the comment lines directly above each.
        """
        parent = entries[0].parent
        places = sorted(_index(parent, entry) for entry in entries)
        if len(places) == len(parent.entries) or parent.incomplete:
            return None
        if any(is_partial(entry.value) for entry in entries):
            return None
        edits: list[Edit] = []
        for first, last in _runs(places):
            removed = self._remove_run(parent, first, last, comments=comments)
            if removed is None:
                return None
            edits.extend(removed)
        return tuple(edits)

    def move_first(self, entry: Entry) -> Edits | None:
        """Move an entry of one line to the top of its mapping."""
        layout, node = self._layout, entry.parent
        text, first = layout.text[entry.start : entry.end], node.entries[0]
        removed = self.remove(entry, comments=False)
        if removed is None or entry is first or LINE_BREAK.search(text):
            return None
        line_break = layout.style.line_break + " " * layout.column(first.start)
        behind = ", " if node.flow else line_break
        return (Edit(Span(first.start, first.start), text + behind), *removed)

    def join_values(self, entries: Listed[Entry]) -> Edits | None:
        """Write one list of the values of several entries, the last one first, under the first of
        them, and remove the others. Lists give their items."""
        items: list[str] = []
        for entry in reversed(entries):
            nodes = entry.value.items if isinstance(entry.value, Sequence) else [entry.value]
            items += [self._layout.text[node.outer : node.end] for node in nodes]
        removed = self.remove(*entries[1:], comments=False)
        if removed is None or any(LINE_BREAK.search(item) for item in items):
            return None
        first = entries[0].value
        return (Edit(Span(first.outer, first.end), f"[{', '.join(items)}]"), *removed)

    def _remove_run(
        self, parent: Mapping, first: int, last: int, *, comments: bool
    ) -> Edits | None:
        """Remove neighbours among the entries of a mapping."""
        layout, run = self._layout, parent.entries[first : last + 1]
        span = Span(run[0].start, run[-1].end)
        if layout.is_used_elsewhere(span):
            return None
        following = parent.entries[last + 1] if last + 1 < len(parent.entries) else None
        if parent.flow:
            previous = parent.entries[first - 1] if first else None
            return flow.remove(layout, span, previous, following)
        if not all(map(layout.is_alone, run)):
            return None
        if not layout.lead(span.start).strip():
            return block.remove_lines(layout, *span, comments=comments)
        if following is None:
            return None
        # Behind a `- `: what follows takes the place of the entries.
        stop = layout.line_end(span.end)
        rest = re.compile(r"\s*").match(layout.text, stop)
        return (Edit(Span(span.start, rest.end() if rest else stop), ""),)

    # Items of lists.

    def append(self, node: Node, data: Data) -> Edits | None:
        """Add an item at the end of a list."""
        if not isinstance(node, Sequence) or node.incomplete:
            return None
        layout = self._layout
        if node.flow:
            return flow.unfold(layout, node, data) or flow.append(layout, node, data)
        if not node.items:
            return None
        last = node.items[-1]
        if layout.keeps_breaks(last) or layout.dash(node, len(node.items) - 1) is None:
            return None
        if is_partial(last):
            return None
        lines = layout.style.items([data], layout.column(node.start))
        return block.lines_behind(layout, last.end, lines)

    def remove_item(self, node: Node) -> Edits | None:
        """Remove an item of a list and the comment lines directly above it, unless it is the only
        item."""
        parent, at = node.parent, node.slot
        if not isinstance(parent, Sequence) or not isinstance(at, int) or len(parent.items) == 1:
            return None
        layout, span = self._layout, Span(node.outer, node.end)
        if parent.incomplete or is_partial(node):
            return None
        if layout.is_used_elsewhere(span) or layout.keeps_breaks(node):
            return None
        if parent.flow:
            previous = parent.items[at - 1] if at else None
            following = parent.items[at + 1] if at + 1 < len(parent.items) else None
            return flow.remove(layout, span, previous, following)
        dash = layout.dash(parent, at)
        if dash is None or layout.lead(dash).strip():
            return None
        return block.remove_lines(layout, dash, max(node.end, dash + 1), comments=True)

    def wrap(self, node: Node, key: str, value: str | None = None) -> Edits | None:
        """Turn the scalar item of a list into a mapping with the scalar, or another text in its
        place, under this key."""
        if not isinstance(node, Scalar) or node.style in ("|", ">") or node.outer != node.start:
            return None
        above = node.parent
        while above is not None and not isinstance(above, Mapping):
            above = above.parent
        written = self._layout.key(above, key) if is_in_flow(node) and above is not None else key
        text = self._layout.text_like(node, node.value if value is None else value)
        pair = f"{written}: {text}"
        return scalars.replace(self._layout, node, f"{{{pair}}}" if is_in_flow(node) else pair)


def _place(node: Mapping, before: str | None, after: Iterable[str]) -> int:
    """Return the index in a mapping at which a new entry goes."""
    follower = node.find(before) if before is not None else None
    if follower is not None:
        return _index(node, follower)
    leaders = [_index(node, entry) for entry in map(node.find, after) if entry is not None]
    return max(leaders) + 1 if leaders else len(node.entries)


def _index(node: Mapping, entry: Entry) -> int:
    return bisect_left(node.entries, entry.start, key=lambda one: one.start)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of consecutive ascending numbers."""
    first = numbers[0]
    for number, following in zip(numbers, [*numbers[1:], -1], strict=True):
        if following != number + 1:
            yield first, number
            first = following
