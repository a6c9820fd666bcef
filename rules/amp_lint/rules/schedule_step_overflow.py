"""Steps that are larger than what they step through."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.rule import Context, Group, rule
from amp_lint.schedule import Item, Schedule, overflowing_steps, plain_value
from amp_lint.wording import quoted

# Steps that come round to the start exactly: `*/24` hours is once a day, and reads so.
_ONCE = {"hour": 24, "day of month": 31, "month": 12, "day of week": 7}

_OF = {"minute": " of the hour", "hour": " of the day"}


@rule("schedule-step-overflow", group=Group.SCHEDULE, severity=Severity.WARNING, url=links.MANIFEST)
def check(context: Context) -> Iterator[Finding]:
    """A step so large that only the first value of its range is left.

    A step counts inside its field. `*/60` in minutes starts at 0, and 60 is already the next hour,
    so it means minute 0; `*/90` means the same and not every hour and a half. The schedule is
    legal and runs at other times than it seems to say.

    ## Fix

    Write the one value that is left, `0`; for every two hours step through the hours instead:
    `0 */2 * * *`.

    ## Notes

    `*/24` in hours is left alone: it is once a day, as it says, and the platform's own default for
    `watchSchema`. So are 31 days, 12 months and 7 days of the week.

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
            left = f"only {item.field} {item.values[0]}"
            yield context.finding(
                timing.scalar.part(item.start, item.end),
                f"{quoted(schedule.text[item.start : item.end])} goes past its range with the "
                f"first step, which leaves {left}{_OF.get(item.field, '')}"
                f"{_instead(schedule, item)}",
                label=left,
                node=timing.scalar,
            )


def _once_each(schedule: Schedule) -> Iterator[Item]:
    seen: set[tuple[str, str]] = set()
    for item in overflowing_steps(schedule):
        key = (item.field, schedule.text[item.start : item.end])
        if key not in seen and item.step != _ONCE.get(item.field):
            seen.add(key)
            yield item


def _instead(schedule: Schedule, item: Item) -> str:
    value = plain_value(schedule, item)
    if value is None:
        return ""
    hours, rest = divmod(item.step or 0, 60)
    alone = schedule.text[schedule.minute.start : schedule.hour.end].split()[1:] == ["*"]
    if item.field == "minute" and alone and not rest and 1 < hours < 24 and 24 % hours == 0:
        return f"; write {quoted(value)}, or {quoted(f'{value} */{hours}')} for every {hours} hours"
    return f"; write {quoted(value)}"
