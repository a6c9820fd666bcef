"""Different fields that arrive under one name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Field
from amp_lint.text.messages import quoted


@rule(
    "field-mapping-unique",
    group=Group.FIELDS,
    severity=Severity.ERROR,
    url=doc_urls.MAPPING,
    needs=("fieldName", "mapToName"),
)
def check(context: Context) -> Iterator[Finding]:
    """Two different fields of an object are delivered under one name.

    A field arrives under its `mapToName`, or under its `fieldName` where it has none. A record
    holds each name once, so of two fields with one name only one can arrive: the names must be
    unique in an object, over `requiredFields` and `optionalFields` together. Upper and lower case
    make different names.

    A user-defined mapping takes its `mapToName` too: `mapToName: currency` beside
    `fieldName: currency` is one name for the provider's field and for the one the customer picks.
    That is a warning only, as a manifest with such a pair is known to deploy; which of the two
    arrives is not.

    ## Fix

    Give one of the two another `mapToName`.

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
              requiredFields:
                - fieldName: Phone
                  mapToName: phone
              optionalFields:
                - fieldName: MobilePhone
                  mapToName: phone
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
                - fieldName: Phone
                  mapToName: phone
              optionalFields:
                - fieldName: MobilePhone
                  mapToName: mobile_phone
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for name, fields in item.fields_by_delivered_name.items():
                yield from _clashes(context, name, fields)


def _clashes(context: Context, name: str, fields: list[Field]) -> Iterator[Finding]:
    first = fields[0]
    sources = {first.source}
    for field in fields[1:]:
        taken, here = first.delivered_name, field.delivered_name
        if taken is None or here is None or field.source in sources:
            continue
        sources.add(field.source)
        yield context.finding(
            field.at_use(here),
            f"{_words(field, 'a')} is delivered as {quoted(name)}, and so is "
            f"{_words(first, 'a' if field.field_name else 'another')}; "
            "give one of them another `mapToName`",
            severity=_severity(first, field),
            label="name already taken",
            related=[context.related(first.at_use(taken), "first used here")],
        )


def _severity(one: Field, other: Field) -> Severity:
    is_mixed = one.is_user_mapping is not other.is_user_mapping
    return Severity.WARNING if is_mixed else Severity.ERROR


def _words(field: Field, article: str) -> str:
    if field.field_name is not None:
        return f"the field {quoted(field.field_name.value)}"
    return f"{article} field that the customer picks"
