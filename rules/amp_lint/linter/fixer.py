"""Fixes applied to a whole manifest, in rounds, until nothing is left to fix."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Finding, Notice
from amp_lint.linter.written_text import Written
from amp_lint.text.edits import Edit, Fix, apply, joined
from amp_lint.text.source import Source, Span
from amp_schema.lite_dataclasses import dataclass, replace

# A round makes all fixes that do not touch each other. A file that needs more rounds than this has
# fixes that undo each other.
MAX_ROUNDS = 50

# An item behind the last one of a list, up to the end of its first key with its value.
_ITEM = re.compile(r"(?P<lead>(?:\r\n|\n|\r) *- |,\s+(?=\{))(?P<name>[^,\r\n]*)")


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """A fix that was applied: the file, the line (of the text that it was applied to), the rule of
    the finding, and the title of the fix."""

    path: str
    line: int
    rule: str
    title: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A manifest after its fixes: the report on the new text, and the fixes that were applied.

    `applied` is empty if there was nothing to fix, and if the result would not parse: then the
    report is that of the original text. `rounds` are the edits, each of the text that the one
    before made.
    """

    report: Report
    applied: tuple[AppliedFix, ...] = ()
    rounds: tuple[tuple[Edit, ...], ...] = ()

    @property
    def fixed(self) -> int:
        """The number of fixes that were applied."""
        return len(self.applied)


def fix_source(source: Source, settings: Settings | None = None, *, unsafe: bool = False) -> Fixed:
    """Apply the preferred fix of every finding, safe ones only unless `unsafe`.

    Never raises for what the manifest holds.
    """
    settings = settings or Settings()
    return fix_report(lint(source, settings), settings, unsafe=unsafe)


def fix_report(first: Report, settings: Settings, *, unsafe: bool = False) -> Fixed:
    """Apply fixes to a source that has been linted already."""
    source, report = first.source, first
    seen: set[str] = {source.text}
    applied: tuple[AppliedFix, ...] = ()
    rounds: tuple[tuple[Edit, ...], ...] = ()
    written = Written(first.findings)
    for _ in range(MAX_ROUNDS):
        chosen = list(_chosen(written.unrelated(report), unsafe=unsafe))
        fixes = [fix for _, fix in chosen]
        if not fixes:
            break
        edits = [edit for fix in fixes for edit in fix.edits]
        text = apply(report.source.text, edits)
        if text in seen:
            break
        seen.add(text)
        after = lint(_with_text(source, text), settings)
        if report.parses and not after.parses:
            return Fixed(_with_notice(report, fixes), applied, rounds)
        applied += tuple(_applied(report.source, finding, fix) for finding, fix in chosen)
        written.add(edits)
        report, rounds = after, (*rounds, tuple(edits))
    return Fixed(report, applied, rounds) if report.parses else Fixed(first)


def _applied(source: Source, finding: Finding, fix: Fix) -> AppliedFix:
    line = source.position(finding.span.start).line
    return AppliedFix(source.path, line, finding.rule, fix.title)


def safe_edits(report: Report, settings: Settings) -> tuple[tuple[Edit, ...], int]:
    """Return all safe fixes of a manifest as edits of its text, and their number. Where a syntax
    error stays, those that can be made at once."""
    fixed = fix_report(report, settings)
    rounds, count = fixed.rounds, fixed.fixed
    if not count and not report.parses:
        fixes = list(compatible(report.findings, unsafe=False))
        rounds, count = (tuple(edit for fix in fixes for edit in fix.edits),), len(fixes)
    return joined(rounds, len(report.source.text)), count


def _with_text(source: Source, text: str) -> Source:
    return Source.from_text(f"\ufeff{text}" if source.bom else text, source.path)


def compatible(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[Fix]:
    """Return the preferred fixes that can be applied together: of fixes that touch each other, the
    first in the order of the text."""
    return (fix for _, fix in _chosen(findings, unsafe=unsafe))


def _chosen(findings: Iterable[Finding], *, unsafe: bool) -> Iterator[tuple[Finding, Fix]]:
    places = _Places()
    for finding in findings:
        fix = next((fix for fix in finding.fixes if fix.is_applied(unsafe=unsafe)), None)
        if fix is not None and places.take(finding.rule, fix):
            yield finding, fix


class _Places:
    """Where the fixes of one round change the text. At the end of a list there is a place for many
    items that one rule adds, or a list without hundreds of them would need hundreds of rounds."""

    def __init__(self) -> None:
        self._taken: list[Span] = []
        self._added: dict[tuple[str, Span, str] | None, set[str]] = {}

    def take(self, rule: str, fix: Fix) -> bool:
        """Take the places that a fix changes, if they are free; whether they were."""
        item = _added_item(fix)
        place = (rule, fix.edits[0].span, item["lead"]) if item else None
        name = item["name"].casefold() if item else ""
        if all(_is_free(edit, self._taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(self._taken, edit.span)
            self._added[place] = {name}
        elif name in self._added.get(place, {name}):
            return False
        self._added[place].add(name)
        return True


def _added_item(fix: Fix) -> re.Match[str] | None:
    """The item that a fix adds to a list, if that is all it does."""
    if len(fix.edits) != 1 or fix.edits[0].span.start != fix.edits[0].span.end:
        return None
    return _ITEM.match(fix.edits[0].text)


def _is_free(edit: Edit, taken: list[Span]) -> bool:
    at = bisect_left(taken, edit.span)
    before = taken[at - 1].end < edit.span.start if at else True
    return before and (at == len(taken) or edit.span.end < taken[at].start)


def _with_notice(report: Report, fixes: list[Fix]) -> Report:
    titles = ", ".join(fix.title for fix in fixes[:3])
    words = f"these fixes left text that cannot be read, so they were not made: {titles}"
    return replace(report, notices=(*report.notices, Notice("fix", words, "")))
