"""What a run of fixes has written, so that no later fix of the run deletes it again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import attrgetter

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding
from amp_lint.text.edits import Edit
from amp_lint.text.source import Span


class Written:
    """The places that the fixes of a run have changed. `before` are the findings at its start."""

    def __init__(self, before: Iterable[Finding]) -> None:
        self._known = {(one.rule, one.message) for one in before if one.related}
        self._spans: list[Span] = []
        # For each of them the largest end of those up to it.
        self._ends: list[int] = []

    def add(self, edits: Iterable[Edit]) -> None:
        """Note the edits of a round."""
        spans: list[Span] = []
        old = iter(sorted(self._spans))
        span = next(old, None)
        shift = 0
        for edit in sorted(edits, key=lambda one: one.span):
            while span is not None and span.start < edit.span.start:
                spans.append(Span(span.start + shift, span.end + shift))
                span = next(old, None)
            start = edit.span.start + shift
            spans.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        while span is not None:
            spans.append(Span(span.start + shift, span.end + shift))
            span = next(old, None)
        self._spans = spans
        self._ends = list(accumulate((one.end for one in spans), max))

    def unrelated(self, report: Report) -> Iterator[Finding]:
        """Yield the findings whose fixes may be applied: not those that delete a duplicate that
        the run itself has made, by writing on the line of one of the two values, nor those that
        delete what a value elsewhere rules out, if the run has written that value."""
        text = report.source.text
        for finding in report.findings:
            is_known = (finding.rule, finding.message) in self._known
            is_own = bool(self._spans) and not is_known and _deletes(finding)
            if not (is_own and self._touches(finding, text)):
                yield finding

    def _touches(self, finding: Finding, text: str) -> bool:
        places = [one.span for one in finding.related]
        if _is_repeated(finding, text):
            places.append(finding.span)
        return any(self._is_written(_lines_of(place, text)) for place in places)

    def _is_written(self, place: Span) -> bool:
        before = bisect_right(self._spans, place.end, key=attrgetter("start"))
        return before > 0 and self._ends[before - 1] >= place.start


def _deletes(finding: Finding) -> bool:
    """Whether a fix of a finding deletes text."""
    return any(not edit.text for fix in finding.fixes for edit in fix.edits)


def _is_repeated(finding: Finding, text: str) -> bool:
    """Whether a finding is about two texts that are equal."""
    one = _bare(text, finding.span)
    return any(_bare(text, other.span) == one for other in finding.related)


def _bare(text: str, span: Span) -> str:
    return text[span.start : span.end].strip("\"'").casefold()


def _lines_of(span: Span, text: str) -> Span:
    """Return the whole lines of a place."""
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)
