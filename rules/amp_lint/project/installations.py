"""Counts what the installations of a project hold, without keeping who they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amp_lint.project.answers import mapping, text

# Settings that older configurations copied from the manifest and that a deploy may leave as is.
_PINNED = ("schedule", "destination", "backfill")


@dataclass(slots=True)
class ObjectCounts:
    """The configurations of one object: see `snapshot.Selection`."""

    actions: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    mappings: Counter[str] = field(default_factory=Counter)
    pinned: Counter[str] = field(default_factory=Counter)

    def read(self, config: Mapping[str, Any]) -> None:
        """Count the configuration of a read object."""
        self.actions["read"] += 1
        self.actions["disabled"] += config.get("disabled") is True
        selected = mapping(config.get("selectedFields"))
        self.fields.update(name for name, on in selected.items() if on is True and text(name))
        mapped = mapping(config.get("selectedFieldMappings"))
        self.mappings.update(name for name, source in mapped.items() if source and text(name))
        self.pinned.update(key for key in _PINNED if config.get(key))

    def subscribe(self, config: Mapping[str, Any]) -> None:
        """Count the configuration of a subscribe object."""
        self.actions["subscribe"] += 1
        self.pinned["subscribeDestination"] += bool(config.get("destination"))

    def write(self, _: Mapping[str, Any]) -> None:
        """Count the configuration of a write object."""
        self.actions["write"] += 1

    def data(self) -> dict[str, Any]:
        """The counts as the snapshot has them, without zeros."""
        found: dict[str, Any] = {**_positive(self.actions)}
        for key in ("fields", "mappings", "pinned"):
            counts = _positive(getattr(self, key))
            if counts:
                found[key] = counts
        return found


def _positive(counts: Counter[str]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@dataclass(slots=True)
class IntegrationCounts:
    """The installations of one integration. `customers` are the names of their groups."""

    installations: int = 0
    pinned_proxy: int = 0
    customers: set[str] = field(default_factory=set)
    objects: dict[str, ObjectCounts] = field(default_factory=dict)

    def add(self, installation: Mapping[str, Any]) -> None:
        """Count one installation."""
        self.installations += 1
        group = mapping(installation.get("group"))
        self.customers.add(text(group.get("groupName")) or text(group.get("groupRef")))
        content = mapping(mapping(installation.get("config")).get("content"))
        proxy = mapping(content.get("proxy"))
        self.pinned_proxy += isinstance(proxy.get("enabled"), bool)
        for action in ("read", "subscribe", "write"):
            for name, config in mapping(mapping(content.get(action)).get("objects")).items():
                if text(name):
                    counts = self.objects.setdefault(name, ObjectCounts())
                    getattr(counts, action)(mapping(config))


@dataclass(slots=True)
class Installations:
    """The installations of a project, by the id of their integration.

    `odd` is the number of those that do not say which integration they are of.
    """

    by_integration: dict[str, IntegrationCounts] = field(default_factory=dict)
    odd: int = 0

    @classmethod
    def count(cls, installations: Iterable[object]) -> Installations:
        """Count installations as the API lists them."""
        counted = cls()
        for one in installations:
            installation = mapping(one)
            integration = text(installation.get("integrationId"))
            if not integration:
                counted.odd += 1
                continue
            counted.by_integration.setdefault(integration, IntegrationCounts()).add(installation)
        return counted

    def merge(self, other: Installations) -> None:
        """Add the installations of other integrations."""
        self.by_integration.update(other.by_integration)
        self.odd += other.odd

    def of(self, integration: str) -> IntegrationCounts:
        """The installations of an integration, by its id."""
        return self.by_integration.get(integration, IntegrationCounts())
