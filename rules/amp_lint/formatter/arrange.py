"""Pieces as layout: mappings, sequences, entries, items and comments, as Prettier writes them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import inf

from amp_lint.formatter.layout import (
    HARD,
    KEEP,
    MARGIN,
    SOFT,
    SPACE,
    Group,
    IfBroken,
    Indented,
    Layout,
    Suffix,
    joined,
    render,
)
from amp_lint.formatter.pieces import (
    AnyContent,
    Comment,
    Constraints,
    Content,
    Leaf,
    Map,
    Pair,
    Piece,
    Seq,
    Slot,
    is_inline,
)
from amp_lint.formatter.scalars import block_scalar, ends_in_space, flow_scalar, without_spaces
from amp_schema.patterns import pattern

STEP = 2
# Writes nothing, and breaks the groups around it: else Prettier moves a comment in a nested flow
# collection behind the outermost one.
_BREAK = Suffix("", breaks=True)
_IGNORE = "prettier-ignore"
_SET = "tag:yaml.org,2002:set"
# From the last character of a piece: the rest of its line, and a line of nothing but spaces.
_DASHES = pattern(r"[ \t]*(?:-[ \t]+)*")
_BLANK_BELOW = pattern(r"[^\n]*\n[^\S\n]*\n")


class Arranger:
    """Writes the pieces of one document. `last`: whether nothing follows a piece in the text."""

    def __init__(self, text: str, comment_starts: list[int], constraints: Constraints) -> None:
        self.text = text
        self.pinned: frozenset[int] = constraints.pinned
        self.strict: bool = constraints.strict
        self.comment_starts = comment_starts
        # The ends of the pieces behind which an empty line has been kept already.
        self.spaced: set[int] = set()

    def piece(self, piece: Piece, parent: Piece | None, last: bool) -> Layout:
        """A piece with its tag, its anchor and its comments."""
        parts: list[Layout] = []
        if piece.above and not (isinstance(piece, Slot) and piece.role == "value"):
            parts += [self.comments(piece.above, piece), HARD]
        blank: Layout = ""
        if isinstance(piece, (Map, Seq)) and not piece.flow and not last:
            blank = self.empty_line(piece.end, parent)
        if isinstance(piece, Content):
            parts += self.properties(piece)
        if piece.above and piece.above[-1].text[1:].strip() == _IGNORE:
            parts.append(self.as_written(piece))
        else:
            parts.append(Group(self.body(piece, parent, last)))
        if piece.behind is not None:
            parts.append(self.behind(piece, parent))
        if piece.below and not _is_flow(piece):
            parts.append(self.below(piece))
        parts.append(blank)
        return parts

    def body(self, piece: Piece, parent: Piece | None, last: bool) -> Layout:
        """A piece without the tag, the anchor and the comments that belong to it."""
        if isinstance(piece, Leaf):
            return self.block_scalar(piece, last) if piece.is_block else flow_scalar(piece)
        if isinstance(piece, Pair):
            return self.pair(piece, parent, last)
        if isinstance(piece, Slot):
            return self.slot(piece, last)
        assert isinstance(piece, (Map, Seq))
        return self.flow_collection(piece, last) if piece.flow else self.block(piece, last)

    def slot(self, slot: Slot, last: bool) -> Layout:
        """What is in a slot, in a block sequence with its dash."""
        written = self.piece(slot.content, slot, last) if slot.content is not None else ""
        if not _is_item(slot):
            return written
        if self.is_apart(slot):
            return ["-", Indented(STEP, [HARD, written])]
        return ["- ", Indented(STEP, written)]

    def flow_collection(self, piece: Map | Seq, last: bool) -> Layout:
        """A flow collection, on the lines where it is if a comment has to stay there."""
        if piece.is_kept:
            return self.kept(piece)
        written = self.flow(piece, last)
        return render(Group(written), inf) if piece.pinned else written

    def kept(self, piece: Map | Seq) -> Layout:
        """A flow collection as it is written, moved as a whole."""
        start = self.text.rfind("\n", 0, piece.node.outer) + 1
        dashes = _DASHES.match(self.text, start)
        first = dashes.end() if dashes else start
        column = first - start + (STEP if first < piece.node.outer else 0)
        lines = self.text[piece.start : piece.end].split("\n")
        parts: list[Layout] = [without_spaces(lines[0])]
        for line in lines[1:]:
            text = line.lstrip(" \t")
            spaces = " " * max(len(line) - len(text) - column, 0) if text else ""
            parts += [HARD, spaces + without_spaces(text)]
        return parts

    def block_scalar(self, leaf: Leaf, last: bool) -> Layout:
        """A block scalar with the comment behind its indicators."""
        header = leaf.header
        # Prettier writes an empty line below such a comment twice, which changes the value.
        comment = f" {header.text}" if header is not None else ""
        return block_scalar(leaf, comment, last)

    def as_written(self, piece: Piece) -> Layout:
        """A piece as it is in the text, because a comment above says so."""
        lines = self.text[piece.start : piece.end].rstrip().split("\n")
        return joined(Indented(MARGIN, KEEP), lines)

    def empty_line(self, end: int, parent: Piece | None) -> Layout:
        """The empty line below something that ends at `end`, unless it is kept already."""
        if end in self.spaced:
            return ""
        self.spaced.add(end)
        if parent is not None and parent.below and not _is_flow(parent):
            return ""
        return SOFT if _BLANK_BELOW.match(self.text, max(end - 1, 0)) else ""

    def below(self, piece: Piece) -> Layout:
        """The comments at the end of an entry or item, further in than it."""
        lines = [
            [HARD if self.is_below_blank(one) else "", self.comment(one, piece)]
            for one in piece.below
        ]
        by = STEP if _is_item(piece) else 0
        start = KEEP if ends_in_space(last_piece(piece)) else HARD
        return Indented(by, [start, joined(HARD, lines)])

    def properties(self, piece: Content) -> list[Layout]:
        """The tag and the anchor, and the comments between them and the node."""
        parts: list[Layout] = [" ".join(piece.properties)]
        if piece.properties:
            is_block = isinstance(piece, (Map, Seq)) and not piece.flow
            parts.append(HARD if is_block and not piece.inside else " ")
        if piece.inside:
            first = piece.inside[0]
            below = first.start in self.pinned and "\n" in self.text[piece.node.outer : first.start]
            start: Layout = HARD if below or len(piece.inside) > 1 else ""
            parts += [start, self.comments(piece.inside, piece), HARD]
        return parts

    def behind(self, piece: Piece, parent: Piece | None) -> Layout:
        """The comment at the end of the line on which a piece ends."""
        assert piece.behind is not None
        is_bare = isinstance(piece, Slot) and piece.content is None and piece.role == "value"
        is_key = isinstance(parent, Slot) and parent.role == "key" and not parent.flow
        is_key = is_key and isinstance(piece, (Leaf, Map, Seq)) and is_inline(piece)
        text: Layout = piece.behind.text
        if any(isinstance(one, Slot) and one.flow for one in (piece, parent)):
            text = self.comment(piece.behind, piece)
        return Suffix(["" if is_bare else " ", text], breaks=not is_key)

    def comment(self, comment: Comment, piece: Piece | None) -> Layout:
        """A comment, with the empty line below it."""
        return [comment.text, self.empty_line(comment.end, piece)]

    def comments(self, comments: Sequence[Comment], piece: Piece | None) -> Layout:
        """Comments, each on a line of its own."""
        return joined(HARD, [self.comment(one, piece) for one in comments])

    def is_below_blank(self, comment: Comment) -> bool:
        """Whether the line above a comment is empty."""
        end = self.text.rfind("\n", 0, comment.start)
        above = self.text.rfind("\n", 0, max(end, 0))
        return end > 0 and not self.text[above + 1 : end].strip(" \t")

    def block(self, piece: Map | Seq, last: bool) -> Layout:
        """The entries or items of a block collection, each on lines of its own."""
        parts: list[Layout] = []
        items: Sequence[Piece] = piece.items
        for at, item in enumerate(items):
            ends = at == len(items) - 1
            blank = "" if last and ends else self.empty_line(item.end, piece)
            parts.append(self.piece(item, piece, last and ends))
            if ends:
                parts.append(blank)
            elif ends_in_space(last_piece(item)):
                parts += [KEEP, blank]
            else:
                parts += [blank, HARD]
        return parts

    def flow(self, piece: Map | Seq, last: bool) -> Layout:
        """A collection between brackets."""
        opening, closing = "{}" if isinstance(piece, Map) else "[]"
        items: Sequence[Piece] = piece.items
        space = SPACE if isinstance(piece, Map) and items else SOFT
        parts: list[Layout] = [space]
        for at, item in enumerate(items):
            is_last = at == len(items) - 1
            parts.append(self.piece(item, piece, last and is_last))
            if not is_last:
                blank: Layout = ""
                if "\n" in self.text[item.start : items[at + 1].start]:
                    blank = self.empty_line(item.end, piece)
                parts += [",", SPACE, blank]
        parts.append(IfBroken(",") if items else "")
        if piece.below:
            parts = parts if items else []
            parts += [HARD, self.comments(piece.below, piece)]
        ends_in_nothing = bool(items) and _is_nothing(items[-1])
        return [opening, Indented(STEP, parts), "" if ends_in_nothing else space, closing]

    def pair(self, pair: Pair, parent: Piece | None, last: bool) -> Layout:
        """An entry: on one line, with its value below, or with `?` and `:` on separate lines."""
        key, value = pair.key, pair.value
        k, v = key.content, value.content
        is_moved = v is not None and v.pinned and self.is_below(value)
        if isinstance(k, Leaf) and isinstance(v, Leaf) and _is_simple(pair, k, v) and not is_moved:
            text = f"{_inline(k)}{_gap(k)}: {_inline(v)}"
            return text if v.behind is None else [text, self.behind(v, value)]
        if key.is_empty and value.is_empty:
            return ": "
        written = self.piece(key, pair, last)
        if value.is_empty:
            return self.key_alone(pair, parent, written)
        below = self.piece(value, pair, last)
        if key.is_empty:
            return [": ", Indented(STEP, below)]
        if value.above or not is_inline(k):
            above = [[self.comment(one, value), HARD] for one in value.above]
            return ["? ", Indented(STEP, written), HARD, *above, ": ", Indented(STEP, below)]
        written = self.key_and_value(pair, parent, written, below)
        return (
            [written, _BREAK] if pair.flow and self.strict and self.has_comment(pair) else written
        )

    def is_apart(self, item: Slot) -> bool:
        """Whether a pinned comment is below the dash of an item. Prettier writes it on the line of
        the dash, where it covers that line instead of what is below."""
        content = item.content
        if not _is_item(item) or content is None or not content.above:
            return False
        is_pinned = any(one.start in self.pinned for one in content.above)
        return is_pinned and "\n" in self.text[item.mark : content.above[0].start]

    def is_below(self, value: Slot) -> bool:
        """Whether a value is on a line below its colon."""
        content = value.content
        return content is not None and "\n" in self.text[value.mark : content.node.outer]

    def has_comment(self, pair: Pair) -> bool:
        """Whether a comment belongs to something in a pair."""
        at = bisect_left(self.comment_starts, pair.start)
        return at < len(self.comment_starts) and self.comment_starts[at] < pair.end

    def key_alone(self, pair: Pair, parent: Piece | None, written: Layout) -> Layout:
        """An entry without a value."""
        content = pair.key.content
        if pair.flow and isinstance(parent, Map):
            return written
        is_set = isinstance(parent, Map) and parent.node.tag == _SET
        if not pair.flow and _is_one_line(content) and not _is_followed(content) and not is_set:
            return [written, _gap(content), ":"]
        return ["? ", Indented(STEP, written)]

    def key_and_value(
        self, pair: Pair, parent: Piece | None, written: Layout, below: Layout
    ) -> Layout:
        """An entry whose key can be on the line of its colon."""
        content = pair.key.content
        value = pair.value.content
        separator = _separator(pair, parent)
        if separator is SPACE and value is not None and value.pinned:
            separator = HARD if self.is_below(pair.value) else " "
        rest = Indented(STEP, [_gap(content), ":", separator, below])
        has_comments = pair.key.below or (content is not None and content.has_comments)
        if _is_one_line(content) and not has_comments:
            return Group([written, rest], tentative=True)
        key = Group(Indented(STEP, written))
        explicit: Layout = [HARD, ": ", Indented(STEP, below)]
        whole = Group([IfBroken("? "), key])
        return Group([whole, IfBroken(explicit, rest, key)], tentative=True)


def _separator(pair: Pair, parent: Piece | None) -> Layout:
    """What is between the colon and the value: nothing, a space, or a line break."""
    value, content = pair.value, pair.value.content
    if value.below and _is_flow(content) and isinstance(content, (Map, Seq)) and not content.items:
        return " "
    is_block = isinstance(content, (Map, Seq)) and not content.flow
    if content is None:
        return " " if value.behind else ""
    if content.above or (value.below and not is_block):
        return HARD
    is_in_block = isinstance(parent, Map) and not parent.flow
    if is_in_block and _is_followed(pair.key.content) and is_inline(content):
        return HARD
    return HARD if is_block and not content.properties else SPACE


def _inline(leaf: Leaf) -> str:
    text = flow_scalar(leaf)
    assert isinstance(text, str)
    return " ".join((*leaf.properties, text))


def _gap(key: AnyContent | None) -> str:
    """The space without which the colon would be a part of an alias."""
    return " " if isinstance(key, Leaf) and key.style == "*" else ""


def _is_simple(pair: Pair, key: Leaf, value: Leaf) -> bool:
    """Whether an entry is one line of text, however long, with a comment behind it at most."""
    return (
        _is_one_line(key)
        and _is_one_line(value)
        and not key.has_comments
        and not (value.above or value.inside)
        and not pair.key.below
        and not pair.value.has_comments
    )


def _is_followed(content: AnyContent | None) -> bool:
    return content is not None and content.behind is not None


def _is_one_line(content: AnyContent | None) -> bool:
    return content is None or (
        isinstance(content, Leaf) and content.is_one_line and not content.is_block
    )


def _is_flow(piece: Piece | None) -> bool:
    return isinstance(piece, (Map, Seq)) and piece.flow


def _is_item(piece: Piece) -> bool:
    return isinstance(piece, Slot) and piece.role == "item" and not piece.flow


def _is_nothing(item: Piece) -> bool:
    return isinstance(item, Pair) and item.key.is_empty and item.value.is_empty


def last_piece(piece: Piece) -> Piece:
    """The last piece in a piece, however deep."""
    at: Piece | None = piece
    while at is not None:
        piece = at
        if isinstance(piece, (Map, Seq)):
            at = piece.items[-1] if piece.items else None
        elif isinstance(piece, Pair):
            at = piece.value
        else:
            at = piece.content if isinstance(piece, Slot) else None
    return piece
