"""Actions without objects."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule("read-objects", group=Group.SHAPE, severity=Severity.ERROR, url=doc_urls.READ, needs=(SHAPE,))
def read_objects(context: Context) -> Iterator[Finding]:
    """A `read` section without objects.

    `read` lists under `objects` what is read, at least one object. The platform refuses a section
    whose list is missing or empty. To stop reading altogether, remove the whole `read` section.

    ## Fix

    Add an object, and put your own names into it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects: []
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read: {}
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
    ```
    """
    yield from context.shape()


@rule(
    "subscribe-objects",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    needs=(SHAPE,),
)
def subscribe_objects(context: Context) -> Iterator[Finding]:
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


@rule(
    "write-objects", group=Group.SHAPE, severity=Severity.ERROR, url=doc_urls.WRITE, needs=(SHAPE,)
)
def write_objects(context: Context) -> Iterator[Finding]:
    """A `write` section without objects.

    `write` lists under `objects` what is written to, at least one object. The platform refuses a
    section whose list is missing or empty. Without an object there is nothing the application could
    write.

    ## Fix

    Add an object, and put your own names into it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write:
          objects: []
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write: {}
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write:
          objects:
            - objectName: contacts
    ```
    """
    yield from context.shape()
