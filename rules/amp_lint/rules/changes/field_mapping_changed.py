"""Fields that are delivered under another name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.model import FieldEntry
from amp_lint.text.messages import quoted


@rule(
    "field-mapping-changed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.MAPPING,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A field is delivered under another name.

    A mapped field is delivered in `mappedFields` under its mapped name, one without a mapping in
    `fields` under the provider's name. Code that receives the records looks in the old place.

    ## What is documented

    The payloads of reads and subscriptions are documented so; writes take the mapped names with
    `inheritMapping`. From when on existing installations deliver the new name is not documented.

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
                  mapToName: mail
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
                - fieldName: email
                  mapToName: mail
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        for one in pair.reads.pairs:
            for field in one.remapped_fields:
                at = field.new.at("mapToName", "fieldName")
                if at is None:
                    continue
                old, new = _delivered(field.old), _delivered(field.new)
                yield context.finding(
                    at,
                    f"{quoted(field.new.source)} of {quoted(one.new.name)} leaves {quoted(old)} "
                    "and "
                    f"appears as {quoted(new)}: code that receives it finds it missing; deliver it "
                    "under both names until nothing reads the old one",
                    severity=changes.severity(pair.old, Severity.ERROR),
                    related=changes.before(
                        field.old.at("mapToName", "fieldName"), f"{quoted(old)} before"
                    ),
                )


def _delivered(field: FieldEntry) -> str:
    """The place in the payload."""
    return f"mappedFields.{field.mapped}" if field.mapped else f"fields.{field.source}"
