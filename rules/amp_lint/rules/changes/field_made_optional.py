"""Required fields that become optional."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import IntegrationPair, ObjectPair
from amp_lint.manifest.revision.model import FieldEntry
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node


@rule(
    "field-made-optional",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A required field becomes optional.

    A required field is read for every customer; an optional one only for customers who selected it,
    and nobody could select a field that was required. With `optionalFieldsAuto: all`, a field that
    is not listed is optional.

    ## What is documented

    Setup pages no longer store required fields, so the field is probably not read until a customer
    selects it. This is not documented.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              optionalFields:
                - fieldName: phone
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
                  mapToDisplayName: Phone
    ```
    """
    for pair, one in context.changes.reads:
        for field in one.kept_fields:
            at = field.new.at("fieldName", "mapToName")
            if at is None or not field.old.required or field.new.required:
                continue
            name = f"{quoted(field.new.delivered)} of {quoted(one.new.name)}"
            yield _optional(context, pair, one, field.old, at, f"{name} is now optional")
        at = one.new.key_at("requiredFields", "optionalFields") or one.new.anchor
        if at is None or not one.new.is_whole or not one.new.takes_all_fields:
            continue
        for entry in one.removed_fields:
            if entry.required and entry.source and not entry.mapped:
                name = f"{quoted(entry.source)} of {quoted(one.new.name)}"
                is_now = f"{name} is no longer listed, which makes it optional"
                yield _optional(context, pair, one, entry, at, is_now)


def _optional(
    context: Context, pair: IntegrationPair, one: ObjectPair, old: FieldEntry, at: Node, is_now: str
) -> Finding:
    changes = context.changes
    selection = changes.selection(pair.old, one.old.name)
    count = selection.fields.get(old.source, 0)
    who = f"{count} customers have" if count != 1 else "1 customer has"
    counted = f" ({who} it in their configuration)" if selection.read else ""
    return context.finding(
        at,
        f"{is_now}: it may no longer be read for customers who have not selected it{counted}; keep "
        "it required if your code needs it",
        severity=changes.severity(pair.old, Severity.WARNING),
        related=changes.before(old.at("fieldName", "mapToName"), "required before"),
    )
