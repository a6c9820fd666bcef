"""Integrations that get another provider."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "provider-changed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.PROVIDERS,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The provider of an integration changes.

    Customers connected their account of the old provider. A connection works only with the provider
    that it was made for.

    ## What is documented

    The provider of a connection must match that of the integration when a customer installs it.
    The documentation does not say what happens to existing installations.

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
        provider: salesforce
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
      - name: salesforce-sync
        provider: salesforce
        proxy:
          enabled: true
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        at = pair.new.at("provider")
        old, new = pair.old.provider, pair.new.provider
        if at is None or not old or old == new:
            continue
        yield context.finding(
            at,
            f"the provider changes from {quoted(old)} to {quoted(new)}: the connections of "
            f"{changes.customers(pair.old)} are for {quoted(old)} and may no longer work; add an "
            "integration for the new provider instead",
            severity=changes.severity(pair.old, Severity.ERROR),
            related=changes.before(pair.old.at("provider"), f"{quoted(old)} before"),
        )
