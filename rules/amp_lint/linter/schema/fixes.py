"""Fixes for violations of the JSON Schema: their titles, and what to ask of the editor. They
become edits only for a rule that reports the violation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, cast

from amp_lint.linter.schema.meant import fits, only_text
from amp_lint.manifest.model import Integration
from amp_lint.manifest.view import View
from amp_lint.text.edits import Edit
from amp_lint.text.messages import listed, quoted
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, follow, is_null
from amp_lint.yaml.regrouping import align, join_items, nest, shift
from amp_lint.yaml.scalars import as_text
from amp_schema.lite_dataclasses import dataclass, replace
from amp_schema.manifest_schema import Place, canonical_key

if TYPE_CHECKING:
    from amp_lint.text.joined_keys import JoinedKey
    from amp_lint.yaml.editor import Editor, Edits
    from amp_lint.yaml.emitter import Data

# What no two items of a list may share.
_UNIQUE = frozenset({"name", "objectName", "fieldName"})
# No provider of the catalog has a `contact` of its own, and many have `contacts`.
_OBJECT_NAME = "contacts"
# Names in use that are looked through for one that is free.
_MOST_TRIED = 50
# The sections that require objects, by the rule that says so.
_SECTIONS = {f"{section}-objects": section for section in ("read", "write", "subscribe")}
# Values that say that something is off.
_OFF = frozenset(("never", "none", "off", "false", "no", "disabled", "disable", "inactive", "null"))
# What a first object needs besides its name, so that no rule has anything to add.
_FIRST: dict[str, dict[str, Data]] = {
    "read": {
        "destination": "contactWebhook",
        "schedule": "*/30 * * * *",
        "requiredFields": [{"fieldName": "email"}],
    },
    "write": {},
    "subscribe": {
        "destination": "contactWebhook",
        "inheritFieldsAndMapping": True,
        "createEvent": {"enabled": "always"},
    },
}


@dataclass(frozen=True, slots=True)
class SchemaFix:
    """A fix for a violation. `title` is an order, `edits` what the editor makes of it."""

    title: str
    edits: Callable[[Editor], Edits | None]
    safe: bool = False
    manual: bool = False


SchemaFixes = tuple[SchemaFix, ...]


def rename(key: Node, name: str, *, safe: bool = False) -> SchemaFixes:
    """Another name for a key."""
    return (SchemaFix(f"Change to `{name}`", lambda editor: editor.set_text(key, name), safe),)


def indent_with_spaces(key: Node, count: int) -> SchemaFixes:
    """Write spaces for the characters in front of a key that only look like spaces."""
    span = Span(key.start, key.start + count)
    return (SchemaFix("Write spaces", lambda _: (Edit(span, " " * count),), safe=True),)


def separate(word: Node, joined: JoinedKey) -> SchemaFixes:
    """Write a key and its value that are joined as the two that they are."""
    title = f"Change to {joined.right}"
    return (SchemaFix(title, lambda editor: editor.separate(word, joined), safe=True),)


def write(node: Node, value: str | bool | int, *, safe: bool = False) -> SchemaFixes:
    """Another value for a scalar, unless a tag decides what it means."""
    if not isinstance(node, Scalar) or node.tag is not None or (safe and node.anchor is not None):
        return ()
    if isinstance(value, str):
        title = f"Change to {quoted(value)}"
        return (SchemaFix(title, lambda editor: editor.set_text(node, value), safe),)
    title = f"Change to `{as_text(value)}`"
    return (SchemaFix(title, lambda editor: editor.set_data(node, value), safe),)


def only_item(node: Node, place: Place) -> SchemaFixes:
    """The only item of a list in brackets without the brackets, where a text is due."""
    item = only_text(node, place)
    if item is None or node.anchor is not None:
        return ()

    def edits(editor: Editor) -> Edits:
        text = editor.text[item.start : item.end]
        # A comment may follow a bracket directly, but not a word.
        gap = " " if editor.text.startswith("#", node.end) else ""
        return (Edit(Span(node.start, node.end), text + gap),)

    return (SchemaFix(f"Change to {quoted(item.value)}", edits),)


def quote(node: Scalar) -> SchemaFixes:
    """Quotes around a scalar, which keep it text. One with an anchor may be a number elsewhere."""
    if node.tag is not None or node.anchor is not None:
        return ()
    return (
        SchemaFix(f"Put {quoted(node.value)} in quotes", lambda editor: editor.quote(node), True),
    )


def unquote(node: Node, data: bool | int | None) -> SchemaFixes:
    """The number or boolean between quotes without them, where they are all that is wrong."""
    if not isinstance(node, Scalar) or node.style not in ("'", '"') or data is None:
        return ()
    same = isinstance(data, bool) or as_text(data) == node.value.strip()
    return write(node, data, safe=True) if same else ()


def supply(
    rule: str, key: str, node: Mapping, place: Place, entry: Entry | None, meant: Entry | None
) -> SchemaFixes:
    """A required key with something under it. `entry` is the key where it is there and empty,
    `meant` another one that may be meant to be it."""
    spot = place.properties[key]
    if rule == "spec-version":
        return _set_version(node, spot.values[0], entry, meant)
    if meant is not None:
        is_usable = fits(meant.value, spot) and not _is_empty(meant.value)
        return rename(meant.key, key) if is_usable else ()
    if rule != "required-field" and rule not in _SECTIONS:
        return ()
    data = [_first_object(_SECTIONS[rule], node)] if rule in _SECTIONS else None
    fixes = _add(key, data or _placeholder(key, node, spot), node, place, entry)
    is_known = data is None and _is_known(key, node, spot)
    return fixes if is_known else tuple(replace(one, manual=True) for one in fixes)


def _is_known(key: str, node: Mapping, spot: Place) -> bool:
    """Return whether the value of a missing key is known, and no placeholder for its author."""
    if spot.values or spot.type == "boolean":
        return True
    return key == "destination" and destination_in_use(node) is not None


def destination_in_use(node: Node) -> str | None:
    """Return the first destination of the integration that a node is in."""
    found = _in_use("destination", _integration(node))
    return found[0] if found else None


def _set_version(
    node: Mapping, version: str, entry: Entry | None, meant: Entry | None
) -> SchemaFixes:
    if meant is not None and isinstance(meant.value, Scalar) and meant.value.data == version:
        return rename(meant.key, "specVersion", safe=True)

    def edits(editor: Editor) -> Edits | None:
        if entry is not None:
            return editor.set_value(entry, version)
        at_top = editor.insert_at_top("specVersion", version)
        return at_top or editor.insert(node, "specVersion", version)

    return (SchemaFix(f"Add `specVersion: {version}`", edits, safe=True),)


def _is_empty(raw: Node) -> bool:
    node = follow(raw)
    if isinstance(node, Sequence):
        return not node.items
    return is_null(node) or (isinstance(node, Scalar) and not node.value)


def _add(key: str, data: Data, node: Mapping, place: Place, entry: Entry | None) -> SchemaFixes:
    """A key with a value in its usual place among the others, or the value behind the key."""
    pair = key
    if isinstance(data, (str, bool, int)):
        pair = f"{key}: {data if isinstance(data, str) else as_text(data)}"
    if entry is not None:
        return (SchemaFix(f"Fill in {quoted(pair)}", lambda editor: editor.set_value(entry, data)),)
    before = _follower(key, node, place)
    title = f"Add {quoted(pair)}"
    return (SchemaFix(title, lambda editor: editor.insert(node, key, data, before=before)),)


def fill(node: Node, place: Place) -> SchemaFixes:
    """A placeholder for an empty text."""
    entry = node.slot
    if not isinstance(entry, Entry) or not place.examples:
        return ()
    key = entry.name
    data = _placeholder(key, entry.parent, place)
    fixes = write(node, data) if isinstance(data, str) else ()
    is_known = _is_known(key, entry.parent, place)
    return fixes if is_known else tuple(replace(one, manual=True) for one in fixes)


def add_first_object(rule: str, node: Node) -> SchemaFixes:
    """A first object in the empty list of a section."""
    if rule not in _SECTIONS:
        return ()
    data = _first_object(_SECTIONS[rule], node)
    return (SchemaFix("Add an object", lambda editor: editor.append(node, data), manual=True),)


def is_opposite(node: Node) -> bool:
    """Return whether a value says that something is off."""
    if not isinstance(node, Scalar):
        return False
    return node.data is False or node.value.strip().casefold() in _OFF


def switch_off(node: Node) -> SchemaFixes:
    """Return the fix that removes what a value such as `false` or `never` switches off: the mapping
    that holds it, or, in the item of a list, its key. The only mapping of its kind is left to the
    author, as another rule requires one."""
    parent, entry = node.parent, node.slot
    is_only = False
    if isinstance(parent, Mapping) and isinstance(parent.slot, Entry):
        entry = parent.slot
        is_only = not any(isinstance(follow(one.value), Collection) for one in _others(entry))
    if not isinstance(entry, Entry):
        return ()
    removed = entry
    title = f"Remove {quoted(entry.name)}"
    return (SchemaFix(title, lambda editor: editor.remove(removed), manual=is_only),)


def indent(entries: list[Entry], key: str) -> SchemaFixes:
    """Return the fix that puts entries under a key that they belong to."""
    names = listed([one.name for one in entries])
    return (SchemaFix(f"Put {names} under `{key}`", lambda editor: nest(editor, entries, key)),)


def indent_more(entries: tuple[Entry, ...]) -> SchemaFixes:
    """Return the fix that indents entries by two blanks more."""
    title = f"Indent {listed([one.name for one in entries])}"
    return (SchemaFix(title, lambda editor: shift(editor, entries, 2)),)


def indent_like(item: Mapping, entries: tuple[Entry, ...]) -> SchemaFixes:
    """Return the fix that indents entries like those of an item above them."""
    title = f"Indent {listed([one.name for one in entries])}"
    return (SchemaFix(title, lambda editor: align(editor, entries, item)),)


def join(items: list[Mapping]) -> SchemaFixes:
    """Return the fix that makes items part of the item before them."""
    title = "Remove the dash" if len(items) == 1 else "Remove the dashes"
    return (SchemaFix(title, lambda editor: join_items(editor, items)),)


def _others(entry: Entry) -> Iterator[Entry]:
    return (one for one in entry.parent.entries if one is not entry)


def _follower(key: str, node: Mapping, place: Place) -> str | None:
    """The key in front of which a new one goes: authors write them in the order of the schema."""
    order = list(place.properties)
    names = [entry.name for entry in node.entries]
    known = [canonical_key(place, name) for name in names]
    earlier = order[: order.index(key)]
    at = max((i + 1 for i, name in enumerate(known) if name in earlier), default=0)
    return names[at] if at < len(names) else None


def _placeholder(key: str, node: Mapping, spot: Place) -> Data:
    """A valid value for a key: what the integration uses already, else an example."""
    if key == "defaultPeriod":
        # Few enough days for every provider but the one that takes none.
        integration = _integration(node)
        snowflake = Integration(integration, integration).is_snowflake
        return {"fullHistory": True} if snowflake else {"days": 7}
    if spot.type != "string" or spot.values:
        return cast("Data", spot.examples[0])
    usual = [_OBJECT_NAME] if key == "objectName" else []
    known = list(dict.fromkeys([*_in_use(key, _integration(node)), *usual, *spot.examples]))
    candidates = [str(one) for one in known[:_MOST_TRIED]]
    if key not in _UNIQUE or not isinstance(node.parent, Sequence):
        return candidates[0]
    taken, waiting = _shares(key, node.parent)
    # Each item that waits for a value gets another one, so that all may be fixed at once.
    turn = waiting.get(id(node), 0)
    free = [text for text in candidates if text.casefold() not in taken]
    if turn < len(free):
        return free[turn]
    numbered = (f"{candidates[0]}-{n}" for n in count(turn + 1, max(len(waiting), 1)))
    return next(text for text in numbered if text.casefold() not in taken)


def _first_object(action: str, node: Node) -> Data:
    integration = _integration(node)
    names = _in_use("objectName", integration)
    destinations = _in_use("destination", integration)
    made: dict[str, Data] = {"objectName": names[0] if names else _OBJECT_NAME, **_FIRST[action]}
    if "destination" in made and destinations:
        made["destination"] = destinations[0]
    reads = Integration(integration, integration).read_objects
    if action == "subscribe" and not any(item.name for item in reads):
        # Other events take nothing from a read object.
        del made["inheritFieldsAndMapping"], made["createEvent"]
        made["otherEvents"] = ["object.merged"]
    return made


# Cached, for in a long list with a mistake in each item all ask the same.
@lru_cache(maxsize=4)
def _in_use(key: str, integration: Mapping) -> list[str]:
    """What the objects of an integration have under a key."""
    view = Integration(integration, integration)
    objects = (*view.read_objects, *view.subscribe_objects, *view.write_objects)
    texts = (item.text(key) for item in objects)
    return list(dict.fromkeys(text.value for text in texts if text is not None))


@lru_cache(maxsize=4)
def _shares(key: str, items: Sequence) -> tuple[set[str], dict[int, int]]:
    """The texts that the items of a list have under a key, in folded case, and the items without
    one, by identity, with their number."""
    taken: set[str] = set()
    waiting: dict[int, int] = {}
    for item in map(follow, items.items):
        text = View(item, item).text(key) if isinstance(item, Mapping) else None
        if text is not None:
            taken.add(text.value.casefold())
        else:
            waiting[id(item)] = len(waiting)
    return taken, waiting


def _integration(node: Node) -> Mapping:
    """The integration that a node belongs to: the item of the outermost list around it."""
    found = Mapping(0, 0)
    above: Node | None = node
    while above is not None:
        if isinstance(above, Mapping) and isinstance(above.parent, Sequence):
            found = above
        above = above.parent
    return found
