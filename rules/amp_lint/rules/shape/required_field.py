"""Keys that may not be missing."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "required-field",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A key that is needed here is missing or has no value.

    An integration needs a `name` and a `provider`, an object its `objectName`, objects that are
    read or subscribed to a `destination`, an event `enabled: always`, and so on. A key with nothing
    behind its colon counts as missing. The platform refuses the manifest.

    ## Fix

    Add the key, or rename the one that was meant to be it. What is under it is yours to know:
    the `destination`, say, is the name you gave it in the dashboard, and what is filled in here is
    only an example.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider:
        proxy:
          enabled: true
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

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    yield from context.shape()
