"""Lines that are blanked out so that the others can be read; every offset stays."""

from __future__ import annotations

import re

from amp_lint.text.line_scanner import Line
from amp_lint.yaml.syntax_errors.context import Diagnosis
from amp_schema.lite_dataclasses import dataclass

_WORD_CHARACTER = re.compile(r"[\w$-]")
_CHARACTERS = re.compile(r"[^\r\n]+")


@dataclass(slots=True)
class Cut:
    """Blanked lines: from `column` of the line `first` up to the line `last`, inclusive. `deep`
    says that what hangs on the first line is included, `loose` that the column says little about
    where the lines belong. `due` is the column that the lines should start in, None where it is
    `column`."""

    first: int
    last: int
    column: int
    deep: bool = False
    loose: bool = False
    due: int | None = None


def touched(cuts: list[Cut], line: int) -> int | None:
    """The cut that the parser stumbled over again."""
    return next((n for n, cut in enumerate(cuts) if cut.first <= line <= cut.last + 1), None)


def is_before(cuts: list[Cut], found: Diagnosis) -> bool:
    """Whether the line with a mistake is the one above another: the two are one mistake."""
    return any(cut.first == found.line.number + 1 for cut in cuts)


def first_cut(text: str, found: Diagnosis, lines: list[Line]) -> Cut:
    """What to blank of a line with a mistake: from the mistake on where it is in front of the
    content, else from the content on."""
    line = lines[found.line.number]
    column = 0 if line.tab >= 0 else max(0, min(line.column, found.span.start - line.start))
    word = line.key or _WORD_CHARACTER.match(text, line.content)
    above = next((one for one in reversed(lines[: line.number]) if not one.blank), None)
    outlier = above is not None and above.indent > column and not line.key
    due = due_column(found, lines) if line.tab >= 0 else None
    is_astray = outlier or line.tab >= 0
    loose = not found.certain or not word or (is_astray and due is None)
    last = max(line.number, found.until)
    is_whole = column == line.column or line.tab >= 0
    if line.blank or (is_whole and all(map(_is_full, lines[line.number : last + 1]))):
        last = _last_absorbed(lines, above, last)
        return Cut(line.number, last, column, loose=loose, due=due)
    last = max(_last_below(lines, line.number, column), found.until)
    last = _last_absorbed(lines, above, last)
    return Cut(line.number, last, column, deep=True, loose=loose, due=due)


def due_column(found: Diagnosis, lines: list[Line]) -> int | None:
    """Return the column in which the keys on lines with tabs should start; None if it is not known,
    or if items start there, to which lines below belong."""
    if found.fix is None or not found.fix.is_safe:
        return None
    starts = {line.start for line in lines[found.line.number : found.until + 1]}
    leads = [edit.text for edit in found.fix.edits if edit.span.start in starts and edit.text]
    columns = {len(lead) for lead in leads}
    return columns.pop() if len(columns) == 1 and "-" not in "".join(leads) else None


def _is_full(line: Line) -> bool:
    """Whether nothing can hang on a line: it is an entry with its value, or empty."""
    return line.blank or (line.key is not None and line.value[0] < line.value[1])


def _last_absorbed(lines: list[Line], above: Line | None, last: int) -> int:
    """The last of the lines behind `last` that would now be read as more of the value above."""
    if above is None or above.key is None or above.value[0] == above.value[1]:
        return last
    for line in lines[last + 1 :]:
        if not line.blank and line.indent <= above.column:
            break
        last = line.number
    return last


def widen(cuts: list[Cut], wider: int, lines: list[Line]) -> bool:
    """Cut out more than before, as that did not help. False when all is gone."""
    cut = cuts.pop(wider)
    first = lines[cut.first]
    if not cut.deep:
        last = max(_last_below(lines, cut.first, first.column), cut.last)
        wide = Cut(cut.first, last, cut.column, True, True)
    elif cut.column > first.indent:
        last = max(_last_below(lines, cut.first, first.indent), cut.last)
        wide = Cut(cut.first, last, first.indent, True, True)
    else:
        above = cut.first - 1
        while above >= 0 and (lines[above].blank or lines[above].indent >= max(first.indent, 1)):
            above -= 1
        if above < 0:
            everything = cut.first == 0 and cut.last >= len(lines) - 1
            wide = Cut(0, len(lines) - 1, 0, True, True)
            cuts[:] = [wide]
            return not everything
        column = lines[above].column
        last = max(_last_below(lines, above, column), cut.last)
        wide = Cut(above, last, column, True, True)
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


def blanked(text: str, starts: list[int], cuts: list[Cut]) -> str:
    """The text with spaces where the cuts are; line ends stay."""
    pieces: list[str] = []
    at = 0
    for cut in sorted(cuts, key=lambda item: item.first):
        begin = max(starts[cut.first] + cut.column, at)
        end = starts[cut.last + 1] if cut.last + 1 < len(starts) else len(text)
        pieces.append(text[at:begin])
        pieces.append(spaces(text[begin:end]))
        at = max(end, at)
    pieces.append(text[at:])
    return "".join(pieces)


def spaces(text: str) -> str:
    """Spaces in place of everything but line ends."""
    return _CHARACTERS.sub(lambda match: " " * len(match[0]), text)
