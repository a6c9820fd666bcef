"""The next runs of a schedule, against croniter."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from importlib import import_module
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.manifest.cron import never_runs, parse
from amp_lint.manifest.cron.calendar import day_rule
from amp_lint.manifest.cron.next_runs import next_runs

from .expressions import STARTS, UTC, expressions, firings, moment


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("*/25 * * * *", "2024-02-29T23:30", ["2024-02-29T23:50", "2024-03-01T00:00"]),
        ("*/10 * * * *", "2024-01-01T00:10", ["2024-01-01T00:20", "2024-01-01T00:30"]),
        ("0 0 29 2 *", "2096-03-01T00:00", ["2104-02-29T00:00", "2108-02-29T00:00"]),
        ("0 0 13 * 5", "2024-09-10T00:00", ["2024-09-13T00:00", "2024-09-20T00:00"]),
        ("0 0 31 2 1", "2024-02-01T00:00", ["2024-02-05T00:00", "2024-02-12T00:00"]),
        # croniter on the raw text would take 5-5 for every minute, and */10 for either day.
        ("5-5 0 * * *", "2024-01-01T00:00", ["2024-01-01T00:05", "2024-01-02T00:05"]),
        ("0 0 */10 * 1", "2024-01-01T00:00", ["2024-03-11T00:00", "2024-04-01T00:00"]),
        ("0 0 * * 7/2", "2024-01-01T00:00", ["2024-01-07T00:00", "2024-01-14T00:00"]),
        ("0 0 1-31 * 1", "2024-01-01T00:00", ["2024-01-02T00:00", "2024-01-03T00:00"]),
        ("59 23 31 12 *", "9998-12-31T00:00", ["9998-12-31T23:59", "9999-12-31T23:59"]),
        ("59 23 31 12 *", "9999-01-01T00:00", ["9999-12-31T23:59"]),
        ("0 0 1 1 *", "9999-06-01T00:00", []),
    ],
)
def test_the_next_runs(text: str, after: str, expected: list[str]) -> None:
    found = next_runs(parse(text), moment(after), count=2)
    assert [run.isoformat()[:16] for run in found] == expected
    assert all(run.tzinfo is UTC for run in found)


def test_an_alternative_that_never_comes_is_kept_from_croniter() -> None:
    # Its release 6 would find no run at all, though every Monday in February is one.
    schedule = parse("0 0 31 2 1")
    listed = import_module("amp_lint.manifest.cron.next_runs")._listed
    assert listed(schedule, day_rule(schedule)) == "0 0 * 2 1"


def test_the_next_runs_are_counted_in_utc_from_any_zone() -> None:
    tokyo = timezone(timedelta(hours=9))
    found = next_runs(parse("0 0 * * *"), datetime(2024, 1, 2, 8, 30, tzinfo=tokyo))
    assert found == [datetime(2024, 1, day, tzinfo=UTC) for day in range(2, 7)]


@settings(max_examples=40)
@given(expressions(), st.sampled_from(STARTS))
def test_the_next_runs_are_those_of_the_raw_text(text: str, after: datetime) -> None:
    schedule = parse(text)
    if not never_runs(schedule):
        raw = [run.replace(tzinfo=UTC) for run in islice(firings(text, after), 3)]
        assert next_runs(schedule, after, count=3) == raw
