"""On which days of the calendar a schedule runs, and how close two such days can come.

The Gregorian calendar repeats after 400 years, a whole number of weeks, and knows only 14 kinds of
year: common or leap, beginning on one of seven weekdays. So a schedule's days are 14 masks of one
bit a day, and 400 small steps over the kinds of the years find the closest two, however rare.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from amp_lint.manifest.cron.model import (
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    MONTH,
    CronField,
    MovingDay,
    Schedule,
    Unit,
)
from amp_schema.lite_dataclasses import dataclass

CYCLE_YEARS = 400
FIRST_YEAR = 2000
"""The year whose 1 January is day 0 of the cycle."""

_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SATURDAY = 6  # 1 January 2000
_EVERY_WEEK = sum(1 << 7 * week for week in range(53))


@dataclass(frozen=True, slots=True)
class DayRule:
    """Which days match. None as a field means that it restricts nothing.

    ``either`` says that one of the two day fields is enough; otherwise both must match. The moving
    days come on top of the plain ones; without plain ones ``days`` or ``weekdays`` is empty.
    """

    months: tuple[int, ...] | None
    days: tuple[int, ...] | None
    weekdays: tuple[int, ...] | None
    either: bool
    moving_days: tuple[MovingDay, ...] = ()
    moving_weekdays: tuple[MovingDay, ...] = ()

    @property
    def has_moving(self) -> bool:
        """Whether a day moves from month to month."""
        return bool(self.moving_days or self.moving_weekdays)

    @property
    def every_day(self) -> bool:
        """Whether no day is left out."""
        return self.months is None and self.days is None and self.weekdays is None


@dataclass(frozen=True, slots=True)
class ClosestDays:
    """Two matching days with none closer: the day of the cycle of the first, and their distance."""

    first: int
    distance: int


@dataclass(frozen=True, slots=True)
class _Year:
    """The matching days of one kind of year, counted from 1 January.

    The first and the last of them; the closest two (``distance`` is 0 where there is but one).
    """

    first: int
    last: int
    close: int
    distance: int


def day_rule(schedule: Schedule) -> DayRule:
    """Return the rule by which the schedule's days match."""
    days = _restriction(DAY_OF_MONTH, schedule.day_of_month.values)
    weekdays = _restriction(DAY_OF_WEEK, schedule.day_of_week.values)
    months = _restriction(MONTH, schedule.month.values)
    if schedule.either_day and (days is None or weekdays is None):
        return DayRule(months, None, None, either=False)
    return DayRule(
        months,
        days,
        weekdays,
        schedule.either_day,
        _moving(schedule.day_of_month, days),
        _moving(schedule.day_of_week, weekdays),
    )


def _moving(field: CronField, plain: tuple[int, ...] | None) -> tuple[MovingDay, ...]:
    return () if plain is None else field.moving


def _restriction(unit: Unit, values: tuple[int, ...]) -> tuple[int, ...] | None:
    return None if len(values) == unit.top - unit.low + 1 else values


@lru_cache(maxsize=512)
def closest_days(rule: DayRule) -> ClosestDays | None:
    """Return two matching days with none closer, over all 400 years; None if no day matches."""
    if rule.every_day:
        return ClosestDays(0, 1)
    kinds = _years_by_kind(rule)
    best: ClosestDays | None = None
    earliest = latest = None
    start = 0
    for kind, length in _cycle():
        year = kinds[kind]
        if year is not None:
            if latest is None:
                earliest = start + year.first
            else:
                best = _closer(best, latest, start + year.first - latest)
            best = _closer(best, start + year.close, year.distance)
            if best is not None and best.distance == 1:
                return best
            latest = start + year.last
        start += length
    if earliest is None or latest is None:
        return None
    return _closer(best, latest, start + earliest - latest)


def _closer(best: ClosestDays | None, first: int, distance: int) -> ClosestDays | None:
    if distance and (best is None or distance < best.distance):
        return ClosestDays(first, distance)
    return best


@lru_cache(maxsize=1)
def _cycle() -> tuple[tuple[int, int], ...]:
    """Return the kind and the length in days of each of the 400 years."""
    years = []
    weekday = _SATURDAY
    for year in range(FIRST_YEAR, FIRST_YEAR + CYCLE_YEARS):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        years.append((weekday + 7 * leap, 365 + leap))
        weekday = (weekday + 365 + leap) % 7
    return tuple(years)


def _years_by_kind(rule: DayRule) -> list[_Year | None]:
    """Return the matching days of the 14 kinds of year, by weekday of 1 January + 7 if leap."""
    return [
        _year(_matching(rule, _month_masks(rule, leap=leap), weekday, leap=leap))
        for leap in (False, True)
        for weekday in range(7)
    ]


def days_of_year(rule: DayRule, year: int) -> Iterator[date]:
    """Yield the days of a year that match."""
    first = date(year, 1, 1)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    mask = _matching(rule, _month_masks(rule, leap=leap), first.isoweekday() % 7, leap=leap)
    return (first + timedelta(days=day) for day in range(mask.bit_length()) if mask >> day & 1)


@lru_cache(maxsize=64)
def _month_masks(rule: DayRule, *, leap: bool) -> tuple[int, int]:
    """Return two masks of a year: the rule's days of the month in its months; all days in them."""
    chosen = sum(1 << day - 1 for day in (range(1, 32) if rule.days is None else rule.days))
    by_month = in_months = offset = 0
    for month, usual in enumerate(_MONTH_LENGTHS, start=1):
        length = usual + (leap and month == 2)
        if rule.months is None or month in rule.months:
            whole = (1 << length) - 1
            in_months |= whole << offset
            by_month |= (chosen & whole) << offset
        offset += length
    return by_month, in_months


def _matching(rule: DayRule, masks: tuple[int, int], weekday: int, *, leap: bool) -> int:
    """Return the mask of a year that begins on a weekday."""
    by_month, in_months = masks
    if rule.moving_days:
        by_month |= in_months & _moving_mask(rule.moving_days, weekday, leap=leap)
    if rule.weekdays is None:
        return by_month
    by_week = _EVERY_WEEK * sum(1 << (day - weekday) % 7 for day in rule.weekdays)
    if rule.moving_weekdays:
        by_week |= _moving_mask(rule.moving_weekdays, weekday, leap=leap)
    return in_months & (by_month | by_week if rule.either else by_month & by_week)


@lru_cache(maxsize=64)
def _moving_mask(moving: tuple[MovingDay, ...], weekday: int, *, leap: bool) -> int:
    """Return the mask of the moving days in all months of a year that begins on a weekday."""
    mask = offset = 0
    for month, usual in enumerate(_MONTH_LENGTHS, start=1):
        length = usual + (leap and month == 2)
        for one in moving:
            day = one.day(length, (weekday + offset) % 7)
            if day is not None:
                mask |= 1 << offset + day - 1
        offset += length
    return mask


def _year(mask: int) -> _Year | None:
    if not mask:
        return None
    first, last = _lowest(mask), mask.bit_length() - 1
    if first == last:
        return _Year(first, last, first, 0)
    distance = next(days for days in range(1, last - first + 1) if mask & mask >> days)
    return _Year(first, last, _lowest(mask & mask >> distance), distance)


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
