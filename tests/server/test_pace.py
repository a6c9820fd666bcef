"""How long the server waits after a keystroke, on a clock of the test's own."""

from __future__ import annotations

import pytest

from amp_language_server.state.pace import LONGEST_WAIT, Pace

SETTING = 0.1


def warm(took: float) -> Pace:
    pace = Pace()
    pace.ended(5.0)
    pace.ended(took)
    return pace


def test_the_first_analysis_does_not_count() -> None:
    pace = Pace()
    assert pace.wait(0.0, SETTING) == SETTING
    pace.started()
    pace.ended(0.001)
    assert pace.wait(1.0, SETTING) == SETTING


@pytest.mark.parametrize(
    ("took", "waits"), [(0.004, 0.004), (SETTING, SETTING), (0.25, SETTING), (0.0, 0.0)]
)
def test_the_wait_is_the_last_analysis_up_to_the_setting(took: float, waits: float) -> None:
    assert warm(took).wait(0.0, SETTING) == waits


def test_the_last_analysis_counts_not_the_longest() -> None:
    pace = warm(0.08)
    pace.ended(0.002)
    assert pace.wait(0.0, SETTING) == 0.002


def test_a_burst_is_analysed_before_it_ends() -> None:
    pace = warm(1.0)
    assert pace.wait(10.0, 5.0) == pytest.approx(LONGEST_WAIT)
    assert pace.wait(10.2, 5.0) == pytest.approx(LONGEST_WAIT - 0.2)
    assert pace.wait(10.4, 5.0) == 0.0
    pace.started()
    assert pace.wait(10.5, 5.0) == pytest.approx(LONGEST_WAIT)
