"""Schedules whose steps do not come out even."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import (
    CronField,
    CronItem,
    Schedule,
    even_step,
    parse,
    replaced,
    shortest_gap,
    uneven_steps,
)
from amp_lint.manifest.model import Timing
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted

# A field's name, how many of its unit there are, and where its steps start over.
_CYCLES = {"minute": (60, "every hour"), "hour": (24, "at midnight")}


@rule(
    "schedule-uneven",
    group=Group.SCHEDULE,
    severity=Severity.INFO,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A step that does not divide the hour or the day, so that one gap is shorter.

    Steps do not run on from one hour to the next: each hour begins again at its first minute, each
    day at its first hour. `*/25` fires at minutes 0, 25 and 50, and then at 0 again, 10 minutes
    later. That is legal, as long as the shortest gap is not below the minimum, and rarely meant.

    ## Fix

    Take a step that divides 60 (for hours 24), or list the times.

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
              schedule: "*/25 * * * *"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 */5 * * *"
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
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 0,5,10,15,20 * * *"
              optionalFieldsAuto: all
    ```
    """
    for timing in context.manifest.timings:
        schedule = timing.schedule
        if schedule is None:
            continue
        for item, gaps in _uneven(timing, schedule):
            text = schedule.text[item.start : item.end]
            apart = f"{' and '.join(map(str, gaps))} {item.field}s apart"
            even = even_step(schedule, item)
            yield context.finding(
                timing.scalar.part(item.start, item.end),
                f"{quoted(text)} restarts {_CYCLES[item.field][1]}, so its runs are {apart}"
                f"{f'; {quoted(even)} is even' if even else ''}",
                label=apart,
                node=timing.scalar,
                fixes=[_fix(context, timing, replaced(schedule, item, even)) if even else None],
            )


def _fix(context: Context, timing: Timing, text: str) -> Fix | None:
    """Write the even step, unless that brings the times of a list too close together."""
    gap = shortest_gap(parse(text))
    if gap is None or gap.minutes < timing.minimum:
        return None
    return reschedule(context, timing, text)


def _uneven(timing: Timing, schedule: Schedule) -> Iterator[tuple[CronItem, tuple[int, ...]]]:
    """The uneven steps that nothing else is said about, each once."""
    seen: set[tuple[str, str]] = set()
    too_short = timing.too_short is not None
    for item, gaps in uneven_steps(schedule):
        text = schedule.text[item.start : item.end]
        field = schedule.minute if item.field == "minute" else schedule.hour
        if (
            (item.field, text) in seen
            or (too_short and field is schedule.minute)
            or _is_even(field)
        ):
            continue
        seen.add((item.field, text))
        yield item, gaps


def _is_even(field: CronField) -> bool:
    """Whether the parts of a list even each other out, as in `*/40,20`."""
    values = field.values
    ahead = (*values[1:], values[0] + _CYCLES[field.name][0])
    return len({after - before for before, after in zip(values, ahead, strict=True)}) == 1
