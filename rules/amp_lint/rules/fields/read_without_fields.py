"""Read objects without any field."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

_KEYS = ("requiredFields", "optionalFields", "optionalFieldsAuto")


@rule(
    "read-without-fields",
    group=Group.FIELDS,
    severity=Severity.INFO,
    url=doc_urls.FIELDS,
    needs=("read",),
)
def check(context: Context) -> Iterator[Finding]:
    """A read object without `requiredFields`, `optionalFields` and `optionalFieldsAuto`.

    The three keys say which fields of a record to read: those that every customer grants, those
    that each may choose, and all others. An object with none of them deploys, but says nothing
    about what its records should hold, and leaves the customer nothing to choose from.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Email
              optionalFieldsAuto: all
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            # `enabled: always` makes the missing fields an error, reported by its own rule.
            if item.name is None or item.is_always_enabled or not item.lacks("optionalFieldsAuto"):
                continue
            if all(item.lacks_items(key) and not item.misspelt(key) for key in _KEYS):
                yield context.finding(
                    item.head,
                    f"{quoted(item.name.value)} lists no field to read; add `requiredFields`, "
                    "`optionalFields` or `optionalFieldsAuto: all`",
                    label="no fields",
                )
