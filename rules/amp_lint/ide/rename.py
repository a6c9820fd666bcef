"""Another name for a thing, in every place that names it."""

from __future__ import annotations

from collections.abc import Iterable

from amp_lint.ide.references import Mention, Named, named_at, names
from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.text.edits import Edit
from amp_lint.text.messages import quoted
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor
from amp_lint.yaml.nodes import Alias, Scalar, follow


class RenameError(Exception):
    """Why a name cannot be changed, in words for the user."""


def renamable_at(document: Document, offset: int) -> tuple[Named, Mention] | None:
    """What the name under the caret stands for, if it may be renamed, and the place under it."""
    for thing in named_at(names(document), offset):
        for mention in thing.mentions:
            under = mention.reach.start <= offset <= mention.reach.end
            if under and isinstance(mention.node, Scalar) and _is_ours(thing):
                return thing, mention
    return None


def rename(document: Document, thing: Named, to: str) -> tuple[Edit, ...]:
    """The edits of one document that give a thing another name, in the order of the text.

    `thing` may be of another document where it is a destination. Raises RenameError.
    """
    if to == thing.text:
        return ()
    _check(thing, to)
    known = names(document)
    together = _together(known, thing)
    for one in together:
        _check_room(known, one, to)
    places = {start: m for one in together for start, m in (one.uses | one.definitions).items()}
    _check_sharing(document, known, together, places)
    edit = Editor(document)
    edits: list[Edit] = []
    for start in sorted(places):
        node = places[start].node
        if isinstance(node, Alias):
            continue
        written = edit.set_text(node, to)
        if written is None:
            raise RenameError(f"{quoted(thing.text)} stands where it cannot be changed")
        edits.extend(written)
    return tuple(edits)


def _is_ours(thing: Named) -> bool:
    """Whether the manifest chose the name: the names of a provider's fields are not ours, and an
    anchor is no name of the platform's. An object may be renamed to be another one."""
    if thing.kind in ("anchor", "provider field"):
        return False
    return thing.kind != "field" or (thing.chosen and bool(thing.definitions))


def _check(thing: Named, to: str) -> None:
    if not to.strip() or to != to.strip() or not to.isprintable():
        raise RenameError("a name is one line of text, without spaces around it")
    if thing.kind == "destination" and not DESTINATION_NAME.match(to):
        raise RenameError("a destination's name may hold letters, digits and dashes only")


def _check_room(known: Iterable[Named], thing: Named, to: str) -> None:
    """Two things of one name could not be told apart. Two destinations may become one."""
    if thing.kind == "destination":
        return
    for one in known:
        if one.scope != thing.scope or one.text != to:
            continue
        watched = thing.kind == "field" and one.kind == "provider field" and one.uses
        if watched or one.kind == thing.kind:
            raise RenameError(f"the name {quoted(to)} is taken")


def _together(known: Iterable[Named], thing: Named) -> list[Named]:
    """The thing, and those that share with it a text behind an anchor: they get one new name."""
    left = [one for one in known if (one.kind, one.text) == (thing.kind, thing.text)]
    found = more = [one for one in left if one.scope == thing.scope]
    reached: set[int] = set()
    while more:
        gone = set(more)
        reached.update(start for one in more for start in one.uses | one.definitions)
        left = [one for one in left if one not in gone]
        more = [one for one in left if reached & (one.uses | one.definitions).keys()]
        found = found + more
    return found


def _check_sharing(
    document: Document, known: Iterable[Named], together: list[Named], places: dict[int, Mention]
) -> None:
    """No text may change that says something else, too."""
    texts = {id(one.node) for one in places.values() if isinstance(one.node, Scalar)}
    ours = set(together)
    shared = any(
        id(mention.node) in texts
        for one in known
        if one not in ours and one.kind != "anchor"
        for mention in one.mentions
    )
    used = any(id(follow(one)) in texts and one.start not in places for one in document.aliases)
    if shared or used or not all(map(_is_ours, together)):
        raise RenameError("an anchor makes this text the name of something else, too")
