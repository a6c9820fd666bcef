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


def dump(value: object) -> str:
    """Return the value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def by_name(names: Mapping[str, Any]) -> list[str]:
    """Return the keys sorted without regard to case; case breaks ties."""
    return sorted(names, key=lambda name: (name.casefold(), name))


def lines_document(head: Mapping[str, Any], lines: Mapping[str, Any]) -> str:
    """Return a data file: each key of its head on a line, then one line per provider."""
    top = "".join(f" {dump(key)}: {dump(value)},\n" for key, value in head.items())
    body = ",\n".join(f"  {dump(name)}: {dump(lines[name])}" for name in by_name(lines))
    return f'{{\n{top} "providers": {{\n{body}\n }}\n}}\n'
