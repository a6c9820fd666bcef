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
from dataclasses import dataclass, field
from itertools import pairwise

from amp_lint.document import Fault, FaultKind
from amp_lint.faults import Diagnosis, diagnose, misplaced_item
from amp_lint.lines import Line, split_lines
from amp_lint.manifest import tear
from amp_lint.parse import Built, ParseFailure, parse_text
from amp_lint.source import Span
from amp_lint.tree import Collection, Entry, Lost, Mapping, Node, Sequence, is_null

# How often a stretch is tried again. Real mistakes take one or two; a text without any structure
# uses them up and is left out whole.
MAX_TRIES = 40
# Characters parsed again at most, so that a large file with many mistakes stays affordable.
MAX_REPARSED = 4_000_000

_INTEGRATIONS = re.compile(r"""(["']?)integrations\1[ \t]*:[ \t]*(?:#.*)?\Z""", re.I)
_TOP_KEY = re.compile(r"""(["']?)(?:integrations|specVersion)\1[ \t]*:""", re.I)
_INTEGRATION = re.compile(r"[ ]*-[ ]*(?:name|displayName|provider|module):(?: |\Z)", re.I)
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|\Z)")
_TIGHT = re.compile(r"-[A-Za-z_]+:")
_CHARACTER = re.compile(r"[^\r\n]")


@dataclass(slots=True)
class Recovered:
    """The tree of what could be read, and the faults that kept the rest from it."""

    built: Built
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class _Cut:
    """Blanked lines: from `column` of the line `first` up to the line `last`, inclusive. `deep`
    says that what hangs on the first line is included."""

    first: int
    last: int
    column: int
    deep: bool = False


def recover(
    text: str, starts: list[int], failure: ParseFailure, *, pure: bool = False
) -> Recovered:
    """Read a text on which the parser gave up with `failure`."""
    stretches = _integration_stretches(text, starts)
    result = Recovered(Built())
    root, _ = _read_stretch(_without(text, stretches), 0, result, pure)
    if not isinstance(root, Collection):
        root = Lost(0, len(text))
    result.built.root = root
    items: list[Node] = []
    for stretch in stretches:
        if stretch.column != stretches[0].column:
            line = _bare_line(stretch)
            found = misplaced_item(line, stretch.column, stretches[0].column)
            result.faults.append(_fault(found, 0))
        lines = text[stretch.start : stretch.end]
        told = stretch.column != stretches[0].column
        part, cut = _read_stretch(lines, stretch.start, result, pure, told=told)
        items.append(_only_item(part, cut, stretch.start, stretch.end))
    if stretches:
        _hang_in(root, items)
    if not result.faults:
        result.faults.append(_fault(diagnose(text, split_lines(text, starts), failure), 0))
    tear(root)
    return result


def _without(text: str, stretches: list[_Stretch]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in stretches:
        pieces.append(text[at : stretch.start])
        pieces.append(_CHARACTER.sub(" ", text[stretch.start : stretch.end]))
        at = stretch.end
    pieces.append(text[at:])
    return "".join(pieces)


def _bare_line(stretch: _Stretch) -> Line:
    return Line(stretch.line, stretch.start, stretch.end, stretch.column, stretch.start, 0)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of one integration: the first one's number and indentation, and the offsets."""

    line: int
    start: int
    end: int
    column: int


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
    if not texts or not _is_item(raws[texts[0]]):
        return []
    indent = _indent(raws[texts[0]])
    firsts = [
        n
        for n in texts
        if (_is_item(raws[n]) and _indent(raws[n]) == indent) or _INTEGRATION.match(raws[n])
    ]
    least = min(_indent(raws[n]) for n in firsts)
    after = next((n for n in texts if n > firsts[-1] and _indent(raws[n]) < least), stop)
    bounds = [*firsts, after]
    return [
        _Stretch(first, starts[first], starts[after] if after < len(starts) else len(text), column)
        for first, after in pairwise(bounds)
        for column in (_indent(raws[first]),)
    ]


def _is_blank(raw: str) -> bool:
    stripped = raw.strip()
    return not stripped or stripped.startswith("#")


def _is_item(raw: str) -> bool:
    stripped = raw.lstrip(" ")
    return stripped == "-" or stripped.startswith("- ") or _TIGHT.match(stripped) is not None


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" "))


def _read_stretch(
    text: str, offset: int, result: Recovered, pure: bool, *, told: bool = False
) -> tuple[Node | None, bool]:
    """Parse one stretch of lines, blanking what cannot be read. The root and whether anything
    had to be blanked. `told`: a mistake in it is already reported, so only what cannot be a
    consequence of it is."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    tries = max(2, min(MAX_TRIES, MAX_REPARSED // (len(text) + 1)))
    work = text
    cuts: list[_Cut] = []
    for _ in range(tries):
        try:
            trial = parse_text(work, offset=offset, before=result.built, pure=pure)
        except ParseFailure as failure:
            lines = split_lines(work, starts)
            local = ParseFailure(
                failure.problem,
                failure.offset - offset,
                None if failure.context is None else failure.context - offset,
            )
            found = diagnose(work, lines, local)
            wider = _touched(cuts, found.line.number)
            if wider is None and (found.certain or not told):
                result.faults.append(_fault(found, offset))
                told = True
            if not _widen(cuts, wider, found, lines, split_lines(text, starts)):
                break
            work = _blanked(text, starts, cuts)
        else:
            _adopt(result.built, trial)
            for cut in cuts:
                _mark_torn(trial.root, cut, starts, offset)
            return trial.root, bool(cuts)
    return None, True


def _fault(found: Diagnosis, offset: int) -> Fault:
    span = Span(found.span.start + offset, found.span.end + offset)
    kind: FaultKind = "unsupported" if found.unsupported else "syntax"
    return Fault(kind, span, found.message, found.label)


def _touched(cuts: list[_Cut], line: int) -> int | None:
    """The cut that the parser stumbled over again."""
    return next((n for n, cut in enumerate(cuts) if cut.first <= line <= cut.last + 1), None)


def _widen(
    cuts: list[_Cut], wider: int | None, found: Diagnosis, now: list[Line], lines: list[Line]
) -> bool:
    """Cut out the mistake, or more than before when that did not help. False when all is gone."""
    if wider is None:
        line = now[found.line.number]
        column = 0 if line.tab >= 0 else line.column
        if line.value[0] < line.value[1] and line.key:
            cuts.append(_Cut(line.number, max(line.number, found.until), column))
        else:
            last = max(_last_below(lines, line.number, line.column), found.until)
            cuts.append(_Cut(line.number, last, column, deep=True))
        return True
    cut = cuts.pop(wider)
    first = lines[cut.first]
    if not cut.deep:
        last = max(_last_below(lines, cut.first, first.column), cut.last)
        wide = _Cut(cut.first, last, cut.column, deep=True)
    elif cut.column > first.indent:
        last = max(_last_below(lines, cut.first, first.indent), cut.last)
        wide = _Cut(cut.first, last, first.indent, deep=True)
    else:
        above = cut.first - 1
        while above >= 0 and (lines[above].blank or lines[above].indent >= max(first.indent, 1)):
            above -= 1
        if above < 0:
            everything = cut.first == 0 and cut.last >= len(lines) - 1
            wide = _Cut(0, len(lines) - 1, 0, deep=True)
            cuts[:] = [wide]
            return not everything
        column = lines[above].column
        last = max(_last_below(lines, above, column), cut.last)
        wide = _Cut(above, last, column, deep=True)
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
        pieces.append(_CHARACTER.sub(" ", text[begin:end]))
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


def _mark_torn(root: Node | None, cut: _Cut, starts: list[int], offset: int) -> None:
    """Mark what lost something: of the collections that the cut lies in, follows or precedes,
    those whose children start in the cut's column; where the column fits none, all it follows."""
    at = offset + starts[cut.first] + cut.column
    way: list[Collection] = []
    begun: list[Collection] = []
    node = root
    while isinstance(node, Collection):
        before, after = _around(node, at)
        if before is None or not before.start < at < before.end:
            way.append(node)
        if isinstance(after, Collection):
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
