"""Random expressions, and what croniter and a count of days make of them.

croniter is the oracle for what a well-formed expression means. It differs from the five-field
standard in places, which `expressions()` leaves out, each with its reason.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timezone
from functools import cache
from itertools import pairwise
from types import FrameType

from croniter import croniter
from hypothesis import strategies as st

from amp_lint.manifest.cron import Schedule, ScheduleError, parse
from amp_lint.manifest.cron.model import UNITS, Unit

UTC = timezone.utc
DAY = 24 * 60


def read(text: str) -> Schedule | ScheduleError:
    try:
        return parse(text)
    except ScheduleError as error:
        return error


def fault(text: str) -> ScheduleError:
    error = read(text)
    assert isinstance(error, ScheduleError)
    return error


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _number(draw: st.DrawFn, unit: Unit, low: int, high: int) -> tuple[int, str]:
    value = draw(st.integers(low, high))
    if unit.names and value <= unit.top and draw(st.booleans()):
        return value, draw(st.sampled_from([str.lower, str.upper]))(unit.names[value - unit.low])
    return value, str(value)


def _part(draw: st.DrawFn, unit: Unit, leading: bool) -> str:
    """One part of a list, as far as croniter and the five-field standard agree on it.

    Left out: `5-5`, which croniter takes for the whole field; `7/2`, where it turns 7 into 0
    first and then steps from Sunday to Saturday; a `*` behind the first comma of a day field,
    which it counts as a leading one; ranges that run backwards, which it wraps around.
    """
    step = f"/{draw(st.integers(1, unit.high + 5))}"
    shape = draw(st.sampled_from(["value", "value", "range", "range/", "value/", "*", "*/"]))
    if shape.startswith("*") and (leading or not unit.name.startswith("day")):
        return f"*{step}" if shape == "*/" else "*"
    if shape == "value/":
        return _number(draw, unit, unit.low, unit.top)[1] + step
    if shape.startswith("range"):
        first, first_text = _number(draw, unit, unit.low, unit.top - 1)
        last_text = _number(draw, unit, first + 1, unit.high)[1]
        return f"{first_text}-{last_text}" + (step if shape == "range/" else "")
    return _number(draw, unit, unit.low, unit.high)[1]


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """Five fields, sparse ones as likely as dense ones: days shall decide as often as hours."""
    fields = []
    for unit in UNITS:
        if draw(st.booleans()):
            only = "*" if unit.name in ("month", "day of week") else str(unit.low)
            fields.append(draw(st.sampled_from([only, "*", str(draw(st.integers(1, unit.top)))])))
        else:
            count = draw(st.integers(1, 3))
            fields.append(",".join(_part(draw, unit, at == 0) for at in range(count)))
    return " ".join(fields)


def firings(text: str, after: datetime) -> Iterator[datetime]:
    """croniter's own reading of the raw text, with cron's rule for a day field that begins with *.

    Without `implement_cron_bug` it would let `*/2` count as a restricted day field.
    """
    oracle = croniter(text, after, ret_type=datetime, implement_cron_bug=True)
    while True:
        yield oracle.get_next()


# Days from which the oracle looks ahead: ends of years, of short and long months, of February in
# leap, common and century years.
STARTS = [
    moment(day)
    for day in [
        "2023-02-27",
        "2023-12-30",
        "2024-02-27",
        "2024-12-30",
        "2027-04-29",
        "2028-02-27",
        "2096-02-28",
        "2099-12-31",
        "2100-02-27",
        "2103-08-30",
    ]
]


@cache
def calendar() -> list[tuple[int, int, int, int]]:
    """Ordinal, month, day and weekday (Sunday is 0) of every day of 400 years."""
    days = (date.fromordinal(number) for number in range(*cycle()))
    return [(day.toordinal(), day.month, day.day, day.isoweekday() % 7) for day in days]


def cycle() -> tuple[int, int]:
    return date(2001, 1, 1).toordinal(), date(2401, 1, 1).toordinal()


def matching_days(schedule: Schedule, first: int = 0, count: int | None = None) -> list[int]:
    """The days of 400 years on which a schedule runs, one by one from cron's definition.

    With a count, only that many days are looked at, from the first one on.
    """
    months = set(schedule.month.values)
    days, weekdays = set(schedule.day_of_month.values), set(schedule.day_of_week.values)
    both = schedule.day_of_month.is_star or schedule.day_of_week.is_star
    return [
        number
        for number, month, day, weekday in calendar()[first : count and first + count]
        if month in months
        and (
            (day in days and weekday in weekdays) if both else (day in days or weekday in weekdays)
        )
    ]


def brute_gap(schedule: Schedule) -> int | None:
    """The shortest gap, minute by minute and day by day."""
    days = matching_days(schedule)
    if not days:
        return None
    times = [60 * h + m for h in range(24) for m in range(60)]
    times = [
        t for t in times if t // 60 in schedule.hour.values and t % 60 in schedule.minute.values
    ]
    start, end = cycle()
    apart = min(after - before for before, after in pairwise([*days, days[0] + end - start]))
    gaps = [after - before for before, after in pairwise(times)]
    return min([*gaps, apart * DAY + times[0] - times[-1]])


# Expressions whose days meet seldom or only at an edge of the calendar.
EDGES = [
    "0,59 0,23 29 2 *",
    "0 0 29 2 1",
    "0 0 29 2 */7",
    "0 0 */28 2 */7",
    "55 23,0 28 2 *",
    "0,55 0,23 28,1 2,3 *",
    "0,55 0,23 29,1 2,3 *",
    "0,55 0,23 31,1 12,1 *",
    "50 23 31 12 *",
    "0 0 1,31 * *",
    "0 0 1,30 * *",
    "0 0 1,31 2,4,6,9,11 *",
    "0 0 31 2 *",
    "0 0 30 2 *",
    "0 0 30,31 2 *",
    "0 0 31 4,6,9,11 *",
    "0 0 31 2 1",
    "0 0 30 2 0-6",
    "0 0 31 1/2 *",
    "0 0 */31 * */6",
    "0 0 1 1 */7",
    "0 0 1 1,12 1",
    "0 0 */30 1 */7",
]


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: its cost, the same on every machine."""
    count = 0

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
