"""Fields that are listed twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.manifest import Field
from amp_lint.rule import Context, Group, rule
from amp_lint.tree import Scalar
from amp_lint.wording import quoted


@rule("duplicate-field", group=Group.FIELDS, severity=Severity.WARNING, url=links.READ)
def check(context: Context) -> Iterator[Finding]:
    """The same field is listed twice under the same name.

    A second entry adds nothing. If one of the two is in `requiredFields` and the other in
    `optionalFields`, the manifest says both that the customer must grant the field and that they
    may leave it out.

    One `fieldName` under two different `mapToName`s is fine: the field arrives under both names.

    ## Fix

    Remove one of the two; of a required and an optional one, the one that is not meant.

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
                - fieldName: Email
                - fieldName: Phone
                - fieldName: Email
              optionalFields:
                - fieldName: Phone
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
              optionalFields:
                - fieldName: Phone
                - fieldName: Phone
                  mapToName: phone_number
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            required = len(item.required_fields)
            optional = {id(field) for field in item.fields[required:]}
            for fields in item.fields_by_delivered_name.values():
                yield from _repeats(context, fields, optional)


def _repeats(context: Context, fields: list[Field], optional: set[int]) -> Iterator[Finding]:
    firsts: dict[tuple[str | None, ...], Field] = {}
    for field in fields:
        first = firsts.setdefault(field.source, field)
        here, before = _named(field), _named(first)
        if first is field or here is None or before is None:
            continue
        both = id(field) in optional and id(first) not in optional
        yield context.finding(
            field.at_use(here),
            f"{quoted(here.value)} is listed twice{_as(both)}; remove one of the two",
            label="listed before",
            related=[context.related(first.at_use(before), "first listed here")],
        )


def _named(field: Field) -> Scalar | None:
    return field.field_name or field.map_to_name


def _as(both: bool) -> str:
    return ", as required and as optional" if both else ""
