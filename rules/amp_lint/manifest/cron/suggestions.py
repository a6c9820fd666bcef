"""An expression put right: the suggestion in the place of the mistake."""

from __future__ import annotations

from amp_lint.manifest.cron.model import Schedule, ScheduleError
from amp_lint.manifest.cron.parser import parse
from amp_lint.manifest.cron.steps import nearest_legal_step

# A longer expression would be cut where it is shown, and then helps nobody.
_LONGEST = 40


def meant(text: str, error: ScheduleError) -> Schedule | None:
    """Return the expression with the error's suggestion, if that makes a schedule of it."""
    if error.suggestion is None or len(text) > _LONGEST:
        return None
    candidate = text[: error.start] + error.suggestion + text[error.end :]
    try:
        return parse(candidate.strip())
    except ScheduleError:
        return None


def corrected(text: str, error: ScheduleError, minimum_minutes: int) -> str | None:
    """Return the text of what was meant; one that would run too often is thinned out at once."""
    schedule = meant(text, error)
    if schedule is None:
        return None
    return nearest_legal_step(schedule, minimum_minutes) or schedule.text
