"""Keys that are joined with their value: the space behind the colon is missing, or the colon."""

from __future__ import annotations

from amp_lint.text.edits import Edit
from amp_lint.text.look_alikes import SPACES, ZERO_WIDTH
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

# What people write in place of a colon. The first are assignments in other languages; the last are
# also marks of sentences, so one word may follow them.
_ODD_COLON = "\uff1a\u2236\ua789\ufe55"
_ASSIGNMENT = rf":=|[=-]>|=|[{_ODD_COLON}]"
_SIGN = rf"{_ASSIGNMENT}|::|;|\uff1b|[,.|](?=[ ])|(?<=[ ])-(?=[ ])"
_JOINED = pattern(
    rf"(?P<key>[A-Za-z]+|<<)(?:[ ]*(?P<sign>{_SIGN})[ ]*"
    rf"|[ ]?:(?P<odd>[{SPACES}{ZERO_WIDTH}]*)|(?P<blank>[ ]+))(?P<value>\S.*)"
)
_BARE = pattern(rf"(?P<key>[A-Za-z]+)(?P<sign>[ ]*(?:{_ASSIGNMENT}|;|\uff1b)?)")
_WEAK = (",", ".", "|", "-")
# What may follow a colon and a space: text without quotes, in quotes, or in brackets.
_VALUE = pattern(r"""'[^']*'|"[^"\\]*"|[\[{].*|[^\s'"\[{&*!|>%@`#,\]}?:-].*""")
_STAR = pattern(r"\*[^\s\"\\]*(?:[ ]+[^\s\"\\#]+){3,5}")
_MERGED = pattern(r"\*[\w.-]+|\[.*\]")


@dataclass(frozen=True, slots=True)
class JoinedKey:
    """A key and its value in one word. `start` and `end` are what is to be replaced by `sign`,
    counted from the beginning of the word; `slip` says what is wrong with it, and `is_assigned`
    whether that is a sign that no sentence has. A value that has to be in quotes is in double
    quotes, of which `sign` ends with the first one and `close` is the last one."""

    key: str
    value: str
    start: int
    end: int
    sign: str
    slip: str
    is_assigned: bool = False
    close: str = ""

    @property
    def right(self) -> str:
        """The key and its value as they should be written, for a message."""
        value = "..." if self.value[0] in "[{" else self.value
        return quoted(f"{self.key}: {self.close}{value}{self.close}")

    def edits(self, start: int, end: int) -> tuple[Edit, ...]:
        """Return the edits that separate the two in a word from `start` to `end`."""
        gap = Edit(Span(start + self.start, start + self.end), self.sign)
        return (gap, Edit(Span(end, end), self.close)) if self.close else (gap,)


def joined_key(text: str) -> JoinedKey | None:
    """Return the key and the value that a text was meant to be; None if it looks like one word."""
    match = _JOINED.fullmatch(text) if len(text) > 2 else None
    if match is None:
        return None
    key, value, sign = match["key"], match["value"], match["sign"]
    close = '"' if _STAR.fullmatch(value) and key != "<<" else ""
    fits = _MERGED if key == "<<" else _VALUE
    if not close and fits.fullmatch(value) is None:
        return None
    colon = f": {close}"
    if sign is not None:
        if sign in _WEAK and " " in value:
            return None
        span = match.end("key"), match.start("value")
        slip = f"has {_named(sign)} in place of a colon"
        is_assigned = sign not in ("::", ";", "\uff1b", *_WEAK)
        return JoinedKey(key, value, *span, colon, slip, is_assigned, close)
    if match["blank"] is not None:
        slip = f"has no colon after `{key}`"
        return JoinedKey(key, value, *match.span("blank"), colon, slip, close=close)
    odd = match["odd"]
    slip = "has no space after the colon"
    if odd:
        slip = f"{slip}, but the character U+{ord(odd[0]):04X}"
    return JoinedKey(key, value, *match.span("odd"), colon[1:], slip, close=close)


def bare_key(text: str) -> tuple[str, str] | None:
    """Return the key that a text is, and the sign that it has in place of a colon; None for other
    texts."""
    match = _BARE.fullmatch(text)
    return (match["key"], match["sign"]) if match is not None else None


def sign_words(sign: str) -> str:
    """Return what is wrong with a key that has a sign, or nothing, in place of its colon."""
    return f"has {_named(sign.strip())} in place of a colon" if sign.strip() else "has no colon"


def _named(sign: str) -> str:
    return quoted(sign) if sign.isascii() else f"`{sign}` (U+{ord(sign[0]):04X})"


def joined_as(text: str, key: str) -> JoinedKey | None:
    """Return the parts of a text that is this key joined with its value; else None."""
    if not text.casefold().startswith(key.casefold()) or len(text) == len(key):
        return None
    joined = joined_key(text)
    return joined if joined is not None and joined.key.casefold() == key.casefold() else None
