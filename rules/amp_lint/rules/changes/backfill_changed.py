"""Backfills that change."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.model import ActionObject
from amp_lint.text.messages import quoted


@rule(
    "backfill-changed",
    group=Group.CHANGES,
    severity=Severity.INFO,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The backfill of an object changes.

    A backfill runs when a customer installs the integration, so nothing changes for existing
    customers. A read that is triggered through the API can fetch older records for them.

    ## What is documented

    The backfill is documented to run at installation. The documentation does not say whether it
    runs for an object that a customer selects later.

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
              backfill:
                defaultPeriod:
                  days: 30
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
              backfill:
                defaultPeriod:
                  days: 90
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
              backfill:
                defaultPeriod:
                  days: 30 # a month
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        at = one.new.key_at("backfill") or one.new.anchor
        old, new = _period(one.old), _period(one.new)
        if at is None or old == new or not one.new.is_whole:
            continue
        yield context.finding(
            at,
            f"the backfill of {quoted(one.new.name)} changes from {old} to {new}: new "
            f"installations use it, and nothing changes for {changes.customers(pair.old)}; trigger "
            "a read through the API if they need older records",
            related=changes.before(one.old.key_at("backfill"), f"{old} before"),
        )


def _period(one: ActionObject) -> str:
    """The period in words."""
    period = one.part("backfill").part("defaultPeriod")
    if period.flag("fullHistory"):
        return "the full history"
    days = period.keys.get("days")
    count = days.data if days is not None and isinstance(days.data, int) else 0
    if not count:
        return "none"
    return "1 day" if count == 1 else f"{count} days"
