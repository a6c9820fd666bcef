"""How messages speak of the names in a manifest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from amp_lint.allowance import Allowance
from amp_schema.nearest import nearest

# A message is one line that people read; of a longer name they need the beginning only.
_LONGEST_NAME = 48
_MOST_NAMES = 5

# What the schema's words for kinds of values are to people: to them an object is a provider's.
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "keys of its own",
}

# About half a second. No manifest written by hand comes near it.
MOST_COMPARISONS = 3_000


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


class Hints:
    """Near matches for one run of a rule.

    Every hint costs a comparison with every known name. In a file where thousands of names are
    wrong among thousands that are right, the hints end and the findings go on without.
    """

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance

    def nearest(self, word: str, names: Collection[str], limit: int | None = None) -> str | None:
        """Return the one of `names` that `word` was meant to be, if it is clear and affordable."""
        affordable = self._allowance.affords(len(names))
        return nearest(word, names, limit=limit) if affordable else None
