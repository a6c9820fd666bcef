"""A backfill from Snowflake over a number of days."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_backfill import one_left
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import DefaultPeriod


@rule(
    "snowflake-backfill",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.BACKFILL,
    needs=("defaultPeriod",),
)
def check(context: Context) -> Iterator[Finding]:
    """A backfill from Snowflake over a number of days.

    From Snowflake the platform reads either everything or nothing old; it cannot tell the rows of
    the last days, and refuses `days`.

    ## Fix

    Write `fullHistory: true`; for no backfill leave out `backfill`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: warehouse-sync
        provider: snowflake
        read:
          objects:
            - objectName: orders
              destination: order-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  days: 30
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: warehouse-sync
        provider: snowflake
        read:
          objects:
            - objectName: orders
              destination: order-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  fullHistory: true
    ```
    """
    for integration in context.manifest.integrations:
        for period in _snowflake_periods(integration):
            days = period.value("days")
            if days is not None and period.number("days") is not None:
                advice = "write `fullHistory: true`, or leave out `backfill`"
                if period.has("fullHistory"):
                    advice = "remove `days`"
                yield context.finding(
                    days,
                    f"a backfill from Snowflake cannot be limited to a number of days; {advice}",
                    label="not for Snowflake",
                    fixes=[one_left(context, period, "days", "fullHistory", True)],
                )


def _snowflake_periods(integration: Integration) -> Iterator[DefaultPeriod]:
    if integration.is_snowflake:
        for item in integration.read_objects:
            if item.backfill is not None and item.backfill.period is not None:
                yield item.backfill.period
