"""The one entry for command line, server and tests: a source in, a report out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from amp_lint.directives import read_directives
from amp_lint.document import Document, read
from amp_lint.finding import Finding, Notice, Severity
from amp_lint.manifest import manifest_of
from amp_lint.registry import rules
from amp_lint.relevance import Relevance
from amp_lint.rule import Context, Group, Rule
from amp_lint.source import Source, Span
from amp_lint.structure import misshapes
from amp_schema.records import dataclass, field, replace

if TYPE_CHECKING:
    from amp_lint.editor import Editor
    from amp_lint.misshape import Misshape


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user asked for.

    `select`: only these rules (None: all that are on). `ignore`: not these. `severity`: a level
    for a rule in place of its own, or None to switch it off. `destinations`: the names that exist.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()

    def runs(self, rule: Rule) -> bool:
        """Whether a rule is to be asked."""
        if rule.id in self.ignore or self.severity.get(rule.id, rule.severity) is None:
            return False
        if self.select is not None:
            return rule.id in self.select
        return rule.on or rule.id in self.severity


@dataclass(frozen=True)
class Report:
    """The findings of one source, in the order of the text; notices of faults in the linter.

    `parses` is False where the platform could not read the text at all, whichever rules ran.
    """

    source: Source
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...] = ()
    parses: bool = True

    @cached_property
    def worst(self) -> Severity | None:
        """The highest severity among the findings."""
        return max((f.severity for f in self.findings), key=lambda s: s.rank, default=None)


def lint(source: Source, settings: Settings | None = None) -> Report:
    """Judge one manifest. Never raises for what the manifest holds."""
    settings = settings or Settings()
    return judge(read(source), settings)


def judge(document: Document, settings: Settings) -> Report:
    """Ask every rule about a document that is already read."""
    judging = _Judging(document, settings)
    findings = judging.findings()
    notices = tuple(judging.notices)
    return Report(document.source, tuple(_sorted(findings)), notices, document.parses)


class _Judging:
    """One document before all rules."""

    def __init__(self, document: Document, settings: Settings) -> None:
        self.notices: list[Notice] = []
        self._settings = settings
        self._document = document
        self._manifest = manifest_of(document.root)
        self._directives = read_directives(document)
        self._relevance = Relevance(document, lambda: self._shapes, bool(self._directives.all))
        self._ran: set[str] = set()

    def findings(self) -> list[Finding]:
        """What the rules say, without what comments silence; then what is to be said of those."""
        every = [rule for rule in rules().values() if self._settings.runs(rule)]
        last = [rule for rule in every if rule.group is Group.DIRECTIVES]
        first = [rule for rule in every if rule.group is not Group.DIRECTIVES]
        findings = self._directives.silence([one for rule in first for one in self._ask(rule)])
        for rule in last:
            findings += self._directives.silence(list(self._ask(rule)))
        return findings

    def _ask(self, rule: Rule) -> Iterator[Finding]:
        if not self._relevance.concerns(rule):
            self._ran.add(rule.id)
            return
        context = Context(
            rule,
            self._document,
            self._manifest,
            lambda rule_id: self._shapes.get(rule_id, ()),
            lambda: self._editor,
            self._settings.destinations,
            self._directives,
            self._ran,
        )
        try:
            found = list(rule.check(context))
        except Exception as error:  # noqa: BLE001 - a broken rule must not cost the others
            from traceback import format_exc

            words = f"the rule {rule.id} failed: {type(error).__name__}: {error}"
            self.notices.append(Notice(rule.id, words, format_exc()))
            return
        self._ran.add(rule.id)
        yield from _leveled(found, self._settings.severity.get(rule.id))

    @cached_property
    def _editor(self) -> Editor:
        from amp_lint.editor import Editor

        return Editor(self._document)

    @cached_property
    def _shapes(self) -> dict[str, list[Misshape]]:
        return misshapes(self._document)


def _leveled(found: Iterable[Finding], level: Severity | None) -> Iterator[Finding]:
    for finding in found:
        yield finding if level is None else replace(finding, severity=level)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text, then of the ids. An anchored node that is used several times is
    judged at each use; what is said twice in the same words is kept once, with the most fixes."""
    unique: dict[tuple[Span, str, str], Finding] = {}
    for finding in findings:
        key = finding.span, finding.rule, finding.message
        if key not in unique or len(finding.fixes) > len(unique[key].fixes):
            unique[key] = finding
    return [unique[key] for key in sorted(unique)]
