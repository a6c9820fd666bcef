"""What the build modules share: refusing unknown facts, and writing JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# The actions that the facts name; those of a manifest are among them.
ACTIONS = ("read", "write", "subscribe", "proxy", "search", "delete")


class FactsError(ValueError):
    """The facts are not of the expected form; the message says where."""


def refuse_unknown(where: str, facts: Mapping[str, Any], known: set[str]) -> None:
    """Raise FactsError for an unknown key, so that a new kind of fact is not lost unnoticed."""
    unknown = sorted(set(facts) - known)
    if unknown:
        raise FactsError(f"{where}: unknown key {', '.join(unknown)}")


def by_name(names: Mapping[str, Any]) -> list[str]:
    """Return the keys sorted without regard to case; case breaks ties."""
    return sorted(names, key=lambda name: (name.casefold(), name))


def document(value: object, levels: int) -> str:
    """Return a data file in which each key of the outer levels has a line."""
    return f"{_spread(value, levels, '')}\n"


def _spread(value: object, levels: int, indent: str) -> str:
    if not levels or not value or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    inner = f"{indent} "
    lines = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {_spread(one, levels - 1, inner)}"
        for key, one in value.items()
    )
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
