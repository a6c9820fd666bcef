"""Suppressions of one document: which findings each of them covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from amp_lint.linter.finding import Finding, Severity
from amp_lint.text.edits import Applicability
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from amp_lint.linter.suppressions.misspelt import MisspeltSuppression

    Form = Literal["bare", "ids", "empty", "unclosed"]

# What keeps the platform from reading the file is always reported.
NEVER_SUPPRESSED = frozenset(("yaml-syntax", "yaml-unsupported"))


# About comments themselves: a comment without ids would suppress the finding that it is unused.
ABOUT_SUPPRESSIONS = frozenset(("unknown-ignore", "unused-ignore"))


# Ids of the platform's own validator for which there is no rule of that name here. The comments
# are right where they were written for, so nothing is said about them.
FOREIGN = frozenset(
    (
        "catalog-access",
        "destination-not-found",
        "frequent-schedule-risk",
        "update-event-enabled",
    )
)


_UPDATE_EVENT_ENABLED = ".updateevent.enabled"


@dataclass(frozen=True, slots=True)
class Name:
    """A rule's id as a comment names it."""

    id: str
    span: Span


@dataclass(slots=True)
class SuppressionScope:
    """A part of the text, both ends included, with what is suppressed there (`ids`; `bare`: all but
    errors) and what was found there: by id, and whether as an error or milder."""

    start: int
    end: int
    ids: set[str] = field(default_factory=set)
    bare: bool = False
    misspelt: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    milder: bool = False

    def suppresses(self, finding: Finding) -> bool:
        """Note a finding that starts here, and return whether it is suppressed."""
        if finding.rule in NEVER_SUPPRESSED:
            return False
        names = _names(finding)
        self.found.update(names)
        mild = finding.severity is not Severity.ERROR
        if not mild:
            self.errors.add(finding.rule)
        elif finding.rule not in ABOUT_SUPPRESSIONS:
            self.milder = True
            if self.bare:
                return True
        return not self.ids.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment that suppresses findings.

    `span` is `amp:ignore` with its brackets, `comment` all from the `#` on, `removal` what goes
    with the comment. `form` says what the brackets hold; only `bare` and `ids` suppress.
    `covers` is False for a comment with nothing on the line below.
    """

    span: Span
    comment: Span
    removal: Span
    form: Form
    names: tuple[Name, ...]
    scopes: tuple[SuppressionScope, ...]
    covers: bool = True

    @property
    def is_used(self) -> bool:
        """Whether a comment without ids suppressed anything."""
        return any(scope.milder for scope in self.scopes)

    @property
    def errors(self) -> list[str]:
        """The rules with errors in what it covers."""
        return sorted({rule for scope in self.scopes for rule in scope.errors})

    def uses(self, name: Name) -> bool:
        """Whether one of its ids suppressed anything."""
        return any(name.id in scope.found for scope in self.scopes)

    def removals(self, removed: Iterable[Name]) -> Iterator[tuple[Name, Span]]:
        """For some of its ids, each with what goes with it, its comma too. No two overlap."""
        gone = set(removed)
        is_first = True
        for at, name in enumerate(self.names):
            if name not in gone:
                is_first = False
            elif is_first:
                is_last = name is self.names[-1]
                end = name.span.end if is_last else self.names[at + 1].span.start
                yield name, Span(name.span.start, end)
            else:
                yield name, Span(self.names[at - 1].span.end, name.span.end)


class Suppressions:
    """The suppressions of one document, in the order of the text."""

    def __init__(
        self,
        suppressions: Iterable[Suppression] = (),
        scopes: Iterable[SuppressionScope] = (),
        misspelt: Iterable[MisspeltSuppression] = (),
    ) -> None:
        self.misspelt: tuple[MisspeltSuppression, ...] = tuple(misspelt)
        self.all: tuple[Suppression, ...] = tuple(suppressions)
        self._scopes = sorted(scopes, key=attrgetter("start"))

    def __iter__(self) -> Iterator[Suppression]:
        return iter(self.all)

    def at(self, offset: int) -> Suppression | None:
        """The suppression whose comment an offset lies in or directly behind."""
        at = bisect_right(self.all, offset, key=lambda one: one.comment.start)
        found = self.all[at - 1] if at else None
        return found if found is not None and offset <= found.comment.end else None

    def suppress(self, findings: list[Finding]) -> list[Finding]:
        """Return the findings that no comment suppresses, and note all that are covered."""
        if not self._scopes:
            return findings
        kept: list[Finding] = []
        active: list[SuppressionScope] = []
        coming = 0
        for finding in sorted(findings, key=lambda one: one.span.start):
            start = finding.span.start
            while coming < len(self._scopes) and self._scopes[coming].start <= start:
                active.append(self._scopes[coming])
                coming += 1
            # Nodes nest only so deep, and lines do not overlap: few scopes are open at once.
            active = [scope for scope in active if scope.end >= start]
            silent = [scope for scope in active if scope.suppresses(finding)]
            if not silent:
                is_meant = any(finding.rule in scope.misspelt for scope in active)
                kept.append(_by_hand(finding) if is_meant else finding)
        return kept


def _by_hand(finding: Finding) -> Finding:
    """Return a finding that a misspelt id was meant to suppress: no run may apply its fixes."""
    fixes = tuple(replace(fix, applicability=Applicability.MANUAL) for fix in finding.fixes)
    return replace(finding, fixes=fixes)


def _names(finding: Finding) -> tuple[str, ...]:
    """The ids that suppress a finding: its rule's, and what the platform's validator calls it."""
    rule = finding.rule
    if rule == "destination-exists":
        return (rule, "destination-not-found")
    if rule == "object-near-miss":
        return (rule, "object-exists")
    if rule == "invalid-value" and finding.path.casefold().endswith(_UPDATE_EVENT_ENABLED):
        return (rule, "update-event-enabled")
    return (rule,)
