"""Items in a list of another kind: an object among fields, a field among objects and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from amp_lint.linter.schema.fixes import SchemaFix, SchemaFixes
from amp_lint.linter.schema.naming import either, place_kind
from amp_lint.manifest.misplaced import IDENTITIES, is_stray
from amp_lint.text.messages import quoted
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Mapping, Node, Unreadable, follow, is_null
from amp_lint.yaml.nodes import Sequence as Listed
from amp_lint.yaml.regrouping import move_items
from amp_schema.lite_dataclasses import dataclass
from amp_schema.manifest_schema import Place, canonical_key, places_of_keys
from amp_schema.manifest_schema import place as place_at

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits


@dataclass(frozen=True, slots=True)
class Stray:
    """Neighbouring items in a list of another kind: what to say of them, and the fixes."""

    items: tuple[Mapping, ...]
    message: str
    fixes: SchemaFixes

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the items."""
        return tuple(entry for item in self.items for entry in item.entries)


@dataclass(frozen=True, slots=True)
class _Home:
    """Where an item belongs: in a list, as an item of it, or among the entries of a mapping. `node`
    is what begins in the column that is due, `more` what is to be added to that. `key` is known to
    the reader."""

    node: Node
    key: str
    more: int = 0
    is_item: bool = True
    is_safe_to_move: bool = True


def stray(first: Mapping, place: Place) -> Stray | None:
    """Return what is wrong with the items of which this is the first; None if one before it is."""
    listed = first.parent
    if not isinstance(listed, Listed) or not isinstance(first.slot, int):
        return None
    items = listed.items
    if first.slot and _is_stray(items[first.slot - 1], place):
        return None
    run = tuple(_run(items[first.slot :], place))
    keys = [entry.name for item in run for entry in item.entries]
    home = _home(run, keys)
    name = quoted(run[0].entries[0].name)
    kind = either(places_of_keys([entry.name for entry in run[0].entries]))
    message = f"{name} belongs in {kind}, not in {place_kind(place)}"
    if home is None:
        return Stray(run, f"{message}; move it there", ())
    where = f"like the items of `{home.key}`" if home.is_item else f"like `{home.key}`"
    dash = "" if home.is_item else "remove the `- ` and "
    if home.more:
        where = f"below `{home.key}`"
    message = f"{message}; {dash}indent it {where}"
    movable = home.is_safe_to_move and run[0].anchor is None

    def edits(editor: Editor) -> Edits | None:
        return move_items(editor, run, home.node, home.more, with_dash=home.is_item)

    title = f"Move it {'to' if home.is_item else 'beside'} `{home.key}`"
    return Stray(run, message, (SchemaFix(title, edits),) if movable else ())


def _is_stray(node: Node, place: Place) -> bool:
    return isinstance(node, Mapping) and is_stray(node, place)


def _run(items: Sequence[Node], place: Place) -> Iterator[Mapping]:
    for item in items:
        if not isinstance(item, Mapping) or not is_stray(item, place):
            return
        yield item


def _home(run: tuple[Mapping, ...], keys: list[str]) -> _Home | None:
    """Return where some items belong: further out, or in the last list of the item before them."""
    return _further_out(run, keys) or _further_in(run, keys)


def _further_out(run: tuple[Mapping, ...], keys: list[str]) -> _Home | None:
    """Return the list or the mapping around the items that takes these keys."""
    is_last = isinstance(run[0].parent, Listed) and run[0].parent.items[-1] is run[-1]
    key, node = "", run[0].parent
    while node is not None:
        above = node.parent
        if isinstance(node.slot, Entry):
            key = node.slot.name
        if isinstance(above, Mapping):
            here = place_at(path_of(above))
            is_last_entry = above.entries[-1].value is node
            if here is not None and _knows_all(here, keys):
                return _beside(above, key, keys, is_last=is_last, is_last_entry=is_last_entry)
            is_last = is_last and is_last_entry
        elif isinstance(above, Listed):
            is_last = is_last and above.items[-1] is node
        node = above
    return None


def _beside(
    holder: Mapping, key: str, keys: list[str], *, is_last: bool, is_last_entry: bool
) -> _Home:
    """Return the home of items that are like a mapping around them, or hold keys of it. `key` is
    the one that they are under."""
    listed = holder.parent
    names_one = not {key.casefold() for key in keys}.isdisjoint(IDENTITIES)
    if names_one and isinstance(listed, Listed) and isinstance(listed.slot, Entry):
        return _Home(listed, listed.slot.name, is_safe_to_move=is_last and is_last_entry)
    is_free = all(holder.find(key) is None for key in keys)
    return _Home(holder, key, is_item=False, is_safe_to_move=is_last and is_free)


def _knows_all(place: Place, keys: list[str]) -> bool:
    return all(canonical_key(place, key) is not None for key in keys)


def _further_in(run: tuple[Mapping, ...], keys: list[str]) -> _Home | None:
    """Return the last list of the item before, if it takes items with these keys."""
    listed, slot = run[0].parent, run[0].slot
    if not isinstance(listed, Listed) or not isinstance(slot, int) or not slot:
        return None
    node: Node | None = follow(listed.items[slot - 1])
    while isinstance(node, (Mapping, Listed)):
        if isinstance(node, Listed):
            here = place_at(path_of(node))
            key = node.slot.name if isinstance(node.slot, Entry) else ""
            if here is not None and here.item is not None and _knows_all(here.item, keys):
                return _Home(node, key)
            node = node.items[-1] if node.items else None
        elif node.entries:
            entry = node.entries[-1]
            here = place_at(path_of(entry))
            is_open = is_null(entry.value) or isinstance(entry.value, Unreadable)
            if is_open and here is not None and here.item and _knows_all(here.item, keys):
                return _Home(entry.key, entry.name, more=2)
            node = entry.value
        else:
            return None
    return None
