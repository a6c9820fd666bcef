"""What the deploy tool misses in a manifest that it has read, and so refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

_SPEC_VERSION = "1.0.0"
_ACTIONS = ("read", "write", "subscribe", "proxy")
# The keys that an item of `objects` must have.
_REQUIRED = {
    "read": ("objectName", "destination"),
    "write": ("objectName",),
    "subscribe": ("objectName", "destination"),
}
_EVENTS = ("createEvent", "updateEvent", "deleteEvent", "associationChangeEvent")
Record = dict[str, object]


def missing(manifest: Record) -> Iterator[str]:
    """Yield the paths of what is missing from a manifest given as plain data."""
    if manifest.get("specVersion") != _SPEC_VERSION:
        yield "specVersion"
    integrations = _records(manifest.get("integrations"))
    if not integrations:
        yield "integrations"
    for number, one in enumerate(integrations):
        for path in _of_integration(one):
            yield f"integrations[{number}]{path}"


def _of_integration(integration: Record) -> Iterator[str]:
    yield from (f".{key}" for key in ("name", "provider") if not integration.get(key))
    if all(integration.get(key) is None for key in _ACTIONS):
        yield ""
    for action, required in _REQUIRED.items():
        section = integration.get(action)
        if isinstance(section, dict):
            objects = _records(section.get("objects"))
            if not objects:
                yield f".{action}.objects"
            for number, item in enumerate(objects):
                path = f".{action}.objects[{number}]"
                yield from (f"{path}.{key}" for key in required if not item.get(key))
                yield from (f"{path}.{key}.enabled" for key in _disabled(item))
    proxy = integration.get("proxy")
    if isinstance(proxy, dict) and proxy.get("enabled") is None:
        yield ".proxy.enabled"


def _disabled(record: Record) -> Iterator[str]:
    for key in _EVENTS:
        event = record.get(key)
        if isinstance(event, dict) and event.get("enabled") is None:
            yield key


def _records(value: object) -> list[Record]:
    return cast("list[Record]", value) if isinstance(value, list) else []
