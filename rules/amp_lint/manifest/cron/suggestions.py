"""An expression put right: the suggestion in the place of the mistake."""

from __future__ import annotations

from amp_lint.manifest.cron.model import Schedule, ScheduleError
from amp_lint.manifest.cron.parser import parse
from amp_lint.manifest.cron.steps import nearest_legal_step, replaced
from amp_lint.manifest.cron.sundays import lost_sundays, with_sunday_as_zero

# A longer expression would be cut where it is shown, and then helps nobody.
_LONGEST = 40
_MOST_ERRORS = 10


def meant(text: str, error: ScheduleError) -> Schedule | None:
    """Return the expression with the error's suggestion, and with those of the errors that are then
    left, if that makes a schedule of it."""
    for _ in range(_MOST_ERRORS):
        if error.suggestion is None or len(text) > _LONGEST:
            return None
        text = (text[: error.start] + error.suggestion + text[error.end :]).strip()
        try:
            return parse(text)
        except ScheduleError as following:
            error = following
    return None


def corrected(text: str, error: ScheduleError, minimum_minutes: int) -> str | None:
    """Return the text of what was meant. One that would run too often is thinned out at once, and
    Sunday and any day are written so that all libraries read them."""
    schedule = meant(text, error)
    if schedule is None:
        return None
    for item in lost_sundays(schedule):
        schedule = parse(replaced(schedule, item, with_sunday_as_zero(schedule, item)[0]))
        break
    if "?" in schedule.text:
        schedule = parse(schedule.text.replace("?", "*"))
    return nearest_legal_step(schedule, minimum_minutes) or schedule.text


def other_reading(text: str, error: ScheduleError, minimum_minutes: int) -> str | None:
    """Return the text of the second reading, if there is one."""
    if error.other is None:
        return None
    second = ScheduleError(error.message, error.start, error.end, error.kind, error.other)
    return corrected(text, second, minimum_minutes)
