"""Code lenses: fields and subscriptions of objects, installations and changes of integrations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amp_lint.ide.project_facts import installations
from amp_lint.manifest.model import Integration, Manifest
from amp_lint.manifest.objects import EVENTS, ReadObject, SubscribeObject
from amp_lint.text.messages import split_camel_case
from amp_lint.yaml.nodes import Collection

if TYPE_CHECKING:
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.text.source import Span


@dataclass(frozen=True, slots=True)
class CodeLens:
    """A text above the line of an offset."""

    offset: int
    words: str


@dataclass(frozen=True, slots=True)
class ChangedPlaces:
    """Where a manifest differs from `against`, an old version."""

    against: str
    spans: tuple[Span, ...]


def code_lenses(
    manifest: Manifest, project: Snapshot | None = None, changes: ChangedPlaces | None = None
) -> list[CodeLens]:
    """The lenses of a manifest in the order of the text, each once.

    `project` is the snapshot of the project, which knows the installations.
    """
    found = dict.fromkeys(lens for one in manifest.integrations for lens in _lenses(one))
    if project is not None:
        installed = (_installed(one, project) for one in manifest.integrations)
        found |= dict.fromkeys(lens for lens in installed if lens is not None)
    if changes is not None:
        changed = (_changed(one, changes) for one in manifest.integrations)
        found |= dict.fromkeys(lens for lens in changed if lens is not None)
    return sorted(found, key=lambda lens: lens.offset)


def _installed(integration: Integration, project: Snapshot) -> CodeLens | None:
    name = integration.name
    deployed = (project.integrations or {}).get(name.value) if name is not None else None
    words = installations(deployed) if deployed is not None else ""
    return _at_name(integration, words) if words else None


def _changed(integration: Integration, changes: ChangedPlaces) -> CodeLens | None:
    around = integration.node.span
    count = sum(around.start <= one.start <= around.end for one in changes.spans)
    counted = f"{count} change{'' if count == 1 else 's'} since {changes.against}"
    return _at_name(integration, counted) if count else None


def _at_name(integration: Integration, words: str) -> CodeLens | None:
    name = integration.name
    # A name behind an alias or a merge key is written elsewhere.
    if name is None or name.parent is not integration.node:
        return None
    return CodeLens(name.start, words)


def _lenses(integration: Integration) -> Iterator[CodeLens]:
    subscribed: dict[str, list[SubscribeObject]] = {}
    for one in integration.subscribe_objects:
        if one.name is not None:
            subscribed.setdefault(one.name.value.casefold(), []).append(one)
    for read in integration.read_objects:
        offset = _offset(read)
        yield CodeLens(offset, _fields(read))
        name = read.name.value.casefold() if read.name is not None else ""
        if name in subscribed:
            yield CodeLens(offset, _subscriptions(subscribed[name]))


def _offset(read: ReadObject) -> int:
    """Return the offset of the object's name, else of its first key, or of an alias of it."""
    node = read.at_use(read.name or read.node)
    return read.head.start if isinstance(node, Collection) else node.start


def _fields(read: ReadObject) -> str:
    count = len(read.fields)
    counted = f"{count or 'no'} field{'' if count == 1 else 's'}"
    items = (*read.places("requiredFields"), *read.places("optionalFields"))
    if not read.whole or len(items) > count:
        # An unfinished line may hide some.
        return f"{counted} or more" if count else "fields unknown"
    if read.takes_all_fields:
        return f"{counted} and what customers pick" if count else "fields that customers pick"
    return counted


def _subscriptions(subscribed: list[SubscribeObject]) -> str:
    """Return the events in words; other events are counted."""
    there = {key for one in subscribed for key in one.events}
    keys = (key.removesuffix("Event") for key in EVENTS if key in there)
    events = [split_camel_case(key).lower() for key in keys]
    others = len({other.value for one in subscribed for other in one.texts("otherEvents")})
    if others:
        events.append(f"{others} other event{'' if others == 1 else 's'}")
    return f"subscribed: {', '.join(events)}" if events else "subscribed"
