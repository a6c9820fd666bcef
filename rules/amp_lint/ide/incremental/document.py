"""A document put together from its integrations, of which only the changed ones are read.

What the parser makes of an integration depends on its own lines only, as long as nothing in the
file reaches over them: no reference, no directive, no mark that ends the document, no quote that is
closed in the next one. Whatever could is asked for here, and then the file is not put together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from amp_lint.ide.incremental.cached_findings import CachedFindings, moved_fixes, shifted
from amp_lint.linter.rule_filter import key_names
from amp_lint.manifest.decode import is_surely_finite, is_surely_taken
from amp_lint.manifest.model import Integration
from amp_lint.manifest.view import first_key
from amp_lint.text.source import MAX_SIZE, Source
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.node_path import format_path
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, folded, tear, walk
from amp_lint.yaml.parser import MAX_FOLLOWED, Built, ParseFailure, parse_text
from amp_lint.yaml.recovery import hang_in, read_integration, read_top
from amp_lint.yaml.recovery.chunks import Chunk, integration_chunks, is_regular, is_usual
from amp_lint.yaml.style_stats import StyleStats

# The mapping at the top and the list of integrations.
_ABOVE = 2


@dataclass(slots=True)
class Piece:
    """One integration: its lines and what they hold, with the places where it stands now.

    `nodes` are all whose places have to follow. `spread` says that a scalar in it has several
    lines. `verdicts`: what the rules say of it in a file that parses, and in one that does not.
    `names` are those of its keys.
    `holds_together`: what `excerpt` says, once it was asked.
    """

    lines: str
    start: int
    item: Node
    nodes: list[Node]
    built: Built
    faults: list[SyntaxProblem] = field(default_factory=list)
    spread: bool = False
    habits: StyleStats | None = None
    views: list[Integration] = field(default_factory=list)
    verdicts: dict[bool, CachedFindings] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    is_surely_taken: bool = True
    holds_together: bool | None = None

    def __post_init__(self) -> None:
        mappings = self.built.mappings
        self.names = key_names(mappings)
        self.is_surely_taken = is_surely_taken(mappings)
        self.make_views()
        self.spread = any(
            isinstance(node, Scalar)
            and "\n" in self.lines[node.start - self.start : node.end - self.start]
            for node in self.nodes
        )

    def make_views(self) -> None:
        """Look at the integration anew: what several mappings hold together has a place, too."""
        for one in self.built.mappings:
            one.used = None
        if isinstance(self.item, Mapping):
            self.views = [Integration(self.item, first_key(self.item))]

    @property
    def is_broken(self) -> bool:
        """Whether a syntax error was worked around."""
        return bool(self.faults)

    def move(self, start: int) -> None:
        """Follow the lines to another place."""
        by = start - self.start
        if not by:
            return
        for node in self.nodes:
            node.start += by
            node.end += by
            node.outer += by
        self.faults = [
            replace(one, span=shifted(one.span, by), fixes=moved_fixes(one.fixes, by))
            for one in self.faults
        ]
        self.start = start
        if not self.is_surely_taken:
            self.make_views()


@dataclass(slots=True)
class Reading:
    """A document, its integrations, and what is at its top."""

    document: Document
    pieces: list[Piece]
    nodes: list[Node]
    mappings: list[Mapping]
    faults: list[SyntaxProblem]
    key: str

    @property
    def is_surely_taken(self) -> bool:
        """Whether nothing in it could make the platform refuse the file."""
        return (
            all(piece.is_surely_taken for piece in self.pieces)
            and is_surely_taken(self.mappings)
            and is_surely_finite(self.document.source.text)
        )

    @property
    def names(self) -> set[str]:
        """The names of all keys."""
        return key_names(self.mappings).union(*(piece.names for piece in self.pieces))

    @property
    def views(self) -> list[Integration]:
        """The integrations that are mappings."""
        return [view for piece in self.pieces for view in piece.views]

    def path(self, number: int) -> str:
        """The path of an integration."""
        return format_path((self.key, number))


class Pieces:
    """The integrations that are known from the last document."""

    def __init__(self) -> None:
        self.known: list[Piece] = []
        self._by_lines: dict[str, Piece] = {}
        self._last: Reading | None = None

    def read(self, source: Source, *, passing: bool = False) -> Reading | None:
        """Read a document. None where it cannot be put together. The integrations of a `passing`
        one take nobody's place. No document that was read before can be used after this."""
        last, self._last = self._last, None
        if last is None or last.document.source is not source:
            last = self._read(source, passing)
        self._last = None if passing else last
        return last

    def hold_together(self, lines: str, column: int) -> bool:
        """As `excerpt.holds_together`, asked once about each integration that is known."""
        from amp_lint.ide.cursor_excerpt import holds_together

        piece = self._by_lines.get(lines)
        if piece is None:
            return holds_together(lines, column)
        if piece.holds_together is None:
            piece.holds_together = holds_together(lines, column)
        return piece.holds_together

    def _read(self, source: Source, passing: bool) -> Reading | None:
        text = source.text
        if len(text) > MAX_SIZE or source.blemishes or not is_usual(text):
            return None
        stretches = integration_chunks(text, source.line_starts)
        if not stretches or not is_regular(text, stretches):
            return None
        top = _Top.read(text, stretches)
        pieces = self._pieces(text, stretches) if top is not None else None
        if top is None or pieces is None:
            return None
        if not passing:
            self.known = pieces
            self._by_lines = {one.lines: one for one in pieces}
        return top.joined(source, stretches, pieces)

    def _pieces(self, text: str, stretches: list[Chunk]) -> list[Piece] | None:
        known: dict[str, list[Piece]] = {}
        for one in reversed(self.known):
            known.setdefault(one.lines, []).append(one)
        pieces: list[Piece] = []
        for stretch in stretches:
            lines = text[stretch.start : stretch.end]
            same = known.get(lines)
            piece = same.pop() if same else None
            if piece is None:
                piece = _read_piece(lines, stretch.start)
            if piece is None:
                return None
            pieces.append(piece)
        broken = next((n for n, one in enumerate(pieces) if one.is_broken), None)
        # A quote that is open at the end of one may be closed in the next.
        if broken is not None and _parses("integrations:\n" + text[stretches[broken].start :]):
            return None
        # Beyond that, no reference in the file may be followed.
        if sum(one.built.expanded for one in pieces) > MAX_FOLLOWED:
            return None
        for one, stretch in zip(pieces, stretches, strict=True):
            one.move(stretch.start)
        return pieces


def _read_piece(lines: str, start: int) -> Piece | None:
    """Read the lines of one integration, as a part of the whole or, in a file that is broken
    there, as `recover` does. None where that is no integration by itself."""
    try:
        built = parse_text(lines, offset=start, above=_ABOVE - 1, part=True)
    except ParseFailure:
        item, inside, recovered = read_integration(lines, start)
        if not recovered.faults or recovered.built.oddities:
            return None
        return Piece(lines, start, item, list(walk(inside)), recovered.built, recovered.faults)
    root = built.root
    # A reference to something outside is an oddity here.
    if not isinstance(root, Sequence) or len(root.items) != 1 or built.oddities:
        return None
    return Piece(lines, start, root.items[0], list(walk(root)), built)


def _parses(text: str) -> bool:
    try:
        parse_text(text)
    except ParseFailure:
        return False
    return True


@dataclass(slots=True)
class _Top:
    """What is around the integrations."""

    root: Mapping
    entry: Entry
    nodes: list[Node]
    mappings: list[Mapping]
    faults: list[SyntaxProblem]

    @classmethod
    def read(cls, text: str, stretches: list[Chunk]) -> _Top | None:
        """Read what is around the integrations. None where that alone is no manifest."""
        cut, behind = stretches[0].start, stretches[-1].end
        faults: list[SyntaxProblem] = []
        try:
            built = parse_text(text[:cut] + text[behind:], part=True)
        except ParseFailure:
            if _parses(text):
                return None
            recovered = read_top(text, stretches)
            built, faults = recovered.built, recovered.faults
            if not faults:
                return None
        else:
            _make_room(list(walk(built.root)), cut, behind - cut)
        root = built.root
        if not isinstance(root, Mapping) or root.flow or built.aliases or built.oddities:
            return None
        entry = _list_of_integrations(root, cut)
        if entry is None:
            return None
        mappings = [one for one in built.mappings if not one.mixed]
        tear(root)
        return cls(root, entry, list(walk(root)), mappings, faults)

    def joined(self, source: Source, stretches: list[Chunk], pieces: list[Piece]) -> Reading:
        """The document with the integrations in their place."""
        items = [piece.item for piece in pieces]
        hang_in(self.root, items, stretches[0].start + stretches[0].column)
        listed = self.entry.value
        assert isinstance(listed, Sequence)
        if any(isinstance(one, (Mapping, Sequence)) and one.partial for one in items):
            listed.partial = self.root.partial = True
        cut = stretches[0].start
        before = [one for one in self.mappings if one.start < cut]
        behind = [one for one in self.mappings if one.start >= cut]
        document = Document(
            source,
            self.root,
            [*self.faults, *(fault for piece in pieces for fault in piece.faults)],
            [*before, *chain.from_iterable(one.built.mappings for one in pieces), *behind],
            [alias for piece in pieces for alias in piece.built.aliases],
            whole=not (self.faults or any(piece.is_broken for piece in pieces)),
        )
        nodes = [*self.nodes, listed]
        return Reading(document, pieces, nodes, self.mappings, self.faults, self.entry.name)


def _list_of_integrations(root: Mapping, cut: int) -> Entry | None:
    """The entry to whose value the lines from `cut` on belong."""
    named = [one for one in root.entries if folded(one.name) == "integrations"]
    if len(named) != 1 or any(one.name == "<<" for one in root.entries):
        return None
    entry, value = named[0], named[0].value
    before = [one for one in root.entries if one.start < cut]
    empty = isinstance(value, Scalar) and value.start == value.end and not value.style
    bare = value.tag is None and value.anchor is None
    return entry if before and before[-1] is entry and empty and bare else None


def _make_room(nodes: Iterable[Node], at: int, length: int) -> None:
    """Move what stands behind the integrations to where it is in the file."""
    for node in nodes:
        behind = node.start >= at
        if behind:
            node.start += length
            node.outer += length
        if behind or node.end > at:
            node.end += length
