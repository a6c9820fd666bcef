"""Resolves scalars as the platform's YAML decoder does (go.yaml.in/yaml/v2).

YAML 1.1 words are booleans: `yes`, `no`, `on`, `off`, `y`, `n`. Integers follow Go's base prefixes
with `_` between digits; there are no sexagesimal numbers, and dates stay strings.
"""

from __future__ import annotations

from operator import gt
from typing import TYPE_CHECKING, Literal

from amp_schema.patterns import pattern

if TYPE_CHECKING:
    Kind = Literal["str", "bool", "null", "int", "float"]

Data = str | bool | int | float | None

CORE = "tag:yaml.org,2002:"
BINARY_TAG = CORE + "binary"
MERGE_TAG = CORE + "merge"
_KIND_OF_TAG: dict[str, Kind] = {
    CORE + "bool": "bool",
    CORE + "int": "int",
    CORE + "float": "float",
    CORE + "null": "null",
}

_WORDS: dict[str, tuple[Kind, bool | float | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), ("null", None)),
    **dict.fromkeys(
        ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), ("bool", True)
    ),
    **dict.fromkeys(
        ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"),
        ("bool", False),
    ),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), ("float", float("nan"))),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), ("float", float("inf"))),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), ("float", float("-inf"))),
}
_FIRST = frozenset("yYnNtTfFoO~.+-0123456789")
_INT = pattern(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)\Z")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_OCTAL = pattern(r"\A([-+]?)0(?=[0-7])")
# The decoder cuts `0b` off and reads the rest, a sign included.
_SIGNED_BINARY = pattern(r"0b([-+][01]+)\Z")
_DATE = pattern(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
    r"| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?\Z"
)
# More digits than a 64-bit integer can have in any base: such a number is read as a float.
_LONGEST_INT = 70
_INT_LIMIT = 2**63
_MONTHS = 12
_UNSIGNED_LIMIT = 2**64


class TagMismatch(ValueError):  # noqa: N818 - says what is the matter
    """The text of a scalar does not fit its tag, so the platform refuses the file."""


def resolve(text: str) -> tuple[Kind, Data]:
    """Return the kind and value of a plain scalar's text."""
    if not text:
        return "null", None
    if text[0] not in _FIRST:
        return "str", text
    word = _WORDS.get(text)
    if word is not None:
        return word
    if text[0] in ".+-0123456789":
        return _number(text)
    return "str", text


def resolve_tagged(tag: str, text: str) -> tuple[Kind, Data]:
    """Return the kind and value of a scalar with a tag, quoted or not. Raises TagMismatch."""
    kind = _KIND_OF_TAG.get(tag)
    if kind is not None:
        found, data = resolve(text)
        if found == kind:
            return found, data
        if kind == "float" and isinstance(data, int) and found == "int" and data < _INT_LIMIT:
            return kind, float(data)
        raise TagMismatch(tag)
    if tag == CORE + "timestamp" and not _is_timestamp(text):
        raise TagMismatch(tag)
    if tag == BINARY_TAG:
        return "str", _from_base64(tag, text)
    return "str", text


def as_text(value: bool | int | float) -> str:
    """Return a boolean or number as the platform writes it where a string is due."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    from amp_lint.yaml.float32 import shortest_float32

    return shortest_float32(value)


def _number(text: str) -> tuple[Kind, Data]:
    if text[0] == ".":
        # Underscores are not removed here, unlike in every other number.
        return _float(text)
    # Usual numbers and versions need none of the patterns, of which four together take 1 % of a
    # run to compile.
    if text.count(".") > 1:
        return "str", text
    digits = text.replace("_", "")
    is_plain = digits[0] != "0" and digits.isascii() and digits.isdecimal()
    if len(digits) <= _LONGEST_INT and (is_plain or _INT.match(digits)):
        number = int(digits if is_plain else _OCTAL.sub(r"\g<1>0o", digits), 0)
        if -_INT_LIMIT <= number < (_INT_LIMIT if digits[0] == "+" else _UNSIGNED_LIMIT):
            return "int", number
    kind, data = _float(digits)
    if kind == "float":
        return kind, data
    binary = _SIGNED_BINARY.match(digits)
    if binary and -_INT_LIMIT <= (number := int(binary[1], 2)) < _INT_LIMIT:
        return "int", number
    return "str", text


def _float(digits: str) -> tuple[Kind, Data]:
    if _FLOAT.match(digits):
        value = float(digits)
        if value not in (float("inf"), float("-inf")):
            return "float", value
    return "str", digits


def _is_timestamp(text: str) -> bool:
    from calendar import monthrange

    match = _DATE.match(text)
    if match is None:
        return False
    year, month, day, *times = (int(one) if one is not None else 0 for one in match.groups())
    limits = (23, 59, 59, 23, 59, 59)
    if not 1 <= month <= _MONTHS or any(map(gt, times, limits)):
        return False
    # Only leap years matter, and Python has no year 0.
    return 1 <= day <= monthrange(year or 4, month)[1]


def _from_base64(tag: str, text: str) -> str:
    from base64 import b64decode

    # Go skips line breaks and nothing else.
    packed = text.replace("\n", "").replace("\r", "")
    try:
        data = b64decode(packed.encode("ascii"), validate=True)
    except ValueError:
        raise TagMismatch(tag) from None
    # The decoder passes on each byte that is not UTF-8 as U+FFFD.
    decoded = data.decode("utf-8", "surrogateescape")
    return "".join("\ufffd" if "\udc80" <= one <= "\udcff" else one for one in decoded)
