"""The parsed manifest: nodes that know their exact place in the text.

Offsets are code points in `Source.text`. A node's `start`/`end` cover its content, without an
anchor or a tag in front (`outer` includes them), without trailing comments or line breaks. Block
collections reach from their first child (a sequence: its first `-`) to the end of their last.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from amp_lint.text.source import Span
from amp_lint.yaml.scalars import Kind, resolve


class Node:
    """A value, or a key, of the document."""

    __slots__ = ("anchor", "end", "outer", "parent", "slot", "start", "tag")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.outer = start
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
        self.start = self.outer = start
        self.end = end
        self.parent = None
        self.slot = 0
        self.anchor = self.tag = None
        self.value = value
        self.style = style
        self._resolved: tuple[Kind, str | bool | int | float | None] | None = None

    def _resolve(self) -> tuple[Kind, str | bool | int | float | None]:
        if self._resolved is None:
            if self.tag is not None:
                self._resolved = _by_tag(self.tag, self.value)
            else:
                self._resolved = ("str", self.value) if self.style else resolve(self.value)
        return self._resolved

    @property
    def kind(self) -> Kind:
        """What the platform reads this scalar as."""
        resolved = self._resolved
        return self._resolve()[0] if resolved is None else resolved[0]

    @property
    def data(self) -> str | bool | int | float | None:
        """The value the platform reads: `no` is False, `1.0` is the number one."""
        return self._resolve()[1]

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
        self.name = name
        self.target: Node | None = None


class Entry:
    """A key with its value. `name` is the key's text; empty for a key that is a collection."""

    __slots__ = ("key", "name", "value")

    def __init__(self, key: Node, value: Node) -> None:
        self.key = key
        self.value = value
        self.name = key.value if isinstance(key, Scalar) else ""

    @property
    def merges(self) -> bool:
        """Whether the key is `<<`, which takes over the keys of another mapping."""
        return isinstance(self.key, Scalar) and self.key.kind == "merge"

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

    `torn`: a syntax error cut away something that may have stood directly in here.
    `partial`: this or something below is torn.
    `mixed`: torn, and what stands in here may belong elsewhere, as where a line has slipped.
    """

    __slots__ = ("flow", "mixed", "partial", "torn")

    def __init__(self, start: int, end: int, flow: bool) -> None:
        super().__init__(start, end)
        self.flow = flow
        self.torn = False
        self.partial = False
        self.mixed = False


class Lost(Collection):
    """A value that a syntax error made unreadable: it is there, and nothing is known of it."""

    __slots__ = ()

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start, end, False)
        self.torn = True
        self.partial = True


class Mapping(Collection):
    """Entries in the order of the text; a repeated key is simply there twice."""

    __slots__ = ("_by_key", "_by_name", "entries")

    def __init__(self, start: int, end: int, flow: bool = False) -> None:
        super().__init__(start, end, flow)
        self.entries: list[Entry] = []
        self._by_name: dict[str, Entry] | None = None
        self._by_key: dict[str, Entry] | None = None

    def find(self, key: str) -> Entry | None:
        """The entry the platform would take for `key`: keys match whatever their case, an exact
        match first. Merge keys are not followed here."""
        by_key = self._by_key
        if by_key is None:
            by_key = self._index()
        found = by_key.get(folded(key))
        if found is None or self._by_name is None:
            return found
        return self._by_name.get(key) or found

    @property
    def repeats_a_key(self) -> bool:
        """Whether two keys are the same but for their case."""
        by_key = self._by_key
        if by_key is None:
            by_key = self._index()
        return len(by_key) < len(self.entries)

    def _index(self) -> dict[str, Entry]:
        # Backwards, so that of two equal names the first stays.
        by_key = {folded(entry.name): entry for entry in reversed(self.entries)}
        if len(by_key) < len(self.entries):
            self._by_name = {entry.name: entry for entry in reversed(self.entries)}
        self._by_key = by_key
        return by_key


class Sequence(Collection):
    """Items in the order of the text."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, flow: bool = False) -> None:
        super().__init__(start, end, flow)
        self.items: list[Node] = []


# The keys of manifests are few, and asked for again and again.
folded = lru_cache(maxsize=1024)(str.casefold)


def follow(node: Node | None) -> Node | None:
    """The node itself, or what an alias stands for (None where it must not be followed)."""
    while isinstance(node, Alias):
        node = node.target
    return node


def is_null(node: Node | None) -> bool:
    """Whether the platform sees nothing here: an absent or empty value, `~`, `null`."""
    if isinstance(node, Alias):
        node = follow(node)
    return node is None or (isinstance(node, Scalar) and node.kind == "null")


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
    """Spread `partial` from torn collections to everything that holds them."""
    for node in walk(root):
        if isinstance(node, Collection) and node.torn:
            above: Node | None = node
            while isinstance(above, Collection) and not above.partial:
                above.partial = True
                above = above.parent


_CORE = "tag:yaml.org,2002:"


def _by_tag(tag: str, value: str) -> tuple[Kind, str | bool | int | float | None]:
    if tag in (_CORE + "bool", _CORE + "int", _CORE + "float", _CORE + "null"):
        return resolve(value)
    return "str", value
