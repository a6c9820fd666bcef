"""Two read objects that are delivered under one name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import ReadObject
from amp_lint.text.messages import quoted


@rule(
    "duplicate-object-mapping",
    group=Group.NAMES,
    severity=Severity.WARNING,
    url=doc_urls.MAPPING,
    needs=("mapToName",),
)
def check(context: Context) -> Iterator[Finding]:
    """Two read objects of an integration have the same `mapToName`.

    `mapToName` is the name under which an object reaches your application. With one name for two
    objects, records of both arrive mixed and nothing says which is which.

    ## Notes

    In different integrations the same name is what `mapToName` is for: Salesforce's `account` and
    HubSpot's `companies` may both arrive as `company`. Two read objects with the same `objectName`
    are the business of `duplicate-read-object`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              mapToName: person
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: lead
              mapToName: person
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
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
              mapToName: person
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: lead
              mapToName: prospect
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    for integration in context.manifest.integrations:
        first: dict[str, ReadObject] = {}
        for item in integration.read_objects:
            mapped = item.text("mapToName")
            if mapped is None:
                continue
            earlier = first.setdefault(mapped.value, item)
            there = earlier.text("mapToName")
            if earlier is item or there is None or _same_object(earlier, item):
                continue
            yield context.finding(
                item.repeats("mapToName", earlier),
                f"two read objects are delivered as {quoted(mapped.value)}, so their records "
                "cannot be told apart; give one of them another `mapToName`",
                label="same name again",
                related=[context.related(there, "first used here")],
            )


def _same_object(a: ReadObject, b: ReadObject) -> bool:
    if a.name is None or b.name is None:
        return False
    return a.name.value.casefold() == b.name.value.casefold()
