"""Schedules that use more than the five standard fields offer."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import CronItem, Schedule
from amp_lint.manifest.model import Timing
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted


@rule(
    "schedule-nonstandard",
    group=Group.SCHEDULE,
    severity=Severity.WARNING,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A `schedule` with `?`, `L`, `W` or `#`, which standard cron does not have.

    The reference says that a schedule is a standard cron expression of five fields. The platform's
    published validator also accepts `?` for any day, `L` for the last day of the month, `15W` for
    the working day (Monday to Friday) nearest to day 15, `5L` for the last Friday and `5#2` for the
    second Friday. Whether the server reads them is not documented.

    ## Fix

    Write `*` for `?`. Name days that five standard fields can express: the first day of the next
    month for `L`, `15` for `15W`, a weekday for `5L` and `5#2`.

    ## Fix safety

    Unsafe, as the server's reading of `?` is not documented.

    ## Notes

    The shortest gap, the description and the next runs are computed for these schedules as for any
    other. `31W` is taken to run only in months that have a day 31.

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
              schedule: "0 0 ? * 1"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 0 L * *"
              optionalFieldsAuto: all
            - objectName: account
              destination: account-webhook
              schedule: "0 0 * * 5#2"
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
              schedule: "0 0 * * 1"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 0 1 * *"
              optionalFieldsAuto: all
            - objectName: account
              destination: account-webhook
              schedule: "0 0 * * 5"
              optionalFieldsAuto: all
    ```
    """
    for timing in context.manifest.timings:
        schedule = timing.schedule
        if schedule is None:
            continue
        seen: set[tuple[str, str]] = set()
        for item in schedule.nonstandard:
            text = schedule.text[item.start : item.end]
            if (item.field, text) in seen:
                continue
            seen.add((item.field, text))
            yield context.finding(
                timing.scalar.part(item.start, item.end),
                f"{quoted(text)} is not standard cron; the platform's published validator accepts "
                f"it, but its reference requires five standard fields; write {_instead(text)}",
                label="not standard cron",
                node=timing.scalar,
                fixes=[_fix(context, timing, schedule, item)] if text == "?" else [],
            )


def _instead(text: str) -> str:
    if text == "?":
        return "`*`"
    return "fixed days" if text[-1] in "Ww" or text in ("L", "l") else "a weekday or fixed days"


def _fix(context: Context, timing: Timing, schedule: Schedule, item: CronItem) -> Fix | None:
    """Write `*` for a `?`: a day field that is `?` has no other part. The other characters of the
    schedule stay, so that the fixes of two fields can be applied together."""
    text = f"{schedule.text[: item.start]}*{schedule.text[item.end :]}"
    whole = reschedule(context, timing, text)
    span = timing.scalar.part(item.start, item.end)
    if whole is None or context.document.source.text[slice(*span)] != "?":
        return whole
    return context.fix("Change `?` to `*`", (Edit(span, "*"),))
