"""Fields that are delivered under another name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import FieldChange, IntegrationPair, ObjectPair
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
    `fields` under the provider's name. Code that receives the records reads the old name. If
    another field is delivered under the same name, the finding is a warning: the code finds a
    value, but its meaning may differ.

    ## What is documented

    The documentation describes these payloads for reads and subscriptions. Writes use the mapped
    names with `inheritMapping`. The documentation does not say when existing installations deliver
    the new name.

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
    for pair, one in context.changes.reads:
        for field in one.remapped_fields:
            yield from _moved(context, pair, one, field)
        for field in one.resourced_fields:
            yield from _refilled(context, pair, one, field)


def _moved(
    context: Context, pair: IntegrationPair, one: ObjectPair, field: FieldChange
) -> Iterator[Finding]:
    """The same field is delivered under another name."""
    changes = context.changes
    at = field.new.at("mapToName", "fieldName")
    if at is None:
        return
    old, new = _delivered(field.old), _delivered(field.new)
    yield context.finding(
        at,
        f"{quoted(field.new.source)} of {quoted(one.new.name)} is delivered as {quoted(new)} "
        f"instead of {quoted(old)}: code that reads {quoted(old)} no longer finds it; deliver it "
        "under both names until no code reads the old one",
        severity=changes.severity(pair.old, Severity.ERROR),
        related=changes.before(field.old.at("mapToName", "fieldName"), f"{quoted(old)} before"),
    )


def _refilled(
    context: Context, pair: IntegrationPair, one: ObjectPair, field: FieldChange
) -> Iterator[Finding]:
    """Another field is delivered under the same name."""
    changes = context.changes
    at = field.new.at("fieldName", "mapToName")
    # A required mapping that each customer fills in is reported by `required-mapping-added`.
    if at is None or (field.new.required and not field.new.source):
        return
    old, new = _filled(field.old), _filled(field.new)
    required = field.new.required and f", and each account must have {quoted(field.new.source)}"
    yield context.finding(
        at,
        f"{quoted(_delivered(field.new))} of {quoted(one.new.name)} now comes from {new} instead "
        f"of {old}: code that reads it gets other values{required or ''}; make sure that they mean "
        "the same, or deliver them under another name",
        severity=changes.severity(pair.old, Severity.WARNING),
        related=changes.before(field.old.at("fieldName", "mapToName"), f"from {old} before"),
    )


def _filled(field: FieldEntry) -> str:
    """Where the values come from, in words."""
    return quoted(field.source) if field.source else "the field that each customer maps"


def _delivered(field: FieldEntry) -> str:
    """The place in the payload."""
    return f"mappedFields.{field.mapped}" if field.mapped else f"fields.{field.source}"
