"""Schedules for days that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import Schedule, never_runs
from amp_lint.manifest.cron.model import MONTH
from amp_lint.text.messages import quoted


@rule(
    "schedule-never-runs",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A `schedule` that names only days which no year has.

    `0 0 31 2 *` is a well-formed expression for 31 February, so the object is never read. With a
    day of week as well, a schedule runs when either of the two days comes, and so does run.

    ## Fix

    Name a day that the month has. The last day of every month cannot be written in five standard
    fields; the first day of the next month can: `0 0 1 * *`.

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
              schedule: 0 0 31 2 *
              optionalFieldsAuto: all
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
              schedule: 0 0 28 2 *
              optionalFieldsAuto: all
    ```
    """
    for timing in context.manifest.timings:
        if timing.schedule is None or not never_runs(timing.schedule):
            continue
        yield context.finding(
            timing.scalar,
            f"{quoted(timing.schedule.text)} never runs, as {_why(timing.schedule)}; name a day "
            "that the month has",
            label="never runs",
        )


def _why(schedule: Schedule) -> str:
    """Return the reason: days that no month has, or two day fields that never meet."""
    if schedule.day_of_month.moving or schedule.day_of_week.moving:
        return "no year has such a day"
    months = [MONTH.long_names[value - MONTH.low] for value in schedule.month.values]
    days = " or ".join(str(value) for value in schedule.day_of_month.values)
    if len(months) == 1:
        return f"{months[0]} has no day {days}"
    return f"{', '.join(months[:-1])} and {months[-1]} have no day {days}"
