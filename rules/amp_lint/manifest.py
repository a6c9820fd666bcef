"""Typed views over the tree: integrations, objects, fields, as the platform would see them.

Views look through aliases and merge keys, match keys whatever their case, and never raise: what is
absent or of the wrong type is None or empty. `lacks` is the way to ask for an absence: it is False
where a syntax error may have cut the key away.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

from amp_lint.tree import Collection, Entry, Mapping, Node, Scalar, Sequence, follow, is_null, walk

EVENTS = ("createEvent", "updateEvent", "deleteEvent", "associationChangeEvent")
ACTIONS = ("read", "write", "subscribe", "proxy")

# Merge keys that lead to merge keys: deeper chains than any file needs, short enough to be safe.
_MERGE_DEPTH = 8

V = TypeVar("V", bound="View")


class View:
    """One mapping of the manifest.

    `head` is where something missing is reported: the key this mapping stands under, or, in a
    list, the mapping's first key.
    """

    def __init__(self, node: Mapping, head: Node | Entry) -> None:
        self.node = node
        self.head = head

    def entry(self, key: str) -> Entry | None:
        """The entry that the platform takes for `key`, also a merged one; it may be null."""
        found = self.node.find(key)
        if found is not None:
            return found
        merge = self.node.find("<<")
        return None if merge is None else _merged(merge, key)

    def has(self, key: str) -> bool:
        """Whether the key is there with something under it."""
        entry = self.entry(key)
        return entry is not None and not is_null(entry.value)

    def lacks(self, key: str) -> bool:
        """Whether the key is surely absent or empty."""
        return not self.has(key) and not self.node.torn

    @property
    def whole(self) -> bool:
        """Whether no syntax error cut anything out of this mapping or what is below it."""
        return not self.node.partial

    def value(self, key: str) -> Node | None:
        """What stands under a key, behind aliases; None where that is nothing."""
        entry = self.entry(key)
        node = follow(entry.value) if entry is not None else None
        return None if is_null(node) else node

    def key(self, key: str) -> Node | None:
        """The key itself, to point at."""
        entry = self.entry(key)
        return entry.key if entry is not None else None

    def text(self, key: str) -> Scalar | None:
        """The scalar under a key if the platform reads it as text, and it is not empty."""
        node = self.value(key)
        return node if isinstance(node, Scalar) and node.kind == "str" and node.value else None

    def flag(self, key: str) -> bool | None:
        """The boolean under a key."""
        node = self.value(key)
        data = node.data if isinstance(node, Scalar) else None
        return data if isinstance(data, bool) else None

    def number(self, key: str) -> int | None:
        """The whole number under a key."""
        node = self.value(key)
        data = node.data if isinstance(node, Scalar) else None
        return data if isinstance(data, int) and not isinstance(data, bool) else None

    def view(self, key: str, kind: type[V]) -> V | None:
        """The mapping under a key as a view."""
        entry = self.entry(key)
        node = follow(entry.value) if entry is not None else None
        return kind(node, entry.key) if entry is not None and isinstance(node, Mapping) else None

    def items(self, key: str) -> list[Node]:
        """The items of the list under a key, behind aliases; empty where there is no list."""
        node = self.value(key)
        return [] if not isinstance(node, Sequence) else list(_followed(node))

    def views(self, key: str, kind: type[V]) -> list[V]:
        """The mappings in the list under a key."""
        return [
            kind(item, _first_key(item)) for item in self.items(key) if isinstance(item, Mapping)
        ]

    def texts(self, key: str) -> list[Scalar]:
        """The texts in the list under a key."""
        return [
            item
            for item in self.items(key)
            if isinstance(item, Scalar) and item.kind == "str" and item.value
        ]


def _first_key(node: Mapping) -> Node:
    return node.entries[0].key if node.entries else node


def _followed(sequence: Sequence) -> Iterator[Node]:
    for item in sequence.items:
        node = follow(item)
        if node is not None:
            yield node


def _merged(merge: Entry, key: str) -> Entry | None:
    """The entry for a key among the mappings under `<<`, the earlier ones first."""
    pending: list[tuple[Node, int]] = [(merge.value, 0)]
    while pending:
        raw, depth = pending.pop()
        node = follow(raw)
        if depth > _MERGE_DEPTH:
            continue
        if isinstance(node, Sequence):
            pending.extend((item, depth + 1) for item in reversed(node.items))
        elif isinstance(node, Mapping):
            found = node.find(key)
            if found is not None:
                return found
            deeper = node.find("<<")
            if deeper is not None:
                pending.append((deeper.value, depth + 1))
    return None


class Field(View):
    """An entry of `requiredFields` or `optionalFields`."""

    @property
    def field_name(self) -> Scalar | None:
        """`fieldName`: the provider's name."""
        return self.text("fieldName")

    @property
    def map_to_name(self) -> Scalar | None:
        """`mapToName`: the name under which the field is delivered."""
        return self.text("mapToName")

    @property
    def is_user_mapping(self) -> bool:
        """Whether the customer picks the field: a `mapToName` and no `fieldName`."""
        return self.lacks("fieldName") and self.map_to_name is not None

    @property
    def delivered_name(self) -> Scalar | None:
        """`mapToName`, else `fieldName`."""
        return self.map_to_name or self.field_name


class DefaultPeriod(View):
    """`backfill.defaultPeriod`."""


class Backfill(View):
    """`backfill` of a read object."""

    @cached_property
    def period(self) -> DefaultPeriod | None:
        """`defaultPeriod`."""
        return self.view("defaultPeriod", DefaultPeriod)


class Delivery(View):
    """`delivery` of a read object."""


class Object(View):
    """What objects of all actions share."""

    @property
    def name(self) -> Scalar | None:
        """`objectName`."""
        return self.text("objectName")

    @property
    def destination(self) -> Scalar | None:
        """`destination`."""
        return self.text("destination")


class ReadObject(Object):
    """An item of `read.objects`."""

    @cached_property
    def required_fields(self) -> list[Field]:
        """The mappings in `requiredFields`."""
        return self.views("requiredFields", Field)

    @cached_property
    def optional_fields(self) -> list[Field]:
        """The mappings in `optionalFields`."""
        return self.views("optionalFields", Field)

    @property
    def fields(self) -> list[Field]:
        """Required and optional fields, in this order."""
        return self.required_fields + self.optional_fields

    @property
    def takes_all_fields(self) -> bool:
        """Whether `optionalFieldsAuto: all` lets the customer pick any field."""
        return self.has("optionalFieldsAuto")

    @property
    def is_always_enabled(self) -> bool:
        """Whether `enabled: always` is set."""
        enabled = self.text("enabled")
        return enabled is not None and enabled.value == "always"

    @cached_property
    def backfill(self) -> Backfill | None:
        """`backfill`."""
        return self.view("backfill", Backfill)

    @cached_property
    def delivery(self) -> Delivery | None:
        """`delivery`."""
        return self.view("delivery", Delivery)


class WriteObject(Object):
    """An item of `write.objects`."""


class Event(View):
    """An event block of a subscribe object; `name` is its key, such as `updateEvent`."""

    name: str = ""


class SubscribeObject(Object):
    """An item of `subscribe.objects`."""

    @cached_property
    def events(self) -> dict[str, Event]:
        """The standard event blocks that are mappings, by their key."""
        found: dict[str, Event] = {}
        for name in EVENTS:
            event = self.view(name, Event)
            if event is not None:
                event.name = name
                found[name] = event
        return found

    @property
    def has_standard_event(self) -> bool:
        """Whether any of the four standard event keys is there with something under it."""
        return any(self.has(name) for name in EVENTS)

    @property
    def inherits(self) -> bool:
        """Whether `inheritFieldsAndMapping` is true."""
        return self.flag("inheritFieldsAndMapping") is True


class Action(View):
    """`read`, `write`, `subscribe` or `proxy` of an integration."""


class WatchSchema(View):
    """`watchSchema` of an integration."""


class Integration(View):
    """An item of `integrations`."""

    @property
    def name(self) -> Scalar | None:
        """`name`."""
        return self.text("name")

    @property
    def display_name(self) -> Scalar | None:
        """`displayName`."""
        return self.text("displayName")

    @property
    def provider(self) -> Scalar | None:
        """`provider`."""
        return self.text("provider")

    @property
    def module(self) -> Scalar | None:
        """`module`."""
        return self.text("module")

    @cached_property
    def actions(self) -> dict[str, Action]:
        """The actions that are mappings, by their key."""
        found = ((key, self.view(key, Action)) for key in ACTIONS)
        return {key: action for key, action in found if action is not None}

    @property
    def watch_schema(self) -> WatchSchema | None:
        """`watchSchema`."""
        return self.view("watchSchema", WatchSchema)

    @cached_property
    def read_objects(self) -> list[ReadObject]:
        """The mappings in `read.objects`."""
        return self._objects("read", ReadObject)

    @cached_property
    def write_objects(self) -> list[WriteObject]:
        """The mappings in `write.objects`."""
        return self._objects("write", WriteObject)

    @cached_property
    def subscribe_objects(self) -> list[SubscribeObject]:
        """The mappings in `subscribe.objects`."""
        return self._objects("subscribe", SubscribeObject)

    def _objects(self, action: str, kind: type[V]) -> list[V]:
        view = self.actions.get(action)
        return view.views("objects", kind) if view is not None else []

    @cached_property
    def read_by_name(self) -> dict[str, ReadObject]:
        """Read objects by their `objectName`; the first of two equal names."""
        found: dict[str, ReadObject] = {}
        for item in self.read_objects:
            if item.name is not None:
                found.setdefault(item.name.value, item)
        return found

    @property
    def knows_its_reads(self) -> bool:
        """Whether the list of read objects is complete: a name that is not in it is not read."""
        entry = self.entry("read")
        if entry is None or is_null(entry.value):
            return not self.node.torn
        action = self.actions.get("read")
        if action is None or action.node.torn:
            return False
        listed = action.value("objects")
        if isinstance(listed, Collection) and listed.torn:
            return False
        return all(item.name is not None for item in self.read_objects)


class Manifest(View):
    """The whole document."""

    @cached_property
    def integrations(self) -> list[Integration]:
        """The mappings in `integrations`."""
        return self.views("integrations", Integration)

    @cached_property
    def destinations(self) -> list[Scalar]:
        """Every `destination` that is text, in the order of the actions, each place once."""
        found: dict[int, Scalar] = {}
        for integration in self.integrations:
            for item in (*integration.read_objects, *integration.subscribe_objects):
                if item.destination is not None:
                    found.setdefault(item.destination.start, item.destination)
            watch = integration.watch_schema
            node = watch.text("destination") if watch is not None else None
            if node is not None:
                found.setdefault(node.start, node)
        return [found[start] for start in sorted(found)]


def manifest_of(root: Node | None) -> Manifest:
    """The view of a document; an empty one where the document is no mapping."""
    top = follow(root)
    if not isinstance(top, Mapping):
        top = Mapping(0, 0)
        top.torn = top.partial = root is not None and not is_null(root)
    return Manifest(top, _first_key(top))


def tear(root: Node | None) -> None:
    """Spread `partial` from torn collections to everything that holds them."""
    for node in walk(root):
        if isinstance(node, Collection) and node.torn:
            above: Node | None = node
            while isinstance(above, Collection) and not above.partial:
                above.partial = True
                above = above.parent
