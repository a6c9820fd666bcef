"""The graph of a manifest: objects of providers, destinations, and what flows between them.

With an old manifest beside the new one, each part tells whether it is new, gone or in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from amp_lint.manifest.cron.describe import describe
from amp_lint.manifest.revision.events import events
from amp_lint.manifest.revision.model import ActionObject, IntegrationRevision, Revision
from amp_lint.manifest.revision.schedules import parsed

# Of more objects with the same flows, the first few are named and the others counted.
NAMED = 6
# A band of the picture is finished by the integration with which it has more lines than this.
_BAND = 20


class Status(Enum):
    """Whether a part is in the old manifest, in the new one, or in both."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Flow(Enum):
    """What a line of the picture stands for."""

    READ = "read"
    SUBSCRIBE = "subscribe"
    WRITE = "write"
    PROXY = "proxy"
    SCHEMA = "watch schema"


@dataclass(frozen=True, slots=True)
class Edge:
    """Something that flows between an object and the other end.

    `end` is a destination; empty for the app itself, which writes and sends requests. `label` is
    what a person wants to know of it, such as the schedule in words.
    """

    flow: Flow
    end: str
    label: str = ""
    status: Status = Status.KEPT


@dataclass(frozen=True, slots=True)
class Item:
    """One object, or several with the same flows: `names` in the order of the manifest.

    No names: the integration itself, for its proxy and its schema watch.
    """

    names: tuple[str, ...]
    edges: tuple[Edge, ...]
    status: Status = Status.KEPT

    @property
    def label(self) -> str:
        """The names as a person lists them; of many the first few."""
        if len(self.names) <= NAMED:
            return ", ".join(self.names)
        more = len(self.names) - NAMED + 1
        return f"{', '.join(self.names[: NAMED - 1])} and {more} more"


@dataclass(frozen=True, slots=True)
class Box:
    """An integration with its objects."""

    name: str
    provider: str
    items: tuple[Item, ...]
    status: Status = Status.KEPT


@dataclass(frozen=True, slots=True)
class Graph:
    """The integrations, grouped by provider, in the order of the manifest."""

    boxes: tuple[Box, ...]

    @property
    def bands(self) -> Iterator[Graph]:
        """Parts that are drawn with an app and destinations of their own, so lines stay short."""
        boxes: list[Box] = []
        lines = 0
        for box in self.boxes:
            boxes.append(box)
            lines += sum(len(item.edges) for item in box.items)
            if lines > _BAND:
                yield Graph(tuple(boxes))
                boxes, lines = [], 0
        if boxes:
            yield Graph(tuple(boxes))

    @property
    def destinations(self) -> tuple[str, ...]:
        """The names of the destinations in the order of their first use."""
        edges = (edge for box in self.boxes for item in box.items for edge in item.edges)
        return tuple(dict.fromkeys(edge.end for edge in edges if edge.end))

    @property
    def has_changes(self) -> bool:
        """Whether anything came or went."""
        items = [item for box in self.boxes for item in box.items]
        statuses = [box.status for box in self.boxes]
        statuses += [item.status for item in items]
        statuses += [edge.status for item in items for edge in item.edges]
        return any(status is not Status.KEPT for status in statuses)

    @property
    def uses_app(self) -> bool:
        """Whether the app writes or sends requests."""
        return any(not edge.end for box in self.boxes for item in box.items for edge in item.edges)


def graph_of(new: Revision, old: Revision | None = None) -> Graph:
    """Return the graph of a manifest; with an old one, of both."""
    after = {one.name: _flows(one) for one in new.integrations}
    providers = {one.name: one.provider for one in new.integrations}
    before = after
    if old is not None:
        before = {one.name: _flows(one) for one in old.integrations}
        providers = {**{one.name: one.provider for one in old.integrations}, **providers}
    boxes = [
        _box(name, providers[name], before.get(name), after.get(name))
        for name in (*after, *(name for name in before if name not in after))
    ]
    order = list(dict.fromkeys(box.provider for box in boxes))
    return Graph(tuple(sorted(boxes, key=lambda box: order.index(box.provider))))


_Flows = dict[str, tuple[Edge, ...]]


def _box(name: str, provider: str, before: _Flows | None, after: _Flows | None) -> Box:
    status = _status(before is not None, after is not None)
    old, new = before or {}, after or {}
    items = (
        Item(
            (key,) if key else (),
            _edges(old.get(key, ()), new.get(key, ())),
            _status(key in old, key in new),
        )
        for key in dict.fromkeys((*new, *old))
    )
    return Box(name, provider, tuple(_folded(items)), status)


def _status(before: bool, after: bool) -> Status:
    if before and after:
        return Status.KEPT
    return Status.ADDED if after else Status.REMOVED


def _edges(old: tuple[Edge, ...], new: tuple[Edge, ...]) -> tuple[Edge, ...]:
    every = dict.fromkeys((*new, *old))
    return tuple(replace(edge, status=_status(edge in old, edge in new)) for edge in every)


def _folded(items: Iterable[Item]) -> Iterator[Item]:
    """Unite the objects that have the same flows, so that long lists stay readable."""
    groups: dict[tuple[tuple[Edge, ...], Status, bool], list[str]] = {}
    for item in items:
        groups.setdefault((item.edges, item.status, not item.names), []).extend(item.names)
    for (edges, status, _), names in groups.items():
        yield Item(tuple(names), edges, status)


def _flows(integration: IntegrationRevision) -> _Flows:
    """The flows of each object by its name; those of the integration itself under ""."""
    found: dict[str, list[Edge]] = {}
    for one in integration.reads:
        found.setdefault(one.name, []).append(Edge(Flow.READ, one.destination, _times(one)))
    for one in integration.subscriptions:
        edge = Edge(Flow.SUBSCRIBE, one.destination, _event_words(one))
        found.setdefault(one.name, []).append(edge)
    for one in integration.writes:
        found.setdefault(one.name, []).append(Edge(Flow.WRITE, ""))
    if integration.part("proxy").flag("enabled"):
        found.setdefault("", []).append(Edge(Flow.PROXY, ""))
    watch = integration.part("watchSchema")
    if watch.text("destination"):
        found.setdefault("", []).append(Edge(Flow.SCHEMA, watch.text("destination")))
    return {name: tuple(edges) for name, edges in found.items()}


def _times(one: ActionObject) -> str:
    schedule = parsed(one.text("schedule"))
    return "when triggered" if schedule is None else describe(schedule)


def _event_words(one: ActionObject) -> str:
    words = (name.removesuffix("Event") for name in events(one))
    return ", ".join(words) or "no events"
