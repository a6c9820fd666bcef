"""Schedules that run at other times."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import Schedule, shortest_gap
from amp_lint.manifest.cron.describe import describe
from amp_lint.manifest.revision.matching import IntegrationPair, ObjectPair
from amp_lint.manifest.revision.schedules import parsed, same_runs
from amp_lint.text.messages import quoted


@rule(
    "schedule-changed",
    group=Group.CHANGES,
    severity=Severity.INFO,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A schedule runs at other times.

    Schedules are compared by the times at which they run, so `0,30` and `*/30` are equal. A
    schedule that is removed or runs less often is a warning: data arrives later.

    ## What is documented

    Older setup pages copied the schedule into each customer's configuration; a deploy probably does
    not change such a copy. The documentation does not say when the others switch to the new
    schedule.

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
              schedule: "0 */6 * * *"
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
              destination: crmWebhook
              schedule: "0,30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    for pair, one in context.changes.reads:
        yield from _changed(context, pair, one)


def _changed(context: Context, pair: IntegrationPair, one: ObjectPair) -> Iterator[Finding]:
    changes = context.changes
    old, new = parsed(one.old.text("schedule")), parsed(one.new.text("schedule"))
    at = one.new.at("schedule", "objectName")
    if at is None or same_runs(old, new):
        return
    # `amp-lint check` reports a schedule that cannot be parsed.
    if (old is None) is bool(one.old.text("schedule")):
        return
    if (new is None) is bool(one.new.text("schedule")) or not one.new.is_whole:
        return
    pinned = changes.selection(pair.old, one.old.name).pinned.get("schedule", 0)
    count = changes.installations(pair.old)
    if count and pinned >= count:
        effect = "nothing changes for existing customers, who all have a schedule configured"
    elif pinned:
        kept = f"{pinned} of {count} customers, who have one configured"
        effect = f"nothing changes for {kept}, but the deploy may change it for the others"
    else:
        effect = f"the deploy may change it for {changes.customers(pair.old)}"
    level = Severity.WARNING if _is_slower(old, new) else Severity.INFO
    yield context.finding(
        at,
        f"the schedule of {quoted(one.new.name)} changes from {_words(old)} to {_words(new)}: "
        f"{effect}",
        severity=changes.severity(pair.old, level),
        related=changes.before(one.old.at("schedule"), f"{_words(old)} before"),
    )


def _words(schedule: Schedule | None) -> str:
    return "no schedule" if schedule is None else f'"{describe(schedule)}"'


def _is_slower(old: Schedule | None, new: Schedule | None) -> bool:
    """Whether the new schedule is gone, or its shortest gap is longer."""
    if old is None or new is None:
        return new is None
    before, after = shortest_gap(old), shortest_gap(new)
    return before is not None and (after is None or after.minutes > before.minutes)
