"""An integration writes the same `objectName` twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.duplicate_objects import repeated_objects
from amp_lint.manifest import doc_urls


@rule(
    "duplicate-write-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.WRITE_OBJECT,
    needs=("write",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration writes the same `objectName` twice.

    One entry already allows creating and updating records of the object; a second one could only
    contradict it. Names that differ only in case count as the same object.

    ## Fix

    Keep one entry, with the settings of both. The fix that is offered removes the second.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write:
          objects:
            - objectName: contacts
            - objectName: Contacts
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
            - objectName: companies
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.read_objects, *integration.subscribe_objects]
        yield from repeated_objects(context, "write", integration.write_objects, others)
