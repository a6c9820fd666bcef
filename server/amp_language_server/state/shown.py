"""Which findings of a document are shown while it is being typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import replace

if TYPE_CHECKING:
    from amp_lint.linter.finding import Finding
    from amp_lint.text.edits import Fix

# Seconds after a keystroke in which the word at the caret is taken as unfinished.
HOLD = 1.0

# The rules that look a name up. A name of which half is typed is in no list.
_LOOKUPS = {
    "destination-exists",
    "destination-near-miss",
    "field-exists",
    "field-near-miss",
    "key-case",
    "object-exists",
    "object-near-miss",
    "provider-not-supported",
    "unknown-key",
}
_WORD = re.compile(r"[\w$-]+")


@dataclass(slots=True)
class ShownFindings:
    """The findings of one document that its user sees, in the text as it is now.

    While a word is typed, it is not called wrong because its end is missing, and what is missing
    for the parser because of it does not hide other findings.
    """

    _shown: tuple[Finding, ...] = ()
    _edits: list[Edit] | None = field(default_factory=list)
    _caret: int | None = None
    _typed_at: float = 0.0

    def edited(self, edits: Sequence[Edit] | None, now: float) -> None:
        """Follow edits of the text, one after the other; None if the whole text is replaced."""
        if edits is None:
            self._shown, self._edits, self._caret = (), None, None
            return
        if self._edits is not None:
            self._edits += edits
        self._shown = moved(self._shown, edits)
        self._caret = _caret(edits[0], self._caret) if len(edits) == 1 else None
        self._typed_at = now

    def analysed(self) -> None:
        """Note that the text as it is now is being analysed."""
        self._edits = []

    def from_then(self, found: Iterable[Finding]) -> tuple[Finding, ...] | None:
        """Return findings of the text that was analysed in the text as it is now.

        None if the whole text was replaced meanwhile.
        """
        return None if self._edits is None else moved(found, self._edits)

    def rest_of_hold(self, now: float) -> float:
        """Return the seconds in which a word still counts as unfinished; 0 if none is typed."""
        return 0.0 if self._caret is None else max(0.0, self._typed_at + HOLD - now)

    def finish(self) -> None:
        """Take the word at the caret as finished."""
        self._caret = None

    def of(self, found: Sequence[Finding], text: str, now: float) -> tuple[Finding, ...]:
        """Return what to show of the findings of a text."""
        shown = tuple(found)
        if self.rest_of_hold(now):
            held = [one for one in found if self._is_unfinished(one, text)]
            shown = tuple(one for one in found if one not in held)
            if any(map(_is_syntax_error, held)):
                shown = tuple(sorted((*shown, *self._hidden(found)), key=lambda one: one.span))
        self._shown = shown
        return shown

    def _is_unfinished(self, finding: Finding, text: str) -> bool:
        """Whether a finding is about the word at the caret, and may be wrong about it."""
        start, end = finding.span
        if self._caret is None or not start <= self._caret <= end:
            return False
        if finding.rule in _LOOKUPS:
            return True
        return _is_syntax_error(finding) and _WORD.fullmatch(text, start, end) is not None

    def _hidden(self, found: Iterable[Finding]) -> list[Finding]:
        """Return what was shown before and is not found again. The fixes may no longer fit."""
        again = {(one.rule, one.span) for one in found}
        return [replace(one, fixes=()) for one in self._shown if (one.rule, one.span) not in again]


def _is_syntax_error(finding: Finding) -> bool:
    return finding.rule == "yaml-syntax"


def _caret(edit: Edit, before: int | None) -> int | None:
    """Return the offset behind what a key typed or deleted; None if no word is being typed."""
    if not edit.text:
        return edit.span.start if edit.span.end == before else None
    return None if "\n" in edit.text or "\r" in edit.text else edit.span.start + len(edit.text)


def moved(found: Iterable[Finding], edits: Iterable[Edit]) -> tuple[Finding, ...]:
    """Return findings where they are after edits; those whose text is edited are left out.

    Of what they relate to, what is edited is left out.
    """
    findings = list(found)
    for edit in edits:
        findings = [after for one in findings if (after := _moved(one, edit)) is not None]
    return tuple(findings)


def _moved(finding: Finding, edit: Edit) -> Finding | None:
    span = _after(finding.span, edit)
    if span is None:
        return None
    related = [(one, one.span if one.source else _after(one.span, edit)) for one in finding.related]
    fixes = [(fix, [_after(one.span, edit) for one in fix.edits]) for fix in finding.fixes]
    return replace(
        finding,
        span=span,
        related=tuple(replace(one, span=at) for one, at in related if at is not None),
        fixes=tuple(_fix(fix, spans) for fix, spans in fixes if None not in spans),
    )


def _fix(fix: Fix, spans: Iterable[Span | None]) -> Fix:
    """Return a fix with its edits at other places."""
    pairs = zip(fix.edits, spans, strict=True)
    return replace(fix, edits=tuple(replace(one, span=at) for one, at in pairs if at is not None))


def _after(span: Span, edit: Edit) -> Span | None:
    """Return where a span is after an edit; None if the edit touches it."""
    if edit.span.start > span.end:
        return span
    if edit.span.end >= span.start:
        return None
    shift = len(edit.text) - (edit.span.end - edit.span.start)
    return Span(span.start + shift, span.end + shift)
