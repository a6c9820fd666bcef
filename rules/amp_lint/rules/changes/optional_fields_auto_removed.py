"""Objects of which customers may no longer pick any field."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "optional-fields-auto-removed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Customers can no longer select every field of an object.

    With `optionalFieldsAuto: all` customers could select fields that the manifest does not list.
    These fields are no longer offered.

    ## What is documented

    If a field is no longer offered, the customer's next save removes it from the selection. The
    documentation does not say what is delivered until then.

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
              optionalFieldsAuto: all
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
              optionalFieldsAuto: all
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        at = one.new.anchor
        if at is None or not one.old.takes_all_fields or one.new.takes_all_fields:
            continue
        if not one.new.is_whole:
            continue
        listed = {entry.source.casefold() for entry in one.new.fields}
        picked = changes.selection(pair.old, one.old.name).fields
        lost = sorted(name for name in picked if name.casefold() not in listed)
        counted = f" (such as {quoted(lost[0])})" if lost else ""
        yield context.finding(
            at,
            f"customers can no longer select every field of {quoted(one.new.name)}: fields that "
            f"they selected and that are not listed{counted} may no longer be delivered; list them "
            "in `optionalFields`",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.at("optionalFieldsAuto"), "`all` before"),
        )
