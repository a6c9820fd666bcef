"""Mistakes in an expression: the exact part, the message and the suggestion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.manifest.cron import Schedule, ScheduleError, parse

from .expressions import fault, read

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
    ("«50-10» * * * *", "reversed-range", None),
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
    ("«?» 0 * * *", "extension", "0"),
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
    ("0 9 * * *« UTC»", "time-zone", ""),
    ("0 9 * * *« Europe/Berlin»", "time-zone", ""),
    ("0 9 * * *« GMT+2»", "time-zone", ""),
    ("«0 »*/10 * * * *", "seconds-field", ""),
    ("«*/30 »* * * * *", "seconds-field", ""),
    ("«75 »* * * * *", "seconds-field", None),
    ("0 0 1 1 * «2027»", "year-field", None),
    ("0 0 0 1 1 «* 2027»", "field-count", None),
    ("* * * * * «* * *»", "field-count", None),
    ("«*/10 * * *»", "field-count", "*/10 * * * *"),
    (" «*/10» ", "field-count", "*/10 * * * *"),
    ("«every ten minutes»", "notation", None),
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
        ("* * * * foo", "`foo` is not a valid day of week", "sun to sat"),
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
