"""Where the lines of a document begin and end, and how it is written."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.emitter import Style, in_quotes, is_plain
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, walk
from amp_lint.yaml.style_stats import StyleStats
from amp_schema.patterns import pattern

Edits = tuple[Edit, ...]

# YAML ends lines where editors and the line numbers of a report do not.
ODD_BREAKS = "\x85\u2028\u2029"
# A comment that suppresses findings of the whole file, see `amp_lint.linter.suppressions`.
_FOR_THE_FILE = "amp:ignore-file"
LINE_BREAK = pattern(rf"\r\n|[\n\r{ODD_BREAKS}]")
_USUAL_BREAK = pattern(r"\r\n|\n|\r")
_DASH = pattern(rf"(?:\A|(?<=[\r\n{ODD_BREAKS}]))[ \t]*(?P<dash>-)(?=\s|\Z)")
_KEPT = pattern(r"[|>][0-9-]*\+")


class Layout:
    """The layout of a document: its style, and what is in front of and behind a place in it.

    `stats` is how the document is written, if that has been counted already.
    """

    def __init__(self, document: Document, stats: StyleStats | None = None) -> None:
        self.document = document
        self.text: str = document.source.text
        self._stats = stats

    @cached_property
    def style(self) -> Style:
        """The style of the document; that of most manifests where it shows none."""
        stats = self._stats or self.count_style(walk(self.document.root))
        line_break = _USUAL_BREAK.search(self.text)
        return stats.style(line_break[0] if line_break else "\n")

    def count_style(self, nodes: Iterable[Node]) -> StyleStats:
        """Count how some of the document's nodes are written."""
        found = StyleStats()
        for node in nodes:
            if isinstance(node, Scalar) and node.style in ("'", '"'):
                found.quotes[node.style] += 1
            elif isinstance(node, Collection) and not node.flow and isinstance(node.slot, Entry):
                inside = self.column(node.start) - self.column(node.slot.key.start)
                (found.dashes if isinstance(node, Sequence) else found.steps)[inside] += 1
        return found

    def text_like(self, node: Scalar, value: str) -> str:
        """Return a text as YAML for the place of a scalar, in the same quotes."""
        if node.style in ("'", '"'):
            return in_quotes(value, node.style)
        if not node.style and is_plain(value, flow=is_in_flow(node)):
            return value
        return in_quotes(value, self.style.quote)

    def key(self, node: Mapping, key: str) -> str:
        """Return a key of a mapping as YAML, in quotes if the other keys are."""
        first = node.entries[0].key if node.entries else None
        quoted = isinstance(first, Scalar) and first.style in ("'", '"')
        return in_quotes(key, first.style) if quoted and isinstance(first, Scalar) else key

    def lead(self, offset: int) -> str:
        """Return the text of a line in front of an offset."""
        line = self.document.source.line_starts[self.document.source.position(offset).line - 1]
        odd = max(self.text.rfind(one, line, offset) for one in ODD_BREAKS)
        return self.text[max(line, odd + 1) : offset]

    def column(self, offset: int) -> int:
        """Return the column of an offset, counted from 0."""
        return len(self.lead(offset))

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, for YAML."""
        source = self.document.source
        end = source.line_span(source.position(offset).line).end
        odd = LINE_BREAK.search(self.text, offset, end)
        return odd.start() if odd else end

    def gap(self, offset: int) -> str:
        """Return the space that a comment needs which follows a bracket or a quote directly."""
        return " " if self.text.startswith("#", offset) else ""

    def dash(self, parent: Sequence, at: int) -> int | None:
        """Return the offset of the dash in front of an item of a list in a block."""
        if at == 0:
            return parent.start if self.text[parent.start : parent.start + 1] == "-" else None
        since = parent.items[at - 1].end
        found = list(_DASH.finditer(self.text, since, parent.items[at].outer))
        return found[-1].start("dash") if found else None

    def is_alone(self, entry: Entry) -> bool:
        """Return whether the lines of an entry in a block hold nothing but the entry, a dash in
        front and a comment behind."""
        lead = self.lead(entry.start)
        behind = self.text[entry.end : self.line_end(entry.end)]
        only_dashes = not lead.replace("-", " ").strip()
        open_end = not behind.strip() or behind.lstrip(" \t").startswith("#")
        return only_dashes and open_end and not self.keeps_breaks(entry.value)

    def keeps_breaks(self, node: Node) -> bool:
        """Return whether the empty lines behind a value belong to it (`|+`), so that no line may be
        written there."""
        while isinstance(node, (Mapping, Sequence)) and not node.flow:
            if isinstance(node, Mapping) and node.entries:
                node = node.entries[-1].value
            elif isinstance(node, Sequence) and node.items:
                node = node.items[-1]
            else:
                return False
        is_block = isinstance(node, Scalar) and node.style in ("|", ">")
        return is_block and _KEPT.match(self.text, node.start) is not None

    def comments_above(self, first: int, column: int) -> int:
        """Return where the comment lines begin that end directly above a line and in its column.

        `first` is the start of the line, and the result if there are none. A comment on its own
        line belongs to what follows it, unless it is for the whole file.
        """
        source = self.document.source
        number = source.position(first).line
        while number > 1:
            line = source.line_span(number - 1)
            text = self.text[line.start : line.end]
            stripped = text.lstrip(" ")
            is_own = stripped.startswith("#") and len(text) - len(stripped) == column
            if not is_own or _FOR_THE_FILE in stripped:
                break
            number -= 1
            first = line.start
        return first

    def is_used_elsewhere(self, span: Span) -> bool:
        """Return whether an alias outside of a span refers to an anchor in it."""
        targets = self._references
        inside = targets[bisect_left(targets, (span.start,)) : bisect_left(targets, (span.end,))]
        return any(first < span.start or last >= span.end for _, first, last in inside)

    @cached_property
    def _references(self) -> list[tuple[int, ...]]:
        """Where each anchored node starts, with the offsets of the first and the last alias of it,
        in the order of the text."""
        uses: dict[int, list[int]] = {}
        for alias in self.document.aliases:
            if alias.target is not None:
                uses.setdefault(alias.target.outer, []).append(alias.start)
        return [(start, min(uses[start]), max(uses[start])) for start in sorted(uses)]


def is_partial(node: Node) -> bool:
    """Return whether a syntax error hides a part of a node, so that its end is unknown."""
    return isinstance(node, Collection) and node.partial


def is_in_flow(node: Node) -> bool:
    """Return whether a node is between brackets."""
    parent = node.parent
    return parent is not None and parent.flow
