"""A backfill of Google Calendar's `events` over more than 28 days or the full history."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import give
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_backfill import one_left
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import DefaultPeriod

_CALENDAR_DAYS = 28


@rule(
    "google-calendar-backfill",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.BACKFILL,
    needs=("defaultPeriod",),
)
def check(context: Context) -> Iterator[Finding]:
    """A backfill of Google Calendar's `events` over more than 28 days or the full history.

    For `events` of Google Calendar the platform reads at most 28 days back, and refuses a manifest
    that asks for more.

    ## Fix

    Write `days: 28` or fewer.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: calendar-sync
        provider: google
        module: calendar
        read:
          objects:
            - objectName: events
              destination: event-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  days: 30
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: calendar-sync
        provider: google
        module: calendar
        read:
          objects:
            - objectName: events
              destination: event-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  fullHistory: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: calendar-sync
        provider: google
        module: calendar
        read:
          objects:
            - objectName: events
              destination: event-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  days: 28
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            period = item.backfill.period if item.backfill is not None else None
            if period is None or not integration.limits_backfill_of(item):
                continue
            yield from _calendar_period(context, period)


def _calendar_period(context: Context, period: DefaultPeriod) -> Iterator[Finding]:
    history, days, number = period.value("fullHistory"), period.value("days"), period.number("days")
    if history is not None and period.flag("fullHistory"):
        advice = "remove it" if period.has("days") else f"write `days: {_CALENDAR_DAYS}` instead"
        yield context.finding(
            history,
            f"the full history of `events` cannot be read from Google Calendar; {advice}",
            fixes=[one_left(context, period, "fullHistory", "days", _CALENDAR_DAYS)],
        )
    if days is not None and number is not None and number > _CALENDAR_DAYS:
        yield context.finding(
            days,
            f"{number} days of `events` are more than Google Calendar allows; write "
            f"`days: {_CALENDAR_DAYS}` or fewer",
            label=f"at most {_CALENDAR_DAYS}",
            fixes=[give(context, period, "days", _CALENDAR_DAYS)],
        )
