"""An integration reads the same `objectName` twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.duplicate_objects import repeated_objects
from amp_lint.manifest import doc_urls


@rule(
    "duplicate-read-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.READ_OBJECT,
    needs=("read",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration reads the same `objectName` twice.

    An object is read once per integration, with one schedule, one list of fields and one
    destination. Names that differ only in case count as the same object.

    ## Fix

    Put everything about the object into one entry; the fix that is offered removes the second with
    all that it says. To read the object in two ways, make a second integration.

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
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: contacts
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: phone
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
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.write_objects, *integration.subscribe_objects]
        yield from repeated_objects(context, "read", integration.read_objects, others)
