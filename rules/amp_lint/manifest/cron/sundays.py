"""Sunday written as 7 where the published validator's library does not read it."""

from __future__ import annotations

from functools import lru_cache

from amp_lint.manifest.cron.model import CronItem, Schedule

_SUNDAY = 0
_SEVEN = 7


@lru_cache(maxsize=512)
def lost_sundays(schedule: Schedule) -> tuple[CronItem, ...]:
    """Return the ranges and steps of weekdays that lose Sunday because they write it as 7.

    gronx, the library of the published validator, reads 7 as Sunday only where it is a value of
    its own: ``4-7`` runs from Thursday to Saturday, ``7/2`` never runs (measured with 1.19.5).
    The result is empty where another part of the field selects Sunday, and an item that repeats an
    earlier one is left out.
    """
    lost: dict[str, CronItem] = {}
    for item in schedule.day_of_week.items:
        text = schedule.text[item.start : item.end]
        if item.last == _SEVEN and item.first != _SUNDAY and not text.isdigit():
            if _SUNDAY in item.values:
                lost.setdefault(text, item)
        elif _SUNDAY in item.values:
            return ()
    return tuple(lost.values())


def with_sunday_as_zero(schedule: Schedule, item: CronItem) -> tuple[str, ...]:
    """Return what to write for an item of ``lost_sundays``: ``0,4-6`` for ``4-7``.

    For ``7/2`` there are two readings: every second day from Sunday, and Sunday alone.
    """
    text = schedule.text[item.start : item.end]
    if "-" not in text:
        return (f"0/{item.step}", "0") if item.step and item.step < _SEVEN else ("0",)
    if item.step not in (None, 1):
        return (",".join(map(str, item.values)),)
    start = text.partition("-")[0]
    if item.first == 1:
        return ("0-6",)
    if item.first == _SEVEN:
        return ("0",)
    return (f"0,{start}" if item.first == _SEVEN - 1 else f"0,{start}-6",)
