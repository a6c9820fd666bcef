"""Fixes that several rules offer, each with its title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from amp_lint.linter.rule import Context
from amp_lint.manifest.model import Integration, Timing
from amp_lint.manifest.view import View
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Scalar

if TYPE_CHECKING:
    from amp_lint.manifest.snippets import ReadStub
    from amp_lint.yaml.editor import Editor, Edits
    from amp_lint.yaml.emitter import Data


def give(  # noqa: PLR0913 - what may be said about a fix, by name
    context: Context,
    view: View,
    key: str,
    value: str | bool | int,
    *,
    after: Iterable[str] = (),
    safe: bool = False,
    manual: bool = False,
) -> Fix | None:
    """Give a key a value; after the last of the keys `after` where it has to be added."""
    if not view.takes(key):
        return None
    written = context.edit.style.scalar(value)
    shown = value if isinstance(value, str) else written
    order = f"Change to `{shown}`" if view.has(key) else f"Add `{key}: {written}`"
    edits = context.edit.put(view.node, key, value, after=after)
    return context.fix(order, edits, safe=safe, manual=manual)


def drop(context: Context, view: View, key: str) -> Fix | None:
    """Remove a key with what is under it."""
    entry = view.own(key)
    return context.fix(f"Remove `{key}`", context.edit.remove(entry)) if entry is not None else None


def exchange(
    context: Context, view: View, old: str, new: str, value: str | bool | int
) -> Fix | None:
    """Put a key in the place of another one."""
    entry = view.own(old)
    if entry is None or view.entry(new) is not None:
        return None
    written = context.edit.style.scalar(value)
    return context.fix(f"Change to `{new}: {written}`", context.edit.replace(entry, new, value))


def meant_for(view: View, *keys: str) -> tuple[Entry, str] | None:
    """Return the unknown key of a mapping that is meant to be one of these keys, and which."""
    for key in keys:
        meant = view.misspelt(key)
        entry = view.node.find(meant) if meant is not None else None
        if entry is not None:
            return entry, key
    return None


def meant_words(entry: Entry, key: str) -> str:
    """Return the end of a message about an unknown key that is meant to be another one."""
    from amp_lint.text.joined_keys import joined_as

    joined = joined_as(entry.name, key)
    if joined is not None:
        return f"{quoted(entry.name)} {joined.slip}; write {joined.right}"
    return f"did you mean `{key}` instead of {quoted(entry.name)}?"


def correct_key(context: Context, entry: Entry, key: str) -> Fix | None:
    """Write a key that is meant: rename it, or separate it from its value."""
    from amp_lint.text.joined_keys import joined_as

    joined = joined_as(entry.name, key)
    if joined is None:
        return context.fix(f"Change to `{key}`", context.edit.set_text(entry.key, key))
    edits = context.edit.separate(entry.key, joined)
    return context.fix(f"Change to {joined.right}", edits, safe=True)


def as_written(scalar: Scalar, text: str) -> str:
    """Return a text for a message as it has to be written in place of a scalar: with quotes where
    the scalar has none and the text needs them."""
    from amp_lint.yaml.editor.layout import is_in_flow
    from amp_lint.yaml.emitter import is_plain

    is_bare = bool(scalar.style) or is_plain(text, flow=is_in_flow(scalar))
    return quoted(text if is_bare else f'"{text}"')


def reschedule(
    context: Context, timing: Timing, text: str, *, safe: bool = False, manual: bool = False
) -> Fix | None:
    """Write another schedule."""
    edits = context.edit.set_text(timing.scalar, text)
    return context.fix(f"Change to {quoted(text)}", edits, safe=safe, manual=manual)


def rename(context: Context, names: Iterable[Scalar], to: str) -> Fix | None:
    """Write another text in all these places, if none of them is behind an anchor."""
    places = {node.start: node for node in names}
    found = [context.edit.set_text(places[start], to) for start in sorted(places)]
    if any(node.anchor is not None for node in places.values()):
        return None
    edits = tuple(edit for edits in found for edit in edits or ())
    return context.fix(f"Change to {quoted(to)}", edits if len(edits) == len(found) else None)


def add_read_object(
    context: Context, integration: Integration, stub: ReadStub, *, manual: bool = False
) -> Fix | None:
    """Return the fix that adds an object to those that are read."""
    name = str(stub["objectName"])
    # Names that differ in case only would be the same object twice.
    if name.casefold() in integration.read_names:
        return None
    edits = added_object(context.edit, integration, "read", stub)
    return context.fix(f"Add {quoted(name)} to `read`", edits, manual=manual)


def add_read_section(
    context: Context, integration: Integration, stubs: list[ReadStub], *, before: str
) -> Fix | None:
    """Add `read` with these objects in front of another action."""
    names = {str(stub["objectName"]).casefold() for stub in stubs}
    unique = len(names) == len(stubs) > 0
    if not unique or not integration.takes("read") or not supports(integration, "read"):
        return None
    section: Data = {"objects": stubs}
    return context.fix(
        "Add `read`", context.edit.put(integration.node, "read", section, before=before)
    )


def added_object(
    edit: Editor, integration: Integration, action: str, stub: dict[str, Data]
) -> Edits | None:
    """The edits that add an object to an action that is there, with or without objects."""
    view = integration.actions.get(action)
    if view is None or not integration.takes(action):
        return None
    if view.lacks("objects"):
        misspelt = view.misspelt("objects") is not None
        usable = view.takes("objects") and not misspelt
        return edit.put(view.node, "objects", [stub]) if usable else None
    entry = view.own("objects")
    # A list with an anchor may be that of another action as well.
    if entry is None or entry.value.anchor is not None:
        return None
    return edit.append(entry.value, stub)


def supports(integration: Integration, action: str) -> bool:
    """Whether the catalog does not rule out an action for the provider."""
    from amp_schema.catalog import catalog

    name, module = integration.provider, integration.module
    provider = catalog().provider(name.value) if name is not None else None
    return provider is None or provider.supports(action, module.value if module else None)
