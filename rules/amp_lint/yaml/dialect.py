"""Where the platform's parser, a port of libyaml, reads a text otherwise than the parsers here do.

Characters are exchanged one for one before parsing and put back into the values, so that every
offset stays.
"""

from __future__ import annotations

from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

_MARK = "\ufeff"
# Characters that are plain to every parser and hardly ever occur in a text.
_STAND_INS = [chr(code) for code in range(0xE000, 0xE010)]
# Escapes of two characters for which a quote can be taken, with the spellings of what they give.
_QUOTES = {
    "L": ("\u2028", "\\L", "\\u2028", "\\U00002028"),
    "P": ("\u2029", "\\P", "\\u2029", "\\U00002029"),
}
_VERSION = pattern(r"%YAML[ \t]+([^ \t\r\n#]+)[^\r\n]*")
_IN_FRONT = pattern(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)|%(?!YAML)[^\r\n]*(?:\r\n|\n|\r))*")
_SLASH = pattern(r"\\(?:(/)|[\s\S])")


@dataclass(slots=True)
class Spoken:
    """A text as the parsers here have to see it. `mark` stands for U+FEFF, `quote` for the `'` of
    an escape; both are empty where none occurs. `version` covers a `%YAML` line of a version that
    the platform does not read."""

    text: str
    mark: str = ""
    quote: str = ""
    version: Span | None = None

    def value(self, value: str, style: str) -> str:
        """Return a scalar's value as the platform reads it."""
        if self.mark:
            value = value.replace(self.mark, _MARK)
        return value.replace(self.quote, "'") if self.quote and style == '"' else value

    def with_escaped_quote(self, at: int) -> Spoken | None:
        """Return the text with an escaped `'` around an offset, which the platform reads and the
        parsers here do not, put in another way; None where that is not what is there."""
        start = next((one for one in (at, at - 1) if self.text.startswith("\\'", one)), None)
        if start is None:
            return None
        free = (
            (letter, words[0])
            for letter, words in _QUOTES.items()
            if words[0] == self.quote or not any(one in self.text for one in words)
        )
        letter, stand_in = next(free, ("", ""))
        if not letter:
            return None
        text = f"{self.text[:start]}\\{letter}{self.text[start + 2 :]}"
        return Spoken(text, self.mark, stand_in, self.version)


def spoken(text: str) -> Spoken:
    """Return a text as the parsers here have to see it."""
    result = Spoken(text)
    if _MARK in text:
        # They take it for no part of a line that it begins; the platform takes it for a letter.
        free = next((one for one in _STAND_INS if one not in text), "")
        if free:
            result.text, result.mark = text.replace(_MARK, free), free
    if "%YAML" in text:
        _blank_version(result)
    return result


def _blank_version(result: Spoken) -> None:
    front = _IN_FRONT.match(result.text)
    found = _VERSION.match(result.text, front.end() if front else 0)
    if found is None or found[1] == "1.1" or _VERSION.match(result.text, found.end() + 1):
        return
    result.version = Span(*found.span())
    blank = " " * len(found[0])
    result.text = result.text[: found.start()] + blank + result.text[found.end() :]


def escaped_slashes(text: str, start: int, end: int) -> list[Span]:
    """Return the places of escaped slashes in a double-quoted scalar: the platform refuses them."""
    found = _SLASH.finditer(text, start, end) if text.find("\\/", start, end) >= 0 else ()
    return [Span(*one.span()) for one in found if one[1]]
