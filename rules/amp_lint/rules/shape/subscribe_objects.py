"""A `subscribe` section without objects."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "subscribe-objects",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE_SECTION,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A `subscribe` section without objects.

    `subscribe` lists under `objects` what is subscribed to, at least one object. The platform
    refuses a section whose list is missing or empty. Without an object no event is ever sent.

    ## Fix

    Add an object: one that the integration reads, where there is one.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
        subscribe:
          objects: []
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
        subscribe: {}
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
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: contactWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
    ```
    """
    yield from context.shape()
