"""The parts of a document that the formatter arranges, with the comments between them.

The document's nodes know their values and places. Layout also needs what lies between them: dashes,
colons, tags, anchors and comments. `read_pieces` finds those in the gaps between nodes.
Offsets are code points in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, Union

from amp_lint.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

# The parser ends a comment at these.
_GAP = pattern("#[^\n\x85\u2028\u2029]*|[-?:]")
_PROPERTY = pattern("#[^\n\x85\u2028\u2029]*|[&!][^ \t\n\x85\u2028\u2029]*")
_REST_OF_LINE = pattern(r"[^\n]*\n?")
_BLANK_LINES = pattern(r"(?:[ \t]*(?:\n|(?<=[ \t])\Z))*")
# What a block scalar's value ends in: lines of nothing but spaces.
_SPACES_BELOW = pattern(r"(?:\n[ \t]*)*\Z")


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a layout has to keep that Prettier's does not.

    `pinned`: the offsets of comments that must stay on the lines of what they cover. `strict`: a
    comment in a flow collection stays in it, and breaks all collections around it.
    """

    pinned: frozenset[int] = frozenset()
    strict: bool = False


AS_PRETTIER = Constraints()


class Comment:
    """A comment, from its `#` to the end of its line. `placed` once it belongs to a piece."""

    __slots__ = ("end", "placed", "start", "text")

    def __init__(self, match: re.Match[str], group: int = 0) -> None:
        self.start: int = match.start(group)
        self.end: int = match.end(group)
        self.text: str = match[group].rstrip()
        self.placed: bool = False


class Piece:
    """What all parts share: a place, and comments above, behind, and below on the inside."""

    __slots__ = ("above", "behind", "below", "end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start: int = start
        self.end: int = end
        self.above: list[Comment] = []
        self.behind: Comment | None = None
        self.below: list[Comment] = []

    @property
    def has_comments(self) -> bool:
        """Whether a comment belongs to this piece itself."""
        return bool(self.above or self.below or self.behind)


class Content(Piece):
    """A node with its tag and anchor. `inside` are the comments between those and the node.

    `pinned`: a comment in or behind it covers lines, so they have to stay as they are.
    """

    __slots__ = ("inside", "node", "pinned", "properties")

    def __init__(self, start: int, end: int, node: Node) -> None:
        super().__init__(start, end)
        self.node: Node = node
        self.pinned: bool = False
        self.properties: list[str] = []
        self.inside: list[Comment] = []

    @property
    def has_comments(self) -> bool:
        """Whether a comment belongs to the node itself."""
        return bool(self.above or self.below or self.behind or self.inside)


class Leaf(Content):
    """A scalar or an alias. `header` is the comment behind the `|` or `>` of a block scalar."""

    __slots__ = ("header", "is_one_line", "style", "text")

    def __init__(self, start: int, end: int, node: Scalar | Alias, text: str) -> None:
        super().__init__(start, end, node)
        self.text: str = text
        self.style: str = node.style if isinstance(node, Scalar) else "*"
        self.is_one_line: bool = "\n" not in text
        self.header: Comment | None = None

    @property
    def is_block(self) -> bool:
        """Whether this is a block scalar."""
        return self.style in ("|", ">")


Role = Literal["key", "value", "item"]


class Slot(Piece):
    """The place of a key, a value or an item. `mark` is the offset of its `?`, `:` or `-`, or -1.
    `flow`: the collection is one between brackets."""

    __slots__ = ("content", "flow", "mark", "role")

    def __init__(self, role: Role, flow: bool, mark: int, content: AnyContent | None) -> None:
        start = mark if mark >= 0 or content is None else content.start
        super().__init__(start, content.end if content is not None else start + 1)
        self.role = role
        self.flow: bool = flow
        self.mark: int = mark
        self.content: AnyContent | None = content

    @property
    def is_empty(self) -> bool:
        """Whether neither a value nor a comment is here."""
        return self.content is None and not self.has_comments


class Pair(Piece):
    """An entry of a mapping."""

    __slots__ = ("flow", "key", "value")

    def __init__(self, key: Slot, value: Slot, flow: bool) -> None:
        super().__init__(key.start, value.end)
        self.key: Slot = key
        self.value: Slot = value
        self.flow: bool = flow


class Map(Content):
    """A mapping. One without brackets in a flow sequence is the `Pair` alone. `is_kept`: all of its
    text stays as it is."""

    __slots__ = ("flow", "is_kept", "items")

    def __init__(self, start: int, end: int, node: Mapping) -> None:
        super().__init__(start, end, node)
        self.flow: bool = node.flow
        self.is_kept: bool = False
        self.items: list[Pair] = []


class Seq(Content):
    """A sequence. The items of a flow sequence are slots without a mark, or pairs. `is_kept`: all
    of its text stays as it is."""

    __slots__ = ("flow", "is_kept", "items")

    def __init__(self, start: int, end: int, node: Sequence) -> None:
        super().__init__(start, end, node)
        self.flow: bool = node.flow
        self.is_kept: bool = False
        self.items: list[Slot | Pair] = []


AnyContent = Union[Leaf, Map, Seq]  # noqa: UP007


class PieceReader:
    """Reads the pieces of one document. `comments` are in the order of the text; those of a block
    scalar's header and between a tag and its node are placed already. `pinned` is that
    of `Constraints`."""

    def __init__(self, text: str, pinned: frozenset[int]) -> None:
        self.text = text
        self.pinned = pinned
        self.at: int = 0
        self.comments: list[Comment] = []

    def read(self, root: Node | None, start: int, end: int) -> AnyContent | None:
        """The pieces of a document whose text lies from `start` to `end`."""
        self.at = start
        content = self.content(root) if root is not None else None
        self.gap(end)
        return content

    def gap(self, end: int, mark: str = "") -> int:
        """Go on to `end`, collecting comments; the offset of the first `mark` outside them, -1
        without one."""
        start, self.at = self.at, max(self.at, end)
        text = self.text
        if text.find("#", start, end) < 0:
            return text.find(mark, start, end) if mark else -1
        found = -1
        for match in _GAP.finditer(text, start, end):
            if match[0][0] == "#":
                self.comments.append(Comment(match))
            elif match[0] == mark and found < 0:
                found = match.start()
        return found

    def content(self, node: Node) -> AnyContent | None:
        """A node with what belongs to it; None where there is nothing to write."""
        self.gap(node.outer)
        properties, inside = self.properties(node)
        found: AnyContent
        seen = len(self.comments)
        if isinstance(node, Mapping):
            found = self.mapping(node)
        elif isinstance(node, Sequence):
            found = self.sequence(node)
        elif node.start < node.end or properties:
            found = self.leaf(node)
        else:
            return None
        found.properties, found.inside = properties, inside
        if self.pinned and is_inline(found):
            self.pin(found, self.comments[seen:])
        return found

    def pin(self, found: AnyContent, comments: list[Comment]) -> None:
        """Find out whether a pinned comment is in or behind something, which then keeps its lines.
        `comments` are those in it."""
        line_end = self.text.find("\n", found.end)
        end = line_end if line_end >= 0 else len(self.text)
        found.pinned = any(found.start < at < end for at in self.pinned)
        if (
            found.pinned
            and not isinstance(found, Leaf)
            and "\n" in self.text[found.start : found.end]
        ):
            found.is_kept = True
            for comment in comments:
                comment.placed = True

    def properties(self, node: Node) -> tuple[list[str], list[Comment]]:
        """The tag and the anchor of a node as written, and the comments behind them."""
        if node.outer >= node.start:
            return [], []
        words: list[str] = []
        comments: list[Comment] = []
        for match in _PROPERTY.finditer(self.text, node.outer, node.start):
            if match[0][0] == "#":
                comments.append(Comment(match))
                comments[-1].placed = True
            else:
                words.append(match[0])
        self.comments += comments
        self.at = node.start
        return words, comments

    def leaf(self, node: Node) -> Leaf:
        """A scalar or an alias."""
        assert isinstance(node, (Scalar, Alias))
        start, end = node.start, node.end
        header: Comment | None = None
        if isinstance(node, Scalar) and node.style in ("|", ">"):
            end = self.end_of_block(node)
            header = self.header(start, end)
        self.at = end
        leaf = Leaf(start, end, node, self.text[start:end])
        leaf.header = header
        return leaf

    def end_of_block(self, node: Scalar) -> int:
        """The end of the last line of a block scalar. Empty lines below belong to it if it keeps
        them, or if their spaces do."""
        line = _REST_OF_LINE.match(self.text, node.end)
        assert line is not None
        if "+" in self.text[node.start : node.start + 3]:
            blank = _BLANK_LINES.match(self.text, line.end())
            return blank.end() if blank else line.end()
        spaces = _SPACES_BELOW.search(node.value.rstrip("\n"))
        for _ in range(spaces[0].count("\n") if spaces and node.value.strip() else 0):
            line = _REST_OF_LINE.match(self.text, line.end())
            assert line is not None
        return line.end()

    def header(self, start: int, end: int) -> Comment | None:
        """The comment behind the indicators of a block scalar."""
        line_end = self.text.find("\n", start, end)
        match = _GAP.search(self.text, start, line_end if line_end >= 0 else end)
        while match is not None and match[0][0] != "#":
            match = _GAP.search(self.text, match.end(), line_end if line_end >= 0 else end)
        if match is None:
            return None
        comment = Comment(match)
        comment.placed = True
        self.comments.append(comment)
        return comment

    def mapping(self, node: Mapping) -> Map:
        """A mapping with its pairs."""
        found = Map(node.start, node.end, node)
        brackets = node.flow and self.text.startswith("{", node.start)
        self.at = max(self.at, node.start + brackets)
        found.items = [self.pair(entry, node.flow) for entry in node.entries]
        self.close(found, node.end - brackets)
        return found

    def sequence(self, node: Sequence) -> Seq:
        """A sequence with its items."""
        found = Seq(node.start, node.end, node)
        if node.flow:
            self.at = node.start + 1
            found.items = [self.flow_item(item) for item in node.items]
        else:
            self.at = max(self.at, node.start)
            found.items = [self.item(item) for item in node.items]
        self.close(found, node.end - node.flow)
        return found

    def close(self, found: Map | Seq, end: int) -> None:
        """Set the place of a collection whose items have been read."""
        if found.flow:
            self.gap(end)
            self.at = found.end
        elif found.items:
            found.start, found.end = found.items[0].start, found.items[-1].end

    def pair(self, entry: Entry, flow: bool) -> Pair:
        """An entry of a mapping, with its `?` and `:`."""
        key, value = entry.key, entry.value
        mark = self.gap(key.outer, "?")
        key_slot = Slot("key", flow, mark, self.content(key))
        colon = self.gap(value.outer, ":")
        if key_slot.start < 0:
            key_slot.start = key_slot.end = colon
        value_slot = Slot("value", flow, colon, self.content(value))
        if colon < 0:
            value_slot.start = value_slot.end = key_slot.end
        return Pair(key_slot, value_slot, flow)

    def item(self, item: Node) -> Slot:
        """An item of a block sequence, with its dash."""
        dash = self.gap(item.outer, "-")
        return Slot("item", False, dash, self.content(item))

    def flow_item(self, item: Node) -> Slot | Pair:
        """An item of a flow sequence."""
        is_pair = isinstance(item, Mapping) and item.flow and len(item.entries) == 1
        if is_pair and not self.text.startswith("{", item.start):
            assert isinstance(item, Mapping)
            return self.pair(item.entries[0], True)
        return Slot("item", True, -1, self.content(item))


def below(piece: Piece) -> Iterator[Piece]:
    """The pieces directly in a piece, in the order of the text."""
    if isinstance(piece, Pair):
        yield piece.key
        yield piece.value
    elif isinstance(piece, Slot):
        if piece.content is not None:
            yield piece.content
    elif isinstance(piece, (Map, Seq)) and not piece.is_kept:
        yield from piece.items


def is_inline(content: AnyContent | None) -> bool:
    """Whether something can follow on the line of its key."""
    if isinstance(content, Leaf):
        return not content.is_block
    return content is None or content.flow
