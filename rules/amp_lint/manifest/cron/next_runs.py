"""The next runs, counted out by croniter."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timezone
from itertools import islice

from amp_lint.manifest.cron.calendar import DayRule, closest_days, day_rule
from amp_lint.manifest.cron.model import Schedule
from amp_schema.lite_dataclasses import replace


def next_runs(schedule: Schedule, after: datetime, count: int = 5) -> list[datetime]:
    """Return the next ``count`` runs strictly after a moment, in UTC.

    A moment without a time zone is read as UTC. The list is shorter where the schedule never runs
    or where the years that ``datetime`` can hold come to an end.
    """
    rule = day_rule(schedule)
    if closest_days(rule) is None:
        return []
    from croniter import croniter

    if after.tzinfo is not None:
        after = after.astimezone(timezone.utc).replace(tzinfo=None)
    expression = _listed(schedule, rule)
    found: list[datetime] = []
    # Past the year 9999 croniter raises one or the other, depending on the field it is at.
    with suppress(OverflowError, ValueError):
        runs = croniter(expression, after, ret_type=datetime, day_or=rule.either)
        found.extend(run.replace(tzinfo=timezone.utc) for run in islice(runs, count))
    return found


def _listed(schedule: Schedule, rule: DayRule) -> str:
    """Write the schedule as plain lists, the one form that croniter reads exactly as we do.

    It takes ``5-5`` for the whole field, for instance, and lets ``*/2`` count as a restricted day.
    """
    days = rule.days
    # Releases before 7 give up when one of two alternatives never comes: the 31st of February.
    if rule.either and closest_days(replace(rule, weekdays=None, either=False)) is None:
        days = None
    fields = (schedule.minute.values, schedule.hour.values, days, rule.months, rule.weekdays)
    return " ".join(_list(values) for values in fields)


def _list(values: Sequence[int] | None) -> str:
    return "*" if values is None else ",".join(map(str, values))
