"""Text for a terminal: colours, links, widths and wrapping, and no character that controls it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TextIO

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    ColorChoice = Literal["auto", "always", "never"]

# From the 256 colours, because terminals differ in the first 16: plain yellow is unreadable on
# white, plain blue on black. These have a contrast of at least 3.8 to both.
BOLD = "1"
RED = "1;38;5;160"
ORANGE = "1;38;5;130"
TEAL = "1;38;5;30"
GREEN = "38;5;28"
BLUE = "38;5;31"

# Set by Windows Terminal, Konsole, kitty, DomTerm.
_LINK_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "DOMTERM")
_LINK_PROGRAMS = (
    "iTerm.app",
    "WezTerm",
    "vscode",
    "ghostty",
    "Hyper",
    "Tabby",
    "rio",
    "WarpTerminal",
)
_LINK_TERMS = ("alacritty", "foot", "foot-extra", "xterm-kitty", "xterm-ghostty")

# Narrower than this, wrapping leaves a word or two on each line.
_NARROWEST = 40

# Without these two, emoji fall apart and some scripts are misspelt; they control nothing.
_JOINERS = "\u200c\u200d"
# Stands for a space while a text is separated at its spaces; no text holds it after `show`.
_KEPT_SPACE = "\0"
_NAMED_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Python decodes the bytes of a file name that are not UTF-8 to surrogates of this range.
_BYTE_SURROGATES = range(0xDC80, 0xDD00)


@dataclass(frozen=True, slots=True)
class Console:
    """Properties of the stream that a report is printed to.

    `width` is the number of columns to wrap at, 0 for no wrapping; `links`: whether the terminal
    understands hyperlinks (OSC 8).
    """

    color: bool = False
    encoding: str = "utf-8"
    width: int = 0
    links: bool = False

    def paint(self, text: str, style: str) -> str:
        """Return the text in a colour, if colours are on."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text

    def link(self, text: str, url: str) -> str:
        """Return the text as a hyperlink, if the terminal understands it."""
        if not (self.links and url):
            return text
        return f"\x1b]8;;{self.show(url)}\x1b\\{text}\x1b]8;;\x1b\\"

    def show(self, text: str) -> str:
        r"""Return the text in printable form: on one line, without control characters.

        Characters that would move the cursor, reorder or hide text become escapes (`\x1b`,
        `\u202e`); characters that the encoding lacks become `?`.
        """
        if text.isascii() and text.isprintable():
            return text
        return "".join(_cell(char, self.encoding)[0] for char in text)

    def columns(self, text: str) -> int:
        """Return the number of columns of `show(text)`."""
        if text.isascii() and text.isprintable():
            return len(text)
        return sum(_cell(char, self.encoding)[1] for char in text)

    def wrap(self, text: str, used: int = 0, indent: int = 2) -> list[str]:
        """Return the text in lines that fit the width, broken at spaces only.

        `used` columns of the first line are taken; the other lines begin with `indent` spaces. A
        word that is longer than a line keeps its length. What is between two backquotes stays
        together if it fits a line.
        """
        if not self.width or used + self.columns(text) <= self.width:
            return [text]
        lines, line, column = [], "", used
        for word in self._words(text, self.width - indent):
            size = self.columns(word)
            if line and column + 1 + size > self.width:
                lines.append(line)
                line, column = f"{' ' * indent}{word}", indent + size
            else:
                line, column = (
                    (f"{line} {word}", column + 1 + size) if line else (word, used + size)
                )
        return [*lines, line]

    def _words(self, text: str, most: int) -> Iterator[str]:
        """Yield what no line break separates: words, and quoted text of at most `most` columns."""
        parts = text.split("`")
        # The last one has no backquote behind it.
        for at in range(1, len(parts) - 1, 2):
            parts[at] = parts[at].replace(" ", _KEPT_SPACE)
        for word in "`".join(parts).split(" "):
            words = word.replace(_KEPT_SPACE, " ")
            yield from [words] if self.columns(words) <= most else words.split(" ")

    @property
    def ellipsis(self) -> str:
        """The sign for an omitted part."""
        return "…" if _encodable("…", self.encoding) else "..."


@lru_cache(maxsize=4096)
def _cell(char: str, encoding: str) -> tuple[str, int]:
    """Return how one character is shown, and in how many columns."""
    import unicodedata

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
    """Return the console for a stream."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    is_terminal = stream is not None and stream.isatty()
    color = wants_color(choice, os.environ, is_terminal=is_terminal)
    links = color and has_links(os.environ, is_terminal=is_terminal)
    return Console(color, encoding, _width(stream, is_terminal=is_terminal), links)


def _width(stream: TextIO | None, *, is_terminal: bool) -> int:
    """Return the columns to wrap at: COLUMNS, else those of the terminal, else 0."""
    given = os.environ.get("COLUMNS", "")
    width = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    if not width and is_terminal and stream is not None:
        with suppress(OSError, ValueError):
            width = os.get_terminal_size(stream.fileno()).columns
    return max(width, _NARROWEST) if width else 0


def has_links(environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Return whether a terminal is known to understand hyperlinks.

    FORCE_HYPERLINK decides where it is set, as in other programs.
    """
    force = environment.get("FORCE_HYPERLINK")
    if force:
        return force != "0"
    if not is_terminal:
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        any(name in environment for name in _LINK_VARIABLES)
        or environment.get("TERM_PROGRAM") in _LINK_PROGRAMS
        or environment.get("TERM") in _LINK_TERMS
        # Gnome's terminal library has had them since 0.50.
        or (vte.isdigit() and int(vte) >= 5000)
    )


def wants_color(choice: ColorChoice, environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Return whether to print colours.

    The user's choice decides, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
    """
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    force = environment.get("FORCE_COLOR")
    if force:
        return force != "0"
    return is_terminal and environment.get("TERM") != "dumb"


def print_lines(lines: Iterable[str], stream: TextIO | None) -> None:
    """Print lines; stop silently when the reader has closed the pipe, as in `| head`.

    Raises OSError if they cannot be written, for example on a full disk.
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
    """Print lines on standard error; errors in doing so are ignored."""
    with suppress(OSError):
        print_lines(lines, sys.stderr)


def _abandon(stream: TextIO) -> None:
    """Discard what is still in the buffer; the interpreter would report it at exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
