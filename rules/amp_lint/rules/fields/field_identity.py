"""Entries in a list of fields that name no field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Field, ReadObject
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node, Scalar, Sequence, follow
from amp_schema.patterns import pattern

_LISTS = ("requiredFields", "optionalFields")
_KEYS = ("fieldName", "mapToName")
_TIGHT = pattern(
    r"(?P<key>fieldName|mapToName):(?P<quote>[\"']?)(?P<name>\S.*)(?P=quote)", re.I | re.S
)
_ASKED = ("mapToDisplayName", "prompt")
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
            for key in _LISTS:
                yield from _no_mappings(context, item.value(key))


def _nameless(context: Context, item: ReadObject) -> Iterator[Finding]:
    for entry in item.fields:
        if _is_nameless(entry):
            yield context.finding(
                entry.node,
                f"this entry names no field; {_remedy(entry)}",
                label="no fieldName, no mapToName",
                fixes=[_renamed(context, entry)],
            )


def _is_nameless(entry: Field) -> bool:
    # An empty `fieldName` is a value still to be written, and reported as such.
    return entry.lacks("fieldName") and entry.lacks_text("mapToName")


def _remedy(entry: Field) -> str:
    for key in _KEYS:
        meant = entry.misspelt(key)
        if meant is not None:
            return f"{quoted(meant)} may be meant to be `{key}`"
    return (
        "write `fieldName` with the provider's name, or `mapToName` for a field that the customer "
        "picks"
    )


def _renamed(context: Context, entry: Field) -> Fix | None:
    """The near key as the one that is meant, where the entry is then complete."""
    for key in _KEYS:
        meant = entry.misspelt(key)
        if meant is None:
            continue
        is_name = key == "fieldName"
        surplus = is_name and any(not entry.lacks(one) for one in _NOT_BESIDE_A_NAME)
        wordless = not is_name and any(entry.lacks_text(one) for one in _ASKED)
        near = entry.node.find(meant)
        if near is None or surplus or wordless or entry.node.find(key) or not entry.text(meant):
            return None
        edits = context.edit.set_text(near.key, key)
        return context.fix(f"Rename {quoted(meant)} to `{key}`", edits)
    return None


def _no_mappings(context: Context, listed: Node | None) -> Iterator[Finding]:
    if not isinstance(listed, Sequence):
        return
    for raw in listed.items:
        item = follow(raw)
        if isinstance(item, Scalar):
            if item.kind != "null":
                yield _bare(context, raw, item.value)
            elif not listed.torn:
                yield context.finding(
                    raw, "this item of the list is empty; write `fieldName: ...` or remove it"
                )
        elif isinstance(item, Sequence):
            yield context.finding(
                raw, "a list stands where a field entry is due; write `fieldName: ...`"
            )


def _bare(context: Context, raw: Node, text: str) -> Finding:
    tight = _TIGHT.fullmatch(text)
    key = tight["key"] if tight is not None else "fieldName"
    name = tight["name"] if tight is not None else text
    slip = "is a bare name" if tight is None else "lacks a space after the colon"
    # A `mapToName` alone would lack the words to ask with.
    is_name = name and key.casefold() == "fieldname"
    edits = context.edit.wrap(raw, "fieldName", name) if is_name else None
    return context.finding(
        raw,
        f"{quoted(text)} {slip}; write {quoted(f'{key}: {name}')}",
        fixes=[context.fix(f"Change to {quoted(f'fieldName: {name}')}", edits, safe=True)],
    )
