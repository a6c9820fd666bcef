"""Where each integration of a manifest begins and ends, told by the lines alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from amp_schema.manifest import canonical_key, places_of_key, root

_INTEGRATIONS = re.compile(r"""(["']?)integrations\1[ \t]*:[ \t]*(?:#.*)?\Z""", re.I)
_TOP_KEY = re.compile(r"""(["']?)(?:integrations|specVersion)\1[ \t]*:""", re.I)
_INTEGRATION = re.compile(r"[ ]*-[ \t]*(?:name|displayName|provider|module):(?:\s|\Z)", re.I)
_KEY = re.compile(r"""([ ]*)["']?([^\s"'#:\-][^\s"'#:]*)["']?[ \t]*:(?:\s|\Z)""")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|\Z)")
_TIGHT = re.compile(r"-[A-Za-z_]+:")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one integration: the first one's number and indentation, and the offsets.
    `item` is False for lines in front of the first dash."""

    line: int
    start: int
    end: int
    column: int
    item: bool


def integration_stretches(text: str, starts: list[int]) -> list[Stretch]:
    """The list items under `integrations:`. A dash before a key that only integrations have
    begins one in whatever column it stands."""
    ends = [*starts[1:], len(text)]
    raws = [text[start:end].rstrip("\r\n") for start, end in zip(starts, ends, strict=True)]
    top = next((n for n, raw in enumerate(raws) if _INTEGRATIONS.match(raw)), None)
    if top is None:
        return []
    stop = next(
        (
            n
            for n in range(top + 1, len(raws))
            if _TOP_KEY.match(raws[n]) or _DOCUMENT_MARK.match(raws[n])
        ),
        len(raws),
    )
    texts = [n for n in range(top + 1, stop) if not _is_blank(raws[n])]
    likely = [n for n in texts if _INTEGRATION.match(raws[n])]
    if not texts or not (_is_item(raws[texts[0]]) or likely):
        return []
    indent = _item_column([_indent(raws[n]) for n in likely], raws[texts[0]])
    begun = {n for n in texts if _indent(raws[n]) == indent and _is_integration(raws[n])}
    firsts = sorted(begun.union(n for n in likely if _indent(raws[n]) <= indent + 2))
    if not firsts:
        return []
    least = min(_indent(raws[n]) for n in firsts)
    after = next((n for n in texts if n > firsts[-1] and _is_outside(raws[n], least)), stop)
    bounds = [*firsts, after]
    if texts[0] < firsts[0]:
        bounds.insert(0, texts[0])
    ends = [*starts, len(text)]
    return [
        Stretch(first, starts[first], ends[after], _indent(raws[first]), _is_item(raws[first]))
        for first, after in pairwise(bounds)
    ]


def _item_column(columns: list[int], first: str) -> int:
    """The column of the dashes of the integrations: the one that two of them share rather than the
    one in which the first happens to stand. Lists further in may look like integrations."""
    if not _is_item(first):
        return min(columns)
    due = _indent(first)
    uses = Counter(columns)
    return min((column for column in uses if uses[column] > 1 and column <= due + 2), default=due)


def _is_integration(raw: str) -> bool:
    """Whether a list item in the column of the integrations is one: a key that belongs elsewhere
    has only lost its indentation to a dash."""
    key = _KEY.match(raw.lstrip(" ")[1:]) if _is_item(raw) else None
    item = root().properties["integrations"].item
    if key is None or item is None or canonical_key(item, key[2]) is not None:
        return _is_item(raw)
    return not places_of_key(key[2])


def _is_outside(raw: str, column: int) -> bool:
    """Whether a line is a key further left than the integrations, and none that belongs into a
    manifest: such a key has only slipped."""
    key = _KEY.match(raw)
    return key is not None and key.end(1) < column and not places_of_key(key[2])


def _is_blank(raw: str) -> bool:
    stripped = raw.strip()
    return not stripped or stripped.startswith("#")


def _is_item(raw: str) -> bool:
    stripped = raw.lstrip(" ")
    return stripped == "-" or stripped[:2] in ("- ", "-\t") or _TIGHT.match(stripped) is not None


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))
