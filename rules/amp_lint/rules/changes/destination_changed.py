"""Data that goes to another destination."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.changes import Changes
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import IntegrationPair
from amp_lint.manifest.revision.model import Part
from amp_lint.text.messages import quoted


@rule(
    "destination-changed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.DESTINATIONS,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Data goes to another destination.

    After the deploy, data may arrive at the new destination instead of the old one. Customers whose
    configuration has its own destination keep it.

    ## What is documented

    Older setup pages copied the destination into each customer's configuration; a deploy probably
    does not change such a copy. The documentation does not say when the others switch to the new
    destination.

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
              destination: crmStream
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
              destination: "crmWebhook"
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        for one in pair.reads.pairs:
            pinned = changes.selection(pair.old, one.old.name).pinned.get("destination", 0)
            yield from _changed(context, pair, (one.old, one.new), pinned)
        for one in pair.subscriptions.pairs:
            own = changes.selection(pair.old, one.old.name).pinned.get("subscribeDestination", 0)
            yield from _changed(context, pair, (one.old, one.new), own)
        yield from _changed(
            context, pair, (pair.old.part("watchSchema"), pair.new.part("watchSchema"))
        )


def _changed(
    context: Context, pair: IntegrationPair, parts: tuple[Part, Part], pinned: int = 0
) -> Iterator[Finding]:
    before, after = parts
    old, new = before.text("destination"), after.text("destination")
    at = after.at("destination")
    if at is None or not old or old == new:
        return
    changes = context.changes
    yield context.finding(
        at,
        f"the destination changes from {quoted(old)} to {quoted(new)}: "
        f"{_effect(changes, pair, old, pinned)}; make sure that {quoted(new)} is ready before the "
        "deploy",
        severity=changes.severity(pair.old, Severity.WARNING),
        related=changes.before(before.at("destination"), f"{quoted(old)} before"),
    )


def _effect(changes: Changes, pair: IntegrationPair, old: str, pinned: int) -> str:
    """Who may notice."""
    count = changes.installations(pair.old)
    if count and pinned >= count:
        return f"nothing changes for existing customers, who all have {quoted(old)} configured"
    if pinned:
        kept = f"{pinned} of {count} customers, who have {quoted(old)} configured"
        return f"nothing changes for {kept}, but the data of the others may go to the new one"
    return f"the data of {changes.customers(pair.old)} may go to the new one"
