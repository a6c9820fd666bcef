"""Schedules that run more often than the platform allows."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import as_written, reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import Schedule, nearest_legal_step, once_an_hour, swapped
from amp_lint.manifest.model import WATCH_MINIMUM, Timing

_MOST_MINUTES = 8
_LONGEST_LABEL = 48
# A longer expression would be cut in the message, and then helps nobody.
_LONGEST = 40


@rule(
    "schedule-minimum-interval",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """Two runs of a `schedule` are closer together than the platform allows.

    Any two runs of a read object must be at least 10 minutes apart, those of `watchSchema` an
    hour. It is the shortest time between two runs that counts. A step that does not divide the
    hour restarts every hour: `*/13` fires at minutes 0, 13, 26, 39 and 52, and 8
    minutes after :52 comes the next :00. The gap is taken over the whole calendar, from one hour,
    day, month and year to the next, so the result never depends on the day of the deploy.

    ## Fix

    Take a step that divides 60 and is large enough: `*/10`, `*/12`, `*/15`, `*/20`, `*/30`.

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
              schedule: "*/13 * * * *"
              optionalFieldsAuto: all
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        proxy:
          enabled: true
        watchSchema:
          destination: schema-webhook
          schedule: "*/30 * * * *"
          allObjects:
            fieldCreated:
              enabled: always
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
              schedule: "*/15 * * * *"
              optionalFieldsAuto: all
        watchSchema:
          destination: schema-webhook
          schedule: "0 */6 * * *"
          allObjects:
            fieldCreated:
              enabled: always
    ```
    """
    for timing in context.manifest.timings:
        gap = timing.too_short
        if gap is None or timing.schedule is None:
            continue
        legal = nearest_legal_step(timing.schedule, timing.minimum)
        if legal is not None and len(legal) > _LONGEST:
            legal = None
        hourly = once_an_hour(timing.schedule)
        if hourly is not None and len(hourly) > _LONGEST:
            hourly = None
        other = swapped(timing.schedule)
        offered = [one for one in (hourly, other, legal) if one]
        ways = [as_written(timing.scalar, one) for one in offered]
        if hourly is not None:
            ways[0] += " for once an hour"
        apart = "1 minute" if gap.minutes == 1 else f"{gap.minutes} minutes"
        yield context.finding(
            timing.scalar,
            f"runs at {gap.words}, {apart} apart; the platform allows {_allowed(timing)}"
            + (f"; write {' or '.join(ways)}" if ways else ""),
            label=_label(timing.schedule),
            fixes=[reschedule(context, timing, one) for one in offered],
        )


def _allowed(timing: Timing) -> str:
    return f"{timing.minimum}{' for `watchSchema`' if timing.minimum == WATCH_MINIMUM else ''}"


def _label(schedule: Schedule) -> str:
    minutes = schedule.minute.values
    if len(schedule.hour.values) == 24 and 1 < len(minutes) <= _MOST_MINUTES:
        return f"fires at minutes {' '.join(map(str, minutes))}"
    from amp_lint.manifest.cron.describe import describe

    words = describe(schedule)
    return words if len(words) <= _LONGEST_LABEL else ""
