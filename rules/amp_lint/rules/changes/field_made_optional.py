"""Required fields that become optional."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "field-made-optional",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A required field becomes optional.

    A required field is read for every customer; an optional one only for customers who picked it,
    and nobody could pick a field that was required.

    ## What is documented

    Setup pages no longer store required fields, so the field is probably read for nobody until they
    pick it. This is not documented.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              optionalFields:
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
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
                - fieldName: phone
                  mapToDisplayName: Phone
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        for one in pair.reads.pairs:
            for field in one.kept_fields:
                at = field.new.at("fieldName", "mapToName")
                if at is None or not field.old.required or field.new.required:
                    continue
                selection = changes.selection(pair.old, one.old.name)
                count = selection.fields.get(field.old.source, 0)
                who = f"{count} customers have" if count != 1 else "1 customer has"
                counted = f" ({who} it in the configuration)" if selection.read else ""
                yield context.finding(
                    at,
                    f"{quoted(field.new.delivered)} of {quoted(one.new.name)} is optional now: it "
                    "may "
                    f"no longer be read for customers who did not pick it{counted}; keep it "
                    "required "
                    "if code relies on it",
                    severity=changes.severity(pair.old, Severity.WARNING),
                    related=changes.before(
                        field.old.at("fieldName", "mapToName"), "required before"
                    ),
                )
