"""Findings for people: the line of the manifest, carets under what is wrong, and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding, Severity, worst
from amp_lint.reporters import Run
from amp_lint.reporters.console import BLUE, BOLD, CYAN, RED, YELLOW, Console
from amp_lint.text.edits import Applicability, Fix
from amp_lint.text.source import Source, Span
from amp_schema.lite_dataclasses import dataclass

_COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}
# What makes `check` apply a fix.
_FLAGS = {Applicability.SAFE: "--fix", Applicability.UNSAFE: "--fix --unsafe-fixes"}

_TAB = "    "
# Longer lines are cut to about this many characters, with some of what stands before the carets.
_LONGEST_LINE = 120
_KEPT_BEFORE = 40
# A message may quote a name from the manifest, and a name may be megabytes long.
_LONGEST_MESSAGE = 500
# Nobody reads more of one manifest at a time, and the terminal would forget the first of them.
MAX_SHOWN = 200
# More related places than these are named in a line each, not shown.
_RELATED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Mark:
    """Characters of one line to underline, and the words beside the underline."""

    line: int
    span: Span
    sign: str
    label: str
    color: str


def report(run: Run, console: Console) -> Iterator[str]:
    """Yield a block for each finding, and the summary."""
    separate = False
    for one in run.reports:
        for finding in worst(one.findings, MAX_SHOWN):
            if separate:
                yield ""
            separate = True
            yield from _block(one.source, finding, console)
        if len(one.findings) > MAX_SHOWN:
            yield ""
            yield _unshown(one, console)
    if run.quiet or not run.reports:
        return
    if separate:
        yield ""
    yield console.paint(summary(run), BOLD)


def _unshown(report: Report, console: Console) -> str:
    more = _number(len(report.findings) - MAX_SHOWN, "more finding")
    return f"{console.show(report.source.path)}: {more}; --output-format concise shows them all"


def summary(run: Run) -> str:
    """The counts in a sentence: `2 errors, 1 warning in 3 manifests (1 fixable with --fix)`.

    A finding counts as fixable when it has a safe fix. Only when there is none of these are those
    counted that have unsafe fixes: `(2 fixable with --fix --unsafe-fixes)`.
    """
    made = f"; {_number(run.fixed, 'mistake')} fixed" if run.fixed else ""
    return f"{_counted(run) or _clean(run)}{made}"


def _counted(run: Run) -> str:
    counts = run.counts()
    parts = [
        _number(counts[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "info"),
        )
        if counts[severity]
    ]
    if not parts:
        return ""
    return f"{', '.join(parts)} in {_number(len(run.reports), 'manifest')}{_fixable(run)}"


def _clean(run: Run) -> str:
    # Where a rule failed, nobody can say that the manifest is clean.
    clean = sum(not report.notices for report in run.reports)
    read = " that could be linted" if run.unread or clean < len(run.reports) else ""
    if clean == 0:
        return "No manifest could be linted to the end"
    if clean == 1:
        return f"The manifest{read} is clean"
    return f"All {clean} manifests{read} are clean"


def _fixable(run: Run) -> str:
    counts = run.fixable()
    for applicability in (Applicability.SAFE, Applicability.UNSAFE):
        if counts[applicability]:
            return f" ({counts[applicability]} fixable with {_FLAGS[applicability]})"
    return ""


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def headline(source: Source, finding: Finding, console: Console) -> str:
    """Where, how bad, which rule, what: the first line of a finding."""
    at = source.position(finding.span.start)
    where = console.paint(f"{console.show(source.path)}:{at.line}:{at.column}:", BOLD)
    severity = console.paint(finding.severity.value, _COLORS[finding.severity])
    return f"{where} {severity}[{finding.rule}] {_words(finding.message, console)}"


def _words(text: str, console: Console) -> str:
    if len(text) > _LONGEST_MESSAGE:
        return console.show(text[:_LONGEST_MESSAGE]) + console.ellipsis
    return console.show(text)


def _block(source: Source, finding: Finding, console: Console) -> Iterator[str]:
    shown = finding.related[:_RELATED_SHOWN]
    marks = [_mark(source, finding.span, "^", finding.label, _COLORS[finding.severity])]
    marks += [_mark(source, related.span, "-", related.message, BLUE) for related in shown]
    gutter = len(str(max(mark.line for mark in marks)))
    yield headline(source, finding, console)
    yield _row(console, gutter)
    yield from _excerpt(source, marks, gutter, console)
    for related in finding.related[_RELATED_SHOWN:]:
        at = source.position(related.span.start)
        where = f"{console.show(source.path)}:{at.line}:{at.column}"
        yield _footer(console, gutter, "note", f"{_words(related.message, console)}: {where}")
    for fix in finding.fixes[:1]:
        yield _footer(console, gutter, "fix", _offer(fix, console))


def _offer(fix: Fix, console: Console) -> str:
    """What the preferred fix does, how far it is to be trusted, and the flags that apply it."""
    title = _words(fix.title[:1].lower() + fix.title[1:], console)
    flags = _FLAGS.get(fix.applicability)
    return f"{title} ({fix.applicability.value}{f'; {flags}' if flags else ''})"


def _mark(source: Source, span: Span, sign: str, label: str, color: str) -> _Mark:
    return _Mark(source.position(span.start).line, span, sign, label, color)


def _excerpt(source: Source, marks: list[_Mark], gutter: int, console: Console) -> Iterator[str]:
    """The marked lines in the order of the text, each once unless too long to be shown whole."""
    previous: tuple[int, int] | None = None
    for mark in sorted(marks, key=lambda mark: mark.line):
        line = source.line_span(mark.line)
        window = _window(line, mark.span)
        if previous is not None and mark.line > previous[0] + 1:
            yield console.paint("...", BLUE)
        if previous != (mark.line, window.start):
            yield _row(console, gutter, str(mark.line), _cut(source, line, window, console))
        yield _row(console, gutter, "", _underline(source, line, window, mark, console))
        previous = (mark.line, window.start)


def _window(line: Span, span: Span) -> Span:
    """The part of a line to show: all of it, or what lies around a span."""
    if line.end - line.start <= _LONGEST_LINE:
        return line
    start = max(line.start, min(span.start - _KEPT_BEFORE, line.end - _LONGEST_LINE))
    return Span(start, min(line.end, start + _LONGEST_LINE))


def _cut(source: Source, line: Span, window: Span, console: Console) -> str:
    before = console.ellipsis if window.start > line.start else ""
    after = console.ellipsis if window.end < line.end else ""
    return before + console.show(_text(source, window.start, window.end).rstrip(" ")) + after


def _underline(source: Source, line: Span, window: Span, mark: _Mark, console: Console) -> str:
    """Signs under the marked characters. A span of several lines is shown on its first."""
    start = min(max(mark.span.start, window.start), window.end)
    end = min(max(mark.span.end, start), window.end)
    indent = console.width(_text(source, window.start, start))
    width = console.width(_text(source, start, end))
    if window.start > line.start:
        indent += len(console.ellipsis)
    if min(mark.span.end, line.end) > window.end:
        width += len(console.ellipsis)
    label = f" {_words(mark.label, console)}" if mark.label else ""
    return " " * indent + console.paint(mark.sign * max(1, width) + label, mark.color)


def _text(source: Source, start: int, end: int) -> str:
    return source.text[start:end].replace("\t", _TAB)


def _row(console: Console, gutter: int, number: str = "", text: str = "") -> str:
    margin = console.paint(f"{number:>{gutter}} |", BLUE)
    return f"{margin} {text}" if text else margin


def _footer(console: Console, gutter: int, kind: str, words: str) -> str:
    return f"{' ' * gutter} {console.paint('=', BLUE)} {console.paint(kind, BOLD)}: {words}"
