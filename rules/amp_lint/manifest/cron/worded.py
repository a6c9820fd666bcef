"""Schedules in the notation of other services: ``rate(5 minutes)``, ``every 2 hours``, ``30m``."""

from __future__ import annotations

import re

from amp_lint.manifest.cron.field_errors import shown
from amp_lint.manifest.cron.model import ScheduleError

_FIVE = "minute, hour, day of month, month, day of week"
_RATE = re.compile(r"rate\(\s*(?P<count>[0-9]+)\s+(?P<unit>minute|hour|day)s?\s*\)", re.I)
_CRON = re.compile(r"cron\(\s*(?P<fields>\S+(?:\s+\S+){4,5})\s*\)", re.I)
_WORDS = re.compile(
    r"(?:each|every)?\s*(?P<count>[0-9]+)?\s*"
    r"(?P<unit>minute|min|m|hour|hr|h|day|d|week|w|month)s?(?:ly)?",
    re.I,
)
_DURATION = re.compile(r"PT?(?P<count>[0-9]+)(?P<unit>[MHD])", re.I)
_WEEKDAY = re.compile(
    r"(?:each|every)\s+(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?", re.I
)
_CLOCK = re.compile(r"(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::00)?")
# What else only people understand.
_OTHER = re.compile(
    r"(?:each|every|once|twice|at|on|daily|hourly|weekly|monthly|weekdays?|weekends?)\b.+"
    r"|realtime|real-time|always|never|manual|continuous(?:ly)?|weekdays?|weekends?",
    re.I,
)
_MINUTES = {"m": 1, "h": 60, "d": 1440}
_WEEK = "0 0 * * 0"
_MONTH = "0 0 1 * *"
_HOUR, _DAY = 60, 1440


def worded(text: str) -> ScheduleError | None:
    """Return the error for a schedule in another notation, with the five fields where they are
    known; None for other text."""
    bare = text.strip(" \t")
    start = text.index(bare) if bare else 0
    cron = _CRON.fullmatch(bare)
    if cron is not None:
        message = f"`cron(...)` is the notation of AWS; write the five fields alone: {_FIVE}"
        return ScheduleError(message, start, start + len(bare), "notation", _of_aws(cron["fields"]))
    rate = _RATE.fullmatch(bare)
    clock = _CLOCK.fullmatch(bare)
    if clock is not None:
        message = f"{shown(bare)} is a time of day; write five fields: {_FIVE}"
        fields = f"{int(clock['minute'])} {int(clock['hour'])} * * *"
        return ScheduleError(message, start, start + len(bare), "notation", fields)
    match = rate or _WORDS.fullmatch(bare) or _DURATION.fullmatch(bare)
    if match is None and not _WEEKDAY.fullmatch(bare) and not _OTHER.fullmatch(bare):
        return None
    what = "is the notation of AWS" if rate else "is not a cron expression"
    message = f"{shown(bare)} {what}; write five fields: {_FIVE}"
    return ScheduleError(message, start, start + len(bare), "notation", _fields(bare, match))


def _fields(bare: str, match: re.Match[str] | None) -> str | None:
    day = _WEEKDAY.fullmatch(bare)
    if day is not None:
        return f"0 0 * * {day['day'][:3].lower()}"
    if match is None:
        return None
    unit = match["unit"].lower()
    count = int(match["count"] or 1)
    if unit.startswith(("w", "mo")):
        return (_WEEK if unit.startswith("w") else _MONTH) if count == 1 else None
    return every(count * _MINUTES[unit[0]])


def every(period: int) -> str | None:
    """Return the fields for a period in minutes that divides the hour or the day."""
    if period == _DAY:
        return "0 0 * * *"
    if period == _HOUR:
        return "0 * * * *"
    if 0 < period < _HOUR and _HOUR % period == 0:
        return f"*/{period} * * * *"
    if period % _HOUR == 0 and 0 < period < _DAY and _DAY % period == 0:
        return f"0 */{period // _HOUR} * * *"
    return None


def _of_aws(fields: str) -> str | None:
    """Return the first five of the fields of AWS, which numbers weekdays from 1 for Sunday."""
    five = ["*" if one == "?" else one for one in fields.split()[:5]]
    return None if any(sign.isdigit() for sign in five[4]) else " ".join(five)
