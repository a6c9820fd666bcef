"""Entries in a list of fields that name no field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.common_fixes import (
    correct_key,
    exchange,
    meant_for,
    meant_words,
)
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.misplaced import is_stray
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Mapping, Node, Scalar, Sequence, follow, is_null
from amp_lint.yaml.regrouping import join_items
from amp_schema.manifest_schema import Place
from amp_schema.manifest_schema import place as place_at

_LISTS = ("requiredFields", "optionalFields")
_KEYS = ("fieldName", "mapToName")
_FOLDED = {key.casefold(): key for key in _KEYS}
_ASKED = ("mapToDisplayName", "prompt")
_BESIDE_A_NAME = ("mapToName", "mapToDisplayName")
_NOT_BESIDE_A_NAME = ("prompt", "default")


@rule(
    "field-identity",
    group=Group.FIELDS,
    severity=Severity.ERROR,
    url=doc_urls.FIELD,
    needs=("requiredFields", "optionalFields"),
)
def check(context: Context) -> Iterator[Finding]:
    """A field entry with neither `fieldName` nor `mapToName`, or one that is a bare name.

    An item of `requiredFields` and `optionalFields` is a mapping. `fieldName` says which field of
    the provider to read; `mapToName` alone says under which name to deliver a field that the
    customer picks. With neither there is nothing to read, and a bare name is not a mapping:
    the platform refuses both.

    ## Fix

    Write a bare name behind `fieldName: `, with a space after the colon. A key that looks like one
    of the two is renamed.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - email
                - fieldName:phone
              optionalFields:
                - mapToDisplayName: Priority
                  prompt: Which field holds the priority?
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
              optionalFields:
                - mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority?
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            yield from _nameless(context, item)
            yield from _wildcards(context, item)
            for key in _LISTS:
                yield from _no_mappings(context, item.value(key))


def _nameless(context: Context, item: ReadObject) -> Iterator[Finding]:
    for entry in item.fields:
        joined = _joined(context, entry)
        if joined is not None:
            yield joined
            continue
        if not _is_nameless(entry) or _is_part(entry.node):
            continue
        from amp_lint.linter.rule_bases.field_shorthand import as_shorthand

        place = place_at(path_of(entry.node))
        short = as_shorthand(context, entry)
        if place is not None and is_stray(entry.node, place):
            yield from _stray(context, entry.node, place)
        elif short is not None:
            yield short
        else:
            yield context.finding(
                _place(entry),
                f"this entry names no field; {_advice(entry)}",
                label="no fieldName, no mapToName",
                fixes=[_renamed(context, entry)],
                claims=_meant_keys(entry),
            )


def _wildcards(context: Context, item: ReadObject) -> Iterator[Finding]:
    """Yield the findings on fields that are written as `*`, for all of them."""
    for key in _LISTS:
        listed = item.places(key)
        for raw in listed:
            node = follow(raw)
            entry = node.find("fieldName") if isinstance(node, Mapping) else None
            value = node if entry is None else follow(entry.value)
            if not isinstance(value, Scalar) or value.value != "*":
                continue
            yield context.finding(
                value,
                "`*` is not the name of a field; write `optionalFieldsAuto: all` in the read "
                "object to let customers pick from all fields, and remove this",
                severity=None if entry is None else Severity.WARNING,
                label="no field",
                fixes=[_takes_all(context, item)]
                if key == "optionalFields" and len(listed) == 1
                else [],
                claims=[value],
            )


def _takes_all(context: Context, item: ReadObject) -> Fix | None:
    return exchange(context, item, "optionalFields", "optionalFieldsAuto", "all")


def _parts(node: Mapping) -> list[Mapping]:
    """Return an item with those behind it that have the other keys of a field, each with a dash:
    `- mapToName` like the `fieldName` above it, `- mapToDisplayName` alone."""
    items = node.parent.items if isinstance(node.parent, Sequence) else []
    entry = node.find("fieldName")
    name = entry is not None and not is_null(entry.value) and not node.flow
    found = [node]
    keys = {one.name for one in node.entries}
    slot = node.slot if isinstance(node.slot, int) else 0
    for item in items[slot + 1 : slot + 1 + len(_BESIDE_A_NAME)] if name else []:
        names = [one.name for one in item.entries] if isinstance(item, Mapping) else []
        if not names or (isinstance(item, Mapping) and item.flow):
            break
        if not keys.isdisjoint(names) or not set(names) <= set(_BESIDE_A_NAME):
            break
        keys.update(names)
        if isinstance(item, Mapping):
            found.append(item)
    return found if len(found) > 1 and _are_alike(found) else []


def _are_alike(parts: list[Mapping]) -> bool:
    """Whether a `mapToName` is another spelling of the `fieldName`, or a label has none."""
    name, other = parts[0].find("fieldName"), parts[1].find("mapToName")
    if other is None or parts[2:]:
        return True
    values = [follow(one.value) for one in (name, other) if one is not None]
    texts = [one.value for one in values if isinstance(one, Scalar)]
    bare = {re.sub(r"[\W_]", "", text).casefold() for text in texts}
    return len(texts) == 2 and len(bare) == 1


def _joined(context: Context, entry: Field) -> Finding | None:
    """Return the finding about the keys of a field that begin with dashes."""
    parts = _parts(entry.node) if entry.field_name is not None else []
    if not parts:
        return None
    key = parts[1].entries[0].key
    is_read = all(part.find("mapToName") for part in parts[1:])
    dashes = "this `- `" if len(parts) == 2 else "these dashes"
    name = quoted(entry.field_name.value) if entry.field_name is not None else ""
    return context.finding(
        key,
        f"{quoted(parts[1].entries[0].name)} begins another item and belongs to the field {name} "
        f"above; write spaces in place of {dashes}",
        severity=Severity.WARNING if is_read else None,
        label="extra dash",
        node=parts[1],
        fixes=[context.fix("Remove the dash", join_items(context.edit, parts[1:]))],
        claims=[one.key for part in parts[1:] for one in part.entries],
    )


def _is_part(node: Mapping) -> bool:
    """Whether an item is reported as a part of one above it."""
    items = node.parent.items if isinstance(node.parent, Sequence) else []
    slot = node.slot if isinstance(node.slot, int) else 0
    # The field and its name may be in front of the label.
    above = [
        one
        for one in items[max(slot - 2, 0) : slot]
        if isinstance(one, Mapping) and one.find("fieldName")
    ]
    return any(part is node for one in above for part in _parts(one)[1:])


def _stray(context: Context, node: Mapping, place: Place) -> Iterator[Finding]:
    """Yield the finding on items of another kind, at the first of them."""
    from amp_lint.linter.schema.strays import stray

    found = stray(node, place)
    claims = [entry.key for entry in (found.entries if found else node.entries)]
    if found is not None:
        yield context.finding(
            claims[0],
            found.message,
            label="not here",
            node=node,
            fixes=[context.fix(one.title, one.edits(context.edit)) for one in found.fixes],
            claims=claims,
        )


def _is_nameless(entry: Field) -> bool:
    # An empty `fieldName` is a value still to be written, and reported as such.
    return entry.lacks("fieldName") and entry.lacks_text("mapToName")


def _place(entry: Field) -> Node:
    """Return the key that is meant to be one of the two, else the entry."""
    meant = meant_for(entry, *_KEYS)
    return meant[0].key if meant else entry.node


def _meant_keys(entry: Field) -> list[Node]:
    """Return the key that is meant to be one of the two, or the only key of the entry."""
    meant = meant_for(entry, *_KEYS)
    if meant is not None:
        return [meant[0].key]
    return [one.key for one in entry.node.entries] if len(entry.node.entries) == 1 else []


def _advice(entry: Field) -> str:
    meant = meant_for(entry, *_KEYS)
    if meant is not None:
        return meant_words(*meant)
    return (
        "write `fieldName` with the provider's name, or `mapToName` for a field that the customer "
        "picks"
    )


def _renamed(context: Context, entry: Field) -> Fix | None:
    """The near key as the one that is meant, where the entry is then complete."""
    meant = meant_for(entry, *_KEYS)
    if meant is None:
        return None
    near, key = meant
    is_name = key == "fieldName"
    surplus = is_name and any(not entry.lacks(one) for one in _NOT_BESIDE_A_NAME)
    wordless = not is_name and any(entry.lacks_text(one) for one in _ASKED)
    from amp_lint.text.joined_keys import joined_key

    is_empty = not entry.text(near.name) and joined_key(near.name) is None
    if surplus or wordless or is_empty or entry.node.find(key):
        return None
    return correct_key(context, near, key)


def _no_mappings(context: Context, listed: Node | None) -> Iterator[Finding]:
    if not isinstance(listed, Sequence):
        return
    for raw in listed.items:
        item = follow(raw)
        if isinstance(item, Scalar):
            if item.value == "*":
                continue
            if item.kind != "null":
                yield _bare(context, raw, item.value)
            elif not listed.incomplete:
                yield context.finding(
                    raw, "this item of the list is empty; write `fieldName: ...` or remove it"
                )
        elif isinstance(item, Sequence):
            yield context.finding(
                raw, "a field entry must be a mapping, not a list; write `fieldName: ...`"
            )


def _bare(context: Context, raw: Node, text: str) -> Finding:
    from amp_lint.linter.rule_bases.field_shorthand import as_arrow
    from amp_lint.text.joined_keys import joined_key

    joined, odd = joined_key(text), None
    if joined is None or joined.key.casefold() not in _FOLDED:
        arrow = as_arrow(context, raw, text)
        if arrow is not None:
            return arrow
        odd = name_slip(text)
        if odd is not None and len(odd.meant) > 1:
            return _several(context, raw, text, odd.meant)
        if odd is not None and not odd.meant:
            message = f"{quoted(text)} {odd.words}; write `fieldName: ...`, or remove it"
            return context.finding(raw, message)
        key, name, slip = "fieldName", odd.meant[0] if odd and odd.meant else text, "is a bare name"
    else:
        key, name, slip = _FOLDED[joined.key.casefold()], joined.value, joined.slip
        if name[0] == name[-1] and name[0] in "\"'" and len(name) > 2:
            name = name[1:-1]
    # A `mapToName` alone would lack the words to ask with.
    is_name = name and key.casefold() == "fieldname"
    edits = context.edit.wrap(raw, "fieldName", name) if is_name else None
    return context.finding(
        raw,
        f"{quoted(text)} {slip}; write {quoted(f'{key}: {name}')}",
        fixes=[context.fix(f"Change to {quoted(f'fieldName: {name}')}", edits, safe=odd is None)],
    )


def _several(context: Context, raw: Node, text: str, names: tuple[str, ...]) -> Finding:
    """Return the finding about bare names in one item."""
    shown = " and ".join(quoted(f"- fieldName: {name}") for name in names[:2])
    and_so_on = " and so on" if len(names) > 2 else ""
    message = f"{quoted(text)} holds {len(names)} names; write {shown}{and_so_on}"
    return context.finding(raw, message)
