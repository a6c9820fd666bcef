"""Reads the comments that suppress findings. They are searched in the text, outside scalars."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from amp_lint.linter.suppressions.loose_ids import loose_ids
from amp_lint.linter.suppressions.misspelt import MisspeltSuppression, as_suppression
from amp_lint.linter.suppressions.model import (
    FOREIGN,
    Name,
    Suppression,
    Suppressions,
    SuppressionScope,
)
from amp_lint.linter.suppressions.sections import Section, sections_of
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.linter.suppressions.model import Form

_WORD = "amp:ignore"


# The parser ends a comment at more characters than the line index knows line breaks.
_BREAKS = "\r\n\x85\u2028\u2029"


_HASH = pattern(rf"(?<![^ \t{_BREAKS}])#")


_COMMENT = pattern(rf"[^{_BREAKS}]*")
_COMMENT_BEHIND = pattern(rf":?[ \t]+#[^{_BREAKS}]*")


_SUPPRESSION = pattern(
    r"#[ \t]*(?P<all>amp:ignore(?P<file>-file)?(?=[\s\[]|\Z)"
    r"(?:[ \t]*(?P<open>\[)(?P<ids>[^\]]*)(?P<close>\]?))?)"
)


# A comment that may be meant to be a suppression.
_BEGINNING = pattern(r"(?i)#+[ \t]*@?amp[ \t:._/-]*(?:lint|ignore|disable|suppress|skip|allow|no)")


_ID = pattern(r"[^,\s](?:[^,]*[^,\s])?")


def suppressions_of(document: Document) -> Suppressions:
    """Find the suppressions of a document."""
    reader = _Reader(document)
    found = list(reader.suppressions())
    misspelt = list(reader.misspelt())
    return Suppressions(found, reader.scopes.values(), misspelt)


class _Reader:
    """Finds suppressions and their scopes. One instance per document."""

    def __init__(self, document: Document) -> None:
        self.source = document.source
        self.text = document.source.text
        self.scopes: dict[Span, SuppressionScope] = {}
        self.end = self.end_of_document(document)
        self.sections = sections_of(self.text, document.root)
        self.block = (Span(0, 0), -1, False)

    def end_of_document(self, document: Document) -> int:
        """Behind the first document nothing is read, its `---` line excepted."""
        for fault in document.faults:
            if fault.kind == "extra-document":
                return self.line_of(fault.span.start)[1].end
        return len(self.text)

    def line_of(self, offset: int) -> tuple[int, Span]:
        """The number of an offset's line, and its characters."""
        line = self.source.position(offset).line
        return line, self.source.line_span(line)

    def suppressions(self) -> Iterator[Suppression]:
        """All of them, in the order of the text."""
        at = self.text.find(_WORD)
        while 0 <= at < self.end:
            number, line = self.line_of(at)
            comment = self.comment_in(line)
            match = None if comment is None else _SUPPRESSION.match(self.text, *comment)
            if comment is not None and match is not None:
                yield self.suppression(match, comment, number, line)
            at = self.text.find(_WORD, line.end)

    def misspelt(self) -> Iterator[MisspeltSuppression]:
        """The comments that are meant to be suppressions, in the order of the text."""
        self.block = (Span(0, 0), -1, False)
        for mark in _BEGINNING.finditer(self.text, 0, self.end):
            number, line = self.line_of(mark.start())
            comment = self.comment_in(line)
            if comment is None or comment.start != mark.start():
                continue
            found = as_suppression(self.text, comment)
            if found is None or _SUPPRESSION.match(self.text, *comment) is not None:
                continue
            span, is_file, ids = found
            scopes, _ = self.scopes_of(comment, number, line, is_file=is_file)
            for scope in scopes:
                scope.misspelt.update(ids)
            word = f"{_WORD}-file" if is_file else _WORD
            yield MisspeltSuppression(span, f"# {word}[{', '.join(ids)}]", scopes)

    def comment_in(self, line: Span) -> Span | None:
        """The comment of a line: at the first `#` behind a space that no scalar holds."""
        at = line.start
        while mark := _HASH.search(self.text, at, line.end):
            start = mark.start()
            scalar = next((one.scalar_at(start) for one in self.near(start, start)), None)
            if scalar is None:
                comment = _COMMENT.match(self.text, start, line.end)
                return Span(start, comment.end() if comment else line.end)
            at = scalar.end
        return None

    def near(self, start: int, end: int) -> list[Section]:
        """The sections that a stretch of the text lies in, both ends included."""
        first = bisect_right(self.sections, start, key=attrgetter("start")) - 1
        behind = bisect_right(self.sections, end, key=attrgetter("start"))
        return self.sections[max(0, first) : behind]

    def suppression(
        self, match: re.Match[str], comment: Span, number: int, line: Span
    ) -> Suppression:
        is_file = match["file"] is not None
        scopes, covers = self.scopes_of(comment, number, line, is_file=is_file)
        names = _ids(match)
        form = _form(match, names)
        for scope in scopes if form in ("bare", "ids") else ():
            scope.ids.update(name.id for name in names)
            scope.misspelt.update(_meant(names))
            if form == "bare":
                scope.misspelt.update(loose_ids(self.text, match.end("all"))[0])
            scope.bare = scope.bare or form == "bare"
        removal = self.removal(comment, number, line, self.is_alone(comment, line))
        return Suppression(Span(*match.span("all")), comment, removal, form, names, scopes, covers)

    def scopes_of(
        self, comment: Span, number: int, line: Span, *, is_file: bool
    ) -> tuple[tuple[SuppressionScope, ...], bool]:
        """What a comment covers, and whether that is more than the comment itself."""
        covers = True
        if is_file:
            spans = [Span(0, len(self.text))]
        elif self.is_alone(comment, line):
            span, covers = self.below(number)
            spans = [span]
        else:
            spans = [line, *(Span(*part) for part in self.parts_on(line)[-1:])]
        made = (self.scopes.setdefault(span, SuppressionScope(*span)) for span in spans)
        return tuple(made), covers

    def is_alone(self, comment: Span, line: Span) -> bool:
        """Whether nothing else is on the line of a comment."""
        return not self.text[line.start : comment.start].strip(" \t")

    def below(self, number: int) -> tuple[Span, bool]:
        """What the comment lines around a line cover, themselves included, and whether that is
        more than themselves: the outermost part on the line below, else that line."""
        covered, last, covers = self.block
        if number > last:
            start = self.source.line_span(number).start
            last = number
            while self.is_comment(last + 1):
                last += 1
            target = self.line(last + 1)
            covers = bool(self.text[slice(*target)].strip(" \t"))
            parts = self.parts_on(target) if covers else []
            end = target.end if covers else self.line(last).end
            if parts:
                # A finding may be about the comment that took the place of a value.
                comment = _COMMENT_BEHIND.match(self.text, parts[0].end)
                end = comment.end() if comment is not None else parts[0].end
            covered = Span(start, end)
            self.block = (covered, last, covers)
        return covered, covers

    def line(self, number: int) -> Span:
        """The characters of a line; none behind the last one."""
        if number <= len(self.source.line_starts):
            return self.source.line_span(number)
        return Span(len(self.text), len(self.text))

    def is_comment(self, number: int) -> bool:
        """Whether a line below a comment is one, too: no scalar can reach from one to the next."""
        return self.text[slice(*self.line(number))].lstrip(" \t").startswith("#")

    def parts_on(self, line: Span) -> list[Span]:
        """The entries and items that start on a line, the outermost first."""
        return [part for one in self.near(*line) for part in one.parts_in(line)]

    def removal(self, comment: Span, number: int, line: Span, alone: bool) -> Span:
        """The comment with the spaces in front, or with its line if nothing else is on it."""
        starts = self.source.line_starts
        if alone and comment.end == line.end:
            return Span(line.start, starts[number] if number < len(starts) else line.end)
        start = comment.start
        while start > line.start and self.text[start - 1] in " \t":
            start -= 1
        return Span(start, comment.end)


def _meant(names: tuple[Name, ...]) -> Iterator[str]:
    """Yield the rules that ids which no rule has were meant to be."""
    from amp_lint.linter.registry import rules

    for name in names:
        if name.id not in rules() and name.id not in FOREIGN:
            from amp_schema.closest_match import nearest

            meant = nearest(name.id, rules())
            if meant is not None:
                yield meant


def _ids(match: re.Match[str]) -> tuple[Name, ...]:
    if not match["close"]:
        return ()
    found = _ID.finditer(match.string, *match.span("ids"))
    return tuple(Name(one[0], Span(*one.span())) for one in found)


def _form(match: re.Match[str], names: tuple[Name, ...]) -> Form:
    if not match["open"]:
        return "bare"
    if not match["close"]:
        return "unclosed"
    return "ids" if names else "empty"
