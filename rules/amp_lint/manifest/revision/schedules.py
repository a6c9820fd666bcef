"""Whether two schedules run at the same times."""

from __future__ import annotations

from amp_lint.manifest.cron import Schedule, ScheduleError, never_runs, parse
from amp_lint.manifest.cron.calendar import day_rule


def parsed(text: str) -> Schedule | None:
    """Parse a schedule; None for an empty one and for one that cannot be read."""
    try:
        return parse(text) if text.strip() else None
    except ScheduleError:
        return None


def same_runs(old: Schedule | None, new: Schedule | None) -> bool:
    """Whether two schedules run at the same times. Days are compared by their rule."""
    if old is None or new is None:
        return old is new
    if never_runs(old) or never_runs(new):
        return never_runs(old) and never_runs(new)
    return _times(old) == _times(new) and day_rule(old) == day_rule(new)


def _times(schedule: Schedule) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(schedule.minute.values), frozenset(schedule.hour.values)
