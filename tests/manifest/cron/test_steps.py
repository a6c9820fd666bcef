"""Steps that leave a remainder, that lead out of their range, that are too short."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.manifest.cron import (
    even_step,
    nearest_legal_step,
    overflowing_steps,
    parse,
    plain_value,
    shortest_gap,
    uneven_steps,
)
from amp_lint.manifest.cron.calendar import day_rule

from .expressions import expressions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*/10 * * * *", []),
        ("*/25 * * * *", [("*/25", (25, 10), "*/30")]),
        ("*/13 * * * *", [("*/13", (13, 8), "*/15")]),
        ("*/40 * * * *", [("*/40", (40, 20), "*/30")]),
        ("*/45 * * * *", [("*/45", (45, 15), "0")]),
        ("*/59 * * * *", [("*/59", (59, 1), "0")]),
        ("24/25 * * * *", [("24/25", (25, 35), "24/30")]),
        ("0-35/25 * * * *", [("0-35/25", (25, 35), "0-35/30")]),
        ("0-59/7 * * * *", [("0-59/7", (7, 4), "0-59/10")]),
        ("5/25 * * * *", [("5/25", (25, 10), "5/30")]),
        ("0 */5 * * *", [("*/5", (5, 4), "*/6")]),
        ("*/25,3 */5 * * *", [("*/5", (5, 4), "*/6")]),
        ("1,*/25,*/25 * * * *", [("*/25", (25, 10), "*/30")]),
        ("*/25 0,23 * * *", [("*/25", (25, 10), "*/30")]),
        # No remainder: nothing is left over, or it falls where nothing follows.
        ("5/15 * * * *", []),
        ("*/60 * * * *", []),
        ("*/25 3 * * *", []),
        ("*/25 0,23 * * 1", []),
        ("0 */5 * * 1", []),
        # A part of the field is meant as it is written; days cannot be even.
        ("25/25 * * * *", []),
        ("0-34/25 * * * *", []),
        ("0 9-17/3 * * *", []),
        ("0 0 */2 * *", []),
    ],
)
def test_steps_that_leave_a_remainder(
    text: str, expected: list[tuple[str, tuple[int, ...], str]]
) -> None:
    schedule = parse(text)
    found = [
        (text[item.start : item.end], gaps, even_step(schedule, item))
        for item, gaps in uneven_steps(schedule)
    ]
    assert found == expected


@settings(max_examples=100)
@given(expressions())
def test_an_even_step_leaves_no_remainder_and_runs_no_closer(text: str) -> None:
    schedule = parse(text)
    for item, _ in uneven_steps(schedule):
        even = even_step(schedule, item)
        assert even is not None
        alone = " ".join(even if field.name == item.field else "*" for field in schedule.fields)
        assert uneven_steps(parse(alone)) == ()
        values = next(f.values for f in parse(alone).fields if f.name == item.field)
        assert len(values) <= len(item.values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*/60 * * * *", [("*/60", "0")]),
        ("*/100 * * * *", [("*/100", "0")]),
        ("0 */24 * * *", [("*/24", "0")]),
        ("0 0 */31 * *", [("*/31", "1")]),
        ("0 0 1 */12 *", [("*/12", "1")]),
        ("0 0 * * */7", [("*/7", "0")]),
        ("50/15 * * * *", [("50/15", "50")]),
        ("10-20/15 * * * *", [("10-20/15", "10")]),
        ("5,*/60,*/60 * * * *", [("*/60", "0")]),
        ("0 0 * * 7/2", [("7/2", "0")]),
        # Without its star the field would no longer ask for both days to match.
        ("0 0 */31 * 1", [("*/31", None)]),
        ("0 0 13 * */7", [("*/7", None)]),
        ("0 0 1,20/20 * 1", [("20/20", "20")]),
        ("*/59 */23 */30 */11 */6", []),
        ("* * * * *", []),
    ],
)
def test_steps_that_lead_out_of_their_range(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    schedule = parse(text)
    found = [
        (text[item.start : item.end], plain_value(schedule, item))
        for item in overflowing_steps(schedule)
    ]
    assert found == expected


@settings(max_examples=100)
@given(expressions())
def test_a_plain_value_in_place_of_an_overflowing_step_changes_no_run(text: str) -> None:
    schedule = parse(text)
    for item in overflowing_steps(schedule):
        plain = plain_value(schedule, item)
        if plain is not None:
            corrected = parse(text[: item.start] + plain + text[item.end :])
            assert [f.values for f in corrected.fields] == [f.values for f in schedule.fields]
            assert day_rule(corrected) == day_rule(schedule)


@pytest.mark.parametrize(
    ("text", "minimum", "expected"),
    [
        ("* * * * *", 10, "*/10 * * * *"),
        ("*/5 * * * *", 10, "*/10 * * * *"),
        ("*/13 * * * *", 10, "*/15 * * * *"),
        ("*/59 * * * *", 10, "0 * * * *"),
        ("5/13 * * * *", 10, "5/15 * * * *"),
        ("0-30/5 * * * *", 10, "0-30/10 * * * *"),
        ("2-58/14 * * * *", 10, "2-58/15 * * * *"),
        ("0-5 * * * *", 10, "0 * * * *"),
        ("0,55 * * * *", 10, "*/30 * * * *"),
        ("3,7 * * * *", 10, "3-59/30 * * * *"),
        ("0,5,10,15,20,25,30,35,40,45,50,55 * * * *", 10, "*/10 * * * *"),
        (" */5\t9-17 1 * mon-fri", 10, " */10\t9-17 1 * mon-fri"),
        ("0,55 0,23 1,31 * *", 10, "*/30 0,23 1,31 * *"),
        ("*/30 * * * *", 60, "0 * * * *"),
        ("15,45 * * * *", 60, "15 * * * *"),
        ("* * * * *", 60, "0 * * * *"),
        ("*/10 * * * *", 10, None),
        ("0 * * * *", 60, None),
        ("0 * * * *", 120, None),
        ("0 0 31 2 *", 10, None),
    ],
)
def test_the_nearest_legal_step(text: str, minimum: int, expected: str | None) -> None:
    assert nearest_legal_step(parse(text), minimum) == expected


@settings(max_examples=150)
@given(expressions(), st.sampled_from([10, 60]))
def test_a_legal_step_is_legal_and_runs_no_more_often(text: str, minimum: int) -> None:
    schedule = parse(text)
    gap, legal = shortest_gap(schedule), nearest_legal_step(schedule, minimum)
    if gap is None or gap.minutes >= minimum:
        assert legal is None
        return
    assert legal is not None
    sparser = parse(legal)
    wider = shortest_gap(sparser)
    assert wider is not None
    assert wider.minutes >= minimum
    assert legal.split()[1:] == text.split()[1:]
    assert len(sparser.minute.values) <= len(schedule.minute.values)
