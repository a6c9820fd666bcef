"""Fields that are no longer delivered."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import ObjectPair
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node


@rule(
    "field-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A field is no longer delivered.

    Code that reads the field no longer finds it. An optional field is a warning, because it was
    only delivered for customers who selected it. With `optionalFieldsAuto: all` a required field
    without a mapping becomes optional instead: `field-made-optional`.

    ## What is documented

    If a field is no longer offered, the customer's next save removes it from the selection. The
    documentation does not say what is delivered until then.

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
              optionalFields:
                - fieldName: city
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        at = _place(one)
        if at is None or not one.new.is_whole:
            continue
        for entry in one.removed_fields:
            if one.new.takes_all_fields and entry.source and not entry.mapped:
                continue  # Customers may still pick it: `field-made-optional`.
            name = quoted(entry.delivered)
            level = Severity.ERROR if entry.required else Severity.WARNING
            yield context.finding(
                at,
                f"{name} of {quoted(one.new.name)} is no longer delivered: code that reads it no "
                "longer finds it; keep it until no code reads it",
                severity=changes.severity(pair.old, level),
                related=changes.before(entry.at("fieldName", "mapToName"), f"{name} before"),
            )


def _place(one: ObjectPair) -> Node | None:
    """The list that the field would be in."""
    return one.new.key_at("requiredFields", "optionalFields") or one.new.anchor
