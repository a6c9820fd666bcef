from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.reporters import console
from amp_lint.reporters.console import Console, console_for, has_links, wants_color


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "xterm"}, True, True),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_when_there_are_colours(
    choice: str, environment: dict[str, str], terminal: bool, wanted: bool
) -> None:
    assert wants_color(choice, environment, is_terminal=terminal) is wanted  # type: ignore[arg-type]


class Terminal(io.StringIO):
    encoding = "latin-1"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


def test_the_console_is_that_of_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert console_for(Terminal()) == Console(color=True, encoding="latin-1")
    assert console_for(Terminal(), "never") == Console(color=False, encoding="latin-1")
    assert console_for(None) == Console()


@pytest.mark.parametrize(
    ("environment", "terminal", "wanted"),
    [
        ({}, True, False),
        ({"TERM_PROGRAM": "vscode"}, True, True),
        ({"TERM_PROGRAM": "vscode"}, False, False),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"VTE_VERSION": "4999"}, True, False),
        ({"VTE_VERSION": "5000"}, True, True),
        ({"VTE_VERSION": "new"}, True, False),
        ({"WT_SESSION": "x"}, True, True),
        ({"FORCE_HYPERLINK": "1"}, False, True),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "x"}, True, False),
    ],
)
def test_links_where_the_terminal_is_known_for_them(
    environment: dict[str, str], terminal: bool, wanted: bool
) -> None:
    assert has_links(environment, is_terminal=terminal) is wanted


def test_a_link_is_invisible_text_around_the_word() -> None:
    linked = Console(links=True).link("some-rule", "https://example.com/a\x1bb")
    assert linked == "\x1b]8;;https://example.com/a\\x1bb\x1b\\some-rule\x1b]8;;\x1b\\"
    assert Console().link("some-rule", "https://example.com") == "some-rule"
    assert Console(links=True).link("some-rule", "") == "some-rule"


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("7", 40), ("wide", 0), ("", 0)])
def test_the_width_is_that_of_the_environment(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert console_for(io.StringIO()).width == width


@given(st.text("ab 日\u0301", max_size=60), st.integers(0, 20), st.integers(40, 60))
def test_wrapped_lines_fit_and_keep_every_word(text: str, used: int, width: int) -> None:
    terminal = Console(width=width)
    lines = terminal.wrap(text, used)
    assert " ".join([lines[0], *(line[2:] for line in lines[1:])]) == text
    for number, line in enumerate(lines):
        shift = 0 if number else used
        assert shift + terminal.columns(line) <= width or " " not in line.strip(" ")


def test_a_word_is_never_broken() -> None:
    assert Console(width=40).wrap(f"an {'x' * 60} end") == ["an", f"  {'x' * 60}", "  end"]


def luminance(red: int, green: int, blue: int) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


@pytest.mark.parametrize("name", ["RED", "ORANGE", "TEAL", "GREEN", "BLUE"])
def test_every_colour_is_legible_on_black_and_on_white(name: str) -> None:
    style: str = getattr(console, name)
    number = int(style.rpartition("38;5;")[2]) - 16
    levels = (0, 95, 135, 175, 215, 255)
    light = luminance(levels[number // 36], levels[number // 6 % 6], levels[number % 6])
    assert (light + 0.05) / 0.05 > 3.8
    assert 1.05 / (light + 0.05) > 3.8


@pytest.mark.parametrize("code", range(0x110000 // 0x1000))
def test_every_character_has_a_printable_form(code: int) -> None:
    text = "".join(map(chr, range(code * 0x1000, (code + 1) * 0x1000, 7)))
    shown = Console().show(text)
    shown.encode("utf-8")
    assert not {"\n", "\r", "\x1b", "\x7f", "\x9b", "\u2028", "\u202e", "\u2066"} & set(shown)
    assert Console(encoding="ascii").show(text).isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb\nc\r", "a\\tb\\nc\\r"),
        ("\x00\x1b\x7f\x9b", "\\x00\\x1b\\x7f\\x9b"),
        ("\u2028\u202e\ufeff\u200b", "\\u2028\\u202e\\ufeff\\u200b"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff\ud800", "\\xff\\ud800"),
        ("né 日 👩\u200d💻", "né 日 👩\u200d💻"),
    ],
)
def test_what_would_steer_the_terminal_is_escaped(text: str, shown: str) -> None:
    assert Console().show(text) == shown


def test_an_unknown_encoding_prints_ascii() -> None:
    assert Console(encoding="no-such-codec").show("aé") == "a?"
    assert Console(encoding="no-such-codec").ellipsis == "..."


def test_check_with_colours(folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "amp.yaml").write_text("key: ERROR\n")
    plain = run("check").out
    assert "\x1b" not in plain
    colored = run("check", "--color", "always").out
    assert "\x1b[1;38;5;160merror[no-error]\x1b[0m" in colored
    assert "\x1b[1;38;5;160m^^^^^\x1b[0m" in colored
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run("check").out == colored
    assert run("check", "--color=never").out == plain
    assert "\x1b" not in run("check", "--output-format=json").out
