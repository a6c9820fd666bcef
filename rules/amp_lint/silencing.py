"""The comment that silences a rule on one line, written as the file writes its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from amp_lint.directives import NEVER_SILENCED, Directive, read_directives
from amp_lint.document import Document
from amp_lint.editor import Editor, Edits
from amp_lint.fix import Edit
from amp_lint.source import Span
from amp_lint.tree import Entry, Scalar, walk


def silencing(document: Document, rule: str, offset: int) -> Edits | None:
    """The edits that silence what a rule finds at an offset; None where nothing can.

    A directive that covers the line takes the id into its list. Otherwise there is a new one:
    behind the line where most directives of the file stand behind theirs, else above it.
    """
    return None if rule in NEVER_SILENCED else _Silencer(document).edits(rule, offset)


class _Silencer:
    """Where a directive may stand in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.text = document.source.text
        self.directives = [
            one
            for one in read_directives(document)
            if not self.text.startswith("amp:ignore-file", one.span.start)
        ]
        self.scalars = [
            node
            for node in walk(document.root)
            if isinstance(node, Scalar) and node.end > node.start
        ]

    def edits(self, rule: str, offset: int) -> Edits:
        line = self.line_of(offset)
        known = next(self.covering(line, offset), None)
        if known is not None:
            return (_listed(known, rule),)
        start = self.outside(offset)
        above = self.line_of(start)
        if above == line and self.writes_behind() and self.takes_comment(line):
            end = self.source.line_span(line).end
            return (Edit(Span(end, end), f" # amp:ignore[{rule}]"),)
        place, end = self.source.line_span(above)
        content = self.text[place:end]
        lead = content[: len(content) - len(content.lstrip(" "))]
        line_break = Editor(self.document).style.line_break
        return (Edit(Span(place, place), f"{lead}# amp:ignore[{rule}]{line_break}"),)

    def covering(self, line: int, offset: int) -> Iterator[Directive]:
        """The directives with a list that stand on a line, or alone above it, and cover it."""
        for one in self.directives:
            covers = any(scope.start <= offset <= scope.end for scope in one.scopes)
            if covers and one.form in ("ids", "empty") and self.is_of(one, line):
                yield one

    def is_of(self, directive: Directive, line: int) -> bool:
        own = self.line_of(directive.comment.start)
        return own == line or (
            own < line and all(self.is_comment(number) for number in range(own, line))
        )

    def outside(self, offset: int) -> int:
        """The offset, or where what holds it begins: no comment may stand inside a scalar."""
        start = self.source.line_span(self.line_of(offset)).start
        while (scalar := self.scalar_across(start)) is not None:
            # A value below its key is covered with the key.
            slot = scalar.slot
            offset = slot.start if isinstance(slot, Entry) else scalar.outer
            start = self.source.line_span(self.line_of(offset)).start
        return offset

    def scalar_across(self, offset: int) -> Scalar | None:
        """The scalar that begins in front of an offset and ends behind it."""
        at = bisect_left(self.scalars, offset, key=lambda one: one.start) - 1
        found = self.scalars[at] if at >= 0 else None
        return found if found is not None and found.end > offset else None

    def writes_behind(self) -> bool:
        """Whether most directives stand behind what they are about."""
        alone = sum(self.is_comment(self.line_of(one.comment.start)) for one in self.directives)
        return 2 * alone < len(self.directives)

    def takes_comment(self, line: int) -> bool:
        """Whether a line ends outside of all scalars and has no comment yet."""
        start, end = self.source.line_span(line)
        across = self.scalar_across(end)
        at = bisect_left(self.scalars, end, key=lambda one: one.start) - 1
        behind = max(start, self.scalars[at].end) if at >= 0 else start
        return across is None and "#" not in self.text[behind:end] and bool(self.text[start:end])

    def is_comment(self, line: int) -> bool:
        return self.text[slice(*self.source.line_span(line))].lstrip(" \t").startswith("#")

    def line_of(self, offset: int) -> int:
        return self.source.position(offset).line


def _listed(directive: Directive, rule: str) -> Edit:
    """One more id in the brackets of a directive."""
    if directive.names:
        end = directive.names[-1].span.end
        return Edit(Span(end, end), f", {rule}")
    return Edit(Span(directive.span.end - 1, directive.span.end - 1), rule)
