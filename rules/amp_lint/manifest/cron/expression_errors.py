"""What is wrong with an expression as a whole: blanks, macros, the number of its fields.

The ``check_`` functions raise the error they find; ``field_count`` returns it, for the parser to
raise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from amp_lint.manifest.cron.field_errors import code_points, foreign, shown
from amp_lint.manifest.cron.model import UNITS, ScheduleError
from amp_lint.manifest.cron.worded import every, worded

_MOST_COMPLETED = 100  # code points; a longer suggestion helps nobody
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
_MINUTES = re.compile(r"5|10|12|15|20|30")
_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2032\u2033"
_COMMENT = re.compile(r"(?<=[ \t])#.*\Z")
_FOREIGN_BLANK = re.compile(r"[^\S \t]+")
_ZONE = re.compile(r"(?:CRON_)?TZ=([^ \t]*)[ \t]*")
_TIME_ZONE = re.compile(
    r"(?!SUN|MON|TUE|WED|THU|FRI|SAT)(?:[A-Z]{2,4}T?|Z|[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+)+)"
    r"(?:[+-][0-9:]+)?|[+-][0-9]{2}:?[0-9]{2}"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-,/].*)?")


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
    what = "a line break" if line_break else f"the blank character {code_points(found[0][0])}"
    raise ScheduleError(
        f"the schedule contains {what}; only spaces and tabs may stand around its five fields",
        *found.span(),
        "newline" if line_break else "blank",
        "" if outside else " ",
    )


def check_quotes(text: str) -> None:
    """Raise if the text has quotes that do not belong to YAML, around it or at one of its ends."""
    bare = text.strip(" \t")
    inner = bare.strip(_QUOTES)
    if inner == bare or not inner.strip():
        return
    start = text.index(bare)
    quote = bare[0] if bare[0] in _QUOTES else bare[-1]
    name = "a backtick" if quote == "`" else f"`{quote}`"
    if not quote.isascii():
        name += f" ({code_points(quote)})"
    raise ScheduleError(
        f"{name} is part of the schedule and not a quote around it; write only the five fields",
        start,
        start + len(bare),
        "quote",
        inner.strip(" \t"),
    )


def check_comment(text: str) -> None:
    """Raise if the text ends with a comment, which belongs behind the quotes."""
    found = _COMMENT.search(text)
    if found is not None:
        raise ScheduleError(
            f"{shown(found[0])} is inside the quotes, so it is part of the schedule; write "
            "it after them",
            *found.span(),
            "comment",
            "",
        )


def check_macro(text: str) -> None:
    """Raise if the text begins with an ``@`` macro or a time zone, is a macro's bare word, or a
    schedule in another notation."""
    bare = text.strip(" \t")
    start = text.index(bare)
    zone = _ZONE.match(bare)
    if zone is not None:
        raise ScheduleError(
            "a schedule cannot name a time zone; remove it, and write the five fields in UTC",
            start,
            start + zone.end(),
            "time-zone",
            "" if zone[1].upper() in ("UTC", "GMT", "ETC/UTC") else None,
        )
    if bare[0] != "@" and f"@{bare.lower()}" not in _MACROS:
        other = worded(text)
        if other is not None:
            raise other
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
    return every(int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)) if match else None


def field_count(
    text: str, words: Sequence[tuple[int, int]], accepts: Callable[[str], bool]
) -> ScheduleError:
    """Too few or too many fields; ``accepts`` says whether a corrected text would parse."""
    if len(words) < len(UNITS):
        return foreign("the schedule", text, 0) or _too_few(text, words, accepts)
    return (
        foreign("the schedule", text, 0)
        or _blank_inside(text, words, accepts)
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
    if len(words) == 1 and _MINUTES.fullmatch(text[start:end]):
        # A number alone is an interval, as other schedulers take it.
        completed = f"*/{completed}"
    is_plausible = len(completed) <= _MOST_COMPLETED and accepts(completed)
    count = "1 field" if len(words) == 1 else f"{len(words)} fields"
    return ScheduleError(
        f"only {count} where five are needed; missing: {', '.join(missing)}",
        start,
        end,
        "field-count",
        completed if is_plausible else None,
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
    corrected, kept_from = [], 0
    for left, right in joints:
        corrected.append(text[kept_from:left])
        kept_from = right
    if not accepts("".join(corrected) + text[kept_from:]):
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
    first, second, last = words[0], words[1], words[-1]
    if _YEAR.fullmatch(text[slice(*last)]):
        return ScheduleError(
            f"a sixth field for the year, {shown(text[slice(*last)])}, is not supported; "
            f"write five fields: {_FIVE}",
            *last,
            "year-field",
        )
    if _TIME_ZONE.fullmatch(text[slice(*last)]) and accepts(text[: words[-2][1]]):
        return ScheduleError(
            f"a schedule has no time zone, here {shown(text[slice(*last)])}; write only the five "
            f"fields: {_FIVE}",
            words[-2][1],
            last[1],
            "time-zone",
            "",
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
