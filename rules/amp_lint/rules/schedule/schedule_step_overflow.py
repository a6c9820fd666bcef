"""Steps that are larger than what they step through."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import (
    CronItem,
    Schedule,
    lost_sundays,
    overflowing_steps,
    plain_value,
    replaced,
)
from amp_lint.manifest.model import Timing
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted

# Steps that come round to the start exactly: `*/24` hours is once a day, and reads so.
_ONCE = {"hour": 24, "day of month": 31, "month": 12, "day of week": 7}

_OF = {"minute": " of the hour", "hour": " of the day"}


@rule(
    "schedule-step-overflow",
    group=Group.SCHEDULE,
    severity=Severity.WARNING,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A step so large that only the first value of its range is left.

    A step counts inside its field. `*/60` in minutes starts at 0, and 60 is already the next hour,
    so it means minute 0; `*/90` means the same and not every hour and a half. The schedule is
    legal and runs at other times than it seems to say.

    ## Fix

    Write the one value that is left, `0`; for every two hours step through the hours instead:
    `0 */2 * * *`.

    ## Fix safety

    Unsafe: the runs stay the same, but the author may have meant another interval.

    ## Notes

    `*/24` in hours is left alone: it is once a day, as it says, and the platform's own default for
    `watchSchema`. So are 31 days, 12 months and 7 days of the week.
    `7/2` in weekdays belongs to `schedule-sunday-range`.

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
              schedule: "*/60 * * * *"
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
              schedule: "0 * * * *"
              optionalFieldsAuto: all
    ```
    """
    for timing in context.manifest.timings:
        schedule = timing.schedule
        if schedule is None:
            continue
        for item in _once_each(schedule):
            matched = f"{item.field} {item.values[0]}"
            yield context.finding(
                timing.scalar.part(item.start, item.end),
                f"{quoted(schedule.text[item.start : item.end])} steps past the end of its range "
                f"at once, so it only matches {matched}{_OF.get(item.field, '')}"
                f"{_instead(schedule, item)}",
                label=f"only {matched}",
                node=timing.scalar,
                fixes=_fixes(context, timing, schedule, item),
            )


def _once_each(schedule: Schedule) -> Iterator[CronItem]:
    seen: set[tuple[str, str]] = set()
    lost = lost_sundays(schedule)
    for item in overflowing_steps(schedule):
        key = (item.field, schedule.text[item.start : item.end])
        if key not in seen and item.step != _ONCE.get(item.field) and item not in lost:
            seen.add(key)
            yield item


def _instead(schedule: Schedule, item: CronItem) -> str:
    value = plain_value(schedule, item)
    if value is None:
        return ""
    by_hours = _by_hours(schedule, item, value)
    if by_hours is None:
        return f"; write {quoted(value)}"
    return f"; write {quoted(value)}, or {quoted(by_hours[0])} for every {by_hours[1]} hours"


def _by_hours(schedule: Schedule, item: CronItem, value: str) -> tuple[str, int] | None:
    """Minutes and hours for an interval of whole hours, which a step in minutes cannot express."""
    hours, rest = divmod(item.step or 0, 60)
    alone = schedule.text[schedule.minute.start : schedule.hour.end].split()[1:] == ["*"]
    if item.field != "minute" or not alone or len(schedule.minute.items) > 1:
        return None
    return None if rest or not 1 < hours < 24 or 24 % hours else (f"{value} */{hours}", hours)


def _fixes(
    context: Context, timing: Timing, schedule: Schedule, item: CronItem
) -> Iterator[Fix | None]:
    value = plain_value(schedule, item)
    if value is None:
        return
    # Unsafe, although no run changes: who writes `*/90` means another interval than once an hour.
    yield reschedule(context, timing, replaced(schedule, item, value))
    by_hours = _by_hours(schedule, item, value)
    if by_hours is not None:
        head, tail = schedule.text[: schedule.minute.start], schedule.text[schedule.hour.end :]
        yield reschedule(context, timing, f"{head}{by_hours[0]}{tail}")
