"""Read objects that are delivered under another name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "object-mapping-changed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.MAPPING,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A read object is delivered under another name.

    Records have the mapped name of their object in `objectName`. Code that receives them looks for
    the old name.

    ## What is documented

    The payload has the mapped name in `objectName` and the provider's in `rawObjectName`. The
    documentation does not say when existing installations deliver the new name.

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
              mapToName: people
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
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
              mapToDisplayName: People
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        old, new = one.old.delivered, one.new.delivered
        at = one.new.at("mapToName", "objectName")
        if at is None or old == new:
            continue
        if old.casefold() == new.casefold() and not (one.old.mapped or one.new.mapped):
            continue  # `object-name-case-changed` reports it.
        yield context.finding(
            at,
            f"{quoted(one.new.name)} is delivered as {quoted(new)} instead of {quoted(old)}: code "
            f"that selects records by `objectName` may no longer find them; keep {quoted(old)}, or "
            "first make that code accept both names",
            severity=changes.severity(pair.old, Severity.ERROR),
            related=changes.before(one.old.at("mapToName", "objectName"), f"{quoted(old)} before"),
        )
