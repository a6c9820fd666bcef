"""The next runs, computed by croniter, or from the calendar where a day moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import MAXYEAR, datetime, time, timezone
from itertools import islice

from amp_lint.manifest.cron.calendar import DayRule, closest_days, day_rule, days_of_year
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
    if after.tzinfo is not None:
        after = after.astimezone(timezone.utc).replace(tzinfo=None)
    if rule.has_moving:
        runs = (run for run in _from_calendar(schedule, rule, after) if run > after)
        return [run.replace(tzinfo=timezone.utc) for run in islice(runs, count)]
    from croniter import croniter

    expression = _listed(schedule, rule)
    found: list[datetime] = []
    # Past the year 9999 croniter raises one or the other, depending on the field it is at.
    with suppress(OverflowError, ValueError):
        fired = croniter(expression, after, ret_type=datetime, day_or=rule.either)
        found.extend(run.replace(tzinfo=timezone.utc) for run in islice(fired, count))
    return found


def _from_calendar(schedule: Schedule, rule: DayRule, after: datetime) -> Iterator[datetime]:
    """Yield the runs from the day of a moment on.

    croniter has other rules for moving days, which also differ between its releases: ``31W`` runs
    in months of 30 days, the last Friday is ``L5``, and ``W`` is an error before 6.2.
    """
    for year in range(after.year, MAXYEAR + 1):
        for day in days_of_year(rule, year):
            if day >= after.date():
                for hour in schedule.hour.values:
                    for minute in schedule.minute.values:
                        yield datetime.combine(day, time(hour, minute))


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
