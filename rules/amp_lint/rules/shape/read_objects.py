"""A `read` section without objects."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "read-objects",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.READ_SECTION,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
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
