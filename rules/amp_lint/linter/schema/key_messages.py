"""Messages about keys: those that the schema does not know, and those that it requires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.schema.fixes import (
    SchemaFix,
    destination_in_use,
    indent,
    indent_like,
    indent_more,
    indent_with_spaces,
    join,
    rename,
    separate,
    supply,
)
from amp_lint.linter.schema.meant import (
    entry_meant,
    fits,
    flattened,
    is_unknown,
    joined_entry,
    joined_with,
    key_meant,
    odd_lead,
)
from amp_lint.linter.schema.naming import as_typed, either, head, item_kind, known_keys, place_kind
from amp_lint.linter.schema.outdents import elsewhere_due
from amp_lint.linter.schema.schema_error import SchemaError
from amp_lint.manifest.misplaced import is_merge_meant, is_stray, outdented, wrapper
from amp_lint.manifest.view import View
from amp_lint.text.edits import Edit
from amp_lint.text.joined_keys import JoinedKey
from amp_lint.text.look_alikes import look_alike
from amp_lint.text.messages import listed, quoted
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Mapping, Scalar, Sequence, Unreadable, follow, is_null, walk
from amp_schema.closest_match import nearest
from amp_schema.manifest_schema import Place, canonical_key, owner, places_of_key, root
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits
    from amp_schema.violations import Violation

_COLON = pattern(r"\s*:")
ACTIONS = ("read", "write", "subscribe", "proxy")


def unknown_keys(node: Mapping, place: Place) -> Iterator[SchemaError]:
    """Yield an error for each key of a mapping that the schema does not know."""
    if node.mixed:
        return
    view = View(node, node)
    offered: set[str] = set()
    beside: set[int] = set()
    behind = outdented(node, place)
    if behind is not None:
        yield _outdented(*behind, place)
        beside |= {id(one) for one in behind[1]}
    for entry in node.entries:
        if isinstance(entry.value, Unreadable) and entry.value.beside:
            yield _not_indented(entry, entry.value.beside, place)
            beside |= {id(one) for one in entry.value.beside}
        is_word = isinstance(entry.key, Scalar) and entry.key.kind != "null"
        is_known = id(entry) in beside or not is_unknown(entry, place)
        if is_word and not is_known and not _is_shelf(entry):
            yield _unknown_key(entry, view, place, offered)


def _outdented(last: Mapping, entries: tuple[Entry, ...], place: Place) -> SchemaError:
    """Report entries that belong to the last item of the list above them."""
    names = listed([one.name for one in entries])
    is_one = len(entries) == 1
    them, have, belong = ("it", "has", "it belongs") if is_one else ("them", "have", "they belong")
    message = (
        f"{names} {have} no effect in {place_kind(place)}; indent {them} like "
        f"{quoted(last.entries[0].name)}, to which {belong}"
    )
    fixes = indent_like(last, entries)
    required = [item.required for spot in place.properties.values() if (item := spot.item)]
    is_refused = any(one.name in keys for one in entries for keys in required)
    rule = "required-field" if is_refused else "unknown-key"
    return SchemaError(rule, entries[0].key, message, "not indented", fixes=fixes)


def _not_indented(entry: Entry, beside: tuple[Entry, ...], place: Place) -> SchemaError:
    """Report entries that stand beside the key that they belong to."""
    names, them = listed([one.name for one in beside]), "it" if len(beside) == 1 else "them"
    are = "is" if len(beside) == 1 else "are"
    message = (
        f"{names} {are} not indented, so {quoted(entry.name)} above is empty and the platform "
        f"ignores {them}; indent {them} by two spaces more"
    )
    key = canonical_key(place, entry.name)
    rule = "unknown-key"
    if key in place.required:
        rule = "required-field"
    elif key in ACTIONS and not _has_another_action(entry):
        rule = "integration-structure"
    return SchemaError(rule, beside[0].key, message, "not indented", fixes=indent_more(beside))


def _has_another_action(entry: Entry) -> bool:
    """Return whether the integration of a key does something else."""
    others = (entry.parent.find(key) for key in ACTIONS)
    return any(isinstance(one.value, Mapping) for one in others if one is not None)


def _is_shelf(entry: Entry) -> bool:
    """Return whether a key holds anchored values that are used elsewhere. It is unknown to the
    platform on purpose.
    """
    if places_of_key(entry.name):
        return False
    return any(node.anchor is not None for node in walk(entry.value))


def _unknown_key(entry: Entry, view: View, place: Place, offered: set[str]) -> SchemaError:
    joined = joined_with(entry.key, place)
    if joined is not None:
        return _joined("unknown-key", entry, joined)
    if is_merge_meant(entry):
        return _merge_meant(entry, place)
    name = quoted(entry.name)
    kind = place_kind(place)
    elsewhere = [*places_of_key(entry.name)]
    free = [key for key in place.properties if view.entry(key) is None]
    near = key_meant(entry, place, free) or nearest(
        entry.name, [key for key in place.properties if view.node.find(key) is None]
    )
    if elsewhere and not near:
        return elsewhere_due(entry, place, either(elsewhere))
    lead = f"{kind} has no key {name}, so the platform ignores it"
    if near:
        label = f"did you mean {near}?"
        # Two keys may not get one name, nor a merged value give way to another.
        is_free = near not in offered and near in free
        offered.add(near)
        is_usable = is_free and fits(entry.value, place.properties[near])
        fixes = rename(entry.key, near) if is_usable else ()
        message = f"{lead}; did you mean `{near}`?"
        if near == "requiredFields" and "optionalFields" in free:
            message = f"{lead}; write `requiredFields`, or `optionalFields`"
        return SchemaError("unknown-key", entry.key, message, label, fixes=fixes)
    slip = _slip_in(entry.name)
    if slip and (blanks := odd_lead(entry.key)):
        fixes = indent_with_spaces(entry.key, blanks)
        return SchemaError("unknown-key", entry.key, f"{lead}; {slip}", "ignored", fixes=fixes)
    message = f"{lead}; {slip}" if slip else f"{lead}; known here: {known_keys(place)}"
    return SchemaError("unknown-key", entry.key, message, "ignored")


def _merge_meant(entry: Entry, place: Place) -> SchemaError:
    """Report a key that was meant to be a merge key."""
    span = Span(entry.key.start, entry.key.end)
    is_quoted = entry.name == "<<"
    shown = '`"<<"` in quotes' if is_quoted else quoted(entry.name)
    message = (
        f"{shown} is not the merge key, so the platform ignores it and what it refers to; write "
        f"`<<`{' without quotes' if is_quoted else ''}"
    )
    is_refused = any(entry.parent.find(key) is None for key in place.required)
    rule = "required-field" if is_refused else "unknown-key"
    fix = SchemaFix("Write `<<`", lambda _: (Edit(span, "<<"),))
    return SchemaError(rule, entry.key, message, "not a merge key", fixes=(fix,))


def _joined(rule: str, entry: Entry, joined: JoinedKey) -> SchemaError:
    """Report a key that is joined with its value."""
    message = (
        f"{quoted(entry.name)} {joined.slip}, so it is one word and not the key `{joined.key}`; "
        f"write {joined.right}"
    )
    fixes = separate(entry.key, joined)
    claims = () if rule == "unknown-key" else (entry,)
    return SchemaError(rule, entry.key, message, "joined", fixes=fixes, claims=claims)


def _slip_in(name: str) -> str:
    """Return what is odd about the characters of a key, or nothing."""
    odd = look_alike(name)
    if odd is not None:
        return odd.words
    return ""


def _instead_of(name: str) -> str:
    """Return the end of a message about a key that is missing and was meant by another one."""
    slip = _slip_in(name)
    if slip:
        return f"write it instead of {quoted(name)}: {slip}"
    return f"did you mean it instead of {quoted(name)}?"


def missing_key(error: Violation, node: Mapping, place: Place) -> Iterator[SchemaError]:
    """Yield the error for a required key that is missing."""
    view, key = View(node, head(node)), error.missing
    misplaced = _misplaced(node, place)
    if misplaced is not None and key == _first_missing(node, place):
        yield misplaced
    if misplaced is None and key is not None and view.lacks(key):
        rule = owner(error.schema, "required", key) or "required-field"
        yield from _missing_key(key, rule, view, place)


def _missing_key(key: str, rule: str, view: View, place: Place) -> Iterator[SchemaError]:
    node = view.node
    entry = view.entry(key)
    needs = f"{place_kind(place)} requires `{key}`"
    if entry is not None:
        message = f"{needs}, which has no value; {_what_to_add(key, place, node)}"
        if rule == "spec-version":
            message = "`specVersion` has no value; write `specVersion: 1.0.0`"
        fixes = supply(rule, key, node, place, entry, None)
        yield SchemaError(rule, entry.key, message, "no value", fixes=fixes)
        return
    joined = joined_entry(key, node, place)
    if joined is not None:
        yield _joined(rule, *joined)
        return
    inside = flattened(key, node, place)
    if inside:
        names = ", ".join(quoted(one.name) for one in inside)
        message = f"{needs}, and {names} must be under it; write `{key}:` above and indent {names}"
        fixes = indent(inside, key)
        label = f"under {key}"
        yield SchemaError(rule, inside[0].key, message, label, fixes=fixes, claims=tuple(inside))
        return
    named = _name_as_key(key, node, place) or _dotted(key, node, place)
    if named is not None:
        yield named
        return
    below = _one_level_down(key, node, place)
    owner = below.parent.slot if below is not None else None
    if below is not None and isinstance(owner, Entry):
        message = f"{needs}, which is one level too deep, under {quoted(owner.name)}; move it up"
        yield SchemaError(rule, below.key, message, "too deep", claims=(below,))
        return
    meant = entry_meant(key, node, place)
    fixes = supply(rule, key, node, place, None, meant)
    if meant is not None:
        message = f"{needs}; {_instead_of(meant.name)}"
        label = f"did you mean {key}?"
        yield SchemaError(rule, meant.key, message, label, fixes=fixes, claims=(meant,))
        return
    message = f"{needs}; {_what_to_add(key, place, node)}"
    if rule == "spec-version":
        message = "`specVersion` is missing; every manifest starts with `specVersion: 1.0.0`"
    yield SchemaError(rule, view.head, message, f"no {key}", about=node, fixes=fixes)


def _is_word(name: str) -> bool:
    return name.replace("-", "_").isidentifier()


def _dotted(key: str, node: Mapping, place: Place) -> SchemaError | None:
    """Return the error for a key that is written with one below it: `defaultPeriod.days`."""
    found = (one for one in node.entries if one.name.startswith(f"{key}."))
    entry = next((one for one in found if isinstance(one.value, Scalar)), None)
    inner = entry.name.removeprefix(f"{key}.") if entry is not None else ""
    if entry is None or inner not in place.properties[key].properties:
        return None
    message = (
        f"{quoted(entry.name)} is one key and not two; write `{inner}` below `{key}:`, indented"
    )

    def edits(editor: Editor) -> Edits | None:
        value = editor.text[entry.value.outer : entry.value.end]
        return (Edit(Span(entry.start, entry.end), f"{key}: {{{inner}: {value}}}"),)

    fix = SchemaFix(f"Change to `{key}: {{{inner}: ...}}`", edits)
    return SchemaError(
        "required-field", entry.key, message, "two keys", fixes=(fix,), claims=(entry,)
    )


def _one_level_down(key: str, node: Mapping, place: Place) -> Entry | None:
    """Return the only entry of a missing key that is in a section beside it, which has no such
    key."""
    found: list[Entry] = []
    for entry in node.entries:
        inner = place.properties.get(entry.name)
        section = follow(entry.value)
        if inner is not None and isinstance(section, Mapping) and key not in inner.properties:
            found += [one for one in section.entries if one.name == key]
    return found[0] if len(found) == 1 else None


def _name_as_key(key: str, node: Mapping, place: Place) -> SchemaError | None:
    """Return the error for an item that begins with its name as a key: `- account:`."""
    first = node.entries[0] if node.entries else None
    is_identity = key in ("objectName", "name") and isinstance(node.parent, Sequence)
    if first is None or not is_identity or not is_unknown(first, place):
        return None
    if not is_null(first.value) or places_of_key(first.name) or not _is_word(first.name):
        return None
    name, value = first.name, first.key
    message = f"{quoted(name)} is a key without a value here; write `{key}: {name}` in its place"

    def edits(editor: Editor) -> Edits:
        # Between brackets a key alone needs no colon.
        colon = _COLON.match(editor.text, value.end)
        end = colon.end() if colon is not None else value.end
        return (Edit(Span(value.start, end), f"{key}: {name}"),)

    fix = SchemaFix(f"Change to `{key}: {name}`", edits)
    return SchemaError("required-field", value, message, "a key", fixes=(fix,), claims=(first,))


def no_action(rule: str, node: Mapping, place: Place) -> SchemaError:
    """Return the error for an integration without an action."""
    for action in ACTIONS:
        joined = joined_entry(action, node, place)
        if joined is not None:
            return _joined(rule, *joined)
    lead = "this integration does nothing"
    meant = [(key, one) for key in ACTIONS if (one := entry_meant(key, node, place))]
    if len(meant) == 1:
        key, entry = meant[0]
        message = f"{lead}; did you mean `{key}` instead of {quoted(entry.name)}?"
        fixes = rename(entry.key, key) if fits(entry.value, place.properties[key]) else ()
        label = f"did you mean {key}?"
        return SchemaError(rule, entry.key, message, label, fixes=fixes, claims=(entry,))
    advice = "give it one of `read`, `write`, `subscribe` or `proxy`, or the deploy is refused"
    message = f"{lead}; {advice}"
    return SchemaError(rule, head(node), message, "no action", about=node)


def _misplaced(node: Mapping, place: Place) -> SchemaError | None:
    """Return the error about an item whose keys are at another place; None where they are not."""
    run = node.parts_of_one
    if run:
        return _too_many_dashes(run, place) if node is run[1] else None
    is_top = place is root()
    entry = wrapper(node, place) if is_top or isinstance(node.parent, Sequence) else None
    if entry is None:
        return _stray(node, place) if place.required and is_stray(node, place) else None
    name = quoted(entry.name)
    advice = "remove this key and indent them less"
    identity = next((key for key in ("objectName", "name") if key in place.required), None)
    inner = follow(entry.value)
    is_named = not isinstance(inner, Mapping) or inner.find(identity or "") is not None
    if identity and not is_named and not places_of_key(entry.name):
        advice = f"write `{identity}: {entry.name}` in its place and indent them less"
    message = (
        f"{place_kind(place)} has no key {name}, and its own keys are one level too deep below it; "
        f"{advice}"
    )
    rule = "integration-structure" if is_top else "required-field"
    return SchemaError(rule, entry.key, message, "too deep", claims=(entry,))


def _stray(node: Mapping, place: Place) -> SchemaError | None:
    """Report items that belong in a list of another kind, at the first of them."""
    from amp_lint.linter.schema.strays import stray

    found = stray(node, place)
    if found is None:
        return None
    claims, fixes = found.entries, found.fixes
    key = node.entries[0].key
    return SchemaError("required-field", key, found.message, "not here", fixes=fixes, claims=claims)


def _first_missing(node: Mapping, place: Place) -> str:
    return next(key for key in place.required if node.find(key) is None)


def _too_many_dashes(run: tuple[Mapping, ...], place: Place) -> SchemaError:
    """Report items that make one item together."""
    second = run[1].entries[0]
    message = (
        f"this `- ` starts another {place.kind}; if {quoted(second.name)} belongs to "
        "the one above, indent it with spaces instead of the dash"
    )
    return SchemaError(
        "required-field", second.key, message, "extra dash", fixes=join(list(run[1:]))
    )


def _what_to_add(key: str, place: Place, node: Mapping) -> str:
    spot = place.properties.get(key)
    example = spot.examples[0] if spot is not None and spot.examples else None
    if key == "destination":
        example = destination_in_use(node) or example
    if spot is not None and spot.type == "array":
        return f"list at least one {item_kind(spot)} under it"
    if isinstance(example, (str, bool, int)):
        return f"write for example `{key}: {as_typed(example)}`"
    return f"add `{key}`"
