from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.reporters.console import Console, console_for, wants_color


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
    assert "\x1b[1;31merror\x1b[0m[no-error]" in colored
    assert "\x1b[1;31m^^^^^\x1b[0m" in colored
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run("check").out == colored
    assert run("check", "--color=never").out == plain
    assert "\x1b" not in run("check", "--output-format=json").out
