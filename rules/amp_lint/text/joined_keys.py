"""Keys that are joined with their value: the space behind the colon is missing, or the colon."""

from __future__ import annotations

from amp_lint.text.look_alikes import SPACES, ZERO_WIDTH
from amp_lint.text.messages import quoted
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

_JOINED = pattern(
    rf"(?P<key>[A-Za-z]+)(?:(?P<colon>:)(?P<odd>[{SPACES}{ZERO_WIDTH}]*)|(?P<equals>[ ]*=[ ]*)|"
    rf"(?P<blank>[ ]+))(?P<value>\S.*)"
)
# What may follow a colon and a space: text without quotes, in quotes, or in brackets.
_VALUE = pattern(r"""'[^']*'|"[^"\\]*"|[\[{].*|[^\s'"\[{&*!|>%@`#,\]}?:-].*""")


@dataclass(frozen=True, slots=True)
class JoinedKey:
    """A key and its value in one word. `start` and `end` are what is to be replaced by `sign`,
    counted from the beginning of the word; `slip` says what is wrong with it, and `is_assigned`
    whether that is a `=`."""

    key: str
    value: str
    start: int
    end: int
    sign: str
    slip: str
    is_assigned: bool = False

    @property
    def right(self) -> str:
        """The key and its value as they should be written, for a message."""
        value = "..." if self.value[0] in "[{" else self.value
        return quoted(f"{self.key}: {value}")


def joined_key(text: str) -> JoinedKey | None:
    """Return the key and the value that a text was meant to be; None if it looks like one word."""
    match = _JOINED.fullmatch(text) if len(text) > 2 else None
    if match is None:
        return None
    key, value = match["key"], match["value"]
    if _VALUE.fullmatch(value) is None:
        return None
    if match["equals"] is not None:
        slip = "has `=` in place of a colon"
        return JoinedKey(key, value, *match.span("equals"), ": ", slip, is_assigned=True)
    if match["blank"] is not None:
        slip = f"has no colon after `{key}`"
        return JoinedKey(key, value, *match.span("blank"), ": ", slip)
    odd = match["odd"]
    slip = "has no space after the colon"
    if odd:
        slip = f"{slip}, but the character U+{ord(odd[0]):04X}"
    return JoinedKey(key, value, *match.span("odd"), " ", slip)


def joined_as(text: str, key: str) -> JoinedKey | None:
    """Return the parts of a text that is this key joined with its value; else None."""
    if not text.casefold().startswith(key.casefold()) or len(text) == len(key):
        return None
    joined = joined_key(text)
    return joined if joined is not None and joined.key.casefold() == key.casefold() else None
