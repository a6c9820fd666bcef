"""A document assembled from its integrations, of which only the changed ones are parsed.

An integration can be parsed separately if nothing connects it with the rest of the file: no
alias, no `%` line, no document mark, no quote that is closed in the next one. Otherwise the
document is not assembled, and the caller reads the whole file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from amp_lint.ide.incremental.cached_findings import CachedFindings, moved_fixes, shifted
from amp_lint.linter.rule_filter import key_names
from amp_lint.manifest.decode import is_surely_finite, is_surely_taken
from amp_lint.manifest.hollow import mark_hollow
from amp_lint.manifest.misplaced import is_suspect, mark_merges_meant, mark_objects
from amp_lint.manifest.model import Integration
from amp_lint.manifest.view import first_key
from amp_lint.text.source import MAX_SIZE, Source
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.lost_words import may_lose_words
from amp_lint.yaml.node_path import format_path
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, folded, tear, walk
from amp_lint.yaml.parser import MAX_FOLLOWED, parse_text
from amp_lint.yaml.recovery import attach_integrations, read_integration, read_top
from amp_lint.yaml.recovery.chunks import Chunk, integration_chunks, is_regular, is_usual
from amp_lint.yaml.style_stats import StyleStats
from amp_lint.yaml.tree_builder import Built, ParseFailure

# The levels above an integration: the mapping at the top, and the list of integrations.
_ABOVE = 2


@dataclass(slots=True)
class Piece:
    """One integration: its lines and tree, at its current place.

    `nodes` are all nodes whose offsets must move with it. `spread` is set if a scalar has several
    lines. `cached` are the findings in a file that parses (True), and in one that does not (False).
    `names` are the names of its keys. `ends_cleanly` is the answer of that function, once known.
    """

    lines: str
    start: int
    item: Node
    nodes: list[Node]
    built: Built
    faults: list[SyntaxProblem] = field(default_factory=list)
    spread: bool = False
    style_stats: StyleStats | None = None
    views: list[Integration] = field(default_factory=list)
    cached: dict[bool, CachedFindings] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    is_surely_taken: bool = True
    ends_cleanly: bool | None = None

    def __post_init__(self) -> None:
        mappings = self.built.mappings
        mark_objects(self.item)
        if "<" in self.lines or ">>" in self.lines:
            mark_merges_meant(mappings)
        self._mark_hollow()
        self.names = key_names(mappings)
        self.is_surely_taken = is_surely_taken(mappings) and is_surely_finite(self.lines)
        self.make_views()
        self.spread = any(
            isinstance(node, Scalar)
            and "\n" in self.lines[node.start - self.start : node.end - self.start]
            for node in self.nodes
        )

    def _mark_hollow(self) -> None:
        is_listed = isinstance(self.item.parent, Sequence)
        mark_hollow(self.built.empty, ("integrations",) if is_listed else ("integrations", 0))

    def make_views(self) -> None:
        """Look at the integration again: what several mappings hold together has a place, too."""
        for one in self.built.mappings:
            one.used = None
        if isinstance(self.item, Mapping):
            self.views = [Integration(self.item, first_key(self.item))]

    @property
    def is_broken(self) -> bool:
        """Whether it has a syntax error."""
        return bool(self.faults)

    def move(self, start: int) -> None:
        """Move all offsets to the new place of the lines."""
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
    """A document, its integrations, and what is around them: the text and the tree."""

    document: Document
    pieces: list[Piece]
    around: tuple[str, str]
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
            and all(map(is_surely_finite, self.around))
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
        """Return the path of an integration."""
        return format_path((self.key, number))


class Pieces:
    """Reads documents, and reuses the integrations of the last one."""

    def __init__(self) -> None:
        self.known: list[Piece] = []
        self._by_lines: dict[str, Piece] = {}
        self._last: Reading | None = None

    def read(self, source: Source, *, passing: bool = False) -> Reading | None:
        """Read a document; return None if it cannot be assembled.

        The integrations of a `passing` document are not kept. Documents that were read before must
        not be used any more.
        """
        last, self._last = self._last, None
        if last is None or last.document.source is not source:
            last = self._read(source, passing)
        self._last = None if passing else last
        return last

    def ends_cleanly(self, lines: str, column: int) -> bool:
        """Return the same as `cursor_excerpt.ends_cleanly`, cached for known integrations."""
        from amp_lint.ide.cursor_excerpt import ends_cleanly

        piece = self._by_lines.get(lines)
        if piece is None:
            return ends_cleanly(lines, column)
        if piece.ends_cleanly is None:
            piece.ends_cleanly = ends_cleanly(lines, column)
        return piece.ends_cleanly

    def _read(self, source: Source, passing: bool) -> Reading | None:
        text = source.text
        if len(text) > MAX_SIZE or source.blemishes:
            return None
        chunks = integration_chunks(text, source.line_starts)
        if not chunks or not is_regular(text, chunks):
            return None
        around = text[: chunks[0].start], text[chunks[-1].end :]
        top = _Top.read(text, chunks) if all(map(is_usual, around)) else None
        pieces = self._pieces(text, chunks) if top is not None else None
        if top is None or pieces is None:
            return None
        if not passing:
            self.known = pieces
            self._by_lines = {one.lines: one for one in pieces}
        return top.joined(source, chunks, pieces, around)

    def _pieces(self, text: str, chunks: list[Chunk]) -> list[Piece] | None:
        known: dict[str, list[Piece]] = {}
        for one in reversed(self.known):
            known.setdefault(one.lines, []).append(one)
        pieces: list[Piece] = []
        for chunk in chunks:
            lines = text[chunk.start : chunk.end]
            same = known.get(lines)
            piece = same.pop() if same else None
            if piece is None:
                piece = _read_piece(lines, chunk.start)
            if piece is None:
                return None
            pieces.append(piece)
        broken = next((n for n, one in enumerate(pieces) if one.is_broken), None)
        # A quote that is open at the end of an integration may be closed in the next one.
        if broken is not None and _parses("integrations:\n" + text[chunks[broken].start :]):
            return None
        # Behind a extra dash, an integration may be a part of the one above.
        if any(is_suspect(one.item) for one in pieces):
            return None
        # The limit for aliases applies to the whole file.
        if sum(one.built.expanded for one in pieces) > MAX_FOLLOWED:
            return None
        for one, chunk in zip(pieces, chunks, strict=True):
            one.move(chunk.start)
        return pieces


def _read_piece(lines: str, start: int) -> Piece | None:
    """Read the lines of one integration, with recovery if they have a syntax error.

    None if they are not an integration by themselves. Whether the lines are usual is asked here, of
    those that changed: asked of the whole text, it took a fifth of the time of a key.
    """
    if not is_usual(lines):
        return None
    try:
        built = parse_text(lines, offset=start, above=_ABOVE - 1, part=True)
    except ParseFailure:
        item, inside, recovered = read_integration(lines, start)
        if not recovered.faults or _has_issues(recovered.built):
            return None
        return Piece(lines, start, item, list(walk(inside)), recovered.built, recovered.faults)
    root = built.root
    # An alias of an anchor outside counts as an issue here.
    if not isinstance(root, Sequence) or len(root.items) != 1 or _has_issues(built):
        return None
    return Piece(lines, start, root.items[0], list(walk(root)), built)


def _has_issues(built: Built) -> bool:
    """Whether there is something to say of what was read besides syntax errors."""
    return bool(built.issues) or bool(built.anchors and may_lose_words(built.anchors.values()))


def _parses(text: str) -> bool:
    try:
        parse_text(text)
    except ParseFailure:
        return False
    return True


@dataclass(slots=True)
class _Top:
    """The tree around the integrations."""

    root: Mapping
    entry: Entry
    nodes: list[Node]
    mappings: list[Mapping]
    faults: list[SyntaxProblem]

    @classmethod
    def read(cls, text: str, chunks: list[Chunk]) -> _Top | None:
        """Read the tree around the integrations; None if that is not a manifest by itself."""
        cut, behind = chunks[0].start, chunks[-1].end
        faults: list[SyntaxProblem] = []
        try:
            built = parse_text(text[:cut] + text[behind:], part=True)
        except ParseFailure:
            if _parses(text):
                return None
            recovered = read_top(text, chunks)
            built, faults = recovered.built, recovered.faults
            if not faults:
                return None
        else:
            _make_room(list(walk(built.root)), cut, behind - cut)
        root = built.root
        if not isinstance(root, Mapping) or root.flow or built.aliases or _has_issues(built):
            return None
        entry = _list_of_integrations(root, cut)
        if entry is None:
            return None
        mappings = [one for one in built.mappings if not one.mixed]
        tear(root)
        return cls(root, entry, list(walk(root)), mappings, faults)

    def joined(
        self, source: Source, chunks: list[Chunk], pieces: list[Piece], around: tuple[str, str]
    ) -> Reading:
        """Return the document with the integrations in their places."""
        items = [piece.item for piece in pieces]
        attach_integrations(self.root, items, chunks[0].start + chunks[0].column)
        listed = self.entry.value
        assert isinstance(listed, Sequence)
        if any(isinstance(one, (Mapping, Sequence)) and one.partial for one in items):
            listed.partial = self.root.partial = True
        cut = chunks[0].start
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
        return Reading(document, pieces, around, nodes, self.mappings, self.faults, self.entry.name)


def _list_of_integrations(root: Mapping, cut: int) -> Entry | None:
    """Return the entry whose value begins at `cut`; None if it is not certain."""
    named = [one for one in root.entries if folded(one.name) == "integrations"]
    if len(named) != 1 or any(one.name == "<<" for one in root.entries):
        return None
    entry, value = named[0], named[0].value
    before = [one for one in root.entries if one.start < cut]
    empty = isinstance(value, Scalar) and value.start == value.end and not value.style
    bare = value.tag is None and value.anchor is None
    return entry if before and before[-1] is entry and empty and bare else None


def _make_room(nodes: Iterable[Node], at: int, length: int) -> None:
    """Move the nodes behind the integrations to their place in the file."""
    for node in nodes:
        behind = node.start >= at
        if behind:
            node.start += length
            node.outer += length
        if behind or node.end > at:
            node.end += length
