"""Code action that suppresses a finding: a comment in the style of the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

from amp_lint.linter.suppressions import NEVER_SUPPRESSED, Suppression, read_suppressions
from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.nodes import Entry, Scalar, walk


class SuppressAction:
    """Writes suppression comments in one document."""

    def __init__(self, document: Document) -> None:
        self._source = document.source
        self._text = document.source.text
        self._edit = Editor(document)
        self._suppressions = [
            one
            for one in read_suppressions(document)
            if not self._text.startswith("amp:ignore-file", one.span.start)
        ]
        nodes = (node for node in walk(document.root) if isinstance(node, Scalar))
        self._scalars = sorted(
            (node for node in nodes if node.end > node.start), key=attrgetter("start")
        )

    def edits(self, rule: str, offset: int) -> Edits | None:
        """Return the edits that suppress the findings of a rule at an offset; None if impossible.

        The id is added to a comment that covers the line already. Otherwise a new comment is
        written: at the end of the line if most comments of the file are there, else above it.
        """
        if rule in NEVER_SUPPRESSED:
            return None
        line = self._line_of(offset)
        known = next(self._covering(line, offset), None)
        if known is not None:
            return (_listed(known, rule),)
        above = self._outside(offset)
        start, end = self._source.line_span(above)
        if above == line and self._writes_behind and self._takes_comment(line):
            return (Edit(Span(end, end), f" # amp:ignore[{rule}]"),)
        content = self._text[start:end]
        lead = content[: len(content) - len(content.lstrip(" "))]
        line_break = self._edit.style.line_break
        return (Edit(Span(start, start), f"{lead}# amp:ignore[{rule}]{line_break}"),)

    def _covering(self, line: int, offset: int) -> Iterator[Suppression]:
        """Yield the suppressions with a list on a line, or alone above it, that cover it."""
        top = line
        while top > 1 and self._is_comment(top - 1):
            top -= 1
        for one in self._suppressions:
            covers = any(scope.start <= offset <= scope.end for scope in one.scopes)
            near = top <= self._line_of(one.comment.start) <= line
            if near and covers and one.form in ("ids", "empty"):
                yield one

    def _outside(self, offset: int) -> int:
        """Return the line of an offset, or the first line of the scalar around its start.

        A comment is not possible inside a scalar.
        """
        line = self._line_of(offset)
        while (scalar := self._across(self._source.line_span(line).start)) is not None:
            # A suppression of a key covers the value below it.
            slot = scalar.slot
            line = self._line_of(slot.start if isinstance(slot, Entry) else scalar.outer)
        return line

    def _across(self, offset: int) -> Scalar | None:
        """Return the scalar around an offset."""
        found = self._before(offset)
        return found if found is not None and found.end > offset else None

    def _before(self, offset: int) -> Scalar | None:
        """Return the last scalar that begins in front of an offset."""
        at = bisect_left(self._scalars, offset, key=attrgetter("start")) - 1
        return self._scalars[at] if at >= 0 else None

    @cached_property
    def _writes_behind(self) -> bool:
        """Whether most suppressions are at the end of the line that they cover."""
        lines = [self._line_of(one.comment.start) for one in self._suppressions]
        return 2 * sum(map(self._is_comment, lines)) < len(lines)

    def _takes_comment(self, line: int) -> bool:
        """Return whether a line ends outside of scalars and has no comment."""
        start, end = self._source.line_span(line)
        last = self._before(end)
        behind = max(start, last.end) if last is not None else start
        return start < end and behind <= end and "#" not in self._text[behind:end]

    def _is_comment(self, line: int) -> bool:
        return self._text[slice(*self._source.line_span(line))].lstrip(" \t").startswith("#")

    def _line_of(self, offset: int) -> int:
        return self._source.position(offset).line


def _listed(suppression: Suppression, rule: str) -> Edit:
    """Return the edit that adds an id to the brackets of a suppression."""
    if suppression.names:
        end = suppression.names[-1].span.end
        return Edit(Span(end, end), f", {rule}")
    return Edit(Span(suppression.span.end - 1, suppression.span.end - 1), rule)
