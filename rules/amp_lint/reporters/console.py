"""What a terminal gets to see: colours, how wide a text is, and nothing that could steer it."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Literal, TextIO

from amp_schema.lite_dataclasses import dataclass

ColorChoice = Literal["auto", "always", "never"]

BOLD = "1"
RED = "1;31"
GREEN = "1;32"
YELLOW = "1;33"
CYAN = "1;36"
BLUE = "1;34"

# Without these two, emoji fall apart and some scripts are misspelt; they steer nothing.
_JOINERS = "\u200c\u200d"
_NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Surrogates of this range stand for the bytes of a file name that is no UTF-8.
_BYTE_SURROGATES = range(0xDC80, 0xDD00)


@dataclass(frozen=True, slots=True)
class Console:
    """Where a report is printed: with colours or without, in which encoding."""

    color: bool = False
    encoding: str = "utf-8"

    def paint(self, text: str, style: str) -> str:
        """The text in a colour, where there are colours."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text

    def show(self, text: str) -> str:
        r"""The text as it may be printed: on one line, without control characters.

        What would move the cursor, reorder or hide text stands there as an escape (`\x1b`,
        `\u202e`), what the encoding lacks as `?`.
        """
        if text.isascii() and text.isprintable():
            return text
        return "".join(_cell(char, self.encoding)[0] for char in text)

    def width(self, text: str) -> int:
        """How many columns `show(text)` takes."""
        if text.isascii() and text.isprintable():
            return len(text)
        return sum(_cell(char, self.encoding)[1] for char in text)

    @property
    def ellipsis(self) -> str:
        """What stands for a part left out."""
        return "…" if _encodable("…", self.encoding) else "..."


@lru_cache(maxsize=4096)
def _cell(char: str, encoding: str) -> tuple[str, int]:
    """How one character is shown, and how many columns that takes."""
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and char not in _JOINERS):
        escape = _escape(char)
        return escape, len(escape)
    if not _encodable(char, encoding):
        return "?", 1
    # The second half of a Hangul syllable written in parts is drawn into the first.
    if category in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return char, 0
    return char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _escape(char: str) -> str:
    code = ord(char)
    if code in _BYTE_SURROGATES:
        return f"\\x{code - 0xDC00:02x}"
    if code > 0xFF:
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return _NAMED_ESCAPES.get(char, f"\\x{code:02x}")


def _encodable(char: str, encoding: str) -> bool:
    if char.isascii():
        return True
    try:
        char.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def console_for(stream: TextIO | None, choice: ColorChoice = "auto") -> Console:
    """The console behind a stream."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    is_terminal = stream is not None and stream.isatty()
    return Console(wants_color(choice, os.environ, is_terminal=is_terminal), encoding)


def wants_color(choice: ColorChoice, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether to print colours: the user's choice, NO_COLOR, FORCE_COLOR, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    force = environment.get("FORCE_COLOR")
    if force:
        return force != "0"
    return is_terminal and environment.get("TERM") != "dumb"


def print_lines(lines: Iterable[str], stream: TextIO | None) -> None:
    """Print lines; stop without a word when nobody reads on, as in `| head`.

    Raises OSError when the stream cannot take them, such as on a full disk.
    """
    if stream is None:
        return
    try:
        for line in lines:
            stream.write(f"{line}\n")
        stream.flush()
    except BrokenPipeError:
        _abandon(stream)
    except OSError:
        _abandon(stream)
        raise


def complain(lines: Iterable[str]) -> None:
    """Print lines on standard error, if there is one that takes them."""
    with suppress(OSError):
        print_lines(lines, sys.stderr)


def _abandon(stream: TextIO) -> None:
    """Let what is still in the buffer go nowhere, or the interpreter complains on its way out."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
