"""Rename a thing in all places that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from amp_lint.ide.references import Mention, Named, named_at, names
from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.text.edits import Edit
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor
from amp_lint.yaml.nodes import Alias, Scalar, follow

_ANCHOR = re.compile(r"[^\s,\[\]{}&*]+\Z")


class RenameError(Exception):
    """The message says why a name cannot be changed."""


def renamable_at(document: Document, offset: int) -> tuple[Named, Mention] | None:
    """Return what the name under the caret refers to, and the place under it, if it can be renamed.

    The span of an anchor or alias is without its `&` or `*`.
    """
    for thing in named_at(names(document), offset):
        for mention in thing.mentions:
            under = mention.reach.start <= offset <= mention.reach.end
            if under and thing.kind == "anchor":
                return thing, replace(mention, span=_bare(mention))
            if under and isinstance(mention.node, Scalar) and _is_chosen(thing):
                return thing, mention
    return None


def rename(document: Document, thing: Named, to: str) -> tuple[Edit, ...]:
    """Return the edits of one document that rename a thing, in the order of the text.

    A destination may come from another document. An unchanged name gives edits that change
    nothing, because some clients ask for them first. Raises RenameError.
    """
    known = names(document)
    if thing.kind == "anchor":
        return _anchor_edits(known, thing, to)
    if to != thing.text:
        _check(thing, to)
    together = _together(known, thing)
    for one in together if to != thing.text else ():
        _check_room(known, one, to)
    places = {start: m for one in together for start, m in (one.uses | one.definitions).items()}
    _check_sharing(document, known, together, places)
    edit = Editor(document)
    edits: list[Edit] = []
    for start in sorted(places):
        node = places[start].node
        if isinstance(node, Alias):
            continue
        if to == thing.text:
            span = places[start].span
            edits.append(Edit(span, document.source.text[slice(*span)]))
            continue
        written = edit.set_text(node, to)
        if written is None:
            raise RenameError(f"{quoted(thing.text)} cannot be changed where it is written")
        edits.extend(written)
    return tuple(edits)


def _anchor_edits(known: Iterable[Named], thing: Named, to: str) -> tuple[Edit, ...]:
    if not _ANCHOR.match(to):
        raise RenameError("an anchor must be a word without blanks, commas and brackets")
    if to != thing.text and any(one.kind == "anchor" and one.text == to for one in known):
        raise RenameError(f"the anchor {quoted(to)} exists already")
    same = (one for one in known if (one.kind, one.scope) == (thing.kind, thing.scope))
    return tuple(Edit(_bare(one), to) for found in same for one in found.mentions)


def _bare(mention: Mention) -> Span:
    """Return the span of an anchor or alias without its `&` or `*`."""
    return Span(mention.span.start + 1, mention.span.end)


def _is_chosen(thing: Named) -> bool:
    """Return whether the manifest chooses the name, not the provider.

    The name of an object may be changed to that of another object.
    """
    if thing.kind == "provider field":
        return False
    return thing.kind != "field" or (thing.chosen and bool(thing.definitions))


def _check(thing: Named, to: str) -> None:
    if not to.strip() or to != to.strip() or not to.isprintable():
        raise RenameError("a name must be one line of text, without spaces around it")
    if thing.kind == "destination" and not DESTINATION_NAME.match(to):
        raise RenameError("a destination's name must only have letters, digits and dashes")


def _check_room(known: Iterable[Named], thing: Named, to: str) -> None:
    """Raise RenameError if the name is used. Two destinations may become one."""
    if thing.kind == "destination":
        return
    for one in known:
        if one.scope != thing.scope or one.text != to:
            continue
        watched = thing.kind == "field" and one.kind == "provider field" and one.uses
        if watched or one.kind == thing.kind:
            raise RenameError(f"the name {quoted(to)} is taken")


def _together(known: Iterable[Named], thing: Named) -> list[Named]:
    """Return the thing, and those that share an anchored text with it: all are renamed."""
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
    """Raise RenameError if a text that would change is also the name of another thing."""
    texts = {id(one.node) for one in places.values() if isinstance(one.node, Scalar)}
    ours = set(together)
    shared = any(
        id(mention.node) in texts
        for one in known
        if one not in ours and one.kind != "anchor"
        for mention in one.mentions
    )
    used = any(id(follow(one)) in texts and one.start not in places for one in document.aliases)
    if shared or used or not all(map(_is_chosen, together)):
        raise RenameError("an anchor makes this text the name of something else too")
