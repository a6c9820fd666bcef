"""The exact shortest gap between two runs, against croniter and a count of days."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice, pairwise

import pytest
from croniter import CroniterBadDateError
from hypothesis import given, settings

from amp_lint.manifest.cron import nearest_legal_step, never_runs, parse, shortest_gap, uneven_steps
from amp_lint.manifest.cron.calendar import FIRST_YEAR, closest_days, day_rule
from amp_lint.manifest.cron.describe import describe
from amp_lint.manifest.cron.next_runs import next_runs

from .expressions import (
    DAY,
    EDGES,
    STARTS,
    brute_gap,
    cycle,
    expressions,
    firings,
    matching_days,
    moment,
)


@settings(max_examples=50)
@given(expressions())
def test_croniter_never_fires_closer_than_the_shortest_gap(text: str) -> None:
    gap = shortest_gap(parse(text))
    if gap is None:
        with pytest.raises(CroniterBadDateError):
            next(firings(text, STARTS[0]))
        return
    for start in STARTS:
        fired = list(islice(firings(text, start), 30))
        closest = min(after - before for before, after in pairwise(fired))
        assert closest >= timedelta(minutes=gap.minutes)


@settings(max_examples=60)
@given(expressions())
def test_croniter_attains_the_shortest_gap(text: str) -> None:
    schedule = parse(text)
    gap, days = shortest_gap(schedule), closest_days(day_rule(schedule))
    assert (gap is None) is (days is None)
    if gap is None or days is None:
        return
    midnight = moment(f"{FIRST_YEAR}-01-01") + timedelta(days=days.first)
    until = midnight + timedelta(days=days.distance + 1)
    wanted = timedelta(minutes=gap.minutes)
    before = None
    for run in firings(text, midnight - timedelta(minutes=1)):
        assert run < until, f"{gap} is not among the runs of the two closest days"
        if before is not None and run - before == wanted:
            break
        before = run


@settings(max_examples=40)
@given(expressions())
def test_croniter_fires_on_the_same_days_over_the_years(text: str) -> None:
    daily = "0 0 " + text.split(maxsplit=2)[2]
    schedule = parse(daily)
    if never_runs(schedule):
        return
    for first, days in [("2023-02-01", 760), ("2096-02-01", 60), ("2100-01-01", 400)]:
        start = moment(first)
        until = start.toordinal() + days
        expected = matching_days(schedule, start.toordinal() - cycle()[0], days)
        fired = []
        for run in firings(daily, start - timedelta(minutes=1)):
            if run.toordinal() >= until:
                break
            fired.append(run.toordinal())
        assert fired == expected


@pytest.mark.parametrize("text", EDGES)
def test_the_gap_at_an_edge_is_that_of_four_centuries_of_days(text: str) -> None:
    schedule = parse(text)
    gap = shortest_gap(schedule)
    assert (gap and gap.minutes) == brute_gap(schedule)
    assert never_runs(schedule) is (gap is None)


@settings(max_examples=60)
@given(expressions())
def test_the_gap_is_that_of_four_centuries_of_days(text: str) -> None:
    schedule = parse(text)
    gap = shortest_gap(schedule)
    assert (gap and gap.minutes) == brute_gap(schedule)
    assert never_runs(schedule) is (gap is None)


LEAP = "29 February"


@pytest.mark.parametrize(
    ("text", "minutes", "words"),
    [
        ("* * * * *", 1, ":00 and :01"),
        ("*/10 * * * *", 10, ":00 and :10"),
        ("*/13 * * * *", 8, ":52 and :00"),
        ("*/25 * * * *", 10, ":50 and :00"),
        ("0,55 * * * *", 5, ":55 and :00"),
        ("0-5 9-17 * * *", 1, ":00 and :01"),
        ("*/60 * * * *", 60, "00:00 and 01:00"),
        ("*/13 3 * * *", 13, "03:00 and 03:13"),
        ("0,55 9-17 * * *", 5, "09:55 and 10:00"),
        ("0 */5 * * *", 240, "20:00 and 00:00 the next day"),
        ("50 23,0 * * *", 60, "23:50 and 00:50 the next day"),
        ("0,50 0,23 * * *", 10, "23:50 and 00:00 the next day"),
        ("0,50 0,23 * * 1,2", 10, "23:50 on Monday and 00:00 on Tuesday"),
        ("0,50 0,23 * * 1", 50, ":00 and :50"),
        ("0,50 0,23 1,31 * *", 10, "23:50 on 31 January and 00:00 on 1 February"),
        ("0,50 0,23 1,30 2,4,5 *", 10, "23:50 on 30 April and 00:00 on 1 May"),
        ("0,50 0,23 31 12 *", 50, ":00 and :50"),
        (
            "0,50 0,23 1 * 0",
            10,
            "23:50 on Saturday 1 January 2000 and 00:00 on Sunday 2 January 2000",
        ),
        ("59 23 * * *", DAY, "23:59 and 23:59 the next day"),
        ("55 23 * * *", DAY, "23:55 and 23:55 the next day"),
        ("0 0 1,31 * *", DAY, "00:00 on 31 January and 00:00 on 1 February"),
        ("5 4 * * 7", 7 * DAY, "04:05 on Sunday and 04:05 on the next Sunday"),
        ("0 0 1 * *", 28 * DAY, "00:00 on 1 February and 00:00 on 1 March"),
        ("0 0 13 * 5", DAY, None),
        (
            "50 23 31 12 *",
            365 * DAY,
            "23:50 on 31 December 2000 and 23:50 on 31 December 2001",
        ),
        ("0 0 29 2 *", 1461 * DAY, f"00:00 on {LEAP} 2000 and 00:00 on {LEAP} 2004"),
        # A Sunday the 29th of February: 28 years, and 40 across a century that is not a leap year.
        ("0 0 29 2 */7", (28 * 365 + 7) * DAY, None),
    ],
)
def test_the_shortest_gap_and_its_two_times(text: str, minutes: int, words: str | None) -> None:
    gap = shortest_gap(parse(text))
    assert gap is not None
    assert gap.minutes == minutes
    if words is not None:
        assert gap.words == words
        assert gap.times == (words.split()[0], words.split(" and ")[1].split()[0])


@pytest.mark.parametrize("text", ["0 0 31 2 *", "0 0 30 2 *", "* * 31 4,6,9,11 *", "0 0 31 2 */2"])
def test_a_day_that_no_month_has_never_runs(text: str) -> None:
    schedule = parse(text)
    assert never_runs(schedule)
    assert shortest_gap(schedule) is None
    assert next_runs(schedule, moment("2024-01-01")) == []
    assert describe(schedule).startswith("never")
    assert nearest_legal_step(schedule, 10) is None
    assert uneven_steps(schedule) == ()


@pytest.mark.parametrize("text", ["0 0 31 2 1", "0 0 29 2 *", "0 0 31 2,3 *", "0 0 30 2 0-6"])
def test_a_day_that_some_year_has_does_run(text: str) -> None:
    assert not never_runs(parse(text))
