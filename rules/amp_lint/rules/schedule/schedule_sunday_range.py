"""Weekday ranges and steps that write Sunday as 7."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import lost_sundays, parse, replaced, shortest_gap, with_sunday_as_zero
from amp_lint.manifest.cron.model import CronItem
from amp_lint.manifest.model import Timing
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted


@rule(
    "schedule-sunday-range",
    group=Group.SCHEDULE,
    severity=Severity.WARNING,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A range of weekdays that ends in 7, or a step that begins at 7.

    The reference allows 7 for Sunday. The library of the platform's published validator reads it
    so only where 7 is a value of its own: `4-7` runs from Thursday to Saturday, and `7/2` never
    runs. Which library the server uses is not public, so write Sunday as `0`, which all read alike.

    ## Fix

    Write `0` for Sunday, and end the range on Saturday: `0,4-6` for `4-7`, and `0-6` for `1-7`.

    ## Fix safety

    Unsafe: the schedule may have run without Sundays until now.

    ## Notes

    `7` alone is left alone, and so is a range beside another value for Sunday: `0-7`, `sun,5-7`.

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
              schedule: "0 6 * * 6-7"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 6 * * 7/2"
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
              schedule: "0 6 * * 0,6"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 6 * * 0/2"
              optionalFieldsAuto: all
            - objectName: account
              destination: account-webhook
              schedule: "0 6 * * 7"
              optionalFieldsAuto: all
    ```
    """
    for timing in context.manifest.timings:
        schedule = timing.schedule
        if schedule is None:
            continue
        for item in lost_sundays(schedule):
            text = schedule.text[item.start : item.end]
            ways = _legal(timing, item, with_sunday_as_zero(schedule, item))
            what = "in a range" if "-" in text else "with a step"
            yield context.finding(
                timing.scalar.part(item.start, item.end),
                f"{quoted(text)} leaves out Sunday: the platform's published validator does not "
                f"read 7 {what} as Sunday; write {_either(ways)}",
                label="without Sunday",
                node=timing.scalar,
                fixes=[_fix(context, timing, replaced(schedule, item, way)) for way in ways],
            )


def _legal(timing: Timing, item: CronItem, ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ways that do not bring two runs too close together (`7/1` at midnight); all of
    them where each does."""
    schedule = timing.schedule
    if schedule is None:
        return ways
    gaps = [(way, shortest_gap(parse(replaced(schedule, item, way)))) for way in ways]
    legal = tuple(way for way, gap in gaps if gap is None or gap.minutes >= timing.minimum)
    return legal or ways


def _either(ways: tuple[str, ...]) -> str:
    if len(ways) == 1:
        return quoted(ways[0])
    return f"{quoted(ways[0])}, or {quoted(ways[1])} for Sunday alone"


def _fix(context: Context, timing: Timing, text: str) -> Fix | None:
    """Return the fix, unless it brings two runs too close together (`7/1` at midnight)."""
    gap = shortest_gap(parse(text))
    if gap is None or gap.minutes < timing.minimum:
        return None
    return reschedule(context, timing, text)
