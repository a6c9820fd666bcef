"""Subscribe objects without any event."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import EVENTS, SubscribeObject
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Sequence


@rule(
    "subscribe-minimum-events",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """A subscribe object names no event.

    Such an object deploys and only supplies defaults: nothing that happens to its records is
    delivered until events are switched on for an installation.

    ## Fix

    Add the events to follow: `createEvent`, `updateEvent`, `deleteEvent`, in HubSpot
    `associationChangeEvent`, or the provider's own under `otherEvents`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crm-webhook
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
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
              destination: crm-webhook
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              deleteEvent:
                enabled: always
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            if not all(item.lacks(event) for event in EVENTS) or not _no_other_events(item):
                continue
            # `createEvents` is reported as what it is.
            if any(item.misspelt(event) for event in (*EVENTS, "otherEvents")):
                continue
            what = quoted(item.name.value) if item.name is not None else "this object"
            yield context.finding(
                item.head,
                f"{what} is subscribed to without any event, so nothing is delivered; add "
                "`createEvent`, `updateEvent`, `deleteEvent` or `otherEvents`",
            )


def _no_other_events(item: SubscribeObject) -> bool:
    events = item.value("otherEvents")
    if isinstance(events, Sequence):
        return not events.items and not events.incomplete
    return item.lacks("otherEvents")
