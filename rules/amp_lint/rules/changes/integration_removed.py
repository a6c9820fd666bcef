"""Integrations that are removed."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "integration-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An integration is removed from the manifest.

    A deploy does not change integrations that are not in the manifest. The integration stays in the
    project with its last revision and its customers, and later changes do not reach it.

    ## What is documented

    The deploy tool never deletes an integration. `amp delete:integration` does, irreversibly, and
    deletes the installations with it.

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
      - name: old-sync
        provider: hubspot
        proxy:
          enabled: true
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
      - name: old-sync
        provider: hubspot
        proxy:
          enabled: true
      - name: new-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    changes = context.changes
    for old in changes.removed:
        at = changes.comparison.new.key_at("integrations")
        if at is None:
            continue
        yield context.finding(
            at,
            f"{quoted(old.name)} is removed from the manifest: the deploy does not delete it and "
            f"leaves {changes.customers(old)} on its last revision; keep it here, or run `amp "
            "delete:integration`, which also deletes its installations",
            severity=changes.severity(old, Severity.ERROR),
            related=changes.before(old.at("name"), f"{quoted(old.name)} before"),
        )
