"""Mappings that customers must fill in now."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "required-mapping-added",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.MAPPING,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Customers must map a field that they did not have to map before.

    The configurations of existing customers do not contain the new mapping. Until a customer
    selects a field, the app's setup page cannot save the object.

    ## What is documented

    A `default` is applied only to objects that were never configured. The documentation does not
    say what is delivered for customers who have not mapped the field.

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
                - mapToName: tier
                  mapToDisplayName: Tier
                  prompt: Which field holds the tier?
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
              optionalFields:
                - mapToName: tier
                  mapToDisplayName: Tier
                  prompt: Which field holds the tier?
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        for entry in one.newly_required:
            at = entry.at("mapToName")
            if at is None or entry.source:
                continue
            selection = changes.selection(pair.old, one.old.name)
            lacking = selection.read - selection.mappings.get(entry.mapped, 0)
            count = changes.of_customers(pair.old, lacking)
            counted = f" ({count} have not mapped it)" if lacking > 0 else ""
            name = quoted(entry.mapped)
            yield context.finding(
                at,
                f"{name} is now a required mapping: customers cannot save their configuration of "
                f"{quoted(one.new.name)} until they map it{counted}; make it optional, or ask them "
                "to map it",
                severity=changes.severity(pair.old, Severity.WARNING),
            )
