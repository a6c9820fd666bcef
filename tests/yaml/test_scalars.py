"""Unquoted scalars as the platform's YAML 1.1 decoder (the Go one) reads them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.yaml.scalars import as_text, resolve

NULLS = ["", "~", "null", "Null", "NULL"]
TRUE = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
FALSE = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]
INTEGERS = [
    ("0", 0),
    ("-0", 0),
    ("+0", 0),
    ("7", 7),
    ("+7", 7),
    ("-7", -7),
    ("1_000", 1000),
    ("1__0_", 10),
    ("0123", 0o123),
    ("-0123", -0o123),
    ("00", 0),
    ("0_7", 7),
    ("0o17", 0o17),
    ("0x1F", 31),
    ("0Xff", 255),
    ("-0x10", -16),
    ("0b101", 5),
    ("-0b101", -5),
    ("0x1_F", 31),
    ("9223372036854775807", 2**63 - 1),
    ("-9223372036854775808", -(2**63)),
    ("18446744073709551615", 2**64 - 1),
]
FLOATS = [
    ("1.0", 1.0),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5", -0.5),
    ("+1.5", 1.5),
    ("1e3", 1000.0),
    ("1E+3", 1000.0),
    ("1.5e-3", 0.0015),
    ("1_0.5", 10.5),
    ("0.1", 0.1),
    ("08", 8.0),
    ("0129", 129.0),
    ("18446744073709551616", 2.0**64),
    ("-9223372036854775809", -(2.0**63)),
    ("1" + "0" * 80, 1e80),
    (".inf", math.inf),
    ("+.Inf", math.inf),
    ("-.INF", -math.inf),
]
TEXTS = [
    *(
        "nULL",
        "yEs",
        "tRUE",
        "oN",
        "Nope",
        "yes ",
        "truee",
        "y es",
        "~~",
        "<",
        "<<<",
        "none",
        "None",
    ),
    *("1:30", "190:20:30", "12:30:45", "1:30.5", "2001-01-01", "2001-12-14t21:59:43.10-05:00"),
    *(
        "1.0.0",
        "1.2.3.4",
        "-",
        "+",
        ".",
        "..",
        "...",
        "--1",
        "+-1",
        "1-1",
        "1e",
        "e1",
        "1e1e1",
        "_1",
    ),
    *("0x", "0b", "0b2", "0xg", "0o8", "1,000", "1 000", "1a", ".e1", "1e400", ".1_0", "Infinity"),
    *(".iNF", ".Nan", "inf", "nan", "-.nan", "_", "__", "+_", "é", "\u0661", "\uff11", "1\u0661"),
]


@pytest.mark.parametrize("text", NULLS)
def test_null(text: str) -> None:
    assert resolve(text) == ("null", None)


@pytest.mark.parametrize(("text", "value"), [(t, True) for t in TRUE] + [(t, False) for t in FALSE])
def test_booleans(text: str, value: bool) -> None:
    assert resolve(text) == ("bool", value)
    assert resolve(text)[1] is value


@pytest.mark.parametrize(("text", "value"), INTEGERS)
def test_integers(text: str, value: int) -> None:
    kind, data = resolve(text)
    assert (kind, data, type(data)) == ("int", value, int)


@pytest.mark.parametrize(("text", "value"), FLOATS)
def test_floats(text: str, value: float) -> None:
    kind, data = resolve(text)
    assert (kind, data, type(data)) == ("float", value, float)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    kind, data = resolve(text)
    assert kind == "float"
    assert isinstance(data, float)
    assert math.isnan(data)


def test_a_merge_sign_as_a_value_is_text() -> None:
    assert resolve("<<") == ("str", "<<")


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text(text: str) -> None:
    assert resolve(text) == ("str", text)


@pytest.mark.parametrize("digits", [10**3, 10**5, 10**6])
def test_a_million_digits_cost_nothing(digits: int) -> None:
    """Python's own limit on the digits of an int is not to be met."""
    for text in ("9" * digits, "0x" + "f" * digits, "1" + "_" * digits, "-" * digits):
        kind, data = resolve(text)
        assert kind in ("str", "float", "int")
        assert data == text or kind == "int"


@given(st.text(st.sampled_from("0123456789+-._eExXoObBaAfFyn~<: "), max_size=8))
def test_nothing_raises_and_numbers_are_finite_or_named(text: str) -> None:
    kind, data = resolve(text)
    assert type(data) in {"str": (str,), "int": (int,), "float": (float,)}.get(
        kind, (bool, type(None))
    )
    if kind == "str":
        assert data == text


@given(st.integers(-(2**63), 2**64 - 1))
def test_integers_in_every_base(number: int) -> None:
    assert resolve(str(number)) == ("int", number)
    assert resolve(hex(number)) == ("int", number)
    assert resolve(bin(number))[1] == number or len(bin(number)) > 70
    assert resolve(oct(number).replace("0o", "0")) == ("int", number)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (1.0, "1"),
        (0.1, "0.1"),
        (-2.0, "-2"),
        (83, "83"),
        (1e20, "1e+20"),
        (1e21, "1e+21"),
    ],
)
def test_written_as_the_platform_writes_it(value: bool | int | float, text: str) -> None:
    assert as_text(value) == text
