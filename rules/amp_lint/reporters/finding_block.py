"""A finding in the text report: message, place, marked lines, and the fix as a small diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from amp_lint.linter.finding import Finding, Related
from amp_lint.reporters.console import BLUE, BOLD, GREEN, RED, Console
from amp_lint.reporters.excerpt import Excerpt, Mark
from amp_lint.reporters.fix_preview import ChangedLine, changed_lines
from amp_lint.reporters.text import STYLES, lower_first, words
from amp_lint.text.edits import Applicability, Fix
from amp_lint.text.source import Source, Span

_SIGNS = {"-": RED, "+": GREEN}
_TRUST = {
    Applicability.SAFE: "safe",
    Applicability.UNSAFE: "unsafe",
    Applicability.MANUAL: "by hand",
}

# Of a larger fix the first lines are enough to recognise it; `--diff` shows all.
_CHANGES_SHOWN = 8
# More related places than these are named in a line each, without an excerpt.
_RELATED_SHOWN = 3


def block(source: Source, finding: Finding, console: Console) -> Iterator[str]:
    """Yield the lines of a finding."""
    style = STYLES[finding.severity]
    here = [one for one in finding.related if one.source is None]
    elsewhere = [one for one in finding.related if one.source is not None]
    related = here[:_RELATED_SHOWN]
    marks = [_mark(source, finding.span, "^", words(finding.label, console), style)]
    marks += [_mark(source, one.span, "-", words(one.message, console), BLUE) for one in related]
    changes = list(_changes(source, finding))
    last = max([mark.line for mark in marks] + [change.number for change in changes])
    excerpt = Excerpt(source, console, len(str(last)))
    yield from _title(finding, console, style)
    at = source.position(finding.span.start)
    arrow = console.paint(f"{' ' * excerpt.gutter}-->", BLUE)
    yield f"{arrow} {console.show(source.path)}:{at.line}:{at.column}"
    yield excerpt.row()
    yield from excerpt.rows(marks, _context(source, at.line, marks))
    for one in here[_RELATED_SHOWN:]:
        place = source.position(one.span.start)
        where = f"{console.show(source.path)}:{place.line}:{place.column}"
        yield from excerpt.notes(f"note: {words(one.message, console)}: {where}")
    for one in elsewhere:
        yield from _other_place(one, console)
    if finding.fixes:
        yield from _fix(finding.fixes[0], changes, excerpt)


def _other_place(related: Related, console: Console) -> Iterator[str]:
    """Yield a place in another text, such as the old line beside the new one."""
    source = related.source
    assert source is not None
    at = source.position(related.span.start)
    excerpt = Excerpt(source, console, len(str(at.line)))
    arrow = console.paint(f"{' ' * excerpt.gutter}:::", BLUE)
    yield f"{arrow} {console.show(source.path)}:{at.line}:{at.column}"
    yield excerpt.row()
    mark = _mark(source, related.span, "-", words(related.message, console), BLUE)
    yield from excerpt.rows([mark], 0)


def _title(finding: Finding, console: Console, style: str) -> Iterator[str]:
    """Yield severity, rule and message, wrapped."""
    used = len(finding.severity.value) + len(finding.rule) + 4
    first, *others = console.wrap(words(finding.message, console), used)
    rule = console.link(console.show(finding.rule), finding.url)
    severity = console.paint(f"{finding.severity.value}[{rule}]", style)
    yield f"{severity}{console.paint(f': {first}', BOLD)}"
    yield from (console.paint(line, BOLD) for line in others)


def _context(source: Source, line: int, marks: list[Mark]) -> int:
    """Return the number of the line above, 0 if it is blank or has a mark of its own."""
    if any(mark.line == line - 1 for mark in marks):
        return 0
    above = source.line_span(line - 1) if line > 1 else Span(0, 0)
    return line - 1 if source.text[above.start : above.end].strip() else 0


def _mark(source: Source, span: Span, sign: str, label: str, style: str) -> Mark:
    return Mark(source.position(span.start).line, span, sign, label, style)


def _changes(source: Source, finding: Finding) -> Iterator[ChangedLine]:
    """Yield the lines that the preferred fix changes, and one more than are shown."""
    if finding.fixes:
        yield from islice(changed_lines(source, finding.fixes[0]), _CHANGES_SHOWN + 1)


def _fix(fix: Fix, changes: Sequence[ChangedLine], excerpt: Excerpt) -> Iterator[str]:
    """Yield what a fix does, how far it can be trusted, and its changes."""
    console = excerpt.console
    trust = _TRUST[fix.applicability]
    title = words(lower_first(fix.title), console)
    yield excerpt.row()
    yield from excerpt.notes(f"fix ({trust}): {title}")
    if changes:
        yield excerpt.row()
    for line in changes[:_CHANGES_SHOWN]:
        yield excerpt.change(line.sign, line.number, line.text, line.changed, _SIGNS[line.sign])
    if len(changes) > _CHANGES_SHOWN:
        yield console.paint("...", BLUE)
