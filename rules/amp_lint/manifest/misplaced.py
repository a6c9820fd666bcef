"""Items that are parts of one item, and items whose keys are one level too deep.

Their keys are not missing but at another place, so the mappings are marked as incomplete: one rule
reports the slip, and no other says what would be missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from amp_lint.yaml.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    folded,
    follow,
    is_null,
)
from amp_schema.manifest_schema import Place, canonical_key, places_of_keys, root
from amp_schema.patterns import pattern

# The key by which an item is known; without it, an item is hardly one.
_IDENTITIES = ("objectName", "name")
# The keys by which the items of any list are known, in lower case.
IDENTITIES = frozenset(("objectname", "name", "fieldname", "maptoname"))
_LISTS = frozenset(
    ("integrations", "objects", "requiredfields", "optionalfields", "requiredwatchfields")
)
_MERGE_SLIPS = ("<", "<<", "<<<", ">>", "<<:", "< <")
_TIGHT_MERGE = pattern(r"<<[ ]?:\*[\w.-]+")
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
        if objects is not None and entry is not None:
            _mark_outdented(entry.value, item.properties[action])
            _mark(objects, item.properties[action].properties["objects"])


def _mark_outdented(section: Node, place: Place) -> None:
    found = outdented(section, place) if isinstance(section, Mapping) else None
    if found is not None:
        found[0].incomplete = True


def outdented(section: Mapping, place: Place) -> tuple[Mapping, tuple[Entry, ...]] | None:
    """Return the last object of a section, and the entries behind the list that belong to it: they
    are not indented enough."""
    entries = section.entries
    if len(entries) == 1 or section.mixed or section.flow:
        return None
    listed = follow(entries[0].value)
    last = follow(listed.items[-1]) if isinstance(listed, Sequence) and listed.items else None
    spot = place.properties.get(entries[0].name)
    inner = spot.item if spot is not None else None
    if inner is None or not isinstance(last, Mapping) or last.flow:
        return None
    behind = tuple(entries[1:])
    for entry in behind:
        is_theirs = canonical_key(inner, entry.name) is not None and not last.find(entry.name)
        if canonical_key(place, entry.name) is not None or not is_theirs:
            return None
    return last, behind


def mark_merges_meant(mappings: Iterable[Mapping]) -> None:
    """Mark the mappings with a key that was meant to be a merge key."""
    for mapping in mappings:
        if any(one.name[:1] in ("<", ">") and is_merge_meant(one) for one in mapping.entries):
            # Where a list is due, a mapping is wrong whatever it holds.
            slot = mapping.slot
            is_list_due = isinstance(slot, Entry) and folded(slot.name) in _LISTS
            mapping.incomplete = mapping.incomplete or not is_list_due


def is_merge_meant(entry: Entry) -> bool:
    """Whether a key was meant to be `<<`: it has a sign too many or too few, or quotes, or no space
    behind its colon."""
    if entry.merges:
        return False
    if isinstance(follow(entry.value), Mapping):
        return entry.name in _MERGE_SLIPS
    return is_null(entry.value) and _TIGHT_MERGE.fullmatch(entry.name) is not None


def is_suspect(integration: Node) -> bool:
    """Whether an integration may be a part of another one, as it has keys and no name, or holds
    another one, as it has two."""
    if not isinstance(integration, Mapping):
        return False
    return integration.find("name") is None or _names_two(integration, "name")


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


def _fill_list_before(items: Sequence, node: Mapping) -> None:
    """Note that the empty list at the end of the item before one may have it as an item."""
    before = items.items[node.slot - 1] if isinstance(node.slot, int) and node.slot else None
    last = before.entries[-1] if isinstance(before, Mapping) and before.entries else None
    if last is not None and isinstance(last.value, Scalar) and is_null(last.value):
        value = last.value
        last.value = Unreadable(value.start, value.end)
        last.value.parent, last.value.slot = last.parent, last


def is_stray(node: Mapping, place: Place) -> bool:
    """Whether all keys of an item belong in an item of another list, or elsewhere in the manifest.
    A `name` alone is another word for the name that is due."""
    names = [entry.name for entry in node.entries]
    if not names or [folded(name) for name in names] == ["name"]:
        return False
    if any(one.merges or canonical_key(place, one.name) is not None for one in node.entries):
        return False
    return bool(places_of_keys(names))


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
        # An item that holds two of them, as a dash is missing, hides one.
        items.incomplete = any(_names_two(node, identity) for node in nodes)
        return
    for run in _runs(items.items, identity, spot):
        for node in run:
            node.incomplete, node.parts_of_one = True, tuple(run)
    for node in nodes:
        if is_stray(node, spot):
            node.incomplete = True
            _fill_list_before(items, node)
        node.incomplete = node.incomplete or wrapper(node, spot) is not None


def _names_two(node: Mapping, identity: str) -> bool:
    if not node.repeats_a_key or folded(node.entries[0].name) != folded(identity):
        return False
    return sum(folded(one.name) == folded(identity) for one in node.entries) > 1


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
