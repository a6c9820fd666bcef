"""Values of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "invalid-type",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A value of the wrong kind: text where a list is due, quotes around a number.

    Every key takes one kind of value, and the platform refuses a manifest with another. Quotes make
    text of everything between them, so `days: "30"` is not a number, and `fullHistory: "true"` is
    neither true nor false.

    ## Fix

    Remove the quotes, where they are all that is wrong; else write the list or the mapping
    that belongs here.

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
              backfill:
                defaultPeriod:
                  days: "30"
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy: true
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
              backfill:
                defaultPeriod:
                  days: 30
    ```
    """
    yield from context.shape()
