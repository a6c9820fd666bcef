"""Lines of a manifest with underlines, as they appear below a finding in the text report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.reporters.console import BLUE, Console
from amp_lint.text.source import Source, Span
from amp_schema.lite_dataclasses import dataclass

_TAB = "    "
# Longer lines are cut to about this many characters, some of them in front of the underline.
_LONGEST_LINE = 120
_SHORTEST_LINE = 20
# A label is wrapped at the right of its underline if it gets at least this many columns there.
_NARROWEST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to underline, the sign to underline it with, and the words beside the underline.

    `line` is the line, from 1, on which the span begins.
    """

    line: int
    span: Span
    sign: str
    label: str
    style: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Prints lines of a source. `gutter` is the width of the line numbers in front of them."""

    source: Source
    console: Console
    gutter: int

    def rows(self, marks: Iterable[Mark], context: int) -> Iterator[str]:
        """Yield the marked lines in the order of the text, each with its underlines.

        `context` is the line that is also shown, without an underline; 0 for none.
        """
        shown: tuple[int, int] | None = None
        for mark in sorted(marks, key=lambda mark: mark.line):
            line = self.source.line_span(mark.line)
            window = self._window(line, mark.span)
            before = context if (shown[0] if shown else 0) < context < mark.line else 0
            first = before or mark.line
            if shown is not None and first > shown[0] + 1:
                yield self.console.paint("...", BLUE)
            if before:
                yield self.context_row(before)
            if shown != (mark.line, window.start):
                yield self.row(str(mark.line), self._cut(line, window))
            yield from self._underline(line, window, mark)
            shown = (mark.line, window.start)

    def context_row(self, number: int) -> str:
        """Return a line without an underline, cut at its end if it is too long."""
        line = self.source.line_span(number)
        return self.row(
            str(number), self._cut(line, self._window(line, Span(line.start, line.start)))
        )

    def row(self, number: str = "", text: str = "") -> str:
        """Return a line with its number, or an empty one."""
        margin = self.console.paint(f"{number:>{self.gutter}} |", BLUE)
        return f"{margin} {text}" if text else margin

    def change(self, sign: str, number: int, text: str, changed: Span, style: str) -> str:
        """Return a line that a fix removes or adds, cut around the characters that differ."""
        source = Source(text)
        excerpt = Excerpt(source, self.console, self.gutter)
        line = Span(0, len(text))
        shown = excerpt._cut(line, excerpt._window(line, changed))
        head = self.console.paint(f"{number:>{self.gutter}}", BLUE)
        return f"{head} {self.console.paint(f'{sign} {shown}'.rstrip(), style)}"

    def notes(self, words: str) -> Iterator[str]:
        """Yield a remark below the excerpt, wrapped."""
        used = self.gutter + 3
        first, *others = self.console.wrap(words, used, used + 2)
        yield f"{' ' * self.gutter} {self.console.paint('=', BLUE)} {first}"
        yield from others

    def _longest(self) -> int:
        """Return the number of columns for the text of a line, without ellipses."""
        width = self.console.width
        if not width:
            return _LONGEST_LINE
        free = width - self.gutter - 3 - 2 * len(self.console.ellipsis)
        return min(_LONGEST_LINE, max(_SHORTEST_LINE, free))

    def _window(self, line: Span, span: Span) -> Span:
        """Return the part of a line to show: all of it, or what is around a span."""
        limit = self._longest()
        window = line if line.end - line.start <= limit else self._around(line, span, limit)
        columns = self.console.columns(self.text(window.start, window.end))
        if self.console.width and columns > limit:
            # Wide characters, tabs and escapes take several columns each.
            limit = max(1, limit * (window.end - window.start) // columns)
            return self._around(line, span, limit)
        return window

    @staticmethod
    def _around(line: Span, span: Span, limit: int) -> Span:
        start = max(line.start, min(span.start - limit // 3, line.end - limit))
        return Span(start, min(line.end, start + limit))

    def _cut(self, line: Span, window: Span) -> str:
        before = self.console.ellipsis if window.start > line.start else ""
        after = self.console.ellipsis if window.end < line.end else ""
        text = self.console.show(self.text(window.start, window.end).rstrip(" "))
        return before + text + after

    def _underline(self, line: Span, window: Span, mark: Mark) -> Iterator[str]:
        """Yield the signs below the marked characters, and the label beside or below them.

        A span of several lines is underlined on its first.
        """
        console = self.console
        start = min(max(mark.span.start, window.start), window.end)
        end = min(max(mark.span.end, start), window.end)
        indent = console.columns(self.text(window.start, start))
        width = max(1, console.columns(self.text(start, end)))
        if window.start > line.start:
            indent += len(console.ellipsis)
        if min(mark.span.end, line.end) > window.end:
            width += len(console.ellipsis)
        signs = mark.sign * width
        label = f" {mark.label}" if mark.label else ""
        free = console.width - self.gutter - 3 - indent
        if not console.width or width + console.columns(label) <= free or not label:
            yield self.row("", " " * indent + console.paint(signs + label, mark.style))
            return
        yield self.row("", " " * indent + console.paint(signs, mark.style))
        at = indent if free >= _NARROWEST_LABEL else max(0, indent + free - _NARROWEST_LABEL)
        for part in console.wrap(mark.label, self.gutter + 3 + at, self.gutter + 3 + at):
            yield self.row("", " " * at + console.paint(part.lstrip(" "), mark.style))

    def text(self, start: int, end: int) -> str:
        """Return characters of the source, with tabs as spaces."""
        return self.source.text[start:end].replace("\t", _TAB)
