"""The exact shortest time between two runs, over the whole calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from amp_lint.manifest.cron.calendar import FIRST_YEAR, ClosestDays, DayRule, closest_days, day_rule
from amp_lint.manifest.cron.model import DAY_OF_WEEK, MONTH, Schedule
from amp_schema.lite_dataclasses import dataclass

_HOURS_A_DAY = 24
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Gap:
    """The shortest time between two consecutive runs, and two runs that are so close.

    ``first`` and ``second`` are times of day such as ``23:50``, or ``:52`` where every hour has
    them. ``days`` is how many days lie between the two (0: the same day). ``on`` names the two
    days where not every day will do.
    """

    minutes: int
    first: str
    second: str
    days: int = 0
    on: tuple[str, str] | None = None

    @property
    def times(self) -> tuple[str, str]:
        """The two times of day."""
        return self.first, self.second

    @property
    def words(self) -> str:
        """The two clashing times in words, ``23:50 and 00:00 the next day``."""
        if self.on is not None:
            return f"{self.first} on {self.on[0]} and {self.second} on {self.on[1]}"
        return f"{self.first} and {self.second}" + (" the next day" if self.days else "")


@lru_cache(maxsize=512)
def shortest_gap(schedule: Schedule) -> Gap | None:
    """Return the shortest time between any two consecutive runs; None if it never runs.

    A schedule that runs at all runs again and again, as the calendar repeats every 400 years.
    """
    return gap_between(schedule.minute.values, schedule.hour.values, day_rule(schedule))


@lru_cache(maxsize=512)
def never_runs(schedule: Schedule) -> bool:
    """Whether no day of any year matches, as with ``0 0 31 2 *``."""
    return closest_days(day_rule(schedule)) is None


def gap_between(minutes: Sequence[int], hours: Sequence[int], rule: DayRule) -> Gap | None:
    """Return the shortest gap of the runs at these minutes of these hours on these days."""
    closest = closest_days(rule)
    if closest is None:
        return None
    return min(_gaps(minutes, hours, rule, closest), key=lambda gap: gap.minutes)


def _gaps(
    minutes: Sequence[int], hours: Sequence[int], rule: DayRule, closest: ClosestDays
) -> Iterator[Gap]:
    """Yield the shortest gap inside an hour, between hours, and between days."""
    last, first = minutes[-1], minutes[0]
    if len(minutes) > 1:
        before, after = _closest_pair(minutes)
        at = (_clock(hours[0], before), _clock(hours[0], after))
        yield Gap(after - before, *(at if len(hours) == 1 else _minutes_only(before, after)))
    if len(hours) > 1:
        early, late = _closest_pair(hours)
        at = (_clock(early, last), _clock(late, first))
        hourly = len(hours) == _HOURS_A_DAY and first != last
        length = 60 * (late - early) + first - last
        yield Gap(length, *(_minutes_only(last, first) if hourly else at))
    yield Gap(
        closest.distance * _MINUTES_A_DAY + 60 * (hours[0] - hours[-1]) + first - last,
        _clock(hours[-1], last),
        _clock(hours[0], first),
        closest.distance,
        None if rule.every_day else _day_names(rule, closest),
    )


def _closest_pair(values: Sequence[int]) -> tuple[int, int]:
    return min(pairwise(values), key=lambda pair: pair[1] - pair[0])


def _clock(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"


def _minutes_only(first: int, second: int) -> tuple[str, str]:
    return f":{first:02}", f":{second:02}"


def _day_names(rule: DayRule, closest: ClosestDays) -> tuple[str, str]:
    """Name the two days as far as it takes: the weekday, the date, and the year if it matters."""
    first = date(FIRST_YEAR, 1, 1) + timedelta(days=closest.first)
    second = first + timedelta(days=closest.distance)
    by_weekday = rule.weekdays is not None
    by_date = rule.days is not None or rule.months is not None or rule.has_moving
    with_year = by_date and (by_weekday or rule.has_moving or closest.distance > 300)
    first_name, second_name = (
        _day_name(day, by_weekday, by_date, with_year) for day in (first, second)
    )
    return first_name, f"the next {second_name}" if first_name == second_name else second_name


def _day_name(day: date, by_weekday: bool, by_date: bool, with_year: bool) -> str:
    parts = []
    if by_weekday:
        parts.append(DAY_OF_WEEK.long_names[day.isoweekday() % 7])
    if by_date:
        parts.append(f"{day.day} {MONTH.long_names[day.month - 1]}")
    if with_year:
        parts.append(str(day.year))
    return " ".join(parts)
