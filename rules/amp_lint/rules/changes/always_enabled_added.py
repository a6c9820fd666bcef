"""Objects that are read for each customer now."""

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
    """An object is read for each customer now.

    With `enabled: always` the object is read for every installation, whether or not the customer
    selected it. That begins for all existing customers, too.

    ## What is documented

    The reference documents that every installation reads the object from then on, also those whose
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
            f"{quoted(one.new.name)} is read for all installations now: it begins for "
            f"{changes.customers(pair.old)}, whether they selected it or not; leave the key out "
            "if only those who select it are meant",
            severity=changes.severity(pair.old, Severity.WARNING),
        )
