"""YAML as the author of a manifest would write it: scalars with the quotes they need, blocks in the
style of the file around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from amp_lint.yaml.scalars import as_text, resolve
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    Data = str | bool | int | Sequence["Data"] | Mapping[str, "Data"]

# What needs no quotes: no indicator in front, nothing that ends a scalar inside.
_PLAIN = pattern(r"(?![-?:](?:\s|\Z)|[\[\]{},#&*!|>'\"%@`]|---|\.\.\.)\S(?:.*\S)?\Z")
_ENDS_IT = pattern(r":(?:\s|\Z)|\s#")
# Between brackets a `?` ends a scalar for some parsers, and not for others.
_ENDS_IT_IN_FLOW = pattern(r"[\[\]{},?]|:(?:\s|\Z)|\s#|\A[-?:]|:[\"']")


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written: spaces for each level, the indentation of a `-` below its key, the
    quotes it prefers, and its line break."""

    step: int = 2
    dash: int = 2
    quote: str = '"'
    line_break: str = "\n"

    def scalar(self, value: str | bool | int, *, flow: bool = False) -> str:
        """A scalar that the platform reads as exactly this value."""
        if not isinstance(value, str):
            return as_text(value)
        return value if is_plain(value, flow=flow) else in_quotes(value, self.quote)

    def flow(self, data: Data) -> str:
        """Anything on one line, between brackets where it is a collection."""
        # Recursion follows data that this program makes, never a manifest.
        if isinstance(data, Mapping):
            pairs = (f"{self.scalar(key, flow=True)}: {self.flow(data[key])}" for key in data)
            return f"{{{', '.join(pairs)}}}"
        if isinstance(data, (str, bool, int)):
            return self.scalar(data, flow=True)
        return f"[{', '.join(map(self.flow, data))}]"

    def entry(self, key: str, data: Data, column: int) -> list[str]:
        """The lines of a key with its value in a block that starts in this column (from 0)."""
        pad = " " * column
        if isinstance(data, (str, bool, int)):
            return [f"{pad}{key}: {self.scalar(data)}"]
        if not data:
            return [f"{pad}{key}: {self.flow(data)}"]
        if isinstance(data, Mapping):
            return [f"{pad}{key}:", *self.entries(data, column + self.step)]
        return [f"{pad}{key}:", *self.items(data, column + self.dash)]

    def entries(self, data: Mapping[str, Data], column: int) -> list[str]:
        """Return the lines of a mapping."""
        return [line for key in data for line in self.entry(key, data[key], column)]

    def items(self, data: Sequence[Data], column: int) -> list[str]:
        """The lines of a list with its dashes in this column."""
        return [line for item in data for line in self._item(item, column)]

    def _item(self, data: Data, column: int) -> Iterator[str]:
        pad = " " * column
        if isinstance(data, Mapping) and data:
            first, *others = self.entries(data, column + 2)
            yield f"{pad}- {first[column + 2 :]}"
            yield from others
        else:
            yield f"{pad}- {self.flow(data)}"


def is_plain(value: str, *, flow: bool = False) -> bool:
    """Whether a text means itself without quotes."""
    ends_it = _ENDS_IT_IN_FLOW if flow else _ENDS_IT
    return bool(
        value.isprintable()
        and _PLAIN.match(value)
        and not ends_it.search(value)
        and resolve(value)[0] == "str"
    )


def in_quotes(value: str, quote: str) -> str:
    """A text between quotes: the wanted ones where they can hold it without escapes."""
    if value.isprintable() and (
        quote == "'" or (('"' in value or "\\" in value) and "'" not in value)
    ):
        return "'" + value.replace("'", "''") + "'"
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
