"""Field entries that name a field and ask for one."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.rule import Context, Group, rule
from amp_lint.wording import quoted

_ONLY_FOR_MAPPINGS = ("prompt", "default")


@rule("field-kind-exclusive", group=Group.FIELDS, severity=Severity.ERROR, url=links.MAPPING)
def check(context: Context) -> Iterator[Finding]:
    """`prompt` or `default` on a field entry that has a `fieldName`.

    There are two kinds of field entry. One names a field of the provider with `fieldName`. The
    other leaves the choice to the customer: it has a `mapToName`, and `prompt` and `default` are
    the question and the answer that is suggested. Where `fieldName` has already decided, there is
    nothing to ask. `default` is not a default value for empty fields.

    ## Fix

    Two ways: drop `prompt` and `default`, and always read the field that `fieldName` names. Or
    drop `fieldName`, and let the customer pick the field; then `mapToName` is needed.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Rating
                  mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority of a lead?
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Rating
                  mapToName: priority
                  mapToDisplayName: Priority
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority of a lead?
                  default: Rating
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for field in item.fields:
                if field.field_name is None:
                    continue
                for odd in _ONLY_FOR_MAPPINGS:
                    key = field.key(odd)
                    if key is None or field.text(odd) is None:
                        continue
                    yield context.finding(
                        field.at(key),
                        f"`{odd}` belongs to a field that the customer picks, but `fieldName` "
                        f"already names {quoted(field.field_name.value)}; drop `{odd}`, or drop "
                        "`fieldName`",
                        related=[context.related(field.field_name, "the field is named here")],
                    )
