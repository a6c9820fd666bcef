"""The lines of the keys in a TOML file, for messages; parsers do not give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KeyPath = tuple[str, ...]

# Strings come first: they may contain brackets, `=` and `#`.
_TOKEN = re.compile(
    r'''
      (?P<string> """(?:\\.|[^\\])*?"{3,5} | \'\'\'.*?'{3,5}
                | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<newline> \n )
    | (?P<mark> [\[\]{}=.,] )
    | (?P<word> [^\s"'\[\]{}=.,\#]+ )
    | [^\S\n]+ | \#[^\n]* | .
    ''',
    re.S | re.X,
)


@dataclass(slots=True)
class KeyLines:
    """The lines of the keys of a valid TOML text, and of the strings in their values."""

    _lines: dict[KeyPath, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> KeyLines:
        """Return the lines of the keys in a text."""
        found = cls()
        found._scan(_tokens(text))
        return found

    def line(self, path: KeyPath) -> int:
        """Return the line of a key or of a string in its list, else of its table, else 1."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _scan(self, tokens: Iterator[tuple[str, str, int]]) -> None:
        table: KeyPath = ()
        for kind, text, line in tokens:
            if kind == "newline":
                continue
            if text == "[":
                table = self._key(tokens, "]", ())
                self._note(table, line)
            else:
                key = self._key(tokens, "=", (*table, _plain(text)))
                self._note(key, line)
                self._value(tokens, key)

    def _key(self, tokens: Iterator[tuple[str, str, int]], end: str, start: KeyPath) -> KeyPath:
        """Return the parts of a dotted key up to its end; the second bracket of `[[` is skipped."""
        path = start
        for kind, text, _ in tokens:
            if text == end:
                break
            if kind in ("word", "string"):
                path = (*path, _plain(text))
        return path

    def _value(self, tokens: Iterator[tuple[str, str, int]], key: KeyPath) -> None:
        depth = 0
        for kind, text, line in tokens:
            if kind == "newline" and depth == 0:
                return
            if kind == "mark":
                depth += (text in "[{") - (text in "]}")
            elif kind == "string":
                self._note((*key, _plain(text)), line)

    def _note(self, path: KeyPath, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup is not None:
            yield token.lastgroup, token[0], line
        line += token[0].count("\n")


def _plain(text: str) -> str:
    """Return a key or string without its quotes. Escapes stay; ids have none."""
    return text.strip(text[0]) if text[0] in "\"'" else text
