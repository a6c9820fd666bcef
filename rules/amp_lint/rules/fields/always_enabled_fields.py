"""Objects that are read for everybody, with something the customer would have to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.manifest.snippets import SCHEDULE
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node


@rule(
    "always-enabled-fields",
    group=Group.FIELDS,
    severity=Severity.ERROR,
    url=doc_urls.READ_OBJECT,
    needs=("enabled",),
)
def check(context: Context) -> Iterator[Finding]:
    """`enabled: always` without a `schedule`, without `requiredFields`, or with a `mapToName`.

    `enabled: always` has the object read for every installation, without a step in which the
    customer selects fields. So the manifest must settle everything: when to read (`schedule`),
    which fields (`requiredFields`), and those under their own names. The platform refuses the
    object otherwise.

    ## Fix

    Add what is missing and remove every `mapToName` in `requiredFields`; or remove `enabled`.

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
              enabled: always
              requiredFields:
                - fieldName: Email
                  mapToName: email
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
              enabled: always
              requiredFields:
                - fieldName: Email
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            enabled = item.value("enabled")
            if enabled is not None and item.is_always_enabled:
                yield from _missing(context, item, enabled)
                yield from _mapped(context, item, enabled)


def _missing(context: Context, item: ReadObject, enabled: Node) -> Iterator[Finding]:
    if item.lacks_text("schedule"):
        advice = _meant(item, "schedule") or f'add one, such as `schedule: "{SCHEDULE}"`'
        yield context.finding(
            item.at(enabled),
            f"an object with `enabled: always` requires a `schedule`; {advice}",
            label="no schedule",
            fixes=[_scheduled(context, item)],
        )
    if item.lacks_items("requiredFields"):
        advice = _meant(item, "requiredFields") or "list the fields to read"
        yield context.finding(
            item.at(enabled),
            f"an object with `enabled: always` requires `requiredFields`; {advice}",
            label="no requiredFields",
        )


def _scheduled(context: Context, item: ReadObject) -> Fix | None:
    if item.misspelt("schedule"):
        return None
    empty = item.node.find("schedule")
    if empty is not None:
        edits = context.edit.set_value(empty, SCHEDULE)
    else:
        edits = context.edit.insert(item.node, "schedule", SCHEDULE, before="enabled")
    return context.fix(f'Add `schedule: "{SCHEDULE}"`', edits)


def _meant(item: ReadObject, key: str) -> str | None:
    misspelt = item.misspelt(key)
    return f"{quoted(misspelt)} may be meant to be it" if misspelt else None


def _mapped(context: Context, item: ReadObject, enabled: Node) -> Iterator[Finding]:
    used = Counter(name for field in item.fields for name in _names(field))
    for field in item.required_fields:
        name = field.map_to_name
        if name is not None:
            advice = "remove `mapToName` and deliver the field under its `fieldName`"
            if field.is_user_mapping:
                advice = "no customer picks a field for it, so name it with `fieldName`"
            yield context.finding(
                field.at(name),
                f"{quoted(name.value)} cannot be mapped in an object with `enabled: always`; "
                f"{advice}",
                label="not with enabled: always",
                related=[context.related(enabled, "set here")],
                fixes=[_unmapped(context, field, used)],
            )


def _names(field: Field) -> set[str]:
    """Where a field comes from and what it is delivered as."""
    return {name.value for name in (field.field_name, field.delivered_name) if name is not None}


def _unmapped(context: Context, field: Field, used: Counter[str]) -> Fix | None:
    entry, name = field.removable("mapToName"), field.field_name
    # Without its `mapToName` a field would clash with another one of its own name; and what an
    # alias brings here may be right at its own place.
    if entry is None or name is None or used[name.value] > 1 or field.use is not field.node:
        return None
    return context.fix("Remove `mapToName`", context.edit.remove(entry))
