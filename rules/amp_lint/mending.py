"""Fixes applied to a whole manifest, in rounds, until nothing is left that they can mend."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from amp_lint.engine import Report, Settings, lint
from amp_lint.finding import Finding, Notice
from amp_lint.fix import Edit, Fix, apply
from amp_lint.source import Source, Span

# A round makes all fixes that do not touch each other. A file that needs more rounds than this has
# fixes that undo each other.
MAX_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Mended:
    """A manifest after its fixes: the report on the new text, and how many fixes made it.

    `fixed` is 0 where nothing is to be changed, also where the result would not parse: then the
    report is that of the text as it was.
    """

    report: Report
    fixed: int = 0


def mend(source: Source, settings: Settings | None = None, *, unsafe: bool = False) -> Mended:
    """Apply the preferred fix of every finding, safe ones only unless `unsafe`.

    Never raises for what the manifest holds.
    """
    settings = settings or Settings()
    first = report = lint(source, settings)
    seen, fixed = {source.text}, 0
    for _ in range(MAX_ROUNDS):
        fixes = list(compatible(report.findings, unsafe=unsafe))
        edits = [edit for fix in fixes for edit in fix.edits]
        text = apply(report.source.text, edits)
        if text in seen:
            break
        seen.add(text)
        after = lint(_with_text(source, text), settings)
        if report.parses and not after.parses:
            return Mended(_with_notice(report, fixes), fixed)
        report, fixed = after, fixed + len(fixes)
    return Mended(report, fixed) if report.parses else Mended(first)


def _with_text(source: Source, text: str) -> Source:
    return Source.from_text(f"\ufeff{text}" if source.bom else text, source.path)


def compatible(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[Fix]:
    """Yield the preferred fixes that can be made at once: of those that touch each other the first
    in the order of the text."""
    taken: list[Span] = []
    for finding in findings:
        fix = next((fix for fix in finding.fixes if unsafe or fix.is_safe), None)
        if fix is not None and all(_is_free(edit, taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit.span)
            yield fix


def _is_free(edit: Edit, taken: list[Span]) -> bool:
    at = bisect_left(taken, edit.span)
    before = taken[at - 1].end < edit.span.start if at else True
    return before and (at == len(taken) or edit.span.end < taken[at].start)


def _with_notice(report: Report, fixes: list[Fix]) -> Report:
    titles = ", ".join(fix.title for fix in fixes[:3])
    words = f"these fixes left text that cannot be read, so they were not made: {titles}"
    return replace(report, notices=(*report.notices, Notice("fix", words, "")))
