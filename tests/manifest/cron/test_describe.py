"""A schedule in words."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from amp_lint.manifest.cron import parse
from amp_lint.manifest.cron.describe import describe

from .expressions import matching_days


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/10 * * * *", "every 10 minutes"),
        ("7/10 * * * *", "every 10 minutes from minute 7 of every hour"),
        ("*/13 * * * *", "every hour at minutes 0, 13, 26, 39 and 52"),
        ("*/60 * * * *", "every hour, on the hour"),
        ("30 * * * *", "every hour at minute 30"),
        ("0 */6 * * *", "every 6 hours, on the hour"),
        ("15 2/6 * * *", "every 6 hours from 02:15"),
        ("0 9-17 * * *", "every hour from 09:00 to 17:00"),
        ("0 9-17/2 * * *", "every 2 hours from 09:00 to 17:00"),
        ("*/10 9-17 * * 1-5", "every 10 minutes from 09:00 to 17:50 on Monday to Friday"),
        ("*/15 3 * * *", "every 15 minutes from 03:00 to 03:45"),
        ("0 0 * * *", "every day at 00:00"),
        ("0 9,17 * * *", "every day at 09:00 and 17:00"),
        ("30 9 * * mon-fri", "on Monday to Friday at 09:30"),
        ("30 9 * * sat,sun", "on Saturday and Sunday at 09:30"),
        ("30 9 * * 5-7", "on Friday to Sunday at 09:30"),
        ("0 0 1 * *", "on day 1 of the month at 00:00"),
        ("0 0 1,15 1-3,7 *", "on days 1 and 15 of January to March and July at 00:00"),
        ("0 0 * 2 *", "every day in February at 00:00"),
        ("0 0 * 2 1", "on Monday in February at 00:00"),
        ("0 0 13 * 5", "at 00:00, on day 13 of the month and also on every Friday"),
        ("0 0 */30 * 5", "at 00:00, on Friday, if it is also one of days 1 and 31 of the month"),
        ("*/10 * * * 6,7", "every 10 minutes, on Saturday and Sunday"),
        ("0 */6 * * 1", "every 6 hours, on the hour, on Monday"),
        ("0 * 1-31 * 1", "every hour, on the hour"),
        ("0,1 1,2,4 * * *", "at minutes 0 and 1 of hours 1, 2 and 4"),
        ("0,1 1,2,4 * 2 *", "at minutes 0 and 1 of hours 1, 2 and 4, every day in February"),
        ("0 0 31 2 *", "never, as no year has such a day"),
    ],
)
def test_a_schedule_in_words(text: str, words: str) -> None:
    assert describe(parse(text)) == words


SOME_MINUTES = (
    "*",
    "0",
    "5",
    "59",
    "*/2",
    "1/2",
    "*/10",
    "5/10",
    "*/15",
    "*/13",
    "*/30",
    "0,5",
    "0-5",
    "0-58",
    "30",
    "30,59",
    "0,30,31",
    "*/40",
)
SOME_HOURS = (
    "*",
    "0",
    "1",
    "23",
    "*/2",
    "1/2",
    "*/6",
    "1/6",
    "*/5",
    "*/12",
    "9-17",
    "9-17/2",
    "9,11,14",
    "0,9",
    "0-11",
    "12-23",
    "0,23",
    "1,2",
)
SOME_DAYS = ("*", "1", "31", "1,15", "1-7", "*/2", "2-31", "1-31", "*/31")
SOME_MONTHS = ("*", "1", "2", "1-3")
SOME_WEEKDAYS = ("*", "0", "1", "1-5", "6,7", "5-7", "*/2", "0-6")


def test_two_schedules_share_words_only_if_they_run_at_the_same_times() -> None:
    on_days = {
        (d, m, w): tuple(matching_days(parse(f"0 0 {d} {m} {w}"), count=28 * 366))
        for d, m, w in product(SOME_DAYS, SOME_MONTHS, SOME_WEEKDAYS)
    }
    seen: dict[str, tuple[Any, ...]] = {}

    def check(text: str, runs_on: tuple[int, ...]) -> None:
        schedule = parse(text)
        times = (schedule.minute.values, schedule.hour.values, runs_on) if runs_on else ()
        words = describe(schedule)
        assert seen.setdefault(words, times) == times, words

    for (d, m, w), runs_on in on_days.items():
        for minute, hour in [("0", "0"), ("*/10", "*"), ("0", "*/6"), ("0,1", "1,2,4")]:
            check(f"{minute} {hour} {d} {m} {w}", runs_on)
    for minute, hour in product(SOME_MINUTES, SOME_HOURS):
        for d, m, w in [("*", "*", "*"), ("1", "*", "1"), ("*", "2", "*"), ("*", "*", "1-5")]:
            check(f"{minute} {hour} {d} {m} {w}", on_days[d, m, w])
    assert len(seen) > 1000
