"""Text to schedule: the strict five-field grammar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from amp_lint.manifest.cron.model import (
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    UNITS,
    CronField,
    CronItem,
    MovingDay,
    Schedule,
    ScheduleError,
    Unit,
)
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.manifest.cron.field_errors import Role

_FIELD_TEXT = pattern(r"[^ \t]+")
# Without these characters, five words have no macro, no time zone, and only blanks between them.
_UNUSUAL = pattern(r"[^0-9A-Za-z*,/\- \t]")
# A single letter is an extension of another scheduler, not a name (L, W, H, R).
_NUMBER_OR_NAME = r"[0-9]+|[A-Za-z]{2,}"
_PART = pattern(
    rf"(?:\*|(?P<first>{_NUMBER_OR_NAME})(?:-(?P<last>{_NUMBER_OR_NAME}))?)(?:/(?P<step>[0-9]+))?"
)
# The platform counts in 64 bits; int() itself refuses a few thousand digits.
_MOST_DIGITS = 18

_Selection = tuple[int, int, "int | None", tuple[int, ...], "MovingDay | None"]


def parse(text: str) -> Schedule:
    """Read a five-field cron expression.

    Fields are parted by spaces or tabs. A field is a comma list of ``*``, ``a``, ``a-b``, each
    with an optional ``/step``; ``a/step`` runs to the field's maximum. A step larger than the
    range is accepted, as the platform accepts it, and so are ``?`` as a day field and the moving
    days ``L``, ``15W`` (day of month), ``5L``, ``5#2`` (day of week).

    Raises:
        ScheduleError: the text is anything else; the error's span covers the wrong part.
    """
    words = [(match.start(), match.end()) for match in _FIELD_TEXT.finditer(text)]
    if len(words) != len(UNITS) or _UNUSUAL.search(text):
        from amp_lint.manifest.cron import expression_errors

        expression_errors.check_blanks(text)
        expression_errors.check_quotes(text)
        expression_errors.check_comment(text)
        expression_errors.check_macro(text)
        if len(words) != len(UNITS):
            raise expression_errors.field_count(text, words, _accepts)
    minute, hour, day_of_month, month, day_of_week = (
        _field(unit, text, start, end) for unit, (start, end) in zip(UNITS, words, strict=True)
    )
    return Schedule(text, minute, hour, day_of_month, month, day_of_week)


def _accepts(text: str) -> bool:
    try:
        parse(text)
    except ScheduleError:
        return False
    return True


def _field(unit: Unit, text: str, start: int, end: int) -> CronField:
    items: list[CronItem] = []
    # A list may repeat itself a hundred thousand times; its distinct parts are few.
    known: dict[str, _Selection] = {}
    at = start
    for part in text[start:end].split(","):
        if not part:
            from amp_lint.manifest.cron import field_errors

            raise field_errors.empty_part(unit, text[start:end], start, at)
        selection = known.get(part)
        if selection is None:
            is_day = unit is DAY_OF_MONTH or unit is DAY_OF_WEEK
            selection = _day(unit, part, at, end - start) if is_day else None
            known[part] = selection = selection or _selection(unit, part, at)
        stop = at + len(part)
        items.append(CronItem(unit.name, at, stop, *selection))
        at = stop + 1
    values = {value for selection in known.values() for value in selection[3]}
    is_star = text[start] in "*?"
    return CronField(unit.name, start, end, tuple(items), tuple(sorted(values)), is_star)


def _day(unit: Unit, part: str, at: int, length: int) -> _Selection | None:
    """Return what a nonstandard part of a day field selects; None for a standard part.

    ``length`` is that of the whole field, as ``?`` is not allowed in a list.
    """
    if part == "?" and length == 1:
        return unit.low, unit.top, None, _values(unit.low, unit.top, 1, unit.top), None
    if part[-1] not in "LlWw" and "#" not in part:
        return None
    from amp_lint.manifest.cron.moving_days import moving_day

    day = moving_day(unit, part, at)
    return None if day is None else (-1, -1, None, (), day)


def _selection(unit: Unit, part: str, at: int) -> _Selection:
    match = _PART.fullmatch(part)
    if match is None:
        from amp_lint.manifest.cron import field_errors

        raise field_errors.malformed(unit, part, at)
    first, last = _bounds(unit, match, at)
    step = None
    if match["step"] is not None:
        step = _step(unit, match["step"], at + match.start("step"))
    return first, last, step, _values(first, last, min(step or 1, unit.high + 1), unit.top), None


def _bounds(unit: Unit, match: re.Match[str], at: int) -> tuple[int, int]:
    first_text, last_text, step_text = match.group("first", "last", "step")
    if first_text is None:
        return unit.low, unit.top
    if last_text is None:
        first = _value(unit, first_text, at, "only")
        # Sunday written as 7 lies beyond the top: 7/2 is that one day.
        return first, first if step_text is None else max(first, unit.top)
    first = _value(unit, first_text, at, "first")
    last = _value(unit, last_text, at + match.start("last"), "last")
    if last < first:
        stepped = step_text is not None
        from amp_lint.manifest.cron import field_errors

        raise field_errors.reversed_range(unit, (first_text, last_text), (first, last), at, stepped)
    return first, last


def _value(unit: Unit, written: str, at: int, role: Role) -> int:
    if written.isdigit():
        digits = written.lstrip("0") or "0"
        value = int(digits) if len(digits) <= _MOST_DIGITS else unit.high + 2
        if not unit.low <= value <= unit.high:
            from amp_lint.manifest.cron import field_errors

            raise field_errors.out_of_range(unit, written, value, at, role)
        return value
    named = unit.number(written)
    if named is None:
        from amp_lint.manifest.cron import field_errors

        raise field_errors.unknown_name(unit, written, at)
    return named


def _step(unit: Unit, written: str, at: int) -> int:
    digits = written.lstrip("0")
    if not digits or len(digits) > _MOST_DIGITS:
        from amp_lint.manifest.cron import field_errors

        raise field_errors.impossible_step(unit, written, at)
    return int(digits)


@lru_cache(maxsize=1024)
def _values(first: int, last: int, step: int, top: int) -> tuple[int, ...]:
    """Return what a range selects; shared, as a long list repeats the same few ranges.

    What lies beyond the top is Sunday written as 7.
    """
    return tuple(sorted({value if value <= top else 0 for value in range(first, last + 1, step)}))
