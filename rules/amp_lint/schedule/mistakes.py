"""What is wrong with an expression: each mistake in its own words, on its own characters.

The functions named after a mistake return the error for the parser to raise; the ``check_``
functions raise it themselves where they find one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from amp_lint.schedule.fields import UNITS, ScheduleError, Unit

Role = Literal["only", "first", "last"]
"""Where a value stands: alone (or before a step), or at one end of a range."""

_FIVE = "minute, hour, day of month, month, day of week"
_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_EVERY = re.compile(r"@every[ \t]+(?:(?P<hours>[0-9]{1,2})h)?(?:(?P<minutes>[0-9]{1,2})m)?(?:0s)?")
_FOREIGN_BLANK = re.compile(r"[^\S \t]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_STRANGE = re.compile(r"[^0-9A-Za-z*,/-]+")
_ZONE = re.compile(r"(?:CRON_)?TZ=([^ \t]*)[ \t]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-,/].*)?")
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


def check_blanks(text: str) -> None:
    """Raise if the text is empty, or parted by anything but spaces and tabs."""
    if not text.strip():
        raise ScheduleError(
            f"the schedule is empty; five fields are needed: {_FIVE}", 0, len(text), "empty"
        )
    found = _FOREIGN_BLANK.search(text)
    if found is None:
        return
    outside = not text[: found.start()].strip() or not text[found.end() :].strip()
    line_break = any(char in "\n\r\x0b\x0c\x85\u2028\u2029" for char in found[0])
    what = "a line break" if line_break else f"the blank character {_code_points(found[0][0])}"
    raise ScheduleError(
        f"the schedule contains {what}; only spaces and tabs may stand around its five fields",
        *found.span(),
        "newline" if line_break else "blank",
        "" if outside else " ",
    )


def check_macro(text: str) -> None:
    """Raise if the text begins with an ``@`` macro or a time zone, or is a macro's bare word."""
    bare = text.strip(" \t")
    start = text.index(bare)
    zone = _ZONE.match(bare)
    if zone is not None:
        raise ScheduleError(
            "a schedule cannot name a time zone; its five fields are read as UTC",
            start,
            start + zone.end(),
            "time-zone",
            "" if zone[1].upper() in ("UTC", "GMT", "ETC/UTC") else None,
        )
    if bare[0] != "@" and f"@{bare.lower()}" not in _MACROS:
        return
    raise ScheduleError(
        f"{shown(bare)} is a macro, and macros are not understood here; write the five fields: "
        f"{_FIVE}",
        start,
        start + len(bare),
        "macro",
        _MACROS.get(bare.lower()) or _MACROS.get(f"@{bare.lower()}") or _every(bare),
    )


def _every(macro: str) -> str | None:
    """Return the fields for ``@every 30m`` and the like, where the period divides the clock."""
    match = _EVERY.fullmatch(macro)
    if match is None:
        return None
    period = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    if period in (60, 1440):
        return "0 * * * *" if period == 60 else "0 0 * * *"
    if 0 < period < 60 and 60 % period == 0:
        return f"*/{period} * * * *"
    if 60 < period < 1440 and 1440 % period == 0 and period % 60 == 0:
        return f"0 */{period // 60} * * *"
    return None


def field_count(
    text: str, words: Sequence[tuple[int, int]], accepts: Callable[[str], bool]
) -> ScheduleError:
    """Too few or too many fields; ``accepts`` says whether a corrected text would parse."""
    foreign = _foreign("the schedule", text, 0)
    if foreign is not None:
        return foreign
    if len(words) < len(UNITS):
        return _too_few(text, words, accepts)
    return (
        _blank_inside(text, words, accepts)
        or _seconds_or_year(text, words, accepts)
        or ScheduleError(
            f"{len(words)} fields where five are allowed: {_FIVE}",
            words[len(UNITS)][0],
            words[-1][1],
            "field-count",
        )
    )


def _too_few(
    text: str, words: Sequence[tuple[int, int]], accepts: Callable[[str], bool]
) -> ScheduleError:
    start, end = words[0][0], words[-1][1]
    missing = [unit.name for unit in UNITS[len(words) :]]
    completed = text[start:end] + " *" * len(missing)
    count = "1 field" if len(words) == 1 else f"{len(words)} fields"
    return ScheduleError(
        f"only {count} where five are needed; missing: {', '.join(missing)}",
        start,
        end,
        "field-count",
        completed if accepts(completed) else None,
    )


def _blank_inside(
    text: str, words: Sequence[tuple[int, int]], accepts: Callable[[str], bool]
) -> ScheduleError | None:
    """Return the error for ``0, 30 * * * *``: a field broken in two by a blank."""
    joints = [
        (left[1], right[0])
        for left, right in pairwise(words)
        if text[left[1] - 1] in ",-/" or text[right[0]] in ",-/"
    ]
    if len(words) - len(joints) != len(UNITS):
        return None
    start, end = joints[0]
    mended, kept_from = [], 0
    for left, right in joints:
        mended.append(text[kept_from:left])
        kept_from = right
    if not accepts("".join(mended) + text[kept_from:]):
        return None
    return ScheduleError(
        "a blank splits one field in two; a field is written without blanks",
        start,
        end,
        "blank-in-field",
        "",
    )


def _seconds_or_year(
    text: str, words: Sequence[tuple[int, int]], accepts: Callable[[str], bool]
) -> ScheduleError | None:
    if len(words) != len(UNITS) + 1:
        return None
    (first, second), (before_last, last) = words[:2], words[-2:]
    if _YEAR.fullmatch(text[slice(*last)]):
        return ScheduleError(
            f"a sixth field for the year, {shown(text[slice(*last)])}, is not supported; "
            f"write five fields: {_FIVE}",
            *last,
            "year-field",
        )
    rest = text[second[0] : last[1]]
    removable = accepts(rest) and accepts(f"{text[slice(*first)]} * * * *")
    return ScheduleError(
        f"six fields where five are allowed; a field for seconds, here "
        f"{shown(text[slice(*first)])}, is not supported: {_FIVE}",
        first[0],
        second[0],
        "seconds-field",
        "" if removable else None,
    )


def empty_part(unit: Unit, text: str, start: int, end: int, at: int) -> ScheduleError:
    """A comma with nothing before or after it; ``at`` is where the part should begin."""
    comma = at if at == start and at < end else at - 1
    return ScheduleError(
        f"the {unit.name} list has an empty part; each comma needs a value on both sides",
        comma,
        comma + 1,
        "empty-part",
        "",
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
    stem = written.lower().rstrip("s")
    is_long_form = any(len(stem) >= 3 and name.lower().startswith(stem) for name in unit.long_names)
    return ScheduleError(
        f"{shown(written)} is no {unit.name}; allowed are {unit.allowed}",
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
    """A range that ends before it begins; the suggestion wraps it around the field's end."""
    text = "-".join(written)
    return ScheduleError(
        f"the {unit.name} range {shown(text)} runs backwards; its first value must not be larger "
        f"than its last",
        at,
        at + len(text),
        "reversed-range",
        None if stepped else _wrapped(unit, written, values),
    )


def _wrapped(unit: Unit, written: tuple[str, str], values: tuple[int, int]) -> str:
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
        _foreign(f"the {unit.name} field", part, at)
        or _question_mark(unit, part, at)
        or _extension(unit, part, at)
        or _strange(unit, part, at)
        or _sign(unit, part, at)
        or _step_or_range(unit, part, at)
        or ScheduleError(
            f"{shown(part)} is not a {unit.name}; allowed are {unit.allowed}, *, a range such as "
            f"a-b, and a step such as */n",
            at,
            at + len(part),
            "syntax",
        )
    )


def _foreign(place: str, text: str, at: int) -> ScheduleError | None:
    found = _FOREIGN.search(text)
    if found is None:
        return None
    plain = "".join(_plain(char) for char in found[0][:20])
    usable = len(found[0]) <= 20 and not _STRANGE.search(plain)
    return ScheduleError(
        f"{place} contains {_code_points(found[0])}; only ASCII digits, letters, *, comma, - and / "
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
    is_day = unit.name.startswith("day")
    return ScheduleError(
        f"? in the {unit.name} field is an extension of other schedulers; write * for any value",
        at + where,
        at + where + 1,
        "extension",
        "*" if part == "?" and is_day else None,
    )


def _extension(unit: Unit, part: str, at: int) -> ScheduleError | None:
    shape = part[:20].upper()
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
    if re.fullmatch(r"\*[0-9]+", base) and not slash:
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


def shown(text: str, quote: str = "'") -> str:
    """Quote a piece of the expression for a message: short, and printable on any terminal."""
    head = text if len(text) <= 20 else f"{text[:17]}..."
    safe = "".join(char if char.isprintable() else _escaped(char) for char in head)
    return f"{quote}{safe}{quote}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _code_points(text: str) -> str:
    listed = ", ".join(f"U+{ord(char):04X}" for char in text[:3])
    return f"{listed}, ..." if len(text) > 3 else listed
