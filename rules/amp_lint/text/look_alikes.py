"""Characters that look like an ASCII character and are another one, or that are invisible.

They come from word processors, chats and other keyboard layouts. The Cyrillic and Greek letters
are those that common fonts draw like Latin ones; full-width forms are told by their code points.
"""

from __future__ import annotations

from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

_LETTERS = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ",
        "aeopcyxijshdqwbkmhtABEKMHOPCTYXIJSABEZHIKMNOPTYXovp",
        strict=True,
    )
)
_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4", "'"),
    **dict.fromkeys("\u2236\ua789\ufe55", ":"),
    "\u2217": "*",
    "\u2044": "/",
    "\u2215": "/",
}
_FULL_WIDTH = 0xFEE0
# Spaces that are no blanks to YAML, and characters without a width, for classes of a pattern.
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
ZERO_WIDTH = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_DASH_AND_SPACE = pattern(r"[^\w\s]\s")
_SPACE = pattern(f"[{SPACES}]")
_ZERO_WIDTH = pattern(f"[{ZERO_WIDTH}]")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A character at `index` of a text that looks like the ASCII character `ascii`; like none
    where it is invisible."""

    index: int
    character: str
    ascii: str

    @property
    def shown(self) -> str:
        """The character with its code point, for a message."""
        point = f"U+{ord(self.character):04X}"
        return point if self.ascii in ("", " ") else f"`{self.character}` ({point})"

    @property
    def words(self) -> str:
        """What is odd about the character, for a message."""
        if not self.ascii:
            return f"it holds the invisible character {self.shown}"
        likeness = "a space" if self.ascii == " " else f"`{self.ascii}`"
        return f"{self.shown} looks like {likeness} but is another character"


def look_alike(text: str) -> LookAlike | None:
    """Return the first character of a text that looks like an ASCII one or is invisible; None
    without one."""
    if text.isascii():
        return None
    for index, character in enumerate(text):
        ascii_one = _ascii(character)
        if ascii_one is None and is_invisible(character):
            ascii_one = ""
        if ascii_one is not None:
            return LookAlike(index, character, ascii_one)
    return None


def is_space(character: str) -> bool:
    """Return whether a character is a space to readers and not to YAML."""
    return _SPACE.match(character) is not None


def is_invisible(character: str) -> bool:
    """Return whether a character has no width."""
    return _ZERO_WIDTH.match(character) is not None


def odd_item_start(text: str) -> LookAlike | None:
    """Return the character at the start of a text that makes a key of what looks like an item of a
    list: a look-alike of the dash, or of the space after it."""
    match = None if text.isascii() else _DASH_AND_SPACE.match(text)
    return None if match is None else look_alike(match[0])


def as_ascii(text: str) -> str:
    """Return a text with the ASCII character in place of each look-alike. Its length stays."""
    return text if text.isascii() else "".join(_ascii(one) or one for one in text)


def _ascii(character: str) -> str | None:
    point = ord(character)
    if 0xFF01 <= point <= 0xFF5E:
        return chr(point - _FULL_WIDTH)
    if is_space(character):
        return " "
    return _LETTERS.get(character) or _SIGNS.get(character)
