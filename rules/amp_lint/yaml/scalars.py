"""What the platform's YAML 1.1 decoder makes of an unquoted scalar.

Unquoted `yes/no/on/off/y/n` are booleans and `1.0` is a number. The rest follows the resolution
table of the Go decoders that the platform's belongs to: integers in Go's base-prefix notation with
`_` between digits, no sexagesimals, dates stay text.
"""

from __future__ import annotations

from typing import Literal

from amp_schema.patterns import pattern

Kind = Literal["str", "bool", "null", "int", "float", "merge"]

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
    "<<": ("merge", None),
}
_FIRST = frozenset("yYnNtTfFoO~.+-<0123456789")
_INT = pattern(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)\Z")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_OCTAL = pattern(r"\A([-+]?)0(?=[0-7])")
# More digits than a 64-bit integer can have in any base: such a number is read as a float.
_LONGEST_INT = 70
# From here on the decoder's encoder writes a number with an exponent.
_LARGEST_PLAIN = 1e21


def resolve(text: str) -> tuple[Kind, str | bool | int | float | None]:
    """The kind and value of a plain scalar's text."""
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


def _number(text: str) -> tuple[Kind, str | int | float]:
    digits = text.replace("_", "") if text[0] != "." else text
    if len(digits) <= _LONGEST_INT and _INT.match(digits):
        number = int(_OCTAL.sub(r"\g<1>0o", digits), 0)
        if -(2**63) <= number < 2**64:
            return "int", number
    if _FLOAT.match(digits):
        value = float(digits)
        if value not in (float("inf"), float("-inf")):
            return "float", value
    return "str", text


def written(value: bool | int | float) -> str:
    """A boolean or number as the platform writes it when it turns it back into text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_PLAIN:
        return str(int(value))
    return repr(value)
