"""Items that are parts of one item, and items whose keys are one level too deep.

Their keys are not missing but at another place, so the mappings are marked as incomplete: one rule
reports the slip, and no other says what would be missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from amp_lint.yaml.nodes import Entry, Mapping, Node, Sequence, folded, follow
from amp_schema.manifest_schema import Place, canonical_key, root

# The key by which an item is known; without it, an item is hardly one.
_IDENTITIES = ("objectName", "name")
_ACTIONS = ("read", "write", "subscribe")


def mark_misplaced(top: Node | None) -> None:
    """Mark the items of a manifest whose keys are at another place."""
    place = root().properties["integrations"]
    integrations = _listed(top, "integrations")
    if integrations is None:
        return
    _mark(integrations, place)
    for item in integrations.items:
        mark_objects(item)


def mark_objects(integration: Node) -> None:
    """Mark the objects of an integration whose keys are at another place."""
    item = root().properties["integrations"].item
    if item is None:
        return
    for action in _ACTIONS:
        entry = integration.find(action) if isinstance(integration, Mapping) else None
        objects = _listed(entry.value, "objects") if entry is not None else None
        if objects is not None:
            _mark(objects, item.properties[action].properties["objects"])


def is_suspect(integration: Node) -> bool:
    """Whether an integration may be a part of another one: it has keys and no name."""
    return isinstance(integration, Mapping) and integration.find("name") is None


def wrapper(node: Mapping, place: Place) -> Entry | None:
    """Return the only entry of an item if the keys of the item are below it, one level too deep."""
    if len(node.entries) != 1:
        return None
    entry = node.entries[0]
    inner = follow(entry.value)
    is_known = entry.merges or canonical_key(place, entry.name) is not None
    if isinstance(inner, Sequence) and len(inner.items) == 1:
        inner = follow(inner.items[0])
    if is_known or not isinstance(inner, Mapping):
        return None
    return entry if any(inner.find(key) for key in place.required) else None


def _listed(node: Node | None, key: str) -> Sequence | None:
    holder = follow(node)
    entry = holder.find(key) if isinstance(holder, Mapping) else None
    found = follow(entry.value) if entry is not None else None
    return found if isinstance(found, Sequence) else None


def _mark(items: Sequence, place: Place) -> None:
    spot = place.item
    identity = next((key for key in _IDENTITIES if spot and key in spot.required), None)
    if spot is None or identity is None or items.incomplete:
        return
    nodes = [item for item in items.items if isinstance(item, Mapping) and not item.incomplete]
    if all(node.find(identity) for node in nodes):
        return
    for run in _runs(items.items, identity, spot):
        for node in run:
            node.incomplete, node.parts_of_one = True, tuple(run)
    for node in nodes:
        node.incomplete = node.incomplete or wrapper(node, spot) is not None


def _runs(items: Iterable[Node], identity: str, place: Place) -> list[list[Mapping]]:
    """Return runs of items that make one item together: each after the first lacks the key by which
    an item is known, and repeats no key."""
    runs: list[list[Mapping]] = []
    run: list[Mapping] = []
    names: set[str] = set()
    for item in items:
        if not isinstance(item, Mapping) or item.incomplete:
            run = []
            continue
        keys = {folded(one.name) for one in item.entries}
        known = all(canonical_key(place, key) for key in keys)
        if folded(identity) in keys:
            run, names = [item], keys
            runs.append(run)
        elif run and keys and known and names.isdisjoint(keys):
            run.append(item)
            names |= keys
        else:
            run = []
    return [one for one in runs if len(one) > 1]
