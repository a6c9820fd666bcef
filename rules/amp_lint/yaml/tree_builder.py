"""Builds the tree from the parser's events.

It is built in one loop, so nesting costs no stack, aliases stay aliases and repeated keys are all
seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence
from amp_lint.yaml.scalars import BINARY_TAG, CORE, TagMismatch, resolve_tagged
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.dialect import Spoken

# A comment is taken to the end of its line or not at all, so that matching never tries parts of it.
_FIRST_WORD = pattern(r"(?:\s|(?<!\S)#[^\r\n]*(?![^\r\n]))*((?!#)\S+)")
_COLON = pattern(r"(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*(?=[\r\n]))*:")
DOCUMENT_MARK = pattern(r"(?:---|\.\.\.)(?=\s|\Z)")
_CORE_TAGS = frozenset(
    ("str", "bool", "int", "float", "null", "map", "seq", "timestamp", "binary", "merge")
)


class ParseFailure(Exception):  # noqa: N818 - carries a place, and is always caught in recovery
    """The parser cannot go on. Offsets are code points; `context` is where the construct began."""

    def __init__(self, problem: str, offset: int, context: int | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.context = context


@dataclass(frozen=True, slots=True)
class YamlIssue:
    """YAML that the parser accepts and the platform refuses or ignores."""

    kind: str
    span: Span
    name: str = ""


@dataclass(slots=True)
class Built:
    """The result of one run of the parser.

    `sizes` is the number of nodes below each anchor, `written` that of all nodes, `expanded` that
    of the nodes which aliases add. `empty` are the values that are not there. `ends_early`: text
    follows the document without a line `---` or `...` between.
    """

    root: Node | None = None
    issues: list[YamlIssue] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    empty: list[Scalar] = field(default_factory=list)
    written: int = 0
    expanded: int = 0
    ends_early: bool = False


class _Open:
    """A collection that is not complete yet; `key` is a mapping's key whose value has not come."""

    __slots__ = ("key", "node", "size_before")

    def __init__(self, node: Mapping | Sequence, size_before: int) -> None:
        self.node = node
        self.size_before = size_before
        self.key: Node | None = None


class TreeBuilder:
    """Turns events into nodes. One instance per run of a parser."""

    def __init__(
        self, text: str, words: Spoken | None, offset: int, built: Built, depth: int
    ) -> None:
        self.text = text
        self.words = words
        self.has_slashes: bool = "\\/" in text
        self.is_part = False
        self.offset = offset
        self.built = built
        self.depth = depth
        self.open: list[_Open] = []
        self.event: Any = None

    def run(self, events: Iterable[Any]) -> None:
        """Build the tree of the first document from the events of a parser."""
        from ruamel.yaml import events as kinds

        handlers: dict[type, Callable[[Any], None]] = {
            kinds.ScalarEvent: self._scalar,
            kinds.MappingStartEvent: self._mapping_start,
            kinds.MappingEndEvent: self._collection_end,
            kinds.SequenceStartEvent: self._sequence_start,
            kinds.SequenceEndEvent: self._collection_end,
            kinds.AliasEvent: self._alias,
        }
        document_end = kinds.DocumentEndEvent
        for event in events:
            self.event = event
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)
            elif type(event) is document_end:
                end = event.start_mark.index
                # Behind the first document the platform does not look.
                if not (self.is_part and self._goes_on(end)):
                    self._note_rest(end)
                    return

    @property
    def seen(self) -> int:
        """The offset that the parser has reached."""
        return 0 if self.event is None else int(self.event.end_mark.index)

    def _goes_on(self, end: int) -> bool:
        """Return whether more text follows a document without a line `---` or `...` between."""
        word = _FIRST_WORD.match(self.text, end)
        return word is not None and not DOCUMENT_MARK.match(self.text, word.start(1))

    def _note_rest(self, end: int) -> None:
        """Note where text behind the first document begins."""
        word = _FIRST_WORD.match(self.text, end) if end < len(self.text) else None
        if word is None:
            return
        start, stop = word.span(1)
        is_marked = DOCUMENT_MARK.match(self.text, start) is not None
        # A `%` line ends the document as well.
        self.built.ends_early = not is_marked and self.text[start] != "%"
        if is_marked:
            rest = _FIRST_WORD.match(self.text, start + 3)
            if rest is None:
                return
            stop = start + 3
            if not self.text.startswith("---", start):
                start, stop = rest.span(1)
                stop = start + 3 if self.text.startswith("---", start) else stop
        span = Span(self.offset + start, self.offset + stop)
        self.built.issues.append(YamlIssue("extra-document", span, self.text[start]))

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if self.words is not None:
            event.value = self.words.value(event.value, style)
        if self.has_slashes and style == '"':
            self._note_slashes(start, end)
        is_bare = event.anchor is None and event.ctag is None
        if is_bare and (style in ("'", '"') if style else event.value):
            # Most are like this: they are where the parser says.
            node = Scalar(start + self.offset, end + self.offset, event.value, style)
            if not style and not event.implicit[0]:
                node.tag = "!"
            self._add(node, None)
        else:
            self._odd_scalar(event, start, end, style)

    def _note_slashes(self, start: int, end: int) -> None:
        """Note the escaped slashes in a double-quoted scalar."""
        from amp_lint.yaml.dialect import escaped_slashes

        for place in escaped_slashes(self.text, start, end):
            span = Span(place.start + self.offset, place.end + self.offset)
            self.built.issues.append(YamlIssue("escaped-slash", span))

    def _odd_scalar(self, event: Any, start: int, end: int, style: str) -> None:
        """Add a scalar with an anchor or a tag, of several lines, or empty."""
        outer = start
        if event.anchor is not None or event.ctag is not None:
            start = self._after_properties(start, end)
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        elif not event.value and not style:
            bare = event.anchor is None and event.ctag is None
            start = end = self._after_colon(start) if bare else start
        node = Scalar(start + self.offset, end + self.offset, event.value, style)
        node.outer = min(outer, start) + self.offset
        if event.ctag is not None:
            self._tag(node, event)
            self._fit_tag(node)
        elif not style and not event.implicit[0]:
            node.tag = "!"
        self._add(node, event.anchor)
        if event.anchor is not None:
            self.built.sizes[event.anchor] = 1
        elif start == end and event.ctag is None:
            self.built.empty.append(node)

    def _alias(self, event: Any) -> None:
        name = event.anchor
        node = Alias(event.start_mark.index + self.offset, event.end_mark.index + self.offset, name)
        target = self.built.anchors.get(name)
        if target is None:
            self.built.issues.append(YamlIssue("unknown-alias", node.span, name))
        elif any(level.node is target for level in self.open):
            self.built.issues.append(YamlIssue("circular-alias", node.span, name))
        else:
            node.target = target
            self.built.expanded += self.built.sizes.get(name, 1)
        self.built.aliases.append(node)
        self._add(node, None)

    def _mapping_start(self, event: Any) -> None:
        start = event.start_mark.index + self.offset
        node = Mapping(start, event.end_mark.index + self.offset, bool(event.flow_style))
        self.built.mappings.append(node)
        self._start(node, event)

    def _sequence_start(self, event: Any) -> None:
        start = event.start_mark.index + self.offset
        self._start(
            Sequence(start, event.end_mark.index + self.offset, bool(event.flow_style)), event
        )

    def _start(self, node: Mapping | Sequence, event: Any) -> None:
        if event.anchor is not None or event.ctag is not None:
            start = event.start_mark.index
            node.start = self.offset + self._after_properties(start, len(self.text))
            if event.ctag is not None:
                self._tag(node, event)
        self._add(node, event.anchor)
        self.open.append(_Open(node, self.built.written + self.built.expanded))
        if len(self.open) > self.depth:
            raise ParseFailure("too deep", node.start, None)

    def _collection_end(self, event: Any) -> None:
        level = self.open.pop()
        node = level.node
        if node.flow:
            node.end = event.end_mark.index + self.offset
        else:
            self._close_block(node)
        if node.anchor is not None:
            size = self.built.written + self.built.expanded - level.size_before
            self.built.sizes[node.anchor] = 1 + size

    def _close_block(self, node: Mapping | Sequence) -> None:
        if isinstance(node, Sequence):
            if node.items:
                node.end = max(node.items[-1].end, node.start)
        elif node.entries:
            node.start = node.entries[0].start
            if node.anchor is None and node.tag is None:
                node.outer = node.start
            node.end = max(node.entries[-1].end, node.start)

    def _add(self, node: Node, anchor: str | None) -> None:
        built = self.built
        built.written += 1
        if anchor is not None:
            node.anchor = anchor
            built.anchors[anchor] = node
        if not self.open:
            built.root = node
            return
        level = self.open[-1]
        node.parent = parent = level.node
        if isinstance(parent, Sequence):
            node.slot = len(parent.items)
            parent.items.append(node)
        elif level.key is None:
            level.key = node
        else:
            entry = Entry(level.key, node)
            level.key.slot = node.slot = entry
            level.key = None
            parent.entries.append(entry)

    def _tag(self, node: Node, event: Any) -> None:
        """Note a tag, and whether it is foreign to YAML."""
        node.tag = str(event.tag)
        at = self.text.find("!", event.start_mark.index, event.end_mark.index + 1)
        word = self.text[at : at + _word_length(self.text, at, len(self.text))] if at >= 0 else ""
        own = node.tag.removeprefix("tag:yaml.org,2002:")
        if node.tag != "!" and own not in _CORE_TAGS:
            span = Span(self.offset + at, self.offset + at + len(word))
            self.built.issues.append(YamlIssue("foreign-tag", span, word))

    def _fit_tag(self, node: Scalar) -> None:
        """Note a tag that does not fit the text, and decode what `!!binary` holds."""
        tag = str(node.tag)
        try:
            _, data = resolve_tagged(tag, node.value)
        except TagMismatch:
            word = "!!" + tag.removeprefix(CORE)
            self.built.issues.append(YamlIssue("tag-mismatch", node.span, word))
        else:
            if tag == BINARY_TAG:
                node.value = str(data)
                node.tag = CORE + "str"

    def _after_colon(self, start: int) -> int:
        """Return the offset of an empty value: behind the colon of its key (the parsers differ)."""
        key = self.open[-1].key if self.open else None
        if key is None:
            return start
        end = key.end - self.offset
        colon = _COLON.match(self.text, end, start)
        return colon.end() if colon else end

    def _after_properties(self, start: int, end: int) -> int:
        """Return where the content behind anchor and tag begins; without content, their end."""
        text = self.text
        at = behind = start
        while at < end:
            if text[at] in " \t\r\n":
                at += 1
            elif text[at] in "&!":
                at = behind = at + _word_length(text, at, end)
            elif text[at] == "#" and (at == 0 or text[at - 1] in " \t\r\n"):
                at = _line_end(text, at, end)
            else:
                return at
        return behind


def _word_length(text: str, start: int, end: int) -> int:
    at = start
    while at < end and text[at] not in " \t\r\n":
        at += 1
    return at - start


def _line_end(text: str, start: int, end: int) -> int:
    at = start
    while at < end and text[at] not in "\r\n":
        at += 1
    return at
