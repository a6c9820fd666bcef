"""Paths: the route from the top of a manifest to a node, for programs and for people."""

from __future__ import annotations

import json

from amp_lint.yaml.nodes import Entry, Node
from amp_schema.patterns import pattern

Path = tuple["str | int", ...]
_PLAIN = pattern(r"[A-Za-z_$][\w$-]*\Z")
_STEP = pattern(r"""\.([A-Za-z_$][\w$-]*)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\]""")


def path_of(place: Node | Entry) -> Path:
    """The keys and positions that lead to a node or an entry."""
    steps: list[str | int] = []
    node: Node | None = place.key if isinstance(place, Entry) else place
    while node is not None and node.parent is not None:
        steps.append(node.slot.name if isinstance(node.slot, Entry) else node.slot)
        node = node.parent
    return tuple(reversed(steps))


def format_path(path: Path) -> str:
    """`("integrations", 0, "read")` as `$.integrations[0].read`."""
    parts = ["$"]
    for step in path:
        if isinstance(step, int):
            parts.append(f"[{step}]")
        elif _PLAIN.match(step):
            parts.append(f".{step}")
        else:
            parts.append(f"[{json.dumps(step, ensure_ascii=False)}]")
    return "".join(parts)


def parse_path(text: str) -> Path | None:
    """Return the path that `format_path` writes as a text; None for any other text."""
    steps: list[str | int] = []
    at = 1
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            return None
        key, number, in_quotes = found.groups()
        try:
            steps.append(key or (int(number) if number else json.loads(in_quotes)))
        except ValueError:
            return None
        at = found.end()
    return tuple(steps) if text.startswith("$") else None
