"""What the programs that remake the data share: how they refuse facts, how they write JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# The actions the facts speak of; those of a manifest are among them.
ACTIONS = ("read", "write", "subscribe", "proxy", "search", "delete")


class FactsError(ValueError):
    """The facts are not what this program knows how to read; the message says where."""


def refuse_unknown(where: str, facts: Mapping[str, Any], known: set[str]) -> None:
    """Raise FactsError for a key nobody knows, so that a new kind of fact is not lost unnoticed."""
    unknown = sorted(set(facts) - known)
    if unknown:
        raise FactsError(f"{where}: no use is known for {', '.join(unknown)}")


def dump(value: object) -> str:
    """Return the value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def by_name(names: Mapping[str, Any]) -> list[str]:
    """The keys, sorted as people sort them, and always the same way."""
    return sorted(names, key=lambda name: (name.casefold(), name))


def document(as_of: str, lines: Mapping[str, Any]) -> str:
    """Return a file of data: its date, then one line a provider."""
    body = ",\n".join(f"  {dump(name)}: {dump(lines[name])}" for name in by_name(lines))
    return f'{{\n "asOf": {dump(as_of)},\n "providers": {{\n{body}\n }}\n}}\n'
