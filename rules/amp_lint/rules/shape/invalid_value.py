"""Values that are not allowed."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "invalid-value",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A value that is not among the allowed ones, or out of its range.

    Some keys take a handful of words: `enabled` in an event or a read object only `always`,
    `optionalFieldsAuto` only `all`, `watchFieldsAuto` `all` or `selected`. A number of days is
    never negative, and a `pageSize` lies between 50 and 500. The platform refuses anything else. To
    switch an event off, remove its block.

    ## Fix

    Write the allowed value that is nearest, or the nearest number in range. What `enabled: false`
    is meant to switch off is removed.

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
              optionalFieldsAuto: true
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
              backfill:
                defaultPeriod:
                  days: -1
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
              optionalFieldsAuto: all
    ```
    """
    yield from context.shape()
