"""Objects that are no longer read for each customer."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "always-enabled-removed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An object is no longer read for each customer.

    With `enabled: always` the object was read for customers who never selected it. Without it only
    a customer's selection counts.

    ## What is documented

    Whether reading goes on for customers who never selected the object is not documented.

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
              enabled: always
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
              enabled: always
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        at = one.new.anchor
        if at is None or not one.new.is_whole:
            continue
        if one.old.text("enabled") != "always" or one.new.text("enabled") == "always":
            continue
        yield context.finding(
            at,
            f"{quoted(one.new.name)} is no longer read for all installations: it may stop for "
            "customers who never selected it, and the documentation does not say; keep `enabled: "
            "always`, or ask them to select it",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.at("enabled"), "`always` before"),
        )
