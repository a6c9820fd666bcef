"""The parsed manifest: nodes that know their exact place in the text.

Offsets are code points in `Source.text`. A node's `start`/`end` cover its content, without an
anchor or a tag in front (`outer` includes them), without trailing comments or line breaks. Block
collections reach from their first child (a sequence: its first `-`) to the end of their last.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Listed
from functools import lru_cache
from typing import TYPE_CHECKING

from amp_lint.text.source import Span
from amp_lint.yaml.scalars import MERGE_TAG, Data, TagMismatch, resolve, resolve_tagged

if TYPE_CHECKING:
    from amp_lint.yaml.scalars import Kind


class Node:
    """A value, or a key, of the document."""

    __slots__ = ("anchor", "end", "outer", "parent", "slot", "start", "tag")

    def __init__(self, start: int, end: int) -> None:
        self.start: int = start
        self.end: int = end
        self.outer: int = start
        self.parent: Mapping | Sequence | None = None
        self.slot: Entry | int = 0
        self.anchor: str | None = None
        self.tag: str | None = None

    @property
    def span(self) -> Span:
        """The characters of the content."""
        return Span(self.start, self.end)


class Scalar(Node):
    """A piece of text. `style` is `""` for plain, else one of `' " | >`."""

    __slots__ = ("_resolved", "style", "value")

    def __init__(self, start: int, end: int, value: str, style: str) -> None:
        # As `Node` does it, without the call: most of a tree are scalars.
        self.start: int = start
        self.outer: int = start
        self.end: int = end
        self.parent: Mapping | Sequence | None = None
        self.slot: Entry | int = 0
        self.anchor: str | None = None
        self.tag: str | None = None
        self.value: str = value
        self.style: str = style
        self._resolved: tuple[Kind, Data] | None = None

    def resolved(self) -> tuple[Kind, Data]:
        """Return `kind` and `data`."""
        if self._resolved is None:
            if self.tag is not None:
                try:
                    self._resolved = resolve_tagged(self.tag, self.value)
                except TagMismatch:
                    self._resolved = resolve(self.value)
            else:
                self._resolved = ("str", self.value) if self.style else resolve(self.value)
        return self._resolved

    @property
    def kind(self) -> Kind:
        """What the platform reads this scalar as."""
        resolved = self._resolved
        return self.resolved()[0] if resolved is None else resolved[0]

    @property
    def data(self) -> Data:
        """The value the platform reads: `no` is False, `1.0` is the number one."""
        return self.resolved()[1]

    def part(self, start: int, end: int) -> Span:
        """The place of `value[start:end]` in the text; the whole content where escapes, folding
        or several lines keep characters of the value from lying one to one in the text."""
        quote = 1 if self.style in ("'", '"') else 0
        if self.style in ("|", ">") or self.end - self.start != len(self.value) + 2 * quote:
            return self.span
        return Span(self.start + quote + start, self.start + quote + max(end, start))


class Alias(Node):
    """`*name`. `target` is None when the alias may not be followed (unknown, circular, a bomb)."""

    __slots__ = ("name", "target")

    def __init__(self, start: int, end: int, name: str) -> None:
        super().__init__(start, end)
        self.name: str = name
        self.target: Node | None = None


class Entry:
    """A key with its value. `name` is the key's text; empty for a key that is a collection."""

    __slots__ = ("key", "name", "value")

    def __init__(self, key: Node, value: Node) -> None:
        self.key: Node = key
        self.value: Node = value
        # An alias is a key like its text.
        text = follow(key) if isinstance(key, Alias) else key
        self.name: str = text.value if isinstance(text, Scalar) else ""

    @property
    def merges(self) -> bool:
        """Whether the key is `<<`, which takes over the keys of another mapping."""
        if self.name != "<<" or not isinstance(self.key, Scalar):
            return False
        tag = self.key.tag
        return not self.key.style if tag is None else tag in ("!", MERGE_TAG)

    @property
    def start(self) -> int:
        """Offset of the key, with an anchor or tag in front of it."""
        return self.key.outer

    @property
    def end(self) -> int:
        """Offset after the value."""
        return max(self.key.end, self.value.end)

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        return Span(self.start, self.end)

    @property
    def parent(self) -> Mapping:
        """The mapping that holds this entry."""
        parent = self.key.parent
        assert isinstance(parent, Mapping)
        return parent


class Collection(Node):
    """What mappings and sequences share.

    `incomplete`: a syntax error hides something that may belong directly in here. `partial`: this
    or something below is incomplete. `mixed`: incomplete, and the content may belong elsewhere, as
    where a line has slipped.
    """

    __slots__ = ("flow", "incomplete", "mixed", "partial")

    def __init__(self, start: int, end: int, flow: bool) -> None:
        super().__init__(start, end)
        self.flow: bool = flow
        self.incomplete: bool = False
        self.partial: bool = False
        self.mixed: bool = False


class Unreadable(Collection):
    """A value that exists, but whose content a syntax error made unreadable, or stands beside it:
    then `beside` are its entries."""

    __slots__ = ("beside",)

    def __init__(self, start: int, end: int, beside: tuple[Entry, ...] = ()) -> None:
        super().__init__(start, end, False)
        self.beside: tuple[Entry, ...] = beside
        self.incomplete = True
        self.partial = True


class Mapping(Collection):
    """Entries in the order of the text; a repeated key is simply there twice."""

    __slots__ = ("_by_key", "_is_plain", "entries", "parts_of_one", "used")

    def __init__(self, start: int, end: int, flow: bool = False) -> None:
        super().__init__(start, end, flow)
        self.entries: list[Entry] = []
        # What `amp_lint.manifest.decode` found out about a mapping that is not plain.
        self.used: object = None
        # The items that make one item together with this one, which `amp_lint.manifest.misplaced`
        # found.
        self.parts_of_one: tuple[Mapping, ...] = ()
        self._by_key: dict[str, Entry] | None = None
        self._is_plain = True

    def find(self, key: str) -> Entry | None:
        """Return the entry that the platform takes for `key`, without a look at merge keys: of
        the spellings that differ in case the last in the order of bytes, of equal ones the last
        in the text."""
        by_key = self._by_key
        if by_key is None:
            by_key = self._index()
        return by_key.get(folded(key))

    @property
    def parts(self) -> Listed[Mapping]:
        """The mappings that it is made of."""
        return (self,)

    @property
    def is_plain(self) -> bool:
        """Whether each key has one value: no merge key, no two keys that differ in case only."""
        if self._by_key is None:
            self._index()
        return self._is_plain

    @property
    def repeats_a_key(self) -> bool:
        """Whether two keys are the same but for their case."""
        by_key = self._by_key
        if by_key is None:
            by_key = self._index()
        return len(by_key) < len(self.entries)

    def _index(self) -> dict[str, Entry]:
        by_key = {folded(entry.name): entry for entry in self.entries}
        self._is_plain = len(by_key) == len(self.entries) and "<<" not in by_key
        if len(by_key) < len(self.entries):
            for entry in self.entries:
                if entry.name > by_key[folded(entry.name)].name:
                    by_key[folded(entry.name)] = entry
            for entry in self.entries:
                if entry.name == by_key[folded(entry.name)].name:
                    by_key[folded(entry.name)] = entry
        self._by_key = by_key
        return by_key


class Sequence(Collection):
    """Items in the order of the text."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, flow: bool = False) -> None:
        super().__init__(start, end, flow)
        self.items: list[Node] = []


@lru_cache(maxsize=1024)
def folded(key: str) -> str:
    """Return a key in the case in which the platform compares it: letter by letter, as Go does."""
    lower = key.lower()
    if lower.isascii():
        return lower
    return lower.replace("\u017f", "s") if len(lower) == len(key) else key


def follow(node: Node | None) -> Node | None:
    """The node itself, or what an alias stands for (None where it must not be followed)."""
    while isinstance(node, Alias):
        node = node.target
    return node


def is_null(node: Node | None) -> bool:
    """Whether the platform sees nothing here: an absent or empty value, `~`, `null`."""
    if isinstance(node, Alias):
        node = follow(node)
    return node.kind == "null" if isinstance(node, Scalar) else node is None


def walk(node: Node | None) -> Iterator[Node]:
    """Every node below and including `node`, keys too, in the order of the text. Aliases are
    yielded, not entered."""
    stack = [] if node is None else [node]
    while stack:
        current = stack.pop()
        yield current
        if isinstance(current, Mapping):
            for entry in reversed(current.entries):
                stack.append(entry.value)
                stack.append(entry.key)
        elif isinstance(current, Sequence):
            stack.extend(reversed(current.items))


def tear(root: Node | None) -> None:
    """Spread `partial` from incomplete collections to everything that holds them."""
    for node in walk(root):
        if isinstance(node, Collection) and node.incomplete:
            above: Node | None = node
            while isinstance(above, Collection) and not above.partial:
                above.partial = True
                above = above.parent
