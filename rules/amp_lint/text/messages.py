"""How messages speak of the names in a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from amp_schema.patterns import pattern

# A message is one line that people read; of a longer name they need the beginning only.
_LONGEST_NAME = 48
_MOST_NAMES = 5

_CAMEL_CASE_BREAK = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

# What the schema's words for kinds of values are to people: to them an object is a provider's.
KINDS = {
    "string": "a string",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
}


def quoted(name: str) -> str:
    """A name between backticks, cut where it is too long, what cannot be printed written out."""
    shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else _escaped(c) for c in shown)
    return f"`{shown}`"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def listed(names: Sequence[str]) -> str:
    """Names as a person lists them: "`a`, `b` and `c`"; of many names the first few."""
    shown = [quoted(name) for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        shown.append(f"{len(names) - _MOST_NAMES} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def split_camel_case(name: str, separator: str = " ") -> str:
    """Return the name with a separator between the words of its camel case.

    `annualRevenue` becomes `annual Revenue` and `HTTPUrl` becomes `HTTP Url`.
    """
    return _CAMEL_CASE_BREAK.sub(separator, name)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message, "; did you mean `x`?", or "" without one clear near match."""
    from amp_schema.closest_match import nearest

    near = nearest(word, known)
    return f"; did you mean {quoted(near)}?" if near else ""
