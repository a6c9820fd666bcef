"""What is wrong inside a field: each mistake in its own words, on its own characters.

Each function is named after a mistake and returns the error, for the parser to raise.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from amp_lint.manifest.cron.model import UNITS, ScheduleError, Unit

Role = Literal["only", "first", "last"]
"""Where a value stands: alone (or before a step), or at one end of a range."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NOON = 12
_HALF_DAY = re.compile(r"(?P<hour>1[0-2]|0?[1-9])(?P<half>[ap])m", re.I)
_DAYS = {
    **dict.fromkeys(("weekday", "weekdays"), "1-5"),
    **dict.fromkeys(("weekend", "weekends"), "0,6"),
    **dict.fromkeys(("daily", "everyday", "all", "any", "every"), "*"),
}
# What is longer is cut short in a message and not worth a suggestion.
_MOST_SHOWN = 20
_STRANGE = re.compile(r"[^0-9A-Za-z*,/-]+")
# Typographic stand-ins that Unicode's own compatibility mapping leaves alone.
_STAND_INS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2044\u2215", "/"),
    **dict.fromkeys("\u2217\u22c6\u204e", "*"),
    **dict.fromkeys("\u060c\u3001", ","),
}
_EXTENSIONS = (
    (re.compile(r"L(?:W|-[0-9]+)?|(?:[0-9]{1,2}|[A-Z]{3})L"), "L", "the last day"),
    (re.compile(r"[0-9]{1,2}W|W[0-9]{1,2}"), "W", "the nearest working day"),
    (re.compile(r"(?:[0-9]{1,2}|[A-Z]{3})#[0-9]*"), "#", "the nth weekday of a month"),
    (re.compile(r"H(?:\([0-9-]*\))?(?:/[0-9]+)?"), "H", "a hashed value"),
    (re.compile(r"R(?:\([0-9-]*\))?(?:/[0-9]+)?"), "R", "a random value"),
)


def empty_part(unit: Unit, field: str, start: int, at: int) -> ScheduleError:
    """A comma with nothing before or after it; ``at`` is where the part should begin."""
    comma = at if at == start else at - 1
    return ScheduleError(
        f"the {unit.name} list has an empty part; each comma needs a value on both sides",
        comma,
        comma + 1,
        "empty-part",
        "" if field.strip(",") else None,
    )


def out_of_range(unit: Unit, written: str, value: int, at: int, role: Role) -> ScheduleError:
    """A number that the field does not have."""
    suggestion = None
    if role == "last":
        suggestion = str(unit.high) if value == unit.high + 1 else None
    elif value < unit.low:
        suggestion = str(unit.low)
    elif role == "only" and unit.low == 0 and value == unit.top + 1:
        # Minute 60 and hour 24 are meant as the start of the next hour or day.
        suggestion = "0"
    return ScheduleError(
        f"{unit.name} {shown(written, quote='')} is out of range; allowed are {unit.allowed}",
        at,
        at + len(written),
        "range",
        suggestion,
    )


def unknown_name(unit: Unit, written: str, at: int) -> ScheduleError:
    """Letters where the field has no such name, or no names at all."""
    span = (at, at + len(written))
    extension = _extension(unit, written, at)
    if extension is not None:
        return extension
    owner = next((other for other in UNITS if other.number(written) is not None), None)
    if owner is not None:
        belongs = f"{shown(written)} belongs in the {owner.name} field"
        message = f"{belongs}; {unit.name} allows {unit.allowed}"
        return ScheduleError(message, *span, "name")
    if not unit.names:
        message = f"{unit.name} cannot be the word {shown(written)}; allowed are {unit.allowed}"
        return ScheduleError(message, *span, "name")
    days = _DAYS.get(written.lower()) if unit.name == "day of week" else None
    if days is not None:
        message = f"{shown(written)} is not a valid {unit.name}; allowed are {unit.allowed}"
        return ScheduleError(message, *span, "name", days)
    stem = written.lower().rstrip("s")
    is_long_form = any(len(stem) >= 3 and name.lower().startswith(stem) for name in unit.long_names)
    return ScheduleError(
        f"{shown(written)} is not a valid {unit.name}; allowed are {unit.allowed}",
        *span,
        "name",
        written[:3] if is_long_form else None,
    )


def impossible_step(unit: Unit, written: str, at: int) -> ScheduleError:
    """A step of zero, or one too large for any clock."""
    what = "too large" if written.strip("0") else "zero, which never moves on"
    return ScheduleError(
        f"the {unit.name} step is {what}; a step is a whole number from 1",
        at,
        at + len(written),
        "step",
    )


def reversed_range(
    unit: Unit, written: tuple[str, str], values: tuple[int, int], at: int, stepped: bool
) -> ScheduleError:
    """A range that ends before it begins; the suggestion wraps it around the field's end. The other
    reading is that of a clock with twelve hours."""
    text = "-".join(written)
    return ScheduleError(
        f"the {unit.name} range {shown(text)} runs backwards; its first value must not be larger "
        f"than its last",
        at,
        at + len(text),
        "reversed-range",
        None if stepped or unit.name == "minute" else _wrapped(unit, written, values),
        _afternoon(unit, written, values),
    )


def _afternoon(unit: Unit, written: tuple[str, str], values: tuple[int, int]) -> str | None:
    """Return the range of hours for ``9-5``, from the morning to the afternoon."""
    first, last = values
    if unit.name != "hour" or first > _NOON or not first - _NOON < last or last == 0:
        return None
    return f"{written[0]}-{last + _NOON}"


def _wrapped(unit: Unit, written: tuple[str, str], values: tuple[int, int]) -> str | None:
    if max(map(len, written)) > _MOST_SHOWN:
        return None
    (first_text, last_text), (first, last) = written, values
    if first > unit.top:
        return f"{unit.low}-{last_text}"
    top = unit.names[-1] if first_text.isalpha() else str(unit.top)
    low = unit.names[0] if last_text.isalpha() else str(unit.low)
    head = first_text if first == unit.top else f"{first_text}-{top}"
    tail = last_text if last == unit.low else f"{low}-{last_text}"
    return f"{head},{tail}"


def malformed(unit: Unit, part: str, at: int) -> ScheduleError:
    """A part of a list that the grammar does not know."""
    return (
        foreign(f"the {unit.name} field", part, at)
        or _question_mark(unit, part, at)
        or _extension(unit, part, at)
        or _half_day(unit, part, at)
        or _strange(unit, part, at)
        or _sign(unit, part, at)
        or _step_or_range(unit, part, at)
        or ScheduleError(
            f"{shown(part)} is not {_a(unit.name)}; allowed are {unit.allowed}, *, a range such as "
            f"a-b, and a step such as */n",
            at,
            at + len(part),
            "syntax",
        )
    )


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' or name == 'hour' else 'a'} {name}"


def _half_day(unit: Unit, part: str, at: int) -> ScheduleError | None:
    """An hour of a clock with twelve hours."""
    match = _HALF_DAY.fullmatch(part) if unit.name == "hour" else None
    if match is None:
        return None
    hour = int(match["hour"]) % _NOON + (_NOON if match["half"].lower() == "p" else 0)
    message = f"{shown(part)} is not an hour; allowed are {unit.allowed}"
    return ScheduleError(message, at, at + len(part), "syntax", str(hour))


def foreign(place: str, text: str, at: int) -> ScheduleError | None:
    """Characters beyond ASCII, with what they were most likely meant to be."""
    found = _FOREIGN.search(text)
    if found is None:
        return None
    plain = "".join(_plain(char) for char in found[0][:_MOST_SHOWN])
    usable = len(found[0]) <= _MOST_SHOWN and not _STRANGE.search(plain)
    return ScheduleError(
        f"{place} contains {code_points(found[0])}; only ASCII digits, letters, *, comma, - and / "
        f"are allowed",
        at + found.start(),
        at + found.end(),
        "non-ascii",
        plain if usable else None,
    )


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return _STAND_INS.get(char) or unicodedata.normalize("NFKC", char)


def _question_mark(unit: Unit, part: str, at: int) -> ScheduleError | None:
    where = part.find("?")
    if where < 0:
        return None
    is_minute = unit.name == "minute"
    hint = "write one, such as 0" if is_minute else "write * for any value"
    usual = "0" if is_minute and part == "?" else "*"
    return ScheduleError(
        f"? in the {unit.name} field is an extension of other schedulers; {hint}",
        at + where,
        at + where + 1,
        "extension",
        usual if part == "?" or part.startswith("?/") else None,
    )


def _extension(unit: Unit, part: str, at: int) -> ScheduleError | None:
    shape = part[:_MOST_SHOWN].upper()
    for pattern, letter, meaning in _EXTENSIONS:
        if pattern.fullmatch(shape) is None:
            continue
        suggestion = f"*{shape[1:]}" if re.fullmatch(r"[HR]/[0-9]+", shape) else None
        return ScheduleError(
            f"{shown(part)} in the {unit.name} field uses {letter} for {meaning}, an extension of "
            f"other schedulers; allowed are {unit.allowed}",
            at,
            at + len(part),
            "extension",
            suggestion,
        )
    return None


def _strange(unit: Unit, part: str, at: int) -> ScheduleError | None:
    found = _STRANGE.search(part)
    if found is None:
        return None
    start, end = at + found.start(), at + found.end()
    if found[0] == "+" and found.start() == 0:
        message = f"the {unit.name} number is written with a sign; write it without"
        return ScheduleError(message, start, end, "sign", "")
    if found[0].strip("\\") == "":
        message = f"a backslash has no meaning in the {unit.name} field; remove it"
        return ScheduleError(message, start, end, "syntax", "")
    if found[0] in (";", ".") and end == at + len(part):
        message = f"{shown(found[0])} after the {unit.name} field has no meaning; remove it"
        return ScheduleError(message, start, end, "syntax", "")
    if found[0] == ".":
        message = f"the {unit.name} field has a fraction; only whole numbers are allowed"
        return ScheduleError(message, start, end, "syntax")
    return ScheduleError(
        f"{shown(found[0])} has no meaning in the {unit.name} field; allowed are {unit.allowed}, "
        f"*, comma, - and /",
        start,
        end,
        "syntax",
    )


def _sign(unit: Unit, part: str, at: int) -> ScheduleError | None:
    if not re.match(r"-[0-9]", part):
        return None
    end = len(part) - len(part[1:].lstrip("0123456789"))
    return ScheduleError(
        f"{unit.name} {shown(part[:end], quote='')} is negative; allowed are {unit.allowed}",
        at,
        at + end,
        "sign",
    )


def _step_or_range(unit: Unit, part: str, at: int) -> ScheduleError | None:
    base, slash, step = part.partition("/")
    if slash and not step.isdigit():
        start = at + len(base) + 1
        if not step:
            message = f"the {unit.name} step has no number after the /"
            return ScheduleError(message, start - 1, start, "step")
        message = f"the {unit.name} step {shown(step)} is not a whole number from 1"
        return ScheduleError(message, start, at + len(part), "step")
    if slash and not base:
        message = f"the {unit.name} step has nothing before the /; */{shown(step, quote='')} steps"
        return ScheduleError(f"{message} through the whole field", at, at + 1, "step", "*/")
    if re.fullmatch(r"\*[0-9]{1,3}", base) and not slash:
        message = f"{shown(part)} in the {unit.name} field lacks the / between * and its step"
        return ScheduleError(message, at, at + len(part), "step", f"*/{part[1:]}")
    return _range(unit, base, at) if "-" in base else None


def _range(unit: Unit, base: str, at: int) -> ScheduleError:
    span = (at, at + len(base))
    if "*" in base:
        message = f"the {unit.name} range {shown(base)} mixes * with -; * is the whole range"
    elif base.count("-") > 1:
        message = f"the {unit.name} range {shown(base)} has more than one -; write a-b"
    elif base.startswith("-"):
        message = f"the {unit.name} range {shown(base)} has no first value; write a-b"
    else:
        message = f"the {unit.name} range {shown(base)} has no last value; write a-b"
    return ScheduleError(message, *span, "syntax")


def shown(text: str, quote: str = "`") -> str:
    """Quote a piece of the expression for a message: short, and printable on any terminal."""
    head = text if len(text) <= _MOST_SHOWN else f"{text[:17]}..."
    safe = "".join(char if char.isprintable() else _escaped(char) for char in head)
    return f"{quote}{safe}{quote}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def code_points(text: str) -> str:
    """Name the first characters of a text by their numbers, for a message."""
    listed = ", ".join(f"U+{ord(char):04X}" for char in text[:3])
    return f"{listed}, ..." if len(text) > 3 else listed
