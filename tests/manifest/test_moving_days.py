"""Days that move from month to month, against the definition applied to each day of 400 years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import islice, pairwise, product

import pytest

from amp_lint.manifest.cron import Schedule, ScheduleError, never_runs, parse, shortest_gap
from amp_lint.manifest.cron.calendar import day_rule
from amp_lint.manifest.cron.describe import describe
from amp_lint.manifest.cron.next_runs import next_runs

DAY = 24 * 60
FIRST, LAST = date(2001, 1, 1), date(2400, 12, 31)


def weekday(day: date) -> int:
    return day.isoweekday() % 7


def is_last(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def is_last_of_its_weekday(day: date) -> bool:
    return (day + timedelta(days=7)).month != day.month


def is_nth(day: date, nth: int) -> bool:
    earlier = [day - timedelta(days=7 * weeks) for weeks in range(6)]
    return sum(one.month == day.month for one in earlier) == nth


def is_nearest_workday(day: date, target: int) -> bool:
    month = [day + timedelta(days=number - day.day) for number in range(1, 32)]
    month = [one for one in month if one.month == day.month]
    if target > len(month):
        return False
    workdays = [one for one in month if one.isoweekday() < 6]
    return day == min(workdays, key=lambda one: abs(one.day - target))


# How a part of a day field is read: day of month and day of week.
PARTS: dict[str, Callable[[date], bool]] = {
    "1": lambda day: day.day == 1,
    "31": lambda day: day.day == 31,
    "L": is_last,
    "1W": lambda day: is_nearest_workday(day, 1),
    "15w": lambda day: is_nearest_workday(day, 15),
    "28W": lambda day: is_nearest_workday(day, 28),
    "31W": lambda day: is_nearest_workday(day, 31),
}
WEEKDAY_PARTS: dict[str, Callable[[date], bool]] = {
    "1": lambda day: weekday(day) == 1,
    "5L": lambda day: weekday(day) == 5 and is_last_of_its_weekday(day),
    "sunL": lambda day: weekday(day) == 0 and is_last_of_its_weekday(day),
    "7#1": lambda day: weekday(day) == 0 and is_nth(day, 1),
    "fri#2": lambda day: weekday(day) == 5 and is_nth(day, 2),
    "1#5": lambda day: weekday(day) == 1 and is_nth(day, 5),
}
DAYS = ["*", "?", "1", "L", "1W", "15w", "28W", "31W", "1,L", "L,31W"]
WEEKDAYS = ["*", "?", "1", "5L", "sunL", "7#1", "fri#2", "1#5", "1,fri#2"]
MONTHS = ["*", "2", "4,6"]


@cache
def selected(parts: str, by_week: bool) -> frozenset[date]:
    known = WEEKDAY_PARTS if by_week else PARTS
    count = (LAST - FIRST).days + 1
    calendar = (FIRST + timedelta(days=number) for number in range(count))
    return frozenset(
        day
        for day in calendar
        if parts in ("*", "?") or any(known[part](day) for part in parts.split(","))
    )


def matching(days: str, month: str, weekdays: str) -> list[date]:
    """The days of 400 years on which a schedule runs."""
    both = days in ("*", "?") or weekdays in ("*", "?")
    left, right = selected(days, by_week=False), selected(weekdays, by_week=True)
    found = left & right if both else left | right
    return sorted(day for day in found if month == "*" or str(day.month) in month.split(","))


def cases() -> Iterator[tuple[str, str, str]]:
    yield from ((d, "*", w) for d, w in product(DAYS, WEEKDAYS))
    yield from ((d, m, "*") for d, m in product(DAYS, MONTHS[1:]))
    yield from (("*", m, w) for m, w in product(MONTHS[1:], WEEKDAYS))


def read(days: str, month: str, weekdays: str) -> Schedule:
    return parse(f"0,30 6 {days} {month} {weekdays}")


def test_gaps_are_those_of_four_centuries_of_days() -> None:
    cycle = (LAST - FIRST).days + 1
    for case in cases():
        schedule, runs_on = read(*case), matching(*case)
        gap = shortest_gap(schedule)
        assert never_runs(schedule) is (not runs_on), case
        if gap is None:
            assert not runs_on
            continue
        assert gap.minutes == 30
        daily = shortest_gap(parse(schedule.text.replace("0,30", "0", 1)))
        ahead = [*runs_on, runs_on[0] + timedelta(days=cycle)]
        closest = min((after - before).days for before, after in pairwise(ahead))
        assert daily is not None
        assert daily.minutes == closest * DAY, case


@pytest.mark.parametrize("start", ["2023-12-30T06:10", "2024-02-27T06:30", "2099-12-30T23:59"])
def test_next_runs_are_those_of_the_calendar(start: str) -> None:
    after = datetime.fromisoformat(start).replace(tzinfo=timezone.utc)
    for case in cases():
        runs = (
            datetime(day.year, day.month, day.day, 6, minute, tzinfo=timezone.utc)
            for day in matching(*case)
            for minute in (0, 30)
        )
        expected = list(islice((run for run in runs if run > after), 5))
        assert next_runs(read(*case), after) == expected, case


def test_descriptions_are_shared_only_by_schedules_with_the_same_runs() -> None:
    seen: dict[str, list[date]] = {}
    for case in cases():
        runs_on, words = matching(*case), describe(read(*case))
        assert seen.setdefault(words, runs_on) == runs_on, words


def test_two_schedules_with_different_moving_days_have_different_rules() -> None:
    texts = ["0 0 L * *", "0 0 15W * *", "0 0 * * 5L", "0 0 * * 5#2", "0 0 * * 5", "0 0 * * *"]
    assert len({day_rule(parse(text)) for text in texts}) == len(texts)
    assert day_rule(parse("0 0 ? * 1")) == day_rule(parse("0 0 * * 1"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 0 ? * 1", "on Monday at 00:00"),
        ("0 0 L * *", "on the last day of the month at 00:00"),
        ("0 0 1,L 3 *", "on day 1 and the last day of March at 00:00"),
        ("0 0 15W * *", "on the working day nearest to day 15 of the month at 00:00"),
        ("0 0 * * 5L", "on the last Friday of the month at 00:00"),
        ("0 0 * * 1,5#2", "on Monday and the second Friday of the month at 00:00"),
        (
            "0 0 L * 5#2",
            "at 00:00, on the last day of the month and also on the second Friday of the month",
        ),
    ],
)
def test_moving_days_in_words(text: str, words: str) -> None:
    assert describe(parse(text)) == words


def test_clashing_runs_of_moving_days_are_named_with_their_dates() -> None:
    gap = shortest_gap(parse("0,55 0,23 1,L * *"))
    assert gap is not None
    assert gap.words == "23:55 on 31 January 2000 and 00:00 on 1 February 2000"


@pytest.mark.parametrize(
    "marked",
    [
        "0 0 «32»W * *",
        "0 0 «0»W * *",
        "0 0 * * «8»L",
        "0 0 * * «8»#1",
        "0 0 * * 5#«6»",
        "0 0 * * 5#«0»",
        "0 0 * * «foo»L",
        "0 0 * * 1,5#«6»",
        "0 0 1,«?» * *",
        "0 0 «LW» * *",
        "0 0 «L-3» * *",
        "0 0 «5L» * *",
        "0 0 * * «L»",
        "0 0 * * «15W»",
        "0 0 * «5L» *",
    ],
)
def test_other_moving_days_are_mistakes(marked: str) -> None:
    start, end = marked.index("«"), marked.index("»") - 1
    with pytest.raises(ScheduleError) as caught:
        parse(marked.replace("«", "").replace("»", ""))
    assert (caught.value.start, caught.value.end) == (start, end)


def test_no_run_is_left_at_the_end_of_the_calendar() -> None:
    end = datetime(9999, 12, 31, tzinfo=timezone.utc)
    assert next_runs(parse("0 0 L * *"), end) == []
