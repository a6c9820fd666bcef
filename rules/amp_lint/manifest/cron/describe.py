"""A schedule in English words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from amp_lint.manifest.cron.calendar import DayRule, closest_days, day_rule
from amp_lint.manifest.cron.model import DAY_OF_WEEK, MONTH, MovingDay, Schedule

_MOST_TIMES = 4  # a day's runs are listed one by one up to here
_WEEK_FROM_MONDAY = (1, 2, 3, 4, 5, 6, 0)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def describe(schedule: Schedule) -> str:
    """Return when the schedule runs, such as ``every 10 minutes`` or ``every day at 00:00``.

    Two schedules share a description only if they run at the very same times (in UTC).
    """
    rule = day_rule(schedule)
    if closest_days(rule) is None:
        return "never, as no year has such a day"
    minutes, hours = schedule.minute.values, schedule.hour.values
    on_days = _on_days(rule)
    phrase = _period(minutes, hours)
    if phrase is not None:
        return phrase if rule.every_day else _joined(phrase, on_days)
    times = [f"{hour:02}:{minute:02}" for hour in hours for minute in minutes]
    if len(times) <= _MOST_TIMES:
        phrase = f"at {_listed(times)}"
        by_one_field = rule.days is None or rule.weekdays is None
        return f"{on_days} {phrase}" if by_one_field else f"{phrase}, {on_days}"
    at = f"at {_counted('minute', minutes)}"
    # VS Code cuts an inlay hint at 43 characters.
    every_hour = len(hours) == 24
    phrase = f"every hour {at}" if every_hour else f"{at} of {_counted('hour', hours)}"
    return phrase if rule.every_day else f"{phrase}, {on_days}"


def length(minutes: int) -> str:
    """Return a time span in words: ``1 day 2 hours``."""
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "day"), (hours, "hour"), (minutes, "minute"))
    return " ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in parts if count)


def moment(time: datetime) -> str:
    """Return a time in UTC as people write it: ``2026-01-31 06:30 UTC, Sat``."""
    return f"{time.isoformat(' ', 'minutes')[:16]} UTC, {_SHORT_DAYS[time.weekday()]}"


def _joined(phrase: str, on_days: str) -> str:
    separate = "," in phrase or "," in on_days or " and " in on_days
    return f"{phrase}, {on_days}" if separate else f"{phrase} {on_days}"


def _period(minutes: Sequence[int], hours: Sequence[int]) -> str | None:
    """Return the runs of a day as a period, where they have one."""
    every = _every(minutes, 60, "minute")
    if len(hours) == 24:
        return _hourly(minutes, every)
    first, last = f"{hours[0]:02}:{minutes[0]:02}", f"{hours[-1]:02}:{minutes[-1]:02}"
    if len(minutes) > 1:
        contiguous = hours[-1] - hours[0] == len(hours) - 1
        return f"{every} from {first} to {last}" if every and contiguous else None
    if len(hours) < 3:
        return None
    every = _every(hours, 24, "hour")
    if every is not None:
        return f"{every}, on the hour" if first == "00:00" else f"{every} from {first}"
    step = hours[1] - hours[0]
    return (
        f"every {_plural(step, 'hour')} from {first} to {last}" if _is_even(hours, step) else None
    )


def _is_even(values: Sequence[int], step: int) -> bool:
    return all(after - before == step for before, after in pairwise(values))


def _hourly(minutes: Sequence[int], every: str | None) -> str | None:
    if len(minutes) == 1:
        return f"every hour{f' at minute {minutes[0]}' if minutes[0] else ', on the hour'}"
    if every is not None and minutes[0]:
        return f"{every} from minute {minutes[0]} of every hour"
    return every


def _every(values: Sequence[int], cycle: int, unit: str) -> str | None:
    """Return ``every 10 minutes`` if two or more values part their cycle evenly."""
    step = cycle // len(values)
    if len(values) == 1 or values[-1] + step != values[0] + cycle or not _is_even(values, step):
        return None
    return f"every {_plural(step, unit)}"


def _plural(count: int, unit: str) -> str:
    return unit if count == 1 else f"{count} {unit}s"


def _on_days(rule: DayRule) -> str:
    if rule.every_day:
        return "every day"
    months = None if rule.months is None else _listed(_runs(rule.months, _month_name))
    within = f" in {months}" if months else ""
    if rule.days is None and rule.weekdays is None:
        return f"every day{within}"
    weekdays = "" if rule.weekdays is None else _weekdays(rule.weekdays, rule.moving_weekdays)
    if rule.days is None:
        return f"on {weekdays}{within}"
    days = f"{_days(rule.days, rule.moving_days)} of {months or 'the month'}"
    if rule.weekdays is None:
        return f"on {days}"
    if rule.either:
        return f"on {days} and also on {'every ' if rule.weekdays else ''}{weekdays}{within}"
    several = len(rule.days) + len(rule.moving_days) > 1
    return f"on {weekdays}, if it is also {'one of ' if several else ''}{days}"


def _days(days: Sequence[int], moving: Sequence[MovingDay]) -> str:
    plain = [_counted("day", days)] if days else []
    return _listed(plain + sorted(map(_moving_day, moving)))


def _moving_day(day: MovingDay) -> str:
    if day.value is None:
        return "the last day"
    if day.letter == "W":
        return f"the working day nearest to day {day.value}"
    nth = "last" if day.letter == "L" else _ORDINALS[day.nth - 1]
    return f"the {nth} {DAY_OF_WEEK.long_names[day.value]} of the month"


def _weekdays(weekdays: Sequence[int], moving: Sequence[MovingDay]) -> str:
    positions = [at for at, weekday in enumerate(_WEEK_FROM_MONDAY) if weekday in weekdays]
    plain = _runs(positions, lambda at: DAY_OF_WEEK.long_names[_WEEK_FROM_MONDAY[at]])
    return _listed(plain + sorted(map(_moving_day, moving)))


def _month_name(month: int) -> str:
    return MONTH.long_names[month - MONTH.low]


def _counted(unit: str, values: Sequence[int]) -> str:
    """Return ``minute 5`` or ``minutes 0, 10 to 20 and 40``."""
    return f"{unit}{'s' if len(values) > 1 else ''} {_listed(_runs(values, str))}"


def _runs(values: Sequence[int], name: Callable[[int], str]) -> list[str]:
    """Name ascending values, three or more in a row as ``a to b``."""
    rows: list[list[int]] = []
    for value in values:
        if rows and value == rows[-1][-1] + 1:
            rows[-1].append(value)
        else:
            rows.append([value])
    named: list[str] = []
    for row in rows:
        if len(row) > 2:
            named.append(f"{name(row[0])} to {name(row[-1])}")
        else:
            named.extend(map(name, row))
    return named


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
