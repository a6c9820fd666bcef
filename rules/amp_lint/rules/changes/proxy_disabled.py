"""Proxies that are switched off."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "proxy-disabled",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The proxy of an integration is disabled.

    Requests that the app sends through the proxy may be refused after the deploy.

    ## What is documented

    `proxy.enabled` may also be stored for each installation. The documentation does not
    say whether such a copy stays in effect after the deploy.

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
        proxy:
          enabled: false
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
        proxy:
          enabled: yes
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        old, new = pair.old.part("proxy"), pair.new.part("proxy")
        at = new.at("enabled") or pair.new.key_at("proxy") or pair.new.anchor
        if at is None or not old.flag("enabled") or new.flag("enabled") or not pair.new.is_whole:
            continue
        yield context.finding(
            at,
            f"the proxy of {quoted(pair.new.name)} is disabled: requests that your app sends "
            f"through it for {changes.customers(pair.old)} may be refused; keep it enabled until "
            "no code sends them",
            severity=changes.severity(pair.old, Severity.ERROR),
            related=changes.before(old.at("enabled"), "`true` before"),
        )
