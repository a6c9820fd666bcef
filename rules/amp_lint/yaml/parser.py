"""From text to tree. The only module that imports ruamel.yaml, but for `pure`.

The tree is built from parser events in one loop, so nesting costs no stack, aliases stay aliases
and repeated keys are all seen. ruamel's C parser (libyaml) is used where it is installed, its pure
one otherwise; the platform's decoder is a port of libyaml, so libyaml's reading is the truth.
"""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence
from amp_lint.yaml.scalars import BINARY_TAG, CORE, TagMismatch, resolve_tagged
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.dialect import Spoken

# Deeper than any manifest by two orders of magnitude. The platform gives up at 10,000 levels.
MAX_DEPTH = 1000
# Each `\\'` of a text costs a run of the parser; people write none.
MAX_ESCAPED_QUOTES = 50
# libyaml compares each `%TAG` line with all others, so thousands of them would take minutes.
MAX_DIRECTIVES = 100
# Nodes that aliases may stand for, over those written out: up to here the platform's decoder does
# not object, so beyond it is an error; see `MAX_FOLLOWED`.
MAX_ALIASED = 400_000
# Between the two figures the platform may well accept the file, but walking it would cost seconds:
# the aliases are left unfollowed and nothing is said about what they stand for.
MAX_FOLLOWED = 50_000
# What libyaml says of `[https://example.com]`, which the platform's port of it has learnt to read.
_URL_IN_BRACKETS = "found unexpected ':'"
_UNKNOWN_ESCAPE = "unknown escape character"
# What only a text has that `dialect` has to put in another way.
_MARK, _VERSION = "\ufeff", "%YAML"

_IMPORTING = allocate_lock()

# A comment is taken to the end of its line or not at all, so that matching never tries parts of it.
_FIRST_WORD = pattern(r"(?:\s|(?<!\S)#[^\r\n]*(?![^\r\n]))*((?!#)\S+)")
_COLON = pattern(r"(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\r\n]*(?=[\r\n]))*:")
_TAG_DIRECTIVE = pattern(r"(?:(?<=[\r\n])|\A)%TAG")
DOCUMENT_MARK = pattern(r"(?:---|\.\.\.)(?=\s|\Z)")
_CORE_TAGS = frozenset(
    ("str", "bool", "int", "float", "null", "map", "seq", "timestamp", "binary", "merge")
)


class ParseFailure(Exception):  # noqa: N818 - carries a place, and is always caught in recovery
    """The parser gave up. Offsets are code points; `context` is where the construct began."""

    def __init__(self, problem: str, offset: int, context: int | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.context = context


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something the parser accepts and the platform does not: `kind` says which."""

    kind: str
    span: Span
    name: str = ""


@dataclass(slots=True)
class Built:
    """What one run of the parser over a text gave.

    `ends_early`: text follows that no line `---` or `...` parts from the document.
    """

    root: Node | None = None
    oddities: list[Oddity] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    written: int = 0
    expanded: int = 0
    ends_early: bool = False


def parse_text(
    text: str,
    *,
    offset: int = 0,
    before: Built | None = None,
    above: int = 0,
    pure: bool = False,
    part: bool = False,
) -> Built:
    """Parse the first document of a text. Raises ParseFailure.

    `offset` is added to every place; `before` is what was parsed in front of it, whose anchors are
    known here; `above` counts the collections it is cut out of. `part`: the text is a part of a
    document, so more text behind the document's end is a failure.
    """
    _refuse_directives(text, offset)
    run = _Run(text, offset, before, above, part)
    words = _spoken(text) if _MARK in text or _VERSION in text else None
    outcome = run.attempt(words, pure)
    for _ in range(MAX_ESCAPED_QUOTES):
        if isinstance(outcome, Built):
            return outcome
        if outcome.problem.endswith(_URL_IN_BRACKETS) and not pure:
            pure = True
        elif _UNKNOWN_ESCAPE in outcome.problem:
            words = (words or _spoken(text)).with_escaped_quote(outcome.offset - offset)
            if words is None:
                raise outcome
        else:
            raise outcome
        outcome = run.attempt(words, pure)
    raise ParseFailure("too many escaped quotes", offset, None)


def _spoken(text: str) -> Spoken:
    # Few texts need it.
    from amp_lint.yaml.dialect import spoken

    return spoken(text)


@dataclass(frozen=True, slots=True)
class _Run:
    """What `parse_text` was asked."""

    text: str
    offset: int
    before: Built | None
    above: int
    part: bool

    def attempt(self, words: Spoken | None, pure: bool) -> Built | ParseFailure:
        """Parse the text, or another wording of it."""
        built, offset = Built(), self.offset
        if self.before is not None:
            built.anchors.update(self.before.anchors)
            built.sizes.update(self.before.sizes)
        if words is not None and words.version is not None:
            span = Span(offset + words.version.start, offset + words.version.end)
            built.oddities.append(Oddity("yaml-version", span))
        builder = _Builder(self.text, words, offset, built, MAX_DEPTH - self.above)
        builder.is_part = self.part
        try:
            builder.run(_events(self.text if words is None else words.text, pure))
        except _yaml_error() as error:
            return _failure(error, len(self.text), offset)
        except ParseFailure as failure:
            return failure
        except (ValueError, OverflowError, AssertionError):
            # The pure parser does not check the numbers of `"\UFFFFFFFF"` and `%YAML 1.999...`.
            return ParseFailure("a number out of range", offset + builder.seen, None)
        return built


def _refuse_directives(text: str, offset: int) -> None:
    if text.count("%TAG") <= MAX_DIRECTIVES:
        return
    lines = list(islice(_TAG_DIRECTIVE.finditer(text), MAX_DIRECTIVES + 1))
    if len(lines) > MAX_DIRECTIVES:
        raise ParseFailure("too many directives", offset + lines[-1].start(), None)


def _failure(error: Any, length: int, offset: int) -> ParseFailure:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, length) if mark is not None else length
    # Only libyaml gives a place to "while scanning for the next token".
    context = error.context_mark or (error.problem_mark if error.context else None)
    start = offset + min(context.index, length) if context is not None else None
    # The pure parser goes on: "expected ']', but got '<tag>'".
    found = (error.problem or "").partition(", but ")[0]
    return ParseFailure(" ".join(filter(None, (error.context, found))), offset + at, start)


def _yaml_error() -> type[Exception]:
    from ruamel.yaml.error import MarkedYAMLError

    return MarkedYAMLError


def _c_parser() -> Any:
    """The class, or None where it is not installed."""
    # Python does not make a thread wait for another one that is importing this kind of module.
    with _IMPORTING:
        try:
            from _ruamel_yaml import CParser
        except ImportError:
            return None
    return CParser


def _events(text: str, pure: bool) -> Iterable[Any]:
    parser = None if pure else _c_parser()
    if parser is not None:
        return iter(parser(text).get_event, None)
    from amp_lint.yaml.pure_parser import pure_events

    return pure_events(text)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen, and a mapping's key that waits for its value."""

    node: Mapping | Sequence
    size_before: int
    key: Node | None = None


class _Builder:
    """Turns events into nodes. One instance per run."""

    def __init__(
        self, text: str, words: Spoken | None, offset: int, built: Built, depth: int
    ) -> None:
        self.text = text
        self.words = words
        self.has_slashes = "\\/" in text
        self.is_part = False
        self.offset = offset
        self.built = built
        self.depth = depth
        self.open: list[_Open] = []
        self.event: Any = None

    def run(self, events: Iterable[Any]) -> None:
        from ruamel.yaml import events as kinds

        handlers: dict[type, Callable[[Any], None]] = {
            kinds.ScalarEvent: self.scalar,
            kinds.MappingStartEvent: self.mapping_start,
            kinds.MappingEndEvent: self.collection_end,
            kinds.SequenceStartEvent: self.sequence_start,
            kinds.SequenceEndEvent: self.collection_end,
            kinds.AliasEvent: self.alias,
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
                if not (self.is_part and self.goes_on(end)):
                    self.note_rest(end)
                    return

    @property
    def seen(self) -> int:
        """How far the parser has come."""
        return 0 if self.event is None else int(self.event.end_mark.index)

    def goes_on(self, end: int) -> bool:
        """Whether more text follows a document without a line `---` or `...` between."""
        word = _FIRST_WORD.match(self.text, end)
        return word is not None and not DOCUMENT_MARK.match(self.text, word.start(1))

    def note_rest(self, end: int) -> None:
        """Note where text behind the first document begins."""
        word = _FIRST_WORD.match(self.text, end) if end < len(self.text) else None
        if word is None:
            return
        start, stop = word.span(1)
        self.built.ends_early = not DOCUMENT_MARK.match(self.text, start)
        if not self.built.ends_early:
            rest = _FIRST_WORD.match(self.text, start + 3)
            if rest is None:
                return
            stop = start + 3
            if not self.text.startswith("---", start):
                start, stop = rest.span(1)
                stop = start + 3 if self.text.startswith("---", start) else stop
        span = Span(self.offset + start, self.offset + stop)
        self.built.oddities.append(Oddity("extra-document", span, self.text[start]))

    def scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if self.words is not None:
            event.value = self.words.value(event.value, style)
        if self.has_slashes and style == '"':
            self.note_slashes(start, end)
        is_bare = event.anchor is None and event.ctag is None
        if is_bare and (style in ("'", '"') if style else event.value):
            # Most are like this: they are where the parser says.
            node = Scalar(start + self.offset, end + self.offset, event.value, style)
            if not style and not event.implicit[0]:
                node.tag = "!"
            self.add(node, None)
        else:
            self.odd_scalar(event, start, end, style)

    def note_slashes(self, start: int, end: int) -> None:
        """Note the escaped slashes in a double-quoted scalar."""
        from amp_lint.yaml.dialect import escaped_slashes

        for place in escaped_slashes(self.text, start, end):
            span = Span(place.start + self.offset, place.end + self.offset)
            self.built.oddities.append(Oddity("escaped-slash", span))

    def odd_scalar(self, event: Any, start: int, end: int, style: str) -> None:
        """One with an anchor or a tag, of several lines, or empty."""
        outer = start
        if event.anchor is not None or event.ctag is not None:
            start = self.after_properties(start, end)
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        elif not event.value and not style:
            bare = event.anchor is None and event.ctag is None
            start = end = self.after_colon(start) if bare else start
        node = Scalar(start + self.offset, end + self.offset, event.value, style)
        node.outer = min(outer, start) + self.offset
        if event.ctag is not None:
            self.tag(node, event)
            self.fit_tag(node)
        elif not style and not event.implicit[0]:
            node.tag = "!"
        self.add(node, event.anchor)
        if event.anchor is not None:
            self.built.sizes[event.anchor] = 1

    def alias(self, event: Any) -> None:
        name = event.anchor
        node = Alias(event.start_mark.index + self.offset, event.end_mark.index + self.offset, name)
        target = self.built.anchors.get(name)
        if target is None:
            self.built.oddities.append(Oddity("unknown-alias", node.span, name))
        elif any(level.node is target for level in self.open):
            self.built.oddities.append(Oddity("circular-alias", node.span, name))
        else:
            node.target = target
            self.built.expanded += self.built.sizes.get(name, 1)
        self.built.aliases.append(node)
        self.add(node, None)

    def mapping_start(self, event: Any) -> None:
        start = event.start_mark.index + self.offset
        node = Mapping(start, event.end_mark.index + self.offset, bool(event.flow_style))
        self.built.mappings.append(node)
        self.start(node, event)

    def sequence_start(self, event: Any) -> None:
        start = event.start_mark.index + self.offset
        self.start(
            Sequence(start, event.end_mark.index + self.offset, bool(event.flow_style)), event
        )

    def start(self, node: Mapping | Sequence, event: Any) -> None:
        if event.anchor is not None or event.ctag is not None:
            start = event.start_mark.index
            node.start = self.offset + self.after_properties(start, len(self.text))
            if event.ctag is not None:
                self.tag(node, event)
        self.add(node, event.anchor)
        self.open.append(_Open(node, self.built.written + self.built.expanded))
        if len(self.open) > self.depth:
            raise ParseFailure("too deep", node.start, None)

    def collection_end(self, event: Any) -> None:
        level = self.open.pop()
        node = level.node
        if node.flow:
            node.end = event.end_mark.index + self.offset
        else:
            self.close_block(node)
        if node.anchor is not None:
            size = self.built.written + self.built.expanded - level.size_before
            self.built.sizes[node.anchor] = 1 + size

    def close_block(self, node: Mapping | Sequence) -> None:
        if isinstance(node, Sequence):
            if node.items:
                node.end = max(node.items[-1].end, node.start)
        elif node.entries:
            node.start = node.entries[0].start
            if node.anchor is None and node.tag is None:
                node.outer = node.start
            node.end = max(node.entries[-1].end, node.start)

    def add(self, node: Node, anchor: str | None) -> None:
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

    def tag(self, node: Node, event: Any) -> None:
        """Note a tag, and that it has no meaning where it is none of YAML's own."""
        node.tag = str(event.tag)
        at = self.text.find("!", event.start_mark.index, event.end_mark.index + 1)
        word = self.text[at : at + _word_length(self.text, at, len(self.text))] if at >= 0 else ""
        own = node.tag.removeprefix("tag:yaml.org,2002:")
        if node.tag != "!" and own not in _CORE_TAGS:
            span = Span(self.offset + at, self.offset + at + len(word))
            self.built.oddities.append(Oddity("foreign-tag", span, word))

    def fit_tag(self, node: Scalar) -> None:
        """Note a tag that does not fit the text, and decode what `!!binary` holds."""
        tag = str(node.tag)
        try:
            _, data = resolve_tagged(tag, node.value)
        except TagMismatch:
            word = "!!" + tag.removeprefix(CORE)
            self.built.oddities.append(Oddity("tag-mismatch", node.span, word))
        else:
            if tag == BINARY_TAG:
                node.value = str(data)
                node.tag = CORE + "str"

    def after_colon(self, start: int) -> int:
        """The place of an empty value: the parsers differ, so behind the colon of its key."""
        key = self.open[-1].key if self.open else None
        if key is None:
            return start
        end = key.end - self.offset
        colon = _COLON.match(self.text, end, start)
        return colon.end() if colon else end

    def after_properties(self, start: int, end: int) -> int:
        """Where the content begins behind anchor and tag; behind the last of them where there is
        none."""
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


def distrust_bombs(built: Built) -> None:
    """Leave aliases unfollowed where following them would cost seconds, and report those that
    the platform's decoder refuses as excessive."""
    if built.expanded <= MAX_FOLLOWED:
        return
    for alias in built.aliases:
        alias.target = None
    if built.expanded > MAX_ALIASED:
        last = built.aliases[-1]
        built.oddities.append(Oddity("alias-bomb", last.span, last.name))
