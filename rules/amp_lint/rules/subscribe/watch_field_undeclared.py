"""Watched fields that the read object does not deliver."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.common_fixes import rename
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import Event, ReadObject
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import listed, quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Scalar

_WATCHED = "requiredWatchFields"
_NESTING = re.compile(r"[.\[\]]")


@rule(
    "watch-field-undeclared",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("requiredWatchFields",),
)
def check(context: Context) -> Iterator[Finding]:
    """`requiredWatchFields` names a field that the read object does not list.

    A subscription inherits its fields from the read object of the same name. A watched field is one
    of those, by the name it is delivered under (`mapToName`) or by the provider's (`fieldName`);
    the change of any other is not noticed. Upper and lower case count.

    ## Fix

    Correct the name, or add the field to `requiredFields` or `optionalFields` of the read object.

    ## Notes

    With `optionalFieldsAuto: all` the read object can deliver any field, so nothing is reported.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: crm-webhook
              requiredFields:
                - fieldName: name
                - fieldName: billingcity
                  mapToName: city
        subscribe:
          objects:
            - objectName: account
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - nmae
                  - billingcountry
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: crm-webhook
              requiredFields:
                - fieldName: name
                - fieldName: billingcity
                  mapToName: city
        subscribe:
          objects:
            - objectName: account
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - name
                  - city
    ```
    """
    hints = context.hints
    for integration in context.manifest.integrations:
        declared = _declared(integration) if integration.subscribe_objects else {}
        for item in integration.subscribe_objects:
            event = item.events.get("updateEvent")
            names = declared.get(item.name.value) if item.name is not None else None
            if event is None or names is None:
                continue
            watched = event.texts(_WATCHED)
            # A field that is listed twice is missing once.
            for field in {field.value: field for field in reversed(watched)}.values():
                if field.value in names or _NESTING.search(field.value):
                    continue
                if name_slip(field.value) is not None:
                    continue
                near = hints.nearest(field.value, names)
                hint = f"write {quoted(near)}" if near else "add it to the read object"
                parts = field.value.split()
                if not near and len(parts) > 1 and names.issuperset(parts):
                    yield _run_together(context, field, parts)
                    continue
                if near and any(other.value == near for other in watched):
                    hint = f"remove it, as {quoted(near)} is listed"
                yield context.finding(
                    field,
                    f"the read object has no field {quoted(field.value)}, so its changes are not "
                    f"noticed; {hint}",
                    fixes=[_fix(context, event, watched, field, near) if near else None],
                )


def _run_together(context: Context, field: Scalar, parts: list[str]) -> Finding:
    """Return the finding for several fields without a comma, or a dash, between them."""
    in_brackets = field.parent is not None and field.parent.flow
    is_plain = field.style == "" and field.value.split() == parts and field.anchor is None
    edit = Edit(field.span, ", ".join(parts))
    how = "a comma between them" if in_brackets else "each on a line of its own with `- `"
    return context.finding(
        field,
        f"{quoted(field.value)} is read as one name, and the read object has {listed(parts)}; "
        f"write {how}",
        label=f"{len(parts)} fields",
        fixes=[Fix("Write commas", (edit,)) if in_brackets and is_plain else None],
    )


def _fix(
    context: Context, event: Event, watched: list[Scalar], field: Scalar, near: str
) -> Fix | None:
    """Correct the name, wherever it is listed; remove it where the right one is listed, too."""
    entry, same = event.own(_WATCHED), [other for other in watched if other.value == field.value]
    listed = entry.value if entry is not None else None
    inside = all(other.parent is listed for other in same)
    if listed is None or listed.anchor is not None or not inside or _NESTING.search(near):
        return None
    if all(other.value != near for other in watched):
        return rename(context, same, near)
    edits = context.edit.remove_item(field) if len(same) == 1 else None
    return context.fix(f"Remove {quoted(field.value)}", edits)


def _declared(integration: Integration) -> dict[str, set[str] | None]:
    """For each object that is read, the names its fields can be watched by; None for an object
    that can deliver more than it lists."""
    found: dict[str, set[str] | None] = {}
    for item in integration.read_objects:
        if item.name is None:
            continue
        names = found.setdefault(item.name.value, set())
        if names is None or item.takes_all_fields or not _says_all(item):
            found[item.name.value] = None
        else:
            names.update(_names(item))
    return found


def _says_all(item: ReadObject) -> bool:
    """Whether every field is where it is looked for, and not under a misspelt key, nor delivered
    under the name of another field."""
    keys = ("requiredFields", "optionalFields", "optionalFieldsAuto")
    if not item.knows_its_fields or any(item.lacks(key) and item.misspelt(key) for key in keys):
        return False
    if any(field.map_to_name is None and field.misspelt("mapToName") for field in item.fields):
        return False
    by_name = item.fields_by_delivered_name.values()
    return all(len({field.source for field in fields}) == 1 for fields in by_name)


def _names(item: ReadObject) -> Iterator[str]:
    for field in item.fields:
        for name in (field.map_to_name, field.field_name, field.text("default")):
            if name is not None:
                yield name.value
