"""Reading what can still be read when the parser has given up.

The integrations of a manifest are items of one list, each a stretch of lines that is valid YAML by
itself. After a syntax error every stretch is parsed alone; in one that fails, the line with the
mistake and what hangs on it are blanked out, a little more each time, until the rest parses.
Blanking keeps every offset. What held the blanked part is marked as torn, so that no rule takes
for missing what may only be unreadable.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from amp_lint.document import Fault, FaultKind
from amp_lint.faults import Diagnosis, diagnose, misplaced_item, missing_dash
from amp_lint.lines import Line, split_lines
from amp_lint.parse import Built, ParseFailure, parse_text
from amp_lint.source import Span
from amp_lint.tree import Collection, Entry, Lost, Mapping, Node, Sequence, is_null, tear, walk
from amp_schema.manifest import canonical_key, places_of_key, root

# How often a stretch is tried again. Real mistakes take one or two; a text without any structure
# uses them up and is left out whole.
MAX_TRIES = 40
# Characters parsed again at most, so that a large file with many mistakes stays affordable. A line
# costs as much as this many characters, however short it is.
MAX_REPARSED = 4_000_000
_LINE_COST = 40

_INTEGRATIONS = re.compile(r"""(["']?)integrations\1[ \t]*:[ \t]*(?:#.*)?\Z""", re.I)
_TOP_KEY = re.compile(r"""(["']?)(?:integrations|specVersion)\1[ \t]*:""", re.I)
_INTEGRATION = re.compile(r"[ ]*-[ \t]*(?:name|displayName|provider|module):(?:\s|\Z)", re.I)
_KEY = re.compile(r"""([ ]*)["']?([^\s"'#:\-][^\s"'#:]*)["']?[ \t]*:(?:\s|\Z)""")
_WORD = re.compile(r"[\w$-]")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|\Z)")
_TIGHT = re.compile(r"-[A-Za-z_]+:")
_CHARACTERS = re.compile(r"[^\r\n]+")


@dataclass(slots=True)
class Recovered:
    """The tree of what could be read, and the faults that kept the rest from it."""

    built: Built
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Cut:
    """Blanked lines: from `column` of the line `first` up to the line `last`, inclusive. `deep`
    says that what hangs on the first line is included, `loose` that the column says little about
    where the lines belong."""

    first: int
    last: int
    column: int
    deep: bool = False
    loose: bool = False


def recover(
    text: str, starts: list[int], failure: ParseFailure, *, pure: bool = False
) -> Recovered:
    """Read a text on which the parser gave up with `failure`."""
    stretches = _integration_stretches(text, starts)
    result = Recovered(Built())
    top, _ = _read_stretch(_without(text, stretches), 0, result, pure)
    if not isinstance(top, Collection):
        top = Lost(0, len(text))
    result.built.root = top
    items: list[Node] = []
    columns = [stretch.column for stretch in stretches if stretch.item]
    due = max(columns, key=columns.count, default=0)
    for stretch in stretches:
        first: Diagnosis | None = None
        if not stretch.item:
            first = missing_dash(text, _bare_line(stretch))
        elif stretch.column != due:
            first = misplaced_item(_bare_line(stretch), stretch.column, due)
        lines = text[stretch.start : stretch.end]
        part, cut = _read_stretch(lines, stretch.start, result, pure, first)
        item = _only_item(part, cut, stretch.start, stretch.end)
        items.append(item)
        if not stretch.item or stretch.column != due:
            _mix(items[-2:])
    if stretches:
        _hang_in(top, items)
    if not result.faults:
        result.faults.append(_fault(diagnose(text, split_lines(text, starts), failure), 0))
    result.built.mappings[:] = [one for one in result.built.mappings if not one.mixed]
    tear(top)
    return result


def _without(text: str, stretches: list[_Stretch]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in stretches:
        pieces.append(text[at : stretch.start])
        pieces.append(_spaces(text[stretch.start : stretch.end]))
        at = stretch.end
    pieces.append(text[at:])
    return "".join(pieces)


def _spaces(text: str) -> str:
    """Spaces in place of everything but line ends."""
    return _CHARACTERS.sub(lambda match: " " * len(match[0]), text)


def _bare_line(stretch: _Stretch) -> Line:
    return Line(stretch.line, stretch.start, stretch.end, stretch.column, stretch.start, 0)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of one integration: the first one's number and indentation, and the offsets.
    `item` is False for lines in front of the first dash."""

    line: int
    start: int
    end: int
    column: int
    item: bool


def _integration_stretches(text: str, starts: list[int]) -> list[_Stretch]:
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
        _Stretch(first, starts[first], ends[after], _indent(raws[first]), _is_item(raws[first]))
        for first, after in pairwise(bounds)
    ]


def _item_column(columns: list[int], first: str) -> int:
    """The column of the dashes of the integrations: the one that two of them share rather than the
    one in which the first happens to stand. Lists further in may look like integrations."""
    if not _is_item(first):
        return min(columns)
    due = _indent(first)
    shared = [column for column in columns if columns.count(column) > 1 and column <= due + 2]
    return min(shared, default=due)


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


def _read_stretch(
    text: str, offset: int, result: Recovered, pure: bool, first: Diagnosis | None = None
) -> tuple[Node | None, bool]:
    """Parse one stretch of lines, blanking what cannot be read. The root and whether anything
    had to be blanked. `first`: a mistake in how the stretch begins, with its place in the whole."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    cost = len(text) + _LINE_COST * len(starts)
    tries = max(1, min(MAX_TRIES, MAX_REPARSED // cost))
    unchanged: list[Line] = []
    work = text
    cuts: list[_Cut] = []
    told = _Told(result.faults)
    if first is not None:
        told.tell(_fault(first, 0), False)
    for _ in range(tries):
        trial = _parsed(work, offset, result.built, pure)
        if isinstance(trial, Built):
            for cut in cuts:
                _mark_torn(trial.root, cut, starts, offset)
            _adopt(result.built, trial)
            return trial.root, bool(cuts)
        lines = split_lines(work, starts)
        unchanged = unchanged or lines
        found = diagnose(work, lines, trial)
        wider = _touched(cuts, found.line.number)
        if wider is not None:
            if not _widen(cuts, wider, unchanged):
                break
        else:
            if not _is_before(cuts, found):
                told.tell(_fault(found, offset), found.certain)
            cuts.append(_first_cut(work, found, lines))
        work = _blanked(text, starts, cuts)
    return None, True


def _parsed(text: str, offset: int, before: Built, pure: bool) -> Built | ParseFailure:
    """What a stretch holds, or why it cannot be read, with places that count in the stretch."""
    try:
        return parse_text(text, offset=offset, before=before, pure=pure)
    except ParseFailure as failure:
        context = None if failure.context is None else failure.context - offset
        return ParseFailure(failure.problem, failure.offset - offset, context)


class _Told:
    """The faults of one stretch. One that may be the consequence of another is told only while
    there is no other."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.any = False
        self.doubted = False

    def tell(self, fault: Fault, certain: bool) -> None:
        """Note a fault, in place of a doubted one where it is certain."""
        if self.any and not certain:
            return
        if self.doubted:
            self.faults.pop()
        self.any, self.doubted = True, not certain
        self.faults.append(fault)


def _fault(found: Diagnosis, offset: int) -> Fault:
    span = Span(found.span.start + offset, found.span.end + offset)
    kind: FaultKind = "unsupported" if found.unsupported else "syntax"
    return Fault(kind, span, found.message, found.label)


def _touched(cuts: list[_Cut], line: int) -> int | None:
    """The cut that the parser stumbled over again."""
    return next((n for n, cut in enumerate(cuts) if cut.first <= line <= cut.last + 1), None)


def _is_before(cuts: list[_Cut], found: Diagnosis) -> bool:
    """Whether the line with a mistake is the one above another: the two are one mistake."""
    return any(cut.first == found.line.number + 1 for cut in cuts)


def _first_cut(text: str, found: Diagnosis, lines: list[Line]) -> _Cut:
    """What to blank of a line with a mistake: from the mistake on where it is in front of the
    content, else from the content on."""
    line = lines[found.line.number]
    column = 0 if line.tab >= 0 else max(0, min(line.column, found.span.start - line.start))
    word = line.key or _WORD.match(text, line.content)
    above = next((one for one in reversed(lines[: line.number]) if not one.blank), None)
    outlier = above is not None and above.indent > column and not line.key
    loose = not found.certain or not word or outlier
    if line.blank or (line.value[0] < line.value[1] and line.key and column == line.column):
        last = _last_absorbed(lines, above, max(line.number, found.until))
        return _Cut(line.number, last, column, loose=loose)
    last = max(_last_below(lines, line.number, column), found.until)
    last = _last_absorbed(lines, above, last)
    return _Cut(line.number, last, column, deep=True, loose=loose)


def _last_absorbed(lines: list[Line], above: Line | None, last: int) -> int:
    """The last of the lines behind `last` that would now be read as more of the value above."""
    if above is None or above.key is None or above.value[0] == above.value[1]:
        return last
    for line in lines[last + 1 :]:
        if not line.blank and line.indent <= above.column:
            break
        last = line.number
    return last


def _widen(cuts: list[_Cut], wider: int, lines: list[Line]) -> bool:
    """Cut out more than before, as that did not help. False when all is gone."""
    cut = cuts.pop(wider)
    first = lines[cut.first]
    if not cut.deep:
        last = max(_last_below(lines, cut.first, first.column), cut.last)
        wide = _Cut(cut.first, last, cut.column, True, True)
    elif cut.column > first.indent:
        last = max(_last_below(lines, cut.first, first.indent), cut.last)
        wide = _Cut(cut.first, last, first.indent, True, True)
    else:
        above = cut.first - 1
        while above >= 0 and (lines[above].blank or lines[above].indent >= max(first.indent, 1)):
            above -= 1
        if above < 0:
            everything = cut.first == 0 and cut.last >= len(lines) - 1
            wide = _Cut(0, len(lines) - 1, 0, True, True)
            cuts[:] = [wide]
            return not everything
        column = lines[above].column
        last = max(_last_below(lines, above, column), cut.last)
        wide = _Cut(above, last, column, True, True)
    cuts[:] = [other for other in cuts if not wide.first <= other.first <= wide.last]
    cuts.append(wide)
    return True


def _last_below(lines: list[Line], number: int, column: int) -> int:
    """The last line that hangs on the line `number` because it is indented deeper than `column`."""
    last = number
    for line in lines[number + 1 :]:
        if line.blank:
            continue
        if line.indent <= column:
            break
        last = line.number
    return last


def _blanked(text: str, starts: list[int], cuts: list[_Cut]) -> str:
    pieces: list[str] = []
    at = 0
    for cut in sorted(cuts, key=lambda item: item.first):
        begin = max(starts[cut.first] + cut.column, at)
        end = starts[cut.last + 1] if cut.last + 1 < len(starts) else len(text)
        pieces.append(text[at:begin])
        pieces.append(_spaces(text[begin:end]))
        at = max(end, at)
    pieces.append(text[at:])
    return "".join(pieces)


def _adopt(total: Built, part: Built) -> None:
    total.oddities.extend(part.oddities)
    total.mappings.extend(part.mappings)
    total.aliases.extend(part.aliases)
    total.anchors.update(part.anchors)
    total.sizes.update(part.sizes)
    total.written += part.written
    total.expanded += part.expanded


def _mix(nodes: Iterable[Node]) -> None:
    for node in nodes:
        if isinstance(node, Collection):
            node.torn = node.mixed = True


def _mark_torn(root: Node | None, cut: _Cut, starts: list[int], offset: int) -> None:
    """Mark what lost something: of the collections that the cut lies in, follows or precedes,
    those whose children start in the cut's column; where the column fits none, all it follows.
    Behind a loose cut everything may stand elsewhere than meant."""
    if cut.loose:
        _mix(walk(root))
        return
    at = offset + starts[cut.first] + cut.column
    way: list[Collection] = []
    begun: list[Collection] = []
    node = root
    while isinstance(node, Collection):
        before, after = _around(node, at)
        if before is None or not before.start < at < before.end:
            way.append(node)
        if isinstance(after, Collection) and _is_begun(after, at):
            begun.append(after)
        shallow = not node.flow and _column(node, starts, offset) < cut.column
        if before is not None and is_null(before) and shallow:
            _lose(before)
            return
        node = before
    fitting = [
        one for one in (*way, *begun) if not one.flow and _column(one, starts, offset) == cut.column
    ]
    for one in fitting or way:
        one.torn = True


def _is_begun(node: Node, at: int) -> bool:
    """Whether a value that begins behind a place is due there already: its key is above."""
    return not isinstance(node.slot, Entry) or node.slot.key.start < at


def _lose(node: Node) -> None:
    """Put in place of an empty value that what stood under it could not be read."""
    lost = Lost(node.start, node.end)
    lost.parent, lost.slot = node.parent, node.slot
    if isinstance(node.slot, Entry):
        node.slot.value = lost
    elif isinstance(node.parent, Sequence):
        node.parent.items[node.slot] = lost


def _column(node: Node, starts: list[int], offset: int) -> int:
    at = node.start - offset
    return at - starts[bisect_right(starts, at) - 1]


def _around(node: Collection, at: int) -> tuple[Node | None, Node | None]:
    """The last child that begins before an offset and the first that begins after it."""
    children: list[Node] = []
    if isinstance(node, Mapping):
        children = [entry.value for entry in node.entries]
    elif isinstance(node, Sequence):
        children = node.items
    place = bisect_left([child.start for child in children], at)
    before = children[place - 1] if place else None
    return before, children[place] if place < len(children) else None


def _only_item(part: Node | None, cut: bool, start: int, end: int) -> Node:
    """The integration that a stretch holds; an empty torn mapping where nothing was readable."""
    if isinstance(part, Mapping):
        return part
    if isinstance(part, Sequence) and part.items:
        item = part.items[0]
        if not (cut and is_null(item)):
            return item
    return Lost(start, end)


def _hang_in(root: Node, items: list[Node]) -> None:
    """Put the integrations back into the document they were taken from."""
    if not isinstance(root, Mapping):
        return
    entry = root.find("integrations")
    if entry is None:
        return
    sequence = Sequence(items[0].start, items[-1].end)
    if isinstance(entry.value, Sequence):
        items = sorted([*items, *entry.value.items], key=lambda node: node.start)
    sequence.parent, sequence.slot = root, entry
    entry.value = sequence
    for position, item in enumerate(items):
        item.parent, item.slot = sequence, position
        sequence.items.append(item)
