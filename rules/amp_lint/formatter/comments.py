"""Which piece each comment belongs to, so that it moves with that piece.

A comment behind something on its line belongs to what ends last there. A comment on a line of its
own belongs to the end of the entry or item above if it is further in than that, else to what begins
next. This is what Prettier does; a layout that attached comments in another way would differ from
it at each comment.
"""

from __future__ import annotations

from bisect import bisect_right

from amp_lint.formatter.pieces import (
    Comment,
    Leaf,
    Map,
    Pair,
    Piece,
    Seq,
    Slot,
    below,
)


class Attacher:
    """Attaches the comments of one document. `starts` are the offsets of the lines, `strict` is
    that of `Constraints`."""

    def __init__(self, starts: list[int], root: Piece, strict: bool) -> None:
        self.starts = starts
        self.strict = strict
        self.root = root
        self.parents: dict[int, Piece] = {}
        # By line: what begins first there, what a comment may follow, and what ends last there.
        self.first: dict[int, Piece] = {}
        self.followed: dict[int, Piece] = {}
        self.last: dict[int, tuple[int, Piece]] = {}
        self.owners: dict[int, Piece] = {}
        self.places: list[int] = []
        self.given: list[tuple[Comment, Piece]] = []

    def attach(self, comments: list[Comment]) -> list[Comment]:
        """Give each comment that has no place to a piece. Return those below everything."""
        free = [comment for comment in comments if not comment.placed]
        self.places = [comment.start for comment in free]
        self.index(self.root, 0, self.places[-1] if free else 0)
        left = [comment for comment in free if not self.put(comment)]
        for comment, owner in self.given:
            self.extend(comment, owner)
        return left

    def tail(self, comments: list[Comment]) -> list[Comment]:
        """The comments below a document's content that belong to the document, since all of them
        are further out than each collection that ends there, or that is in the first column."""
        end = self.root.end
        tail = [comment for comment in comments if comment.start >= end and not comment.placed]
        if tail and self.line(tail[0].start) == self.line(end):
            tail = tail[1:]
        collections, last = _ending(self.root)
        columns = [self.column(one.start) for one in collections]
        is_block = isinstance(last, Leaf) and last.is_block
        if tail and columns and not is_block and self.column(tail[0].start) > columns[-1]:
            tail = tail[1:]
        furthest = max((self.column(comment.start) for comment in tail), default=0)
        return [] if any(0 < column <= furthest for column in columns) else tail

    def line(self, offset: int) -> int:
        """The number of the line of an offset, from 0."""
        return bisect_right(self.starts, offset) - 1

    def column(self, offset: int) -> int:
        """The column of an offset, from 0."""
        return offset - self.starts[self.line(offset)]

    def index(self, piece: Piece, after: int, before: int) -> None:
        """Enter a piece, and all in it, under the lines on which it begins and ends, unless no
        comment is next to it or in it. `after` is the end of what is in front of the piece,
        `before` the start of what is behind it."""
        at = bisect_right(self.places, after - 1)
        if piece.start >= piece.end or at == len(self.places):
            return
        if self.places[at] > before and self.line(self.places[at]) > self.line(before):
            return
        first, last = self.line(piece.start), self.line(piece.end)
        self.index_start(piece, first)
        column = piece.end - self.starts[last]
        if column and _may_be_followed(piece):
            known = self.followed.get(last)
            if known is None or piece.end >= known.end:
                self.followed[last] = piece
        self.index_end(piece, column, last)
        if first != last:
            self.index_end(piece, column, first)
        children = list(below(piece))
        ends = [after, *(child.end for child in children[:-1])]
        starts = [*(child.start for child in children[1:]), before]
        for child, end, start in zip(children, ends, starts, strict=False):
            self.parents[id(child)] = piece
            self.index(child, end, start)

    def index_start(self, piece: Piece, line: int) -> None:
        """Enter a piece as what begins on a line, if nothing around it does."""
        if isinstance(piece, Slot) and (piece.role == "key" or _is_flow_item(piece)):
            return
        known = self.first.get(line)
        if known is None or piece.start < known.start:
            self.first[line] = piece

    def index_end(self, piece: Piece, column: int, line: int) -> None:
        """Enter a piece as what ends last on a line."""
        known = self.last.get(line)
        if known is None or column >= known[0]:
            self.last[line] = (column, piece)

    def put(self, comment: Comment) -> bool:
        """Attach one comment; whether there is a piece for it."""
        line = self.line(comment.start)
        owner = self.followed.get(line)
        if owner is not None and (opened := self.opened(owner, comment)) is not None:
            owner = _put_first(opened, comment)
        elif owner is not None:
            owner.behind = comment
        elif (owner := self.owner_above(comment, line)) is not None:
            owner.below.append(comment)
        elif (owner := self.first_below(line)) is not None:
            owner.above.append(comment)
        else:
            return False
        self.owners[line] = owner
        self.given.append((comment, owner))
        return True

    def opened(self, piece: Piece, comment: Comment) -> Map | Seq | None:
        """The collection whose bracket opens between a key of a flow mapping and a comment.
        Prettier writes the comment in front of it, out of the collection, and makes a complex
        key."""
        slot = self.parents.get(id(piece)) if self.strict else None
        pair = self.parents.get(id(slot)) if isinstance(slot, Slot) else None
        if not isinstance(pair, Pair) or not pair.flow or slot is not pair.key:
            return None
        content = pair.value.content
        is_inside = isinstance(content, (Map, Seq)) and content.start < comment.start < content.end
        return content if is_inside and isinstance(content, (Map, Seq)) else None

    def first_below(self, line: int) -> Piece | None:
        """The first piece that begins below a line."""
        end = self.line(self.root.end)
        return next((self.first[at] for at in range(line + 1, end + 1) if at in self.first), None)

    def owner_above(self, comment: Comment, line: int) -> Piece | None:
        """The piece that the comment is further in than, among those around the nearest thing
        above it."""
        piece = self.nearest_above(line)
        if isinstance(piece, (Map, Seq)) and not piece.flow and piece.items:
            piece = piece.items[0]
        if isinstance(piece, Pair) and not piece.flow:
            piece = piece.key if _is_explicit(piece.key) else piece.value
        while piece is not None:
            if self.owns(piece, comment):
                return piece
            piece = self.parents.get(id(piece))
        return None

    def nearest_above(self, line: int) -> Piece | None:
        """What ends last on the nearest line above, or holds the comment there."""
        for at in range(line, self.line(self.root.start) - 1, -1):
            if at in self.last:
                return self.last[at][1]
            if at != line and at in self.owners:
                return self.owners[at]
        return None

    def extend(self, comment: Comment, owner: Piece) -> None:
        """Make the pieces around a comment reach over it."""
        piece: Piece | None = owner if comment in owner.below else self.parents.get(id(owner))
        while piece is not None:
            piece.start = min(piece.start, comment.start)
            piece.end = max(piece.end, comment.end)
            piece = self.parents.get(id(piece))

    def owns(self, piece: Piece, comment: Comment) -> bool:
        """Whether a comment on a line of its own is at the end of a piece, inside it."""
        if isinstance(piece, (Map, Seq)) and piece.flow:
            if not piece.start < comment.start < comment.end < piece.end:
                return False
            line = self.line(comment.start)
            return not piece.items or line > self.line(piece.items[-1].end)
        if not isinstance(piece, Slot) or comment.end < piece.end:
            return False
        # Prettier gives comments to parts of a flow collection, too. It then writes the comma
        # behind them, where it is a part of the comment.
        if piece.flow and (self.strict or piece.role == "item"):
            return False
        around = self.parents[id(piece)] if piece.role != "item" else piece
        is_further_in = self.column(comment.start) > self.column(around.start)
        return is_further_in and (piece.role == "item" or _may_hold(piece))


def _may_hold(slot: Slot) -> bool:
    """Whether comments below a key or a value, further in, belong to it."""
    if isinstance(slot.content, Leaf) and slot.content.is_block:
        return False
    return slot.role == "value" or _is_explicit(slot)


def _put_first(collection: Map | Seq, comment: Comment) -> Piece:
    """Give a comment to the start of a flow collection; what holds it then."""
    if not collection.items:
        collection.below.append(comment)
        return collection
    item = collection.items[0]
    owner = item.content or item if isinstance(item, Slot) else item
    owner.above.append(comment)
    return owner


def _ending(root: Piece) -> tuple[list[Piece], Piece | None]:
    """The block collections that end where a document's content ends, the outermost first, and what
    the innermost one ends in."""
    collections: list[Piece] = []
    piece: Piece | None = root
    while isinstance(piece, (Map, Seq)) and not piece.flow and piece.items:
        collections.append(piece)
        item = piece.items[-1]
        slot = item.value if isinstance(item, Pair) else item
        piece = slot.content
    return collections, piece


def _is_explicit(key: Slot) -> bool:
    """Whether a key is marked as one, by a `?` or by a colon with nothing in front."""
    return key.content is None or key.mark >= 0


def _is_flow_item(slot: Slot) -> bool:
    return slot.role == "item" and slot.flow


def _may_be_followed(piece: Piece) -> bool:
    """Whether a comment on the same line can belong to a piece."""
    if isinstance(piece, Slot):
        return not _is_flow_item(piece)
    if isinstance(piece, Leaf):
        return not piece.is_block
    return isinstance(piece, (Map, Seq)) and piece.flow
