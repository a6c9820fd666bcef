"""Keys in odd case."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule("key-case", group=Group.SHAPE, severity=Severity.INFO, url=doc_urls.MANIFEST, needs=(SHAPE,))
def check(context: Context) -> Iterator[Finding]:
    """A key that is right but for its capital letters.

    The platform ignores case when it matches keys, so `objectname` works. Editors, schemas and
    other tools do not ignore it, and neither do colleagues who search for `objectName`.

    ## Fix

    Write the key as the reference does. Where it is there twice, only you know which one is meant.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectname: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
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
