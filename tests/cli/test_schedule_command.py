"""`amp-lint schedule`: what an expression means, with the clock held by `--from`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

GOLDEN = Path(__file__).parent / "golden"
AFTER = ("--from", "2026-01-31T12:00")


@pytest.mark.parametrize(
    ("name", "expression", "code"),
    [
        ("even", "*/15 * * * *", 0),
        ("hourly", "0 * * * *", 0),
        ("frequent", "*/13 * * * *", 1),
        ("leap-day", "0 6 29 2 *", 0),
        ("never", "0 0 31 2 *", 1),
        ("out-of-range", "0 25 * * *", 1),
        ("macro", "@hourly", 1),
        ("wide", "0 0 日本 * *", 1),
    ],
)
def test_an_expression_looks_as_before(
    name: str, expression: str, code: int, run: Callable
) -> None:
    outcome = run("schedule", expression, *AFTER)
    assert (outcome.code, outcome.err) == (code, "")
    assert outcome.out == (GOLDEN / f"schedule-{name}.txt").read_text("utf-8")


@pytest.mark.usefixtures("folder")
def test_several_arguments_are_one_expression(run: Callable) -> None:
    whole = run("schedule", "0 6 * * mon-fri", *AFTER)
    assert whole.code == 0
    assert run("schedule", "0", "6", "*", "*", "mon-fri", *AFTER) == whole
    assert run("schedule", *AFTER, "0", "6", "*", "*", "mon-fri") == whole


def test_names_of_files_in_place_of_a_star(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").touch()
    outcome = run("schedule", "0", "6", "amp.yaml", "amp.yaml", "amp.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "`amp.yaml` is a file: the shell has replaced" in outcome.err
    assert 'try: amp-lint schedule "*/15 * * * *"' in outcome.err


def test_a_quoted_expression_is_never_taken_for_files(folder: Path, run: Callable) -> None:
    (folder / "0 25 * * *").touch()
    assert run("schedule", "0 25 * * *").code == 1


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ("2026-01-31", "2026-01-31 00:30"),
        ("2026-01-31 12:00", "2026-01-31 12:30"),
        ("2026-01-31T12:00:30", "2026-01-31 12:30"),
        ("2026-01-31T12:00Z", "2026-01-31 12:30"),
        ("2026-01-31T12:00+02:00", "2026-01-31 10:30"),
        ("0001-01-01", "0001-01-01 00:30"),
    ],
)
def test_the_time_to_start_from(moment: str, first: str, run: Callable) -> None:
    outcome = run("schedule", "*/30 * * * *", "--from", moment)
    assert outcome.code == 0
    assert f"next runs     {first} UTC" in outcome.out


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "now",
        "2026-02-30",
        "20260131",
        "2026-01-31T25:00",
        "0001-01-01T00:00+05:00",
        "２０26-01-31",
    ],
)
def test_a_time_that_is_none(moment: str, run: Callable) -> None:
    outcome = run("schedule", "* * * * *", "--from", moment)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"amp-lint: --from: `{moment}` is not a time\n")


def test_the_last_year_there_is_ends_the_list(run: Callable) -> None:
    outcome = run("schedule", "0 * * * *", "--from", "9999-12-31T21:30")
    assert outcome.code == 0
    assert "Fri" in outcome.out


def test_without_an_expression(run: Callable) -> None:
    outcome = run("schedule")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("amp-lint: EXPR is missing\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="0159*/-,LMon \t\n\x1b日\u0301", min_size=1, max_size=200))
def test_the_carets_stand_under_the_expression(text: str, run: Callable) -> None:
    outcome = run("schedule", *AFTER, "--", text)
    assert outcome.code in (0, 1)
    assert outcome.err == ""
    assert "\x1b" not in outcome.out
    if outcome.out.startswith("error: "):
        assert "^" in outcome.out.split("\n")[3]
