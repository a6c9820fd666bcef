"""Five-field cron: the grammar, the exact shortest gap, and what is said of a schedule.

croniter is the oracle for what a well-formed expression means. It differs from the five-field
standard in places, which `expressions()` leaves out, each with its reason.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib import import_module
from itertools import islice, pairwise, product
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from croniter import CroniterBadDateError, croniter
from hypothesis import given, settings
from hypothesis import strategies as st

import amp_lint.manifest.cron as package
from amp_lint.manifest.cron import (
    CronField,
    Schedule,
    ScheduleError,
    describe,
    even_step,
    nearest_legal_step,
    never_runs,
    next_runs,
    overflowing_steps,
    parse,
    plain_value,
    shortest_gap,
    uneven_steps,
)
from amp_lint.manifest.cron.calendar import FIRST_YEAR, closest_days, day_rule
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


# --- mistakes -------------------------------------------------------------------------------------

# The wrong part is between « and »; then the kind of mistake, then the suggestion.
MISTAKES = [
    ("«»", "empty", None),
    ("« \t »", "empty", None),
    # ranges of numbers
    ("«60» * * * *", "range", "0"),
    ("* «24» * * *", "range", "0"),
    ("* «24»/6 * * *", "range", "0"),
    ("* * «0» * *", "range", "1"),
    ("* * «32» * *", "range", None),
    ("* * * «13» *", "range", None),
    ("* * * «0» *", "range", "1"),
    ("* * * * «8»", "range", None),
    ("0,15,«75» * * * *", "range", None),
    ("0-«60» * * * *", "range", "59"),
    ("0 0-«24» * * *", "range", "23"),
    ("0 0 1-«32» * *", "range", "31"),
    ("0 0 * * 1-«8»", "range", "7"),
    ("«60»-70 * * * *", "range", None),
    ("«99999999999999999999999» * * * *", "range", None),
    ("\t*/10   «25» * * * ", "range", None),
    # names
    ("* * * * «foo»", "name", None),
    ("* * * «mon» *", "name", None),
    ("* * * * «jan»", "name", None),
    ("«mon» * * * *", "name", None),
    ("«five» * * * *", "name", None),
    ("0 9 * * «monday»", "name", "mon"),
    ("0 9 * * «Thurs»", "name", "Thu"),
    ("0 9 * * mon-«friday»", "name", "fri"),
    ("0 9 1 «September» *", "name", "Sep"),
    ("0 9 1 jan,«sept» *", "name", "sep"),
    ("0 9 * * mon,«frx»", "name", None),
    # ranges that run backwards
    ("0 «22-2» * * *", "reversed-range", "22-23,0-2"),
    ("«50-10» * * * *", "reversed-range", "50-59,0-10"),
    ("0 0 * * «5-2»", "reversed-range", "5-6,0-2"),
    ("0 0 * * «fri-sun»", "reversed-range", "fri-sat,sun"),
    ("0 0 * * «sat-sun»", "reversed-range", "sat,sun"),
    ("0 0 * * «7-2»", "reversed-range", "0-2"),
    ("0 0 1 «nov-feb» *", "reversed-range", "nov-dec,jan-feb"),
    ("0 «22-2»/2 * * *", "reversed-range", None),
    # steps
    ("*/«0» * * * *", "step", None),
    ("*/«00» * * * *", "step", None),
    ("*/«9999999999999999999» * * * *", "step", None),
    ("*«/» * * * *", "step", None),
    ("«/»5 * * * *", "step", "*/"),
    ("«*5» * * * *", "step", "*/5"),
    ("*/«5/2» * * * *", "step", None),
    ("*/«mon» * * * *", "step", None),
    ("*/«-5» * * * *", "step", None),
    # signs, fractions, stray characters
    ("«-5» * * * *", "sign", None),
    ("«+»5 * * * *", "sign", ""),
    ("1«.»5 * * * *", "syntax", None),
    ("* 9«:»30 * * *", "syntax", None),
    ("«~» * * * *", "syntax", None),
    ("«**» * * * *", "syntax", None),
    ("«x» * * * *", "syntax", None),
    ("«*-5» * * * *", "syntax", None),
    ("«5-» * * * *", "syntax", None),
    ("«-» * * * *", "syntax", None),
    ("«1-5-9» * * * *", "syntax", None),
    # empty parts of a list
    ("5«,» * * * *", "empty-part", ""),
    ("«,»5 * * * *", "empty-part", ""),
    ("1«,»,2 * * * *", "empty-part", ""),
    ("0 0 * * 1«,»", "empty-part", ""),
    ("«,» * * * *", "empty-part", None),
    # beyond ASCII
    ("«٥» * * * *", "non-ascii", "5"),
    ("1«–»5 * * * *", "non-ascii", "-"),
    ("«＊»/10 * * * *", "non-ascii", "*"),
    ("«\ufeff»*/10 * * * *", "non-ascii", ""),
    ("5«\u200b» * * * *", "non-ascii", ""),
    ("«é» * * * *", "non-ascii", None),
    ("«\ud800» * * * *", "non-ascii", None),
    ("«\ufeff» */10 * * * *", "non-ascii", ""),
    # blanks
    ("*/10 *«\n»* * *", "newline", " "),
    ("*/10 * * * *«\n»", "newline", ""),
    ("«\r\n»*/10 * * * *", "newline", ""),
    ("*/10 *«\u2028»* * *", "newline", " "),
    ("*/10«\u00a0»* * * *", "blank", " "),
    ("*/10 * * * *«\u3000»", "blank", ""),
    ("0,« »30 * * * *", "blank-in-field", ""),
    ("0« »,30 * * * *", "blank-in-field", ""),
    ("*«  »/10 * * * *", "blank-in-field", ""),
    ("0 9« »- 17 * * *", "blank-in-field", ""),
    # extensions of other schedulers
    ("«?» 0 * * *", "extension", None),
    ("0 0 1,«?» * *", "extension", "*"),
    ("0 0 «LW» * *", "extension", None),
    ("0 0 «L-3» * *", "extension", None),
    ("«H» * * * *", "extension", None),
    ("«H/15» * * * *", "extension", "*/15"),
    ("«H(0-29)/10» * * * *", "extension", None),
    ("«R» * * * *", "extension", None),
    # macros and time zones
    ("«@hourly»", "macro", "0 * * * *"),
    (" «@Daily» ", "macro", "0 0 * * *"),
    ("«@midnight»", "macro", "0 0 * * *"),
    ("«@weekly»", "macro", "0 0 * * 0"),
    ("«@monthly»", "macro", "0 0 1 * *"),
    ("«@yearly»", "macro", "0 0 1 1 *"),
    ("«@annually»", "macro", "0 0 1 1 *"),
    ("«hourly»", "macro", "0 * * * *"),
    ("«@reboot»", "macro", None),
    ("«@hourly * * * *»", "macro", None),
    ("«@every 10m»", "macro", "*/10 * * * *"),
    ("«@every 1h»", "macro", "0 * * * *"),
    ("«@every 1h0m0s»", "macro", "0 * * * *"),
    ("«@every 6h»", "macro", "0 */6 * * *"),
    ("«@every 24h»", "macro", "0 0 * * *"),
    ("«@every 7m»", "macro", None),
    ("«@every 90m»", "macro", None),
    ("«@every 0m»", "macro", None),
    ("«TZ=UTC »0 0 * * *", "time-zone", ""),
    ("«CRON_TZ=Asia/Tokyo »0 0 * * *", "time-zone", None),
    # the number of fields
    ("«0 »*/10 * * * *", "seconds-field", ""),
    ("«*/30 »* * * * *", "seconds-field", ""),
    ("«75 »* * * * *", "seconds-field", None),
    ("0 0 1 1 * «2027»", "year-field", None),
    ("0 0 0 1 1 «* 2027»", "field-count", None),
    ("* * * * * «* * *»", "field-count", None),
    ("«*/10 * * *»", "field-count", "*/10 * * * *"),
    (" «*/10» ", "field-count", "*/10 * * * *"),
    ("«every ten minutes»", "field-count", None),
    ("«*/10****»", "field-count", None),
]


@pytest.mark.parametrize(("marked", "kind", "suggestion"), MISTAKES)
def test_a_mistake_is_named_on_exactly_the_wrong_part(
    marked: str, kind: str, suggestion: str | None
) -> None:
    start, end = marked.index("«"), marked.index("»") - 1
    error = fault(marked.replace("«", "").replace("»", ""))
    assert (error.start, error.end, error.kind) == (start, end, kind)
    assert error.suggestion == suggestion
    assert error.message == str(error)


@pytest.mark.parametrize(("marked", "kind", "suggestion"), MISTAKES)
def test_a_suggestion_put_in_place_leaves_an_expression_that_parses(
    marked: str, kind: str, suggestion: str | None
) -> None:
    text = marked.replace("«", "").replace("»", "")
    # A field may need a blank taken out before its dash and another one after it.
    for _ in range(2):
        error = read(text)
        if isinstance(error, ScheduleError) and error.suggestion is not None:
            text = text[: error.start] + error.suggestion + text[error.end :]
    if suggestion is None:
        assert fault(text).kind == kind
    else:
        parse(text)


@pytest.mark.parametrize(
    ("text", "names", "allows"),
    [
        ("75 * * * *", "minute 75", "0 to 59"),
        ("* 24 * * *", "hour 24", "0 to 23"),
        ("* * 0 * *", "day of month 0", "1 to 31"),
        ("* * * 13 *", "month 13", "1 to 12 or jan to dec"),
        ("* * * * 8", "day of week 8", "0 to 7 (0 and 7 are Sunday) or sun to sat"),
        ("* * * * foo", "`foo` is no day of week", "sun to sat"),
        ("* * * mon *", "`mon` belongs in the day of week field", "jan to dec"),
        ("*/0 * * * *", "the minute step is zero", "a whole number from 1"),
        ("0 22-2 * * *", "the hour range `22-2` runs backwards", "must not be larger"),
        ("-5 * * * *", "minute -5 is negative", "0 to 59"),
        ("٥ * * * *", "the minute field contains U+0665", "ASCII digits"),
        ("0 0 LW * *", "the last day", "day of month"),
        ("*/10 * * *", "missing: day of week", "five"),
        ("0 */10 * * * *", "a field for seconds, here `0`", "five"),
        ("0 0 1 1 * 2027", "the year, `2027`", "five"),
        ("@hourly", "`@hourly` is a macro", "five fields"),
        ("*/10 * * * *\n", "a line break", "spaces and tabs"),
        ("*/10\u00a0* * * *", "U+00A0", "spaces and tabs"),
        ("", "empty", "minute, hour, day of month, month, day of week"),
    ],
)
def test_a_message_names_the_field_the_mistake_and_what_is_allowed(
    text: str, names: str, allows: str
) -> None:
    message = fault(text).message
    assert names in message
    assert allows in message


@settings(max_examples=200)
@given(
    st.one_of(
        st.text(alphabet="0123456789*,-/ \t\n@LW#?HRjanmoŠ٥–+.", max_size=40),
        st.text(max_size=30),
        st.lists(st.text(alphabet="0159*,-/LW#?sunjan+٥", max_size=8), min_size=5, max_size=5).map(
            " ".join
        ),
    )
)
def test_any_text_is_a_schedule_or_one_clean_error(text: str) -> None:
    result = read(text)
    if isinstance(result, Schedule):
        assert all(field.values or field.moving for field in result.fields)
        return
    assert 0 <= result.start <= result.end <= len(text)
    assert result.start < result.end or not text
    assert result.message.isprintable()
    assert len(result.message) < 250
    assert result.suggestion != text[result.start : result.end]


@pytest.mark.parametrize("char", ["9", "0", "*", ",", "-", "/", " ", "@", "a", "L", "٥", "\n", "?"])
@pytest.mark.parametrize("place", ["{} * * * *", "*/{} * * * *", "0 0 * * 1-{}", "{}"])
def test_a_megabyte_of_one_character_is_one_short_error(char: str, place: str) -> None:
    result = read(place.format(char * 1_000_000))
    if isinstance(result, Schedule):
        assert (char, place) == ("0", "{} * * * *")
        return
    assert len(result.message) < 250
    assert len(result.suggestion or "") < 50


# --- grammar --------------------------------------------------------------------------------------


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


# --- the oracle -----------------------------------------------------------------------------------


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
        expected = matching_days(schedule, start.toordinal() - _cycle()[0], days)
        fired = []
        for run in firings(daily, start - timedelta(minutes=1)):
            if run.toordinal() >= until:
                break
            fired.append(run.toordinal())
        assert fired == expected


@cache
def calendar() -> list[tuple[int, int, int, int]]:
    """Ordinal, month, day and weekday (Sunday is 0) of every day of 400 years."""
    days = (date.fromordinal(number) for number in range(*_cycle()))
    return [(day.toordinal(), day.month, day.day, day.isoweekday() % 7) for day in days]


def _cycle() -> tuple[int, int]:
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
    start, end = _cycle()
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


# --- the shortest gap -----------------------------------------------------------------------------

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


# --- steps ----------------------------------------------------------------------------------------


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
            mended = parse(text[: item.start] + plain + text[item.end :])
            assert [f.values for f in mended.fields] == [f.values for f in schedule.fields]
            assert day_rule(mended) == day_rule(schedule)


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


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/10 * * * *", "every 10 minutes"),
        ("7/10 * * * *", "every 10 minutes from minute 7 of every hour"),
        ("*/13 * * * *", "at minutes 0, 13, 26, 39 and 52 of every hour"),
        ("*/60 * * * *", "every hour, on the hour"),
        ("30 * * * *", "every hour, at minute 30"),
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


# --- next runs ------------------------------------------------------------------------------------


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


# --- cost and floor -------------------------------------------------------------------------------


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


LONG = {
    "distinct numbers": lambda count: ",".join(str(at % 60) for at in range(count)),
    "one range": lambda count: ",".join(["*/7"] * count),
    "distinct steps": lambda count: ",".join(f"*/{at}" for at in range(1, count + 1)),
}


@pytest.mark.parametrize("parts", LONG.values(), ids=LONG)
def test_a_long_list_costs_in_proportion_to_its_length(parts: Callable[[int], str]) -> None:
    def judge(count: int) -> int:
        text = f"{parts(count)} * * * *"

        def work() -> None:
            schedule = parse(text)
            shortest_gap(schedule)
            uneven_steps(schedule)
            overflowing_steps(schedule)
            nearest_legal_step(schedule, 10)
            describe(schedule)

        return calls(work)

    judge(100)  # fills the caches
    small, large = judge(1_000), judge(4_000)
    assert large < 4.2 * small
    assert small < 60 * 1_000


def test_a_hundred_thousand_parts_are_judged() -> None:
    parts = [str(at % 60) for at in range(100_000)]
    schedule = parse(",".join(parts) + " * * * *")
    assert len(schedule.minute.items) == len(parts)
    gap = shortest_gap(schedule)
    assert gap is not None
    assert gap.minutes == 1
    last = ",".join(parts) + ",60"
    assert fault(f"{last} * * * *").start == len(last) - 2


@pytest.mark.parametrize("text", EDGES)
def test_the_rarest_days_cost_a_few_thousand_calls(text: str) -> None:
    schedule = parse(text)
    closest_days.cache_clear()
    shortest_gap.cache_clear()
    assert calls(lambda: shortest_gap(schedule)) < 6_000


# What a clean check has loaded anyway.
STANDS_ON = ("amp_lint.manifest.cron", "amp_schema.lite_dataclasses", "amp_schema.patterns")


def test_the_package_stands_alone_and_imports_croniter_late() -> None:
    folder = Path(package.__file__).parent
    for module in folder.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("amp_"):
                assert str(node.module).startswith(STANDS_ON)
    code = "import sys, amp_lint.manifest.cron; sys.exit('croniter' in sys.modules)"
    environment = {"PYTHONPATH": str(folder.parent.parent)}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
