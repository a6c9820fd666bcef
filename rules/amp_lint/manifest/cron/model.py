"""What a cron expression consists of, and what each of its five fields may hold."""

from __future__ import annotations

from amp_schema.lite_dataclasses import dataclass, field

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class ScheduleError(ValueError):
    """A cron expression that the platform would not accept.

    ``start`` and ``end`` are a half-open span in code points inside the expression and cover the
    wrong part alone. ``suggestion``, where there is one, is what to write in place of that part:
    the empty text where the part is to go; ``other`` is a second reading that is as likely.
    ``kind`` is a short word for the sort of mistake.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        kind: str,
        suggestion: str | None = None,
        other: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.kind = kind
        self.suggestion = suggestion
        self.other = other


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of the five fields counts, and in which bounds.

    ``high`` is the largest number an author may write, ``top`` the largest that ``*`` stands for;
    they differ for weekdays only, where 7 is a second name of Sunday. ``long_names`` are what the
    values are called, from ``low`` on; their first three letters may be written in an expression.
    """

    name: str
    low: int
    high: int
    top: int
    long_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The three-letter names that may be written instead of numbers, in lower case."""
        return tuple(name[:3].lower() for name in self.long_names)

    @property
    def allowed(self) -> str:
        """The accepted values, in words."""
        numbers = f"{self.low} to {self.high}"
        if not self.long_names:
            return numbers
        sunday = " (0 and 7 are Sunday)" if self.high != self.top else ""
        return f"{numbers}{sunday} or {self.names[0]} to {self.names[-1]}"

    def number(self, name: str) -> int | None:
        """Return the number that a three-letter name stands for, in any case of letters."""
        names, lowered = self.names, name.lower()
        return names.index(lowered) + self.low if lowered in names else None


MINUTE = Unit("minute", 0, 59, 59)
HOUR = Unit("hour", 0, 23, 23)
DAY_OF_MONTH = Unit("day of month", 1, 31, 31)
MONTH = Unit("month", 1, 12, 12, _MONTHS)
DAY_OF_WEEK = Unit("day of week", 0, 7, 6, _WEEKDAYS)
UNITS = (MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK)


@dataclass(frozen=True, slots=True)
class MovingDay:
    """A day that moves from month to month: ``L``, ``15W``, ``5L``, ``5#2``.

    ``letter`` is the sign in upper case. ``value`` is the day of the month for ``W``, the weekday
    (0 to 6) for ``#`` and for ``L`` after a weekday, else None. ``nth`` is the number after ``#``.
    """

    letter: str
    value: int | None = None
    nth: int = 0

    def day(self, length: int, first_weekday: int) -> int | None:
        """Return the day in a month of so many days that begins on a weekday, Sunday being 0.

        None if the month has no such day: a fifth Friday, or the 31st for ``31W``.
        """
        if self.value is None:
            return length
        if self.letter == "W":
            return _nearest_workday(self.value, length, first_weekday)
        first = (self.value - first_weekday) % 7 + 1
        if self.letter == "L":
            return first + (length - first) // 7 * 7
        day = first + 7 * (self.nth - 1)
        return day if day <= length else None


def _nearest_workday(day: int, length: int, first_weekday: int) -> int | None:
    """Return the day of Monday to Friday nearest to a day, in the same month."""
    if day > length:
        return None
    weekday = (first_weekday + day - 1) % 7
    if weekday == 6:
        return day - 1 if day > 1 else day + 2
    if weekday == 0:
        return day + 1 if day < length else day - 2
    return day


@dataclass(frozen=True, slots=True)
class CronItem:
    """One part of a field's comma list.

    ``first``, ``last`` and ``step`` are as written (``*`` is the whole field, ``5/10`` ends at the
    field's maximum); ``values`` are what they select, with Sunday always 0. ``step`` is None where
    none is written. ``start`` and ``end`` count code points in the whole expression. For a
    ``moving`` day there are no values, and ``first`` and ``last`` are -1.
    """

    field: str
    start: int
    end: int
    first: int
    last: int
    step: int | None
    values: tuple[int, ...]
    moving: MovingDay | None = None


@dataclass(frozen=True, slots=True)
class CronField:
    """One of the five fields: its span in the expression, its items, all values they select.

    ``is_star`` says whether the field begins with ``*`` or is ``?``, which is what cron asks before
    it lets a day match by day of month *or* by day of week.
    """

    name: str
    start: int
    end: int
    items: tuple[CronItem, ...]
    values: tuple[int, ...]
    is_star: bool

    @property
    def moving(self) -> tuple[MovingDay, ...]:
        """The distinct moving days of the field."""
        found = (item.moving for item in self.items)
        return tuple(dict.fromkeys(day for day in found if day is not None))


@dataclass(frozen=True, slots=True)
class Schedule:
    """A well-formed five-field cron expression. The text says all, so it alone is compared."""

    text: str
    minute: CronField = field(compare=False)
    hour: CronField = field(compare=False)
    day_of_month: CronField = field(compare=False)
    month: CronField = field(compare=False)
    day_of_week: CronField = field(compare=False)

    @property
    def fields(self) -> tuple[CronField, CronField, CronField, CronField, CronField]:
        """The five fields in the order in which they are written."""
        return (self.minute, self.hour, self.day_of_month, self.month, self.day_of_week)

    @property
    def nonstandard(self) -> tuple[CronItem, ...]:
        """The ``?`` and the moving days, which standard cron does not have."""
        return tuple(
            item
            for field in (self.day_of_month, self.day_of_week)
            for item in field.items
            if item.moving is not None or self.text[item.start] == "?"
        )

    @property
    def either_day(self) -> bool:
        """Whether a day need match only one of day of month and day of week."""
        return not (self.day_of_month.is_star or self.day_of_week.is_star)
