"""Typed views of a manifest and its integrations, with the values that the platform reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from amp_lint.manifest.objects import ReadObject, SubscribeObject, WriteObject
from amp_lint.manifest.view import View, first_key
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    folded,
    follow,
    is_null,
)
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.manifest.cron import Gap, Schedule, ScheduleError
    from amp_lint.manifest.view import V

ACTIONS = ("read", "write", "subscribe", "proxy")

# The shortest time between two runs that the platform allows, in minutes.
READ_MINIMUM = 10
WATCH_MINIMUM = 60

# How many objects of Salesforce the platform lets one integration subscribe to.
SALESFORCE_SUBSCRIPTIONS = 5

# What the platform lets a destination be called.
DESTINATION_NAME = pattern(r"[A-Za-z0-9-]+\Z")


class Action(View):
    """`read`, `write`, `subscribe` or `proxy` of an integration."""


class WatchSchema(View):
    """`watchSchema` of an integration."""


class Integration(View):
    """An item of `integrations`."""

    @cached_property
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

    @cached_property
    def read_names(self) -> frozenset[str]:
        """The `objectName` of every read object, without regard to case."""
        return frozenset(name.casefold() for name in self.read_by_name)

    @cached_property
    def subscribe_names(self) -> frozenset[str]:
        """The `objectName` of every subscribe object, without regard to case."""
        named = (item.name for item in self.subscribe_objects)
        return frozenset(name.value.casefold() for name in named if name is not None)

    @cached_property
    def knows_its_reads(self) -> bool:
        """Whether the list of read objects is complete: a name that is not in it is not read.

        False also for a `read` without objects, whose mistake is that and no other, and where keys
        are repeated, as the objects may be under the others.
        """
        if self.has("read") and not self.read_objects:
            return False
        return self._knows("read", self.read_objects)

    @cached_property
    def knows_its_subscriptions(self) -> bool:
        """Whether the list of subscribe objects is complete."""
        return self._knows("subscribe", self.subscribe_objects)

    def _knows(self, action: str, objects: list[ReadObject] | list[SubscribeObject]) -> bool:
        if self.lacks(action):
            return True
        view = self.actions.get(action)
        if view is None or view.node.incomplete or self._repeats(action):
            return False
        if any(item.node.repeats_a_key for item in objects):
            return False
        listed = view.value("objects")
        if not isinstance(listed, Sequence):
            return view.lacks("objects")
        named = [item for item in objects if item.name is not None and not _is_slip(item.name)]
        named = [item for item in named if _is_named_once(item.node)]
        return not listed.incomplete and len(named) == len(listed.items)

    def _repeats(self, action: str) -> bool:
        """Whether an action, or its `objects`, is written more than once."""
        holders = ((self.node, action), (self.actions[action].node, "objects"))
        return any(
            node.repeats_a_key and sum(folded(one.name) == folded(key) for one in node.entries) > 1
            for node, key in holders
        )

    def limits_backfill_of(self, item: ReadObject) -> bool:
        """Whether the object is `events` of Google Calendar: `provider: google` with the module
        `calendar`, which is also the one where none is written; some write `googlecalendar`."""
        provider, module = self.provider, self.module
        if provider is None or item.name is None or item.name.value != "events":
            return False
        if provider.value.casefold() == "googlecalendar":
            return True
        named = module is not None and module.value.casefold() in ("calendar", "googlecalendar")
        return provider.value == "google" and (named or self.lacks_text("module"))

    @cached_property
    def destination_uses(self) -> list[Scalar]:
        """Every `destination` in it that is text."""
        found = [item.destination for item in (*self.read_objects, *self.subscribe_objects)]
        watch = self.watch_schema
        found.append(watch.text("destination") if watch is not None else None)
        return [node for node in found if node is not None]

    @property
    def most_subscriptions(self) -> int | None:
        """How many objects the platform lets it subscribe to; None where there is no limit."""
        is_salesforce = self.provider is not None and self.provider.value == "salesforce"
        return SALESFORCE_SUBSCRIPTIONS if is_salesforce else None

    @property
    def is_snowflake(self) -> bool:
        """Whether the provider is Snowflake."""
        return self.provider is not None and self.provider.value == "snowflake"


def _is_named_once(node: Mapping) -> bool:
    """Return whether an object has one name. With two it is two objects, or nobody knows which."""
    if not node.repeats_a_key:
        return True
    return sum(folded(entry.name) == "objectname" for entry in node.entries) < 2


def _is_slip(name: Scalar) -> bool:
    """Return whether a name holds something else than the name, so that it stands for another."""
    return name_slip(name.value) is not None


@dataclass(frozen=True, slots=True)
class Timing:
    """A `schedule` as written: `schedule` is None where it cannot be read, and `error` says why.

    `minimum` is the shortest time in minutes that the platform allows between two runs.
    """

    scalar: Scalar
    minimum: int
    schedule: Schedule | None
    error: ScheduleError | None

    @property
    def too_short(self) -> Gap | None:
        """The shortest time between two runs where that is below the minimum."""
        from amp_lint.manifest.cron import shortest_gap

        gap = shortest_gap(self.schedule) if self.schedule is not None else None
        return gap if gap is not None and gap.minutes < self.minimum else None


class Manifest(View):
    """The whole document."""

    @cached_property
    def integrations(self) -> list[Integration]:
        """The mappings in `integrations`."""
        return self.views("integrations", Integration)

    @cached_property
    def destination_uses(self) -> list[Scalar]:
        """Every `destination` that is text; an anchored one as often as it is used."""
        return [node for one in self.integrations for node in one.destination_uses]

    @property
    def destinations(self) -> list[Scalar]:
        """Every `destination` that is text, in the order of the text, each place once."""
        found = {node.start: node for node in self.destination_uses}
        return [found[start] for start in sorted(found)]

    @cached_property
    def timings(self) -> list[Timing]:
        """The `schedule` of every read object and every `watchSchema`, where it is text."""
        found: dict[tuple[int, int], Timing] = {}
        for view, minimum in self._timed():
            scalar = view.text("schedule")
            if scalar is None or (scalar.start, minimum) in found:
                continue
            # A block scalar ends in a line break that its author did not mean.
            text = scalar.value.rstrip("\n")
            found[scalar.start, minimum] = Timing(scalar, minimum, *_parsed(text))
        return list(found.values())

    def _timed(self) -> Iterator[tuple[View, int]]:
        for integration in self.integrations:
            yield from ((item, READ_MINIMUM) for item in integration.read_objects)
            if integration.watch_schema is not None:
                yield integration.watch_schema, WATCH_MINIMUM


@lru_cache(maxsize=512)
def _parsed(text: str) -> tuple[Schedule | None, ScheduleError | None]:
    """Read a schedule. Most are the same in many objects and manifests: a cache saves 4 % of a run
    on many."""
    from amp_lint.manifest.cron import ScheduleError, parse

    try:
        return parse(text), None
    except ScheduleError as error:
        return None, error


def manifest_of(root: Node | None, integrations: Iterable[Integration] | None = None) -> Manifest:
    """The view of a document; an empty one if the document is not a mapping. `integrations`: views
    that are there already, or those that alone are to be seen."""
    top = follow(root)
    if not isinstance(top, Mapping):
        top = Mapping(0, 0)
        top.incomplete = top.partial = root is not None and not is_null(root)
    manifest = Manifest(top, first_key(top))
    if integrations is not None:
        manifest.integrations = list(integrations)
    return manifest
