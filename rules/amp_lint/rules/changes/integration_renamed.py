"""Integrations that are renamed."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "integration-renamed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An integration is renamed.

    A deploy finds the integration to update by its exact name. Under a new name it creates a
    second integration without customers. The customers of the old one stay on its last revision,
    and apps that use the new name find it not installed.

    ## What is documented

    The deploy tool matches integrations by name. The documentation does not say whether
    the old integration stops. It stays in the project until it is deleted, together with its
    installations. Change `displayName` to show another name.

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
      - name: crm-sync-v2
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
        displayName: CRM
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        at = pair.new.anchor
        if not pair.is_renamed or at is None:
            continue
        old, new = quoted(pair.old.name), quoted(pair.new.name)
        yield context.finding(
            at,
            f"{old} is renamed to {new}: the deploy creates a second integration and leaves "
            f"{changes.customers(pair.old)} on {old}; keep the name, and set `displayName` to show "
            "another one",
            severity=changes.severity(pair.old, Severity.ERROR),
            related=changes.before(pair.old.at("name"), f"{old} before"),
        )
