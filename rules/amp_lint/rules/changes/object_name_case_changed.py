"""Objects whose name changes in case only."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "object-name-case-changed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The name of an object changes in case only.

    The deploy tool treats the two names as one object. The customers' configuration is stored under
    the exact name, so it may not be found under the new spelling.

    ## What is documented

    The deploy tool ignores case here; the configuration of an installation is keyed by the exact
    name. The documentation does not say whether the platform finds it under another spelling.

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
            - objectName: Contacts
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
            - objectName: "contacts"
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        for one in (*pair.reads.pairs, *pair.writes.pairs, *pair.subscriptions.pairs):
            at = one.new.at("objectName")
            if at is None or one.old.name == one.new.name:
                continue
            old, new = quoted(one.old.name), quoted(one.new.name)
            yield context.finding(
                at,
                f"{old} is now spelled {new}: the configuration of {changes.customers(pair.old)} "
                f"is stored under {old} and may not be found; keep the old spelling",
                severity=changes.severity(pair.old, Severity.WARNING),
                related=changes.before(one.old.at("objectName"), f"{old} before"),
            )
