"""Objects that are no longer subscribed to."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "subscribe-object-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An object is no longer subscribed to.

    The events of the object may stop.

    ## What is documented

    The documentation does not say how a deploy changes subscriptions of existing installations.

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
            - objectName: companies
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
            - objectName: companies
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
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
            - objectName: companies
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
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
            - objectName: companies
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
        subscribe:
          objects:
            - objectName: companies
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        section = pair.new.part("subscribe")
        at = section.key_at("objects") or pair.new.key_at("subscribe") or pair.new.anchor
        for old in pair.subscriptions.removed:
            if at is None:
                continue
            yield context.finding(
                at,
                f"{quoted(old.name)} is no longer subscribed to: its events may stop for "
                f"{changes.customers(pair.old)}; keep it until no code needs them",
                severity=changes.severity(pair.old, Severity.ERROR),
                related=changes.before(old.at("objectName"), f"{quoted(old.name)} before"),
            )
