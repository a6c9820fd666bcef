"""Entries in a list of fields that name no field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.manifest import Field, ReadObject
from amp_lint.rule import Context, Group, rule
from amp_lint.tree import Node, Scalar, Sequence, follow
from amp_lint.wording import quoted

_LISTS = ("requiredFields", "optionalFields")
_TIGHT = re.compile(r"(?P<key>fieldName|mapToName):(?P<name>\S.*)", re.I | re.S)


@rule("field-identity", group=Group.FIELDS, severity=Severity.ERROR, url=links.MAPPING)
def check(context: Context) -> Iterator[Finding]:
    """A field entry with neither `fieldName` nor `mapToName`, or one that is a bare name.

    An item of `requiredFields` and `optionalFields` is a mapping. `fieldName` says which field of
    the provider to read; `mapToName` alone says under which name to deliver a field that the
    customer picks. With neither there is nothing to read, and a bare name is no mapping at all:
    the platform refuses both.

    ## Fix

    Write a bare name behind `fieldName: `, with a space after the colon.

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
            )


def _is_nameless(entry: Field) -> bool:
    # An empty `fieldName` is a value still to be written, and reported as such.
    return entry.lacks("fieldName") and entry.lacks_text("mapToName")


def _remedy(entry: Field) -> str:
    for key in ("fieldName", "mapToName"):
        meant = entry.misspelt(key)
        if meant is not None:
            return f"{quoted(meant)} may be meant to be `{key}`"
    return (
        "write `fieldName` with the provider's name, or `mapToName` for a field that the customer "
        "picks"
    )


def _no_mappings(context: Context, listed: Node | None) -> Iterator[Finding]:
    if not isinstance(listed, Sequence):
        return
    for raw in listed.items:
        item = follow(raw)
        if isinstance(item, Scalar):
            if item.kind != "null":
                yield context.finding(raw, _bare(item.value))
            elif not listed.torn:
                yield context.finding(
                    raw, "this item of the list is empty; write `fieldName: ...` or remove it"
                )
        elif isinstance(item, Sequence):
            yield context.finding(
                raw, "a list stands where a field entry is due; write `fieldName: ...`"
            )


def _bare(text: str) -> str:
    tight = _TIGHT.fullmatch(text)
    if tight is None:
        return f"{quoted(text)} is a bare name; write {quoted(f'fieldName: {text}')}"
    meant = f"{tight['key']}: {tight['name']}"
    return f"a space is missing after the colon of {quoted(text)}; write {quoted(meant)}"
