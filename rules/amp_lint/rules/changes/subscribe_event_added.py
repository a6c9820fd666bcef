"""Events that are subscribed to now."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.events import events
from amp_lint.text.messages import quoted


@rule(
    "subscribe-event-added",
    group=Group.CHANGES,
    severity=Severity.INFO,
    url=doc_urls.SUBSCRIBE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The integration subscribes to another event.

    Code that receives the events must expect the new one.

    ## What is documented

    Some providers send the event only after a change in the app's settings at the provider, such
    as HubSpot's webhook settings. The documentation does not say when existing installations get
    it.

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
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
              deleteEvent:
                enabled: always
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
    for _, one in context.changes.subscriptions:
        known = events(one.old)
        for name, value in events(one.new).items():
            if name in known:
                continue
            yield context.finding(
                value.key or value.node,
                f"{quoted(name)} of {quoted(one.new.name)} is now subscribed to: code that "
                "receives events must handle it; for some providers, also enable it in "
                "your app's settings at the provider",
            )
