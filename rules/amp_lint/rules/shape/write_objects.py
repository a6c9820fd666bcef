"""A `write` section without objects."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "write-objects",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.WRITE_SECTION,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
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
