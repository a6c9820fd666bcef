"""Objects that are now read for every customer."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "always-enabled-added",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An object is now read for every customer.

    With `enabled: always` the object is read for every installation, whether or not the customer
    selected it. Reading also starts for existing customers.

    ## What is documented

    The reference documents that every installation then reads the object, even if its
    configuration does not have it.

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
              enabled: always
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
              mapToDisplayName: People
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        at = one.new.at("enabled")
        if at is None or one.old.text("enabled") == "always" or one.new.text("enabled") != "always":
            continue
        yield context.finding(
            at,
            f"{quoted(one.new.name)} is now read for all installations: reading starts for "
            f"{changes.customers(pair.old)}, whether or not they selected it; remove `enabled: "
            "always` to read it only for customers who select it",
            severity=changes.severity(pair.old, Severity.WARNING),
        )
