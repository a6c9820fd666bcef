"""Writes a number as Go's `strconv.FormatFloat(value, 'g', -1, 32)`.

The platform passes each number through this where a string is due.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from math import copysign, isinf, isnan
from struct import pack, unpack

# From this exponent on, and below the other one, Go writes an exponent.
_FIRST_EXPONENT = 6
_LAST_PLAIN = -4
# No 32-bit float needs more digits.
_MOST_DIGITS = 9


def shortest_float32(value: float) -> str:
    """Return the shortest decimal number that is the same 32-bit float."""
    if isnan(value):
        return "NaN"
    rounded = _rounded(value)
    if isinf(rounded):
        return "+Inf" if rounded > 0 else "-Inf"
    if rounded == 0:
        return "-0" if copysign(1, rounded) < 0 else "0"
    sign, digits, exponent = _shortest(Decimal(rounded)).normalize().as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits))
    return ("-" if sign else "") + _laid_out(written, len(written) + exponent)


def _laid_out(digits: str, point: int) -> str:
    """Return digits with the decimal point behind the first `point` of them."""
    exponent = point - 1
    if not _LAST_PLAIN <= exponent < _FIRST_EXPONENT:
        fraction = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{digits[0]}{fraction}e{exponent:+03d}"
    if point <= 0:
        return f"0.{'0' * -point}{digits}"
    whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
    return f"{whole}.{fraction}" if fraction else whole


def _shortest(exact: Decimal) -> Decimal:
    wanted = float(exact)
    for digits in range(1, _MOST_DIGITS + 1):
        # The nearest number with that many digits may be another float, and the next one not.
        near = [
            Context(prec=digits, rounding=way).plus(exact) for way in (ROUND_FLOOR, ROUND_CEILING)
        ]
        same = [one for one in near if _rounded(float(one)) == wanted]
        if same:
            return min(same, key=lambda one: abs(one - exact))
    return exact


def _rounded(value: float) -> float:
    try:
        return float(unpack("f", pack("f", value))[0])
    except OverflowError:
        return copysign(float("inf"), value)
