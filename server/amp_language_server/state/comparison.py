"""The old version that open manifests are compared with, while a person wants that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from amp_lint.linter.changes import DEPLOYED
from amp_lint.linter.engine import Report, Settings, judge

if TYPE_CHECKING:
    from amp_lint.linter.finding import Finding
    from amp_lint.yaml.document import Document


@dataclass(slots=True)
class Comparison:
    """Adds the findings of group Changes to reports.

    `against` is what a person named: a git revision, REV:PATH, the path of a file, or `deployed`;
    empty for nothing. `tell` is called with a message for the user, once a problem; on any thread.
    `elsewhere` returns the names of the integrations of all manifests but the one at a path; on a
    thread. An old version is read once, so a revision that moves is seen when the comparison
    starts again.
    """

    tell: Callable[[str], None] = lambda _: None
    elsewhere: Callable[[str], frozenset[str]] = lambda _: frozenset()
    against: str = ""
    _old: dict[str, Document] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def start(self, against: str) -> None:
        """Compare with another old version from now on; with none if `against` is empty."""
        self.against = against
        self._old, self._told = {}, set()

    def wanted(self, *, deployed: bool) -> str:
        """Return what manifests are compared with. `deployed` is the wish of the settings."""
        return self.against or (DEPLOYED if deployed else "")

    def added(self, report: Report, document: Document, settings: Settings, against: str) -> Report:
        """Return the report on a document with what has changed in it."""
        from amp_lint.cli.check_files import UnusableError

        if not against or not report.parses:
            return report
        try:
            old = self.old(report.source.path, settings, against)
        except UnusableError as error:
            self._tell(f"cannot compare with {against}: {error}")
            return report
        changes = judge(document, replace(settings, old=old))
        found = sorted((*report.findings, *changes.findings), key=_place)
        return replace(report, findings=tuple(found), notices=(*report.notices, *changes.notices))

    def old(self, path: str, settings: Settings, against: str) -> Document:
        """Return the old version of a manifest, empty if there was none. Raises UnusableError."""
        from amp_lint.cli.old_manifests import OldManifests

        known = self._old.get(path)
        if known is not None and against != DEPLOYED:
            return known
        elsewhere = self.elsewhere(path) if against == DEPLOYED else ()
        document = OldManifests(against).document(path, settings.snapshot, elsewhere)
        self._old[path] = document
        return document

    def _tell(self, message: str) -> None:
        if message not in self._told:
            self._told.add(message)
            self.tell(message)


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.span, finding.rule, finding.message


def is_change(finding: Finding) -> bool:
    """Return whether a finding is about a change."""
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule import Group

    rule = rules().get(finding.rule)
    return rule is not None and rule.group is Group.CHANGES
