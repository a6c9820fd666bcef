"""What an author meant by a key in another word, at another level or with too many dashes."""

from __future__ import annotations

import re

from amp_lint.text.joined_keys import JoinedKey, joined_key
from amp_lint.text.look_alikes import SPACES, ZERO_WIDTH
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, follow, is_null
from amp_schema.closest_match import nearest
from amp_schema.manifest_schema import Place, canonical_key
from amp_schema.patterns import pattern
from amp_schema.synonyms import synonyms

_KINDS = {"boolean": "bool", "integer": "int"}
_DAYS = pattern(r"([1-9][0-9]{0,5}|0)(?:[ ]*(?:(w(?:eeks?)?)|d(?:ays?)?))?", re.I)
_SWITCHES = {
    **dict.fromkeys(("always", "on", "yes", "enabled", "enable", "active"), "true"),
    **dict.fromkeys(("never", "off", "no", "disabled", "disable", "inactive"), "false"),
}
# A separator of thousands.
_SEPARATED = pattern(r"(?<=[0-9])[,_ ](?=[0-9]{3}\b)")
_NAME_KEYS = frozenset(("fieldName", "objectName", "mapToName", "name"))
_ODD_LEAD = pattern(f"[{SPACES}{ZERO_WIDTH}]+")


def is_unknown(entry: Entry, place: Place) -> bool:
    """Return whether a place has no key of this name."""
    return not entry.merges and canonical_key(place, entry.name) is None


def joined_entry(key: str, node: Mapping, place: Place) -> tuple[Entry, JoinedKey] | None:
    """Return the entry of a mapping whose key is `key` joined with its value."""
    for entry in node.entries:
        joined = joined_with(entry.key, place) if is_unknown(entry, place) else None
        if joined is not None and canonical_key(place, joined.key) == key:
            return entry, joined
    return None


def joined_with(word: Node, place: Place) -> JoinedKey | None:
    """Return the key that a word without quotes is, joined with its value, if the place has it."""
    if not isinstance(word, Scalar) or word.style or word.end - word.start != len(word.value):
        return None
    joined = joined_key(word.value)
    if joined is None or not (joined.key == "<<" or canonical_key(place, joined.key)):
        return None
    return joined


def odd_lead(key: Node) -> int:
    """Return how many characters in front of a key look like spaces or are invisible."""
    match = _ODD_LEAD.match(key.value) if isinstance(key, Scalar) and not key.style else None
    return match.end() if match is not None else 0


def entry_meant(key: str, node: Mapping, place: Place) -> Entry | None:
    """Return the entry with an unknown key that was meant to be `key`: a misspelling, or another
    word for it with a value of the right kind."""
    unknown = [entry for entry in node.entries if is_unknown(entry, place)]
    name = nearest(key, [entry.name for entry in unknown])
    if name is not None:
        return node.find(name)
    words = [one for one in unknown if one.name.casefold() in synonyms(key)]
    fitting = [one for one in words if fits(one.value, place.properties[key])]
    return fitting[0] if len(fitting) == 1 else None


def key_meant(entry: Entry, place: Place, free: list[str]) -> str | None:
    """Return the one of the `free` keys that an unknown key is another word for."""
    name = entry.name.casefold()
    found = [one for one in free if name in synonyms(one)]
    fitting = [one for one in found if fits(entry.value, place.properties[one])]
    return fitting[0] if len(fitting) == 1 else None


def meant_data(node: Node, place: Place) -> bool | int | None:
    """Return the boolean or number that a text was meant to be: one with a comma or quotes around
    it, a misspelt `true`, `1` or `always` for `true`, `30 days`, `2 weeks`."""
    if not isinstance(node, Scalar) or place.type not in _KINDS:
        return None
    if place.type == "boolean" and type(node.data) is int and node.data in (0, 1):
        return bool(node.data)
    if node.kind != "str":
        return None
    slip = name_slip(node.value)
    text = slip.meant[0] if slip is not None and len(slip.meant) == 1 else node.value.strip()
    if place.type == "boolean":
        text = nearest(text, ("true", "false")) or _SWITCHES.get(text.casefold(), text)
    else:
        days = _DAYS.fullmatch(_SEPARATED.sub("", text))
        text = str(int(days[1]) * (7 if days[2] else 1)) if days else ""
    data = Scalar(0, 0, text, "").data
    wanted = bool if place.type == "boolean" else int
    return data if isinstance(data, (bool, int)) and type(data) is wanted else None


def only_text(raw: Node, place: Place) -> Scalar | None:
    """Return the text that a list in brackets, or braces, has as its only item, or that is given a
    key such as `fieldName`, where a text is due."""
    if place.type != "string":
        return None
    item = None
    if isinstance(raw, Sequence) and len(raw.items) == 1 and raw.flow:
        item = raw.items[0]
    elif isinstance(raw, Mapping) and len(raw.entries) == 1 and raw.flow:
        entry = raw.entries[0]
        item = entry.key if is_null(entry.value) else None
    if item is None and isinstance(raw, Mapping) and len(raw.entries) == 1:
        # `- fieldName: email` in a list of names.
        entry = raw.entries[0]
        item = entry.value if entry.name in _NAME_KEYS else None
    return item if isinstance(item, Scalar) and item.kind == "str" else None


def fits(raw: Node, place: Place) -> bool:
    """Return whether a value is of the kind that a place takes, with or without its quotes."""
    node = follow(raw)
    if place.type == "object":
        return isinstance(node, Mapping)
    if place.type == "array":
        return isinstance(node, Sequence)
    if not isinstance(node, Scalar) or node.kind == "null":
        return False
    due = _KINDS.get(place.type)
    return due is None or Scalar(0, 0, node.value.strip(), "").kind == due


def flattened(key: str, node: Mapping, place: Place) -> list[Entry]:
    """Return the entries that belong one level down, under the missing `key`."""
    inner = place.properties[key]
    if inner.type != "object":
        return []
    return [
        entry
        for entry in node.entries
        if is_unknown(entry, place) and canonical_key(inner, entry.name) is not None
    ]
