"""Events that are no longer subscribed to."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.events import events
from amp_lint.text.messages import quoted


@rule(
    "subscribe-event-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An event is no longer subscribed to.

    Code that handles the event may no longer get it.

    ## What is documented

    The documentation does not say how a deploy changes subscriptions of existing installations. A
    change of a customer's configuration takes up to ten minutes.

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
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
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
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent: # new ones
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
    ```
    """
    changes = context.changes
    for pair, one in changes.subscriptions:
        at = one.new.anchor
        kept = events(one.new)
        if at is None or not one.new.is_whole:
            continue
        for name, value in events(one.old).items():
            if name in kept:
                continue
            yield context.finding(
                at,
                f"{quoted(name)} of {quoted(one.new.name)} is no longer subscribed to: it may "
                f"stop for {changes.customers(pair.old)}; keep it until no code needs it",
                severity=changes.severity(pair.old, Severity.ERROR),
                related=changes.before(value.key or value.node, f"{quoted(name)} before"),
            )
