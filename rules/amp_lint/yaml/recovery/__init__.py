"""Reading what can still be read when the parser has given up.

The integrations of a manifest are items of one list, each a stretch of lines that is valid YAML by
itself. After a syntax error every stretch is parsed alone; in one that fails, the line with the
mistake and what hangs on it are blanked out, a little more each time, until the rest parses.
Blanking keeps every offset. What held the blanked part is marked as incomplete, so that no rule
takes for missing what may only be unreadable.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit, Fix, apply
from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import (
    Collection,
    Mapping,
    Node,
    Sequence,
    Unreadable,
    folded,
    is_null,
    tear,
)
from amp_lint.yaml.parser import parse_text
from amp_lint.yaml.recovery.blanking import (
    Cut,
    blanked,
    first_cut,
    is_before,
    spaces,
    touched,
    widen,
)
from amp_lint.yaml.recovery.chunks import Chunk, integration_chunks
from amp_lint.yaml.recovery.incomplete import mark_incomplete, mix
from amp_lint.yaml.recovery.moves import Moves
from amp_lint.yaml.recovery.whole_text import corrected
from amp_lint.yaml.syntax_errors import diagnose
from amp_lint.yaml.syntax_errors.context import Diagnosis
from amp_lint.yaml.syntax_errors.indentation import misplaced_item, missing_dash
from amp_lint.yaml.tree_builder import Built, ParseFailure
from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from amp_lint.yaml.document import ProblemKind

# How often a stretch is tried again. Real mistakes take one or two; a text without any structure
# uses them up and is left out whole.
MAX_TRIES = 40
# Characters parsed again at most, so that a large file with many mistakes stays affordable. A line
# costs as much as this many characters, however short it is.
MAX_REPARSED = 4_000_000
_LINE_COST = 40


@dataclass(slots=True)
class Recovered:
    """The tree of what could be read, and the faults that kept the rest from it."""

    built: Built
    faults: list[SyntaxProblem] = field(default_factory=list)


def recover(
    text: str, starts: list[int], failure: ParseFailure, *, pure: bool = False
) -> Recovered:
    """Read a text on which the parser gave up with `failure`."""
    whole = corrected(text, starts)
    if whole.problems:
        text = whole.text
        trial = _parsed(text, 0, Built(), pure)
        if isinstance(trial, Built):
            whole.mark_gaps(trial.root, starts)
            tear(trial.root)
            return Recovered(trial, whole.problems)
        failure = trial
    stretches = integration_chunks(text, starts)
    result = read_top(text, stretches, pure=pure)
    result.faults[:0] = whole.problems
    top = result.built.root
    items: list[Node] = []
    columns = Counter(stretch.column for stretch in stretches if stretch.item)
    due = max(columns, key=columns.__getitem__, default=0)
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
            mix(items[-2:])
    if stretches and isinstance(top, Mapping):
        first_dash = stretches[0].start + stretches[0].column if stretches[0].item else None
        attach_integrations(top, items, first_dash)
    if not result.faults:
        result.faults.append(_fault(diagnose(text, split_lines(text, starts), failure), 0))
    result.built.mappings[:] = [one for one in result.built.mappings if not one.mixed]
    whole.mark_gaps(top, starts)
    tear(top)
    return result


def read_top(text: str, stretches: list[Chunk], *, pure: bool = False) -> Recovered:
    """Read what is around the integrations."""
    result = Recovered(Built())
    top, _ = _read_stretch(_without(text, stretches), 0, result, pure)
    result.built.root = top if isinstance(top, Collection) else Unreadable(0, len(text))
    return result


def read_integration(lines: str, offset: int) -> tuple[Node, Node, Recovered]:
    """Read the lines of one integration as `recover` does: the integration, what it was found in,
    and the faults."""
    result = Recovered(Built())
    part, cut = _read_stretch(lines, offset, result, False)
    item = _only_item(part, cut, offset, offset + len(lines))
    result.built.mappings[:] = [one for one in result.built.mappings if not one.mixed]
    inside = part if isinstance(part, Sequence) and item in part.items else item
    item.parent = None
    tear(item)
    return item, inside, result


def _without(text: str, stretches: list[Chunk]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in stretches:
        pieces.append(text[at : stretch.start])
        pieces.append(spaces(text[stretch.start : stretch.end]))
        at = stretch.end
    pieces.append(text[at:])
    return "".join(pieces)


def _bare_line(stretch: Chunk) -> Line:
    return Line(stretch.line, stretch.start, stretch.end, stretch.column, stretch.start, 0)


def _read_stretch(
    text: str, offset: int, result: Recovered, pure: bool, first: Diagnosis | None = None
) -> tuple[Node | None, bool]:
    """Parse one stretch of lines, blanking what cannot be read. The root and whether anything
    had to be blanked. `first`: a mistake in how the stretch begins, with its place in the whole."""
    starts = _line_starts(text)
    cost = len(text) + _LINE_COST * len(starts)
    tries = max(1, min(MAX_TRIES, MAX_REPARSED // cost))
    unchanged: list[Line] = []
    work = text
    cuts: list[Cut] = []
    moves = Moves()
    reported = _ReportedFaults(result.faults)
    if first is not None:
        reported.add(_fault(first, 0), False)
    for _ in range(tries):
        trial = _parsed(work, offset, result.built, pure)
        if isinstance(trial, Built):
            for cut in cuts:
                mark_incomplete(trial.root, cut, starts, offset)
            moves.correct(trial)
            _adopt(result.built, trial)
            return trial.root, bool(cuts)
        lines = split_lines(work, starts)
        unchanged = unchanged or lines
        found = diagnose(work, lines, trial)
        if found.patch is not None and text[slice(*found.patch.span)] != found.patch.text:
            reported.add(moves.corrected(_fault(found, offset)), found.certain)
            moves.add(found, offset)
            text = apply(text, (found.patch,))
            # A value that moves up takes the end of its line along.
            starts = _line_starts(text)
            work = blanked(text, starts, cuts)
            continue
        wider = touched(cuts, found.line.number)
        if wider is not None:
            if not widen(cuts, wider, unchanged):
                break
        else:
            if not is_before(cuts, found):
                reported.add(moves.corrected(_fault(found, offset)), found.certain)
            cuts.append(first_cut(work, found, lines))
        work = blanked(text, starts, cuts)
    return None, True


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def _parsed(text: str, offset: int, before: Built, pure: bool) -> Built | ParseFailure:
    """What a stretch holds, or why it cannot be read, with places that count in the stretch."""
    try:
        return parse_text(text, offset=offset, before=before, pure=pure, part=True)
    except ParseFailure as failure:
        context = None if failure.context is None else failure.context - offset
        return ParseFailure(failure.problem, failure.offset - offset, context)


class _ReportedFaults:
    """The faults reported for one stretch.

    A fault that may be the consequence of another is reported only while there is no other.
    """

    def __init__(self, faults: list[SyntaxProblem]) -> None:
        self.faults = faults
        self.any = False
        self.uncertain = False

    def add(self, fault: SyntaxProblem, certain: bool) -> None:
        """Add a fault. A certain one replaces an uncertain one."""
        if self.any and not certain:
            return
        if self.uncertain:
            self.faults.pop()
        self.any, self.uncertain = True, not certain
        self.faults.append(fault)


def _fault(found: Diagnosis, offset: int) -> SyntaxProblem:
    span = Span(found.span.start + offset, found.span.end + offset)
    kind: ProblemKind = "unsupported" if found.unsupported else "syntax"
    fixes = () if found.fix is None else (_moved(found.fix, offset),)
    return SyntaxProblem(kind, span, found.message, found.label, fixes=fixes)


def _moved(fix: Fix, offset: int) -> Fix:
    """A fix of a stretch as one of the whole text."""
    edits = (
        Edit(Span(edit.span.start + offset, edit.span.end + offset), edit.text)
        for edit in fix.edits
    )
    return replace(fix, edits=tuple(edits))


def _adopt(total: Built, part: Built) -> None:
    total.issues.extend(part.issues)
    total.mappings.extend(part.mappings)
    total.aliases.extend(part.aliases)
    total.empty.extend(part.empty)
    total.anchors.update(part.anchors)
    total.sizes.update(part.sizes)
    total.written += part.written
    total.expanded += part.expanded


def _only_item(part: Node | None, cut: bool, start: int, end: int) -> Node:
    """The integration that a stretch holds; an empty, incomplete mapping without readable text."""
    if isinstance(part, Mapping):
        return part
    if isinstance(part, Sequence) and part.items:
        item = part.items[0]
        if not (cut and is_null(item)):
            return item
    return Unreadable(start, end)


def attach_integrations(root: Mapping, items: list[Node], start: int | None = None) -> None:
    """Put the integrations, whose first dash is at `start`, back into the document that they were
    taken from."""
    # The lines were taken from below the first of them.
    entry = next((one for one in root.entries if folded(one.name) == "integrations"), None)
    if entry is None:
        return
    begin = items[0].start if start is None else start
    if isinstance(entry.value, Sequence):
        items = sorted([*items, *entry.value.items], key=lambda node: node.start)
    begin = min(begin, items[0].start)
    sequence = Sequence(begin, max(items[-1].end, begin))
    root.end = max(root.end, sequence.end)
    sequence.parent, sequence.slot = root, entry
    entry.value = sequence
    for position, item in enumerate(items):
        item.parent, item.slot = sequence, position
        sequence.items.append(item)
