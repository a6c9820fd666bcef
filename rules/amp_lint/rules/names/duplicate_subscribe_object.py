"""An integration subscribes to the same `objectName` twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.duplicate_objects import repeated_objects
from amp_lint.manifest import doc_urls


@rule(
    "duplicate-subscribe-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE_OBJECT,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration subscribes to the same `objectName` twice.

    All events of an object belong in one entry and go to one destination. Names that differ only in
    case count as the same object.

    ## Fix

    Move the events of the second entry into the first. The fix that is offered removes the second
    with its events.

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
              createEvent:
                enabled: always
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
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
              destination: crm-webhook
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              deleteEvent:
                enabled: always
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.read_objects, *integration.write_objects]
        yield from repeated_objects(context, "subscribe", integration.subscribe_objects, others)
