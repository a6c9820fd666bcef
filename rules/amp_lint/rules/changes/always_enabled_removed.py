"""Objects that are no longer read for every customer."""

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
    """An object is no longer read for every customer.

    With `enabled: always` the object was read for all customers. Without it, the object is read
    for customers who select it.

    ## What is documented

    The documentation does not say whether reading continues for customers who never selected the
    object.

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
            f"{quoted(one.new.name)} is no longer read for all installations: reading may stop for "
            "customers who never selected it (this is not documented); keep `enabled: always`, or "
            "ask these customers to select it",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.at("enabled"), "`always` before"),
        )
