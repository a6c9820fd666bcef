"""The grammar of five-field cron."""

from __future__ import annotations

import pytest

from amp_lint.manifest.cron import CronField, parse
from amp_lint.manifest.cron.model import UNITS


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("*/20 * * * *", "minute", (0, 20, 40)),
        ("5/20 * * * *", "minute", (5, 25, 45)),
        ("10-30/10 * * * *", "minute", (10, 20, 30)),
        ("30,0,30 * * * *", "minute", (0, 30)),
        ("*/60 * * * *", "minute", (0,)),
        ("*/100 * * * *", "minute", (0,)),
        ("59/15 * * * *", "minute", (59,)),
        ("7-7 * * * *", "minute", (7,)),
        ("00005 * * * *", "minute", (5,)),
        ("*/000000000000000000000000030 * * * *", "minute", (0, 30)),
        ("* */9 * * *", "hour", (0, 9, 18)),
        ("* * */10 * *", "day_of_month", (1, 11, 21, 31)),
        ("* * * */5 *", "month", (1, 6, 11)),
        ("* * * feb,OCT-Dec *", "month", (2, 10, 11, 12)),
        ("* * * Jan/6 *", "month", (1, 7)),
        ("* * * * *", "day_of_week", (0, 1, 2, 3, 4, 5, 6)),
        ("* * * * */2", "day_of_week", (0, 2, 4, 6)),
        ("* * * * 7", "day_of_week", (0,)),
        ("* * * * 5-7", "day_of_week", (0, 5, 6)),
        ("* * * * 0-7", "day_of_week", (0, 1, 2, 3, 4, 5, 6)),
        ("* * * * 1-7/2", "day_of_week", (0, 1, 3, 5)),
        ("* * * * 1/2", "day_of_week", (1, 3, 5)),
        ("* * * * 7/2", "day_of_week", (0,)),
        ("* * * * Mon-FRI", "day_of_week", (1, 2, 3, 4, 5)),
        ("* * * * sun,tue", "day_of_week", (0, 2)),
    ],
)
def test_a_field_selects_its_values(text: str, field: str, values: tuple[int, ...]) -> None:
    selected: CronField = getattr(parse(text), field)
    assert selected.values == values


def test_fields_and_items_know_their_spans() -> None:
    text = "\t1,20-30/5   *  8/7\t jan mon-5 "
    schedule = parse(text)
    assert [text[field.start : field.end] for field in schedule.fields] == text.split()
    assert [field.name for field in schedule.fields] == [unit.name for unit in UNITS]
    first, second = schedule.minute.items
    assert (text[first.start : first.end], text[second.start : second.end]) == ("1", "20-30/5")
    assert (first.first, first.last, first.step, first.values) == (1, 1, None, (1,))
    assert (second.first, second.last, second.step, second.values) == (20, 30, 5, (20, 25, 30))
    (days,) = schedule.day_of_month.items
    assert (days.first, days.last, days.step, days.values) == (8, 31, 7, (8, 15, 22, 29))
    assert {item.field for item in schedule.day_of_week.items} == {"day of week"}


@pytest.mark.parametrize(
    ("days", "is_star"),
    [("*", True), ("*/2", True), ("*,5", True), ("1-31", False), ("1", False), ("1,*", False)],
)
def test_a_field_counts_as_star_when_it_begins_with_one(days: str, is_star: bool) -> None:
    schedule = parse(f"0 0 {days} * 1")
    assert schedule.day_of_month.is_star is is_star
    assert schedule.either_day is not is_star
