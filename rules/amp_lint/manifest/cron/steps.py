"""Steps that do not do what they seem to, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from amp_lint.manifest.cron.calendar import closest_days, day_rule
from amp_lint.manifest.cron.intervals import gap_between, never_runs, shortest_gap
from amp_lint.manifest.cron.model import HOUR, MINUTE, CronField, CronItem, Schedule

HOURS = 24
_CYCLES = {MINUTE.name: 60, HOUR.name: 24}


@lru_cache(maxsize=512)
def uneven_steps(schedule: Schedule) -> tuple[tuple[CronItem, tuple[int, ...]], ...]:
    """Return the items whose step leaves a remainder, with the distinct gaps each one yields.

    Gaps are in the field's own unit and in the order in which they come: ``*/25`` minutes gives
    25 and 10. An item that repeats an earlier one is left out, and so are steps through a part of
    the field, such as ``9-17/3``, as their pause is meant, and steps whose remainder never shows
    because the next hour, or day, has no run.
    """
    if never_runs(schedule):
        return ()
    items: list[CronItem] = []
    if _hours_adjoin(schedule):
        items += _distinct(schedule.minute)
    if _days_adjoin(schedule):
        items += _distinct(schedule.hour)
    return tuple((item, _gaps(item)) for item in items if _is_uneven(item))


def _distinct(field: CronField) -> Iterable[CronItem]:
    seen: dict[tuple[int, int, int | None], CronItem] = {}
    for item in field.items:
        seen.setdefault((item.first, item.last, item.step), item)
    return seen.values()


def _days_adjoin(schedule: Schedule) -> bool:
    closest = closest_days(day_rule(schedule))
    return closest is not None and closest.distance == 1


def _hours_adjoin(schedule: Schedule) -> bool:
    hours = schedule.hour.values
    if any(after - before == 1 for before, after in pairwise(hours)):
        return True
    return hours[0] == HOUR.low and hours[-1] == HOUR.top and _days_adjoin(schedule)


def _is_uneven(item: CronItem) -> bool:
    step, cycle = item.step, _CYCLES[item.field]
    if step is None or len(item.values) == 1:
        return False
    around_the_clock = item.first < step and item.last + step >= cycle
    return around_the_clock and len(_gaps(item)) > 1


def _gaps(item: CronItem) -> tuple[int, ...]:
    """Return the distinct gaps of the item's own values around the clock."""
    values = item.values
    ahead = (*values[1:], values[0] + _CYCLES[item.field])
    return tuple(dict.fromkeys(after - before for before, after in zip(values, ahead, strict=True)))


def even_step(schedule: Schedule, item: CronItem) -> str | None:
    """Return what to write for an uneven item: the same with the nearest step that comes out even.

    The next larger step is taken, so that nothing runs more often than its author wrote; beyond
    half the cycle it is either that half or one run a cycle, whichever is nearer.
    """
    cycle, step = _CYCLES[item.field], item.step or 1
    larger = [divisor for divisor in _divisors(cycle) if divisor >= step]
    if len(larger) == 1 and step - cycle // 2 < cycle - step:
        larger.insert(0, cycle // 2)
    for even in larger:
        values = range(item.first, item.last + 1, even)
        if even == cycle:
            return str(item.first)
        if len(values) * even == cycle:
            return f"{_base(schedule, item)}/{even}"
    return None


@lru_cache(maxsize=512)
def overflowing_steps(schedule: Schedule) -> tuple[CronItem, ...]:
    """Return the items whose step leads out of their range at once, so that one value is left.

    ``*/60`` minutes is minute 0 of every hour, not every 60 minutes from the start. An item that
    repeats an earlier one is left out.
    """
    return tuple(
        item
        for field in schedule.fields
        for item in _distinct(field)
        if item.step is not None and len(range(item.first, item.last + 1, item.step)) == 1
    )


def replaced(schedule: Schedule, item: CronItem, text: str) -> str:
    """Return the expression with another text in place of an item and of those that repeat it."""
    field = next(field for field in schedule.fields if field.name == item.field)
    parts = [
        text
        if (other.first, other.last, other.step) == (item.first, item.last, item.step)
        else schedule.text[other.start : other.end]
        for other in field.items
    ]
    listed = ",".join(dict.fromkeys(parts))
    return schedule.text[: field.start] + listed + schedule.text[field.end :]


def is_sound(schedule: Schedule) -> bool:
    """Return whether the schedule runs at all, and each of its steps does what it seems to."""
    return not (never_runs(schedule) or uneven_steps(schedule) or overflowing_steps(schedule))


def plain_value(schedule: Schedule, item: CronItem) -> str | None:
    """Return the single value that an overflowing item stands for; None if it cannot be written so.

    A day field that no longer begins with ``*`` may turn *both days must match* into *either*.
    """
    days, weekdays = schedule.day_of_month, schedule.day_of_week
    for field, other in ((days, weekdays), (weekdays, days)):
        if field.is_star and item.start == field.start and not other.is_star:
            return None
    return str(item.values[0])


def nearest_legal_step(schedule: Schedule, minimum_minutes: int) -> str | None:
    """Return the expression with its minutes thinned out until no two runs are too close.

    It never runs more often in an hour than the original, comes out even, and leaves the other four
    fields as they are: ``*/13`` becomes ``*/15`` for a minimum of 10. None if nothing is too close,
    or if minutes cannot mend it (a minimum above 60).
    """
    gap = shortest_gap(schedule)
    if gap is None or gap.minutes >= minimum_minutes:
        return None
    minute, rule = schedule.minute, day_rule(schedule)
    for text, values in _sparser_minutes(schedule, minimum_minutes):
        sparser = gap_between(values, schedule.hour.values, rule)
        if sparser is not None and sparser.minutes >= minimum_minutes:
            return schedule.text[: minute.start] + text + schedule.text[minute.end :]
    return None


def swapped(schedule: Schedule) -> str | None:
    """Return the expression with minutes and hours exchanged where a step of minutes stands before
    hour 0: ``*/6 0 * * *`` means every six hours to those who write it. None for others."""
    minute, hour = schedule.minute, schedule.hour
    step = schedule.text[minute.start : minute.end]
    hours = minute.items[0].step or 0
    if not step.startswith("*/") or len(minute.items) > 1 or hour.values != (0,):
        return None
    if not 1 < hours < HOURS or HOURS % hours:
        return None
    return f"{schedule.text[: minute.start]}0 {step}{schedule.text[hour.end :]}"


def once_an_hour(schedule: Schedule) -> str | None:
    """Return the expression with minute 0 in place of a `*` whose hours are chosen: ``* */2 * * *``
    means every two hours to those who write it. None for other expressions."""
    minute = schedule.minute
    if schedule.text[minute.start : minute.end] != "*" or len(schedule.hour.values) == 24:
        return None
    return f"{schedule.text[: minute.start]}0{schedule.text[minute.end :]}"


def _sparser_minutes(schedule: Schedule, minimum: int) -> Iterator[tuple[str, range]]:
    """Yield minute fields in place of the schedule's own, the densest first."""
    field = schedule.minute
    if len(field.items) == 1:
        yield from _wider_steps(schedule, field.items[0], minimum)
    else:
        yield from _even_minutes(field, minimum)
    first = field.values[0]
    yield str(first), range(first, first + 1)


def _wider_steps(schedule: Schedule, item: CronItem, minimum: int) -> Iterator[tuple[str, range]]:
    adjoin = _hours_adjoin(schedule)
    for step in _divisors(60):
        values = range(item.first, item.last + 1, step)
        around_the_clock = item.first < step and item.last + step >= 60
        uneven = adjoin and around_the_clock and len(values) * step != 60
        if step >= max(item.step or 1, minimum) and len(values) > 1 and not uneven:
            yield f"{_base(schedule, item)}/{step}", values


def _even_minutes(field: CronField, minimum: int) -> Iterator[tuple[str, range]]:
    """Yield the list's number of runs an hour, or fewer, spread evenly."""
    for step in _divisors(60)[:-1]:
        if step >= minimum and step * len(field.values) >= 60:
            offset = field.values[0] % step
            yield f"{f'{offset}-59' if offset else '*'}/{step}", range(offset, 60, step)


def _base(schedule: Schedule, item: CronItem) -> str:
    return schedule.text[item.start : item.end].partition("/")[0]


def _divisors(cycle: int) -> list[int]:
    return [step for step in range(1, cycle + 1) if cycle % step == 0]
