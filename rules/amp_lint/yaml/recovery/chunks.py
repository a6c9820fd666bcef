"""Where each integration of a manifest begins and ends, told by the lines alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from amp_lint.yaml.reader import may_be_pasted
from amp_lint.yaml.recovery.whole_text import has_conflict_mark, has_template
from amp_lint.yaml.syntax_errors.invisible import IN_STRUCTURE
from amp_lint.yaml.tree_builder import DOCUMENT_MARK
from amp_schema.lite_dataclasses import dataclass
from amp_schema.manifest_schema import canonical_key, places_of_key, root

_INTEGRATIONS = re.compile(r"""(["']?)integrations\1[ \t]*:[ \t]*(?:#.*)?\Z""", re.I)
_TOP_KEY = re.compile(r"""(["']?)(?:integrations|specVersion)\1[ \t]*:""", re.I)
_INTEGRATION = re.compile(r"[ ]*-[ \t]*(?:name|displayName|provider|module):(?:\s|\Z)", re.I)
_KEY = re.compile(r"""([ ]*)["']?([^\s"'#:\-][^\s"'#:]*)["']?[ \t]*:(?:\s|\Z)""")
_TIGHT = re.compile(r"-[A-Za-z_]+:")
# How the lines begin that are worth a closer look. The break in front lets the search leap.
_TOP = re.compile(r"""(?:\A|\n)["']?integrations""", re.I)
_STOP = re.compile(r"""\n(?:["']?(?:integrations|specVersion)|---|\.\.\.)""", re.I)
_UNUSUAL_BREAKS = "\x85\u2028\u2029\ufeff"
_LIKELY = re.compile(r"\n *-[ \t]*(?:name|displayName|provider|module):", re.I)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one integration: the first one's number and indentation, and the offsets.
    `item` is False for lines in front of the first dash."""

    line: int
    start: int
    end: int
    column: int
    item: bool


def integration_chunks(text: str, starts: list[int]) -> list[Chunk]:
    """The list items under `integrations:`. A dash before a key that only integrations have
    begins one in any column."""
    lines = _Lines(text, starts)
    top = next((n for n in lines.like(_TOP) if _INTEGRATIONS.match(lines.raw(n))), None)
    if top is None:
        return []
    stop = next((n for n in lines.like(_STOP, top + 1) if _is_stop(lines.raw(n))), len(starts))
    begin = next((n for n in range(top + 1, stop) if not _is_blank(lines.raw(n))), stop)
    # Each with its column.
    likely = {
        n: _indent(raw)
        for n in lines.like(_LIKELY, begin, stop)
        if _INTEGRATION.match(raw := lines.raw(n))
    }
    if begin == stop or not (likely or _is_item(lines.raw(begin))):
        return []
    indent = _item_column([*likely.values()], lines.raw(begin))
    dashes = re.compile(rf"\n {{{indent}}}-")
    begun = {
        n for n in lines.like(dashes, begin, stop) if n in likely or _is_integration(lines.raw(n))
    }
    moved = (
        n
        for n, column in likely.items()
        if column <= indent + 2 and not (column > indent and _is_next_key(lines, n, column))
    )
    firsts = sorted(begun.union(moved))
    if not firsts:
        return []
    least = min(_indent(lines.raw(n)) for n in firsts)
    behind = range(firsts[-1] + 1, stop)
    after = next((n for n in behind if _is_outside(lines.raw(n), least)), stop)
    bounds = [*firsts, after]
    if begin < firsts[0]:
        bounds.insert(0, begin)
    found: list[Chunk] = []
    for first, behind_it in pairwise(bounds):
        raw, end = lines.raw(first), lines.start(behind_it)
        found.append(Chunk(first, starts[first], end, _indent(raw), _is_item(raw)))
    return found


def is_usual(text: str) -> bool:
    """Whether lines end as usual, and no mistake may go across integrations: the document has no
    `%` line, no mark of a merge conflict, no invisible character in place of a space, and nothing
    that was copied with it."""
    return not (
        may_be_pasted(text)
        or any(one in text for one in _UNUSUAL_BREAKS)
        or has_conflict_mark(text)
        or has_template(text)
        or (not text.isascii() and IN_STRUCTURE.search(text))
        or text.count("\r") != text.count("\r\n")
        or text.startswith("%")
        or "\n%" in text
    )


def is_regular(text: str, stretches: list[Chunk]) -> bool:
    """Whether the integrations form one list, and the document does not end in it."""
    column, begin = stretches[0].column, stretches[0].start
    return (
        all(one.item and one.column == column for one in stretches)
        and text.find("\n---", begin) < 0
        and text.find("\n...", begin) < 0
    )


class _Lines:
    """The lines of a text, searched all at once: taking each one apart would be slow."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self._text, self._starts = text, starts
        # Regular expressions know one line break only. Every place stays.
        self._plain = text
        if "\r" in text:
            self._plain = text.replace("\r\n", " \n").replace("\r", "\n")

    def start(self, number: int) -> int:
        """Where a line begins; the end of the text behind the last one."""
        return self._starts[number] if number < len(self._starts) else len(self._text)

    def raw(self, number: int) -> str:
        """A line without its break."""
        return self._text[self._starts[number] : self.start(number + 1)].rstrip("\r\n")

    def like(
        self, pattern: re.Pattern[str], first: int = 0, behind: int | None = None
    ) -> Iterator[int]:
        """The lines that begin as a pattern asks, from one line to in front of another."""
        begin = max(0, self.start(first) - 1)
        end = len(self._text) if behind is None else self.start(behind)
        for match in pattern.finditer(self._plain, begin, end):
            content = match.start() + (match[0][0] == "\n")
            yield bisect_right(self._starts, content) - 1


def _item_column(columns: list[int], first: str) -> int:
    """The column of the dashes of the integrations: the one that two of them share rather than the
    column of the first. Lists further in may look like integrations."""
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


def _is_next_key(lines: _Lines, number: int, column: int) -> bool:
    """Whether the dash of a line is in the column of the keys above, and its key is new to them:
    then the dash is too much, and no integration begins."""
    own = _KEY.match(lines.raw(number).lstrip(" ")[1:])
    keys: list[str] = []
    for other in range(number - 1, -1, -1):
        raw = lines.raw(other)
        if _is_blank(raw) or _indent(raw) > column:
            continue
        content = raw.lstrip(" -") if _is_item(raw) else raw.lstrip(" ")
        key = _KEY.match(content)
        if key is None or len(raw) - len(content) != column:
            break
        keys.append(key[2])
        if _is_item(raw):
            break
    return own is not None and bool(keys) and own[2] not in keys


def _is_outside(raw: str, column: int) -> bool:
    """Whether a line is a key further left than the integrations, and none that belongs into a
    manifest: such a key has only slipped."""
    key = _KEY.match(raw)
    return key is not None and key.end(1) < column and not places_of_key(key[2])


def _is_stop(raw: str) -> bool:
    """Whether the integrations are surely over: at a key of the top, or the document's end."""
    return bool(_TOP_KEY.match(raw) or DOCUMENT_MARK.match(raw))


def _is_blank(raw: str) -> bool:
    stripped = raw.strip()
    return not stripped or stripped.startswith("#")


def _is_item(raw: str) -> bool:
    stripped = raw.lstrip(" ")
    return stripped == "-" or stripped[:2] in ("- ", "-\t") or _TIGHT.match(stripped) is not None


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))
