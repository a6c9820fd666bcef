"""Text to moving day: ``L``, ``15W``, ``5L`` and ``5#2``.

The signs and their bounds are those of gronx, the library of the platform's published validator.
"""

from __future__ import annotations

import re

from amp_lint.manifest.cron.field_errors import out_of_range, unknown_name
from amp_lint.manifest.cron.model import DAY_OF_MONTH, DAY_OF_WEEK, MovingDay, ScheduleError, Unit
from amp_schema.patterns import pattern

_WORKDAY = pattern(r"([0-9]{1,2})W", re.IGNORECASE)
_WEEKDAY = pattern(r"([0-9]{1,2}|[A-Z]{3})(?:(L)|#([0-9]{1,2}))", re.IGNORECASE)
_MOST_WEEKS = 5


def moving_day(unit: Unit, part: str, at: int) -> MovingDay | None:
    """Return the moving day that a part of a day field names; None for other text.

    ``at`` is the offset of the part in the expression.

    Raises:
        ScheduleError: the day, the weekday or the week is out of range.
    """
    if unit is DAY_OF_MONTH:
        if part in ("L", "l"):
            return MovingDay("L")
        match = _WORKDAY.fullmatch(part)
        return None if match is None else MovingDay("W", _number(unit, match[1], at))
    match = _WEEKDAY.fullmatch(part)
    if match is None or unit is not DAY_OF_WEEK:
        return None
    weekday = _number(unit, match[1], at) % 7
    if match[2]:
        return MovingDay("L", weekday)
    nth = int(match[3])
    if not 1 <= nth <= _MOST_WEEKS:
        raise ScheduleError(
            f"week {match[3]} after # is out of range; allowed are 1 to {_MOST_WEEKS}",
            at + match.start(3),
            at + match.end(3),
            "range",
        )
    return MovingDay("#", weekday, nth)


def _number(unit: Unit, written: str, at: int) -> int:
    if not written.isdigit():
        named = unit.number(written)
        if named is None:
            raise unknown_name(unit, written, at)
        return named
    value = int(written)
    if not unit.low <= value <= unit.high:
        raise out_of_range(unit, written, value, at, "first")
    return value
