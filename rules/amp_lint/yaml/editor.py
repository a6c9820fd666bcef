"""Changes of a manifest as minimal edits of its text, in the style in which it is written.

Every method answers None where the change cannot be made without rewriting what nobody asked to
change: then there is no fix. Whoever asks speaks of nodes and entries; columns, commas, quotes and
line breaks are the business of this module.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Listed
from functools import cached_property

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.emitter import Data, Style, in_quotes, is_plain
from amp_lint.yaml.nodes import (
    Alias,
    Collection,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    walk,
)
from amp_lint.yaml.style_stats import StyleStats

Edits = tuple[Edit, ...]

# YAML ends lines where editors and the line numbers of a report do not.
_ODD_BREAKS = "\x85\u2028\u2029"
# A comment that suppresses findings of the whole file, see `amp_lint.linter.suppressions`.
_FOR_THE_FILE = "amp:ignore-file"
_LINE_BREAK = re.compile(rf"\r\n|[\n\r{_ODD_BREAKS}]")
_USUAL_BREAK = re.compile(r"\r\n|\n|\r")
_DASH = re.compile(rf"(?:\A|(?<=[\r\n{_ODD_BREAKS}]))[ \t]*(?P<dash>-)(?=\s|\Z)")
_KEPT = re.compile(r"[|>][0-9-]*\+")


class Editor:
    """Edits of one document. `habits`: how it is written, where that is counted already."""

    def __init__(self, document: Document, habits: StyleStats | None = None) -> None:
        self._document = document
        self._habits = habits
        self._text = document.source.text

    @property
    def text(self) -> str:
        """The text of the document."""
        return self._text

    # Scalars and keys.

    def set_text(self, node: Node, value: str) -> Edits | None:
        """Make a scalar (a key, too) this text, in the quotes it has where it has some."""
        return self._replace(node, self._as_in(node, value)) if isinstance(node, Scalar) else None

    def quote(self, node: Node) -> Edits | None:
        """Put quotes around a scalar as it is written, or as its value is where it has quotes."""
        if not isinstance(node, Scalar) or node.style in ("|", ">"):
            return None
        return self._replace(node, in_quotes(node.value, self.style.quote))

    def set_data(self, node: Node, value: bool | int) -> Edits | None:
        """Make a scalar this boolean or number, without quotes."""
        return self._replace(node, self.style.scalar(value)) if isinstance(node, Scalar) else None

    def set_value(self, entry: Entry, data: Data) -> Edits | None:
        """Give a key a value: in place of a scalar without a tag, or where it has none."""
        node = entry.value
        if isinstance(node, (Alias, Collection)) or node.outer != node.start:
            return None
        if isinstance(node, Scalar) and not is_null(node):
            if not isinstance(data, (str, bool, int)):
                return None
            return self._replace(node, self.style.scalar(data, flow=_is_in_flow(entry.key)))
        return self._fill(entry, data)

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
        if not isinstance(node, Mapping) or node.torn or node.find(key) is not None:
            return None
        if node.flow:
            return self._insert_in_flow(node, key, data)
        if not node.entries:
            return None
        at = _place(node, before, after)
        if at == 0:
            return self._insert_first(node, key, data)
        return self._insert_behind(node.entries[at - 1], key, data)

    def insert_at_top(self, key: str, data: Data) -> Edits | None:
        """Add a key in front of all others of the document, also where there are none."""
        root = self._document.root
        if isinstance(root, Mapping) and not root.torn and root.entries:
            if root.flow:
                return None
            return self._insert_first(root, key, data)
        written = (line.strip() for line in _LINE_BREAK.split(self._text))
        if [line for line in written if line and line[0] != "#"] not in ([], ["---"]):
            return None
        end = len(self._text)
        broken = not end or _LINE_BREAK.match(self._text[-1]) is not None
        lines = self.style.entry(key, data, 0)
        text = self.style.line_break.join(lines) + self.style.line_break
        return (Edit(Span(end, end), ("" if broken else self.style.line_break) + text),)

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
        return None if node.torn else self.set_value(entry, data)

    def replace(self, entry: Entry, key: str, value: str | bool | int) -> Edits | None:
        """Put another key with a scalar in the place of an entry of one line."""
        node, old = entry.parent, self._text[entry.start : entry.end]
        asks = self._lead(entry.start).rstrip().endswith("?")
        if node.torn or asks or _LINE_BREAK.search(old) or self._is_used_elsewhere(entry.span):
            return None
        new = f"{self._key(node, key)}: {self.style.scalar(value, flow=node.flow)}"
        return (Edit(entry.span, new),)

    def remove(self, *entries: Entry, comments: bool = True) -> Edits | None:
        """Remove keys of one mapping with their values, unless nothing would be left.

        With `comments`, also the comment lines directly above each.
        """
        parent = entries[0].parent
        places = sorted(_index(parent, entry) for entry in entries)
        if len(places) == len(parent.entries) or parent.torn:
            return None
        if any(_is_partial(entry.value) for entry in entries):
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
        node, text = entry.parent, self._text[entry.start : entry.end]
        first = node.entries[0]
        removed = self.remove(entry, comments=False)
        if removed is None or entry is first or _LINE_BREAK.search(text):
            return None
        behind = ", " if node.flow else self.style.line_break + " " * self._column(first.start)
        return (Edit(Span(first.start, first.start), text + behind), *removed)

    def join_values(self, entries: Listed[Entry]) -> Edits | None:
        """Write one list of the values of several entries, the last one first, under the first of
        them, and remove the others. Lists give their items."""
        items: list[str] = []
        for entry in reversed(entries):
            nodes = entry.value.items if isinstance(entry.value, Sequence) else [entry.value]
            items += [self._text[node.outer : node.end] for node in nodes]
        removed = self.remove(*entries[1:], comments=False)
        if removed is None or any(_LINE_BREAK.search(item) for item in items):
            return None
        first = entries[0].value
        return (Edit(Span(first.outer, first.end), f"[{', '.join(items)}]"), *removed)

    def _remove_run(
        self, parent: Mapping, first: int, last: int, *, comments: bool
    ) -> Edits | None:
        """Remove neighbours among the entries of a mapping."""
        run = parent.entries[first : last + 1]
        span = Span(run[0].start, run[-1].end)
        if self._is_used_elsewhere(span):
            return None
        following = parent.entries[last + 1] if last + 1 < len(parent.entries) else None
        if parent.flow:
            previous = parent.entries[first - 1] if first else None
            return self._remove_in_flow(span, previous, following)
        if not all(map(self._stands_alone, run)):
            return None
        if not self._lead(span.start).strip():
            return self._remove_lines(*span, comments=comments)
        if following is None:
            return None
        # Behind a `- `: what follows takes the place of the entries.
        stop = self._line_end(span.end)
        rest = re.compile(r"\s*").match(self._text, stop)
        return (Edit(Span(span.start, rest.end() if rest else stop), ""),)

    # Items of lists.

    def append(self, node: Node, data: Data) -> Edits | None:
        """Add an item at the end of a list."""
        if not isinstance(node, Sequence) or node.torn:
            return None
        if node.flow:
            return self._unfold(node, data) or self._append_in_flow(node, data)
        if not node.items:
            return None
        last = node.items[-1]
        if self._keeps_breaks(last) or self._dash(node, len(node.items) - 1) is None:
            return None
        if _is_partial(last):
            return None
        lines = self.style.items([data], self._column(node.start))
        return self._lines_behind(last.end, lines)

    def remove_item(self, node: Node) -> Edits | None:
        """Remove an item of a list and the comment lines directly above it, unless it is the only
        item."""
        parent, at = node.parent, node.slot
        if not isinstance(parent, Sequence) or not isinstance(at, int) or len(parent.items) == 1:
            return None
        span = Span(node.outer, node.end)
        if parent.torn or _is_partial(node):
            return None
        if self._is_used_elsewhere(span) or self._keeps_breaks(node):
            return None
        if parent.flow:
            previous = parent.items[at - 1] if at else None
            following = parent.items[at + 1] if at + 1 < len(parent.items) else None
            return self._remove_in_flow(span, previous, following)
        dash = self._dash(parent, at)
        if dash is None or self._lead(dash).strip():
            return None
        return self._remove_lines(dash, max(node.end, dash + 1), comments=True)

    def wrap(self, node: Node, key: str, value: str | None = None) -> Edits | None:
        """Turn the scalar item of a list into a mapping with the scalar, or another text in its
        place, under this key."""
        if not isinstance(node, Scalar) or node.style in ("|", ">") or node.outer != node.start:
            return None
        pair = f"{key}: {self._as_in(node, node.value if value is None else value)}"
        return self._replace(node, f"{{{pair}}}" if _is_in_flow(node) else pair)

    @cached_property
    def style(self) -> Style:
        """How the document is written, as far as it shows; else as most manifests are."""
        habits = self._habits or self.habits(walk(self._document.root))
        line_break = _USUAL_BREAK.search(self._text)
        return habits.style(line_break[0] if line_break else "\n")

    def habits(self, nodes: Iterable[Node]) -> StyleStats:
        """How some of the document's nodes are written."""
        found = StyleStats()
        for node in nodes:
            if isinstance(node, Scalar) and node.style in ("'", '"'):
                found.quotes[node.style] += 1
            elif isinstance(node, Collection) and not node.flow and isinstance(node.slot, Entry):
                inside = self._column(node.start) - self._column(node.slot.key.start)
                (found.dashes if isinstance(node, Sequence) else found.steps)[inside] += 1
        return found

    def _as_in(self, node: Scalar, value: str) -> str:
        """A text as it is written in the place of a scalar: in its quotes where it has some."""
        if node.style in ("'", '"'):
            return in_quotes(value, node.style)
        if not node.style and is_plain(value, flow=_is_in_flow(node)):
            return value
        return in_quotes(value, self.style.quote)

    def _replace(self, node: Node, text: str) -> Edits | None:
        old = self._text[node.start : node.end]
        # Where a syntax error was cut out, a scalar of several lines may reach across the gap.
        if old == text or (not self._document.whole and _LINE_BREAK.search(old)):
            return None
        if self._stands_too_far_left(node):
            return None
        # A value that takes the place of nothing stands right behind a colon.
        glued = node.start == node.end and self._text[node.start - 1 : node.start] == ":"
        return (Edit(node.span, (" " if glued else "") + text + self._gap(node.end)),)

    def _stands_too_far_left(self, node: Node) -> bool:
        """Whether a block scalar begins on a line of its own where nothing else may: a key is
        expected in the column of its key."""
        if not isinstance(node, Scalar) or node.style not in ("|", ">"):
            return False
        lead, entry = self._lead(node.outer), node.slot
        within = isinstance(entry, Entry) and len(lead) > self._column(entry.key.start)
        return not lead.strip() and not within

    def _fill(self, entry: Entry, data: Data) -> Edits | None:
        """Write a value where there is none, or only a word for nothing."""
        node = entry.value
        in_flow = _is_in_flow(entry.key)
        if ":" not in self._text[entry.key.end : node.start]:
            return self._fill_bare_key(entry, data) if in_flow else None
        if isinstance(data, (str, bool, int)):
            return self._replace(node, self.style.scalar(data, flow=in_flow))
        if in_flow:
            return self._replace(node, self.style.flow(data))
        if node.start != node.end or not self._stands_alone(entry):
            return None
        column = self._column(entry.key.start)
        lines = self.style.entry(entry.name, data, column)[1:]
        if not lines:
            return self._replace(node, self.style.flow(data))
        return self._lines_behind(entry.end, lines)

    def _fill_bare_key(self, entry: Entry, data: Data) -> Edits | None:
        """Write colon and value behind a key that stands alone between brackets."""
        key = entry.key
        if self._text[: key.outer].rstrip().endswith("?"):
            return None
        return (Edit(Span(key.end, key.end), f": {self.style.flow(data)}"),)

    def _insert_in_flow(self, node: Mapping, key: str, data: Data) -> Edits | None:
        # The pair in `[key: value]` has no braces: what is added would stand beside it.
        if not self._text.startswith("{", node.start):
            return None
        pair = f"{self._key(node, key)}: {self.style.flow(data)}"
        if not node.entries:
            return (Edit(Span(node.start + 1, node.start + 1), pair),)
        return self._next_in_flow(node.entries[-1].start, node.entries[-1].end, pair)

    def _append_in_flow(self, node: Sequence, data: Data) -> Edits | None:
        item = self.style.flow(data)
        if not node.items:
            return (Edit(Span(node.start + 1, node.start + 1), item),)
        return self._next_in_flow(node.items[-1].outer, node.items[-1].end, item)

    def _unfold(self, node: Sequence, data: Data) -> Edits | None:
        """The first item of a `[]` on a line below its key, where that stands in a block."""
        entry = node.slot
        if node.items or isinstance(data, (str, bool, int)) or not isinstance(entry, Entry):
            return None
        above = self._text[entry.key.end : node.start]
        plain = not self._text[node.start + 1 : node.end - 1].strip() and above.strip() == ":"
        if entry.parent.flow or not plain or not self._stands_alone(entry):
            return None
        lines = self.style.items([data], self._column(entry.key.start) + self.style.dash)
        gone = Span(node.start - len(above) + len(above.rstrip()), node.end)
        return (Edit(gone, self._gap(node.end)), *self._lines_behind(node.end, lines))

    def _next_in_flow(self, start: int, end: int, text: str) -> Edits:
        lead = self._lead(start)
        between = f",{self.style.line_break}{lead}" if lead and not lead.strip() else ", "
        # Right behind its colon, a comma would belong to a key without a value.
        glued = self._text[end - 1 : end] == ":"
        return (Edit(Span(end, end), f"{' ' if glued else ''}{between}{text}"),)

    def _insert_first(self, node: Mapping, key: str, data: Data) -> Edits | None:
        first = node.entries[0]
        if not self._stands_alone(first):
            return None
        column = self._column(first.start)
        lines = self.style.entry(self._key(node, key), data, column)
        text = self.style.line_break.join(lines)[column:] + self.style.line_break + " " * column
        return (Edit(Span(first.start, first.start), text),)

    def _insert_behind(self, entry: Entry, key: str, data: Data) -> Edits | None:
        if not self._stands_alone(entry) or _is_partial(entry.value):
            return None
        column = self._column(entry.start)
        return self._lines_behind(
            entry.end, self.style.entry(self._key(entry.parent, key), data, column)
        )

    def _key(self, node: Mapping, key: str) -> str:
        """A key in quotes where the mapping has its keys in quotes."""
        first = node.entries[0].key if node.entries else None
        quoted = isinstance(first, Scalar) and first.style in ("'", '"')
        return in_quotes(key, first.style) if quoted and isinstance(first, Scalar) else key

    def _lines_behind(self, offset: int, lines: list[str]) -> Edits:
        """Whole lines behind the line in which something ends."""
        at = self._line_end(offset)
        text = "".join(self.style.line_break + line for line in lines)
        return (Edit(Span(at, at), text),)

    def _remove_lines(self, start: int, end: int, *, comments: bool) -> Edits:
        """Remove whole lines with their line break; at the end of the file the one in front."""
        first, last = start - len(self._lead(start)), self._line_end(end)
        if comments:
            first = self._comments_above(first, start - first)
        behind = _LINE_BREAK.match(self._text, last)
        if behind is not None:
            return (Edit(Span(first, behind.end()), ""),)
        if self._text[max(0, first - 2) : first] == "\r\n":
            first -= 2
        elif first:
            first -= 1
        return (Edit(Span(first, last), ""),)

    def _comments_above(self, first: int, column: int) -> int:
        """Return where the comment lines begin that end directly above a line and in its column.

        `first` is the start of the line, and the result if there are none. A comment on its own
        line belongs to what follows it, unless it is for the whole file.
        """
        source = self._document.source
        number = source.position(first).line
        while number > 1:
            line = source.line_span(number - 1)
            text = self._text[line.start : line.end]
            stripped = text.lstrip(" ")
            is_own = stripped.startswith("#") and len(text) - len(stripped) == column
            if not is_own or _FOR_THE_FILE in stripped:
                break
            number -= 1
            first = line.start
        return first

    def _remove_in_flow(
        self, span: Span, previous: Node | Entry | None, following: Node | Entry | None
    ) -> Edits | None:
        if following is not None:
            start = following.start if isinstance(following, Entry) else following.outer
            gap = Span(span.start, start)
        elif previous is not None:
            gap = Span(previous.end, span.end)
        else:
            return None
        lost = self._text[gap.start : span.start] + self._text[span.end : gap.end]
        return None if "#" in lost else (Edit(gap, ""),)

    def _stands_alone(self, entry: Entry) -> bool:
        """Whether the lines of an entry in a block hold nothing but the entry, a dash in front and
        a comment behind."""
        lead = self._lead(entry.start)
        behind = self._text[entry.end : self._line_end(entry.end)]
        only_dashes = not lead.replace("-", " ").strip()
        open_end = not behind.strip() or behind.lstrip(" \t").startswith("#")
        return only_dashes and open_end and not self._keeps_breaks(entry.value)

    def _keeps_breaks(self, node: Node) -> bool:
        """Whether the empty lines behind a value belong to it (`|+`), so no line may go there."""
        while isinstance(node, (Mapping, Sequence)) and not node.flow:
            if isinstance(node, Mapping) and node.entries:
                node = node.entries[-1].value
            elif isinstance(node, Sequence) and node.items:
                node = node.items[-1]
            else:
                return False
        is_block = isinstance(node, Scalar) and node.style in ("|", ">")
        return is_block and _KEPT.match(self._text, node.start) is not None

    def _is_used_elsewhere(self, span: Span) -> bool:
        """Whether a reference from outside leads to an anchor in here."""
        targets = self._references
        inside = targets[bisect_left(targets, (span.start,)) : bisect_left(targets, (span.end,))]
        return any(first < span.start or last >= span.end for _, first, last in inside)

    @cached_property
    def _references(self) -> list[tuple[int, ...]]:
        """Where anchors start, with the places of the first and last reference to each, in
        the order of the text."""
        uses: dict[int, list[int]] = {}
        for alias in self._document.aliases:
            if alias.target is not None:
                uses.setdefault(alias.target.outer, []).append(alias.start)
        return [(start, min(uses[start]), max(uses[start])) for start in sorted(uses)]

    def _dash(self, parent: Sequence, at: int) -> int | None:
        """The place of the dash in front of an item of a block."""
        if at == 0:
            return parent.start if self._text[parent.start : parent.start + 1] == "-" else None
        since = parent.items[at - 1].end
        found = list(_DASH.finditer(self._text, since, parent.items[at].outer))
        return found[-1].start("dash") if found else None

    def _lead(self, offset: int) -> str:
        """What stands on the line in front of an offset."""
        line = self._document.source.line_starts[self._document.source.position(offset).line - 1]
        odd = max(self._text.rfind(one, line, offset) for one in _ODD_BREAKS)
        return self._text[max(line, odd + 1) : offset]

    def _gap(self, offset: int) -> str:
        """The space that a comment right behind a bracket or a quote needs behind anything else."""
        return " " if self._text.startswith("#", offset) else ""

    def _column(self, offset: int) -> int:
        return len(self._lead(offset))

    def _line_end(self, offset: int) -> int:
        source = self._document.source
        end = source.line_span(source.position(offset).line).end
        odd = _LINE_BREAK.search(self._text, offset, end)
        return odd.start() if odd else end


def _place(node: Mapping, before: str | None, after: Iterable[str]) -> int:
    """At which place of a mapping a new entry goes."""
    follower = node.find(before) if before is not None else None
    if follower is not None:
        return _index(node, follower)
    leaders = [_index(node, entry) for entry in map(node.find, after) if entry is not None]
    return max(leaders) + 1 if leaders else len(node.entries)


def _index(node: Mapping, entry: Entry) -> int:
    return bisect_left(node.entries, entry.start, key=lambda one: one.start)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each row of neighbours among ascending numbers."""
    first = numbers[0]
    for number, following in zip(numbers, [*numbers[1:], -1], strict=True):
        if following != number + 1:
            yield first, number
            first = following


def _is_partial(node: Node) -> bool:
    """Whether a syntax error cut away something in here, so nobody knows how far it reaches."""
    return isinstance(node, Collection) and node.partial


def _is_in_flow(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.flow
