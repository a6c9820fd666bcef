"""Backfills that read a large amount of data."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls

_MOST_DAYS = 180


@rule(
    "large-backfill-risk",
    group=Group.SCHEDULE,
    severity=Severity.INFO,
    url=doc_urls.BACKFILL,
    on=False,
    needs=("defaultPeriod",),
)
def check(context: Context) -> Iterator[Finding]:
    """A backfill of more than 180 days or of the full history.

    With a large customer that is a great number of records. The first read takes long, may meet
    the limits of the provider's API, and sends your destination many messages in a short time.

    This rule is off by default, as most backfills are large on purpose. Nothing is said where the
    provider leaves no choice.

    ## Fix

    Read fewer days at installation and the rest later, through the API.

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
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  fullHistory: true
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  days: 365
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
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  days: 180
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            period = item.backfill.period if item.backfill is not None else None
            # Providers with limits of their own have a rule each.
            if period is None or integration.is_snowflake or integration.limits_backfill_of(item):
                continue
            days, history = period.number("days"), period.value("fullHistory")
            node = period.value("days")
            if history is not None and period.flag("fullHistory"):
                yield context.finding(
                    history,
                    "the backfill reads the full history, which may be a lot of data; consider "
                    f"`days` up to {_MOST_DAYS}",
                )
            elif node is not None and days is not None and days > _MOST_DAYS:
                yield context.finding(
                    node,
                    f"the backfill reads {days} days, which may be a lot of data; consider "
                    f"{_MOST_DAYS} or fewer",
                )
