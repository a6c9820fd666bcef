"""Mistakes that go across integrations: merge conflicts and invisible characters in a whole file.

They are corrected in the whole text before it is cut into integrations. Every offset stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.text.edits import Applicability, Edit, Fix, apply
from amp_lint.text.line_scanner import Line, split_lines
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import Node
from amp_lint.yaml.recovery.blanking import spaces
from amp_lint.yaml.recovery.incomplete import mark_around
from amp_lint.yaml.syntax_errors.context import line_number
from amp_lint.yaml.syntax_errors.invisible import IN_STRUCTURE, fix, odd_blanks, words
from amp_schema.lite_dataclasses import dataclass, field

# The lines of a merge conflict. Git writes the third side, `|||||||`, in some settings only.
_MARKS = ("<" * 7, "=" * 7, ">" * 7)
_MARK_LINE = re.compile(r"(?:^|[\r\n])[ \t]*(?:<{7}|={7}|>{7})(?:[ \r\n]|$)")
_MARK = re.compile(r"[ \t]*(?P<sign><{7}|\|{7}|={7}|>{7})(?: |\Z)")
# A line of a template language that is nothing but a statement.
_TEMPLATES = ("{%", "{{", "<%")
_TEMPLATE_LINE = re.compile(
    r"(?:^|(?<=[\r\n]))[ \t]*(?P<mark>\{%|\{\{|<%)[^\r\n]*(?:%\}|\}\}|%>)[ \t]*(?=[\r\n]|$)"
)
# Each of more gaps would cost a walk through the tree.
_MOST_GAPS = 20
_KEYWORD = re.compile(r"(?:\{%|\{\{|<%)[-\s#]*(?P<word>\w*)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text without its mistakes that go across integrations, and what they are. `gaps` are the
    places from which lines were left out, with the column of those lines."""

    text: str
    problems: list[SyntaxProblem]
    gaps: list[tuple[Span, int]] = field(default_factory=list)

    def mark_gaps(self, root: Node | None, starts: list[int]) -> None:
        """Mark in the tree what may have lost something."""
        for span, column in self.gaps if len(self.gaps) <= _MOST_GAPS else _one_gap(self.gaps):
            mark_around(root, span, column, starts)


def corrected(text: str, starts: list[int]) -> Corrected:
    """Return the text without the mistakes that go across integrations."""
    if has_conflict_mark(text):
        lines = split_lines(text, starts)
        found = list(_conflicts(text, lines))
        patches = [patch for _, patch in found]
        gaps = [_gap(lines, patch.span) for patch in patches]
        return Corrected(apply(text, patches), [problem for problem, _ in found], gaps)
    if has_template(text):
        return _templates(text, split_lines(text, starts))
    if not text.isascii() and IN_STRUCTURE.search(text):
        problems, edits = _blanks(text, split_lines(text, starts))
        return Corrected(apply(text, edits), problems)
    return Corrected(text, [])


def has_conflict_mark(text: str) -> bool:
    """Return whether a line of a text is a mark of a merge conflict.

    Most texts have no such characters at all, which `in` finds out in a hundredth of the time of
    the pattern.
    """
    return any(mark in text for mark in _MARKS) and _MARK_LINE.search(text) is not None


def has_template(text: str) -> bool:
    """Return whether a line of a text is a statement of a template language. `in` as above."""
    return any(sign in text for sign in _TEMPLATES) and _TEMPLATE_LINE.search(text) is not None


def _gap(lines: list[Line], span: Span) -> tuple[Span, int]:
    """Return the place of some lines, from the line in front of them to the line behind them, and
    the column in which they start."""
    first, last = line_number(lines, span.start), line_number(lines, span.end)
    indents = [one.indent for one in lines[first : last + 1] if not one.blank and one.indent]
    above = next(
        (one.end for one in (lines[n] for n in range(first - 1, -1, -1)) if not one.blank), 0
    )
    below = next(
        (one.content for one in (lines[n] for n in range(last + 1, len(lines))) if not one.blank),
        None,
    )
    end = lines[-1].end if below is None else below
    return Span(above, end), min(indents, default=0)


def _one_gap(gaps: list[tuple[Span, int]]) -> list[tuple[Span, int]]:
    """Return one gap in place of many."""
    start = min(span.start for span, _ in gaps)
    end = max(span.end for span, _ in gaps)
    return [(Span(start, end), min(column for _, column in gaps))]


def _conflicts(text: str, lines: list[Line]) -> Iterator[tuple[SyntaxProblem, Edit]]:
    """Find the merge conflicts; the patch of each leaves its first side."""
    marks = [
        (line, match["sign"][0])
        for line in lines
        if (match := _MARK.match(text[line.start : line.end]))
        and not (line.inside and match.start("sign"))
    ]
    at = 0
    while at < len(marks):
        size = _size([sign for _, sign in marks[at : at + 4]])
        if size:
            block = [line for line, _ in marks[at : at + size]]
            middle = [sign for _, sign in marks[at : at + size]].index("=")
            yield _conflict(text, lines, block, block[middle])
        else:
            yield _lone_mark(text, lines, marks[at][0], is_only=len(marks) == 1)
        at += size or 1


def _size(signs: list[str]) -> int:
    """Return how many marks the conflict has that begins here, 0 where none begins."""
    for whole in (["<", "=", ">"], ["<", "|", "=", ">"]):
        if signs[: len(whole)] == whole:
            return len(whole)
    return 0


def _conflict(
    text: str, lines: list[Line], marks: list[Line], middle: Line
) -> tuple[SyntaxProblem, Edit]:
    first, last, behind = marks[0], marks[-1], marks[1]
    message = (
        "this merge conflict is not resolved: keep one side and delete the lines that begin with "
        "`<<<<<<<`, `=======` and `>>>>>>>`"
    )
    span = Span(first.start, first.end)
    whole = Span(first.start, _end(lines, last, text))
    sides = (
        ("first", text[_end(lines, first, text) : behind.start]),
        ("second", text[_end(lines, middle, text) : last.start]),
    )
    fixes = tuple(
        Fix(f"Keep the {name} side", (Edit(whole, side),), Applicability.MANUAL)
        for name, side in sides
    )
    pieces = (
        spaces(text[first.start : first.end]),
        text[first.end : behind.start],
        spaces(text[behind.start : last.end]),
    )
    problem = SyntaxProblem("syntax", span, message, "merge conflict", fixes=fixes)
    return problem, Edit(Span(first.start, last.end), "".join(pieces))


def _lone_mark(
    text: str, lines: list[Line], line: Line, *, is_only: bool
) -> tuple[SyntaxProblem, Edit]:
    """Explain a line that is left of a merge conflict. With others around it, both sides of the
    conflict may still be there."""
    sign = text[line.content : line.content + 7]
    message = f"`{sign}` is left over from a merge conflict; delete the line"
    kind = Applicability.UNSAFE if is_only else Applicability.MANUAL
    edit = Edit(Span(line.start, _end(lines, line, text)), "")
    fixes = (Fix("Delete the line", (edit,), kind),)
    span = Span(line.content, line.end)
    problem = SyntaxProblem("syntax", span, message, "merge conflict", fixes=fixes)
    return problem, Edit(span, spaces(text[slice(*span)]))


def _templates(text: str, lines: list[Line]) -> Corrected:
    """Leave out the statements of a template, and of each condition all branches but the first."""
    found = [
        (line, match)
        for line in lines
        if not line.inside and (match := _TEMPLATE_LINE.match(text, line.start, line.end))
    ]
    if not found:
        return Corrected(text, [])
    patches: list[Edit] = []
    left_out = -1
    for line, match in found:
        keyword = _KEYWORD.match(text, match.start("mark"))
        word = keyword["word"].casefold() if keyword else ""
        if left_out >= 0 and word.startswith("end"):
            patches.append(_blank(text, left_out, line.end))
            left_out = -1
        elif left_out < 0 and word.startswith(("else", "elif", "elsif")):
            left_out = line.start
        elif left_out < 0:
            patches.append(_blank(text, line.start, line.end))
    first, match = found[0]
    span = Span(match.start("mark"), first.start + len(text[first.start : first.end].rstrip()))
    message = (
        f"`{match['mark']}` starts a template expression, which the platform does not replace; "
        "lint and deploy the rendered manifest"
    )
    gaps = [_gap(lines, patch.span) for patch in patches]
    problem = SyntaxProblem("syntax", span, message, "template")
    return Corrected(apply(text, patches), [problem], gaps)


def _blank(text: str, start: int, end: int) -> Edit:
    return Edit(Span(start, end), spaces(text[start:end]))


def _end(lines: list[Line], line: Line, text: str) -> int:
    """Return where the line behind a line begins."""
    number = line.number + 1
    return lines[number].start if number < len(lines) else len(text)


def _blanks(text: str, lines: list[Line]) -> tuple[list[SyntaxProblem], list[Edit]]:
    """Find the invisible characters that are not spaces, as one mistake."""
    found = [odd for line in lines if (odd := odd_blanks(text, lines, line)) and odd.keeps_places]
    if not found:
        return [], []
    edits = [edit for odd in found for edit in odd.edits]
    span = found[0].runs[0]
    message = words(text, span, edits[0])
    if len(found) > 1:
        more = len(found) - 1
        message += f", here and in {more} more {'line' if more == 1 else 'lines'}"
    fixes = (fix(text, tuple(edits)),)
    return [SyntaxProblem("syntax", span, message, "invisible", fixes=fixes)], edits
