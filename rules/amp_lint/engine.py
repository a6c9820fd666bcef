"""The one entry for command line, server and tests: a source in, a report out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from traceback import format_exc

from amp_lint.directives import read_directives
from amp_lint.document import Document, read
from amp_lint.finding import Finding, Notice, Severity
from amp_lint.manifest import manifest_of
from amp_lint.misshape import Misshape
from amp_lint.registry import rules
from amp_lint.rule import Context, Group, Rule
from amp_lint.source import Source
from amp_lint.structure import misshapes


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
    """The findings of one source, in the order of the text; notices of faults in the linter."""

    source: Source
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...] = ()

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
    manifest = manifest_of(document.root)
    shapes: dict[str, list[Misshape]] | None = None

    def shape(rule_id: str) -> Iterable[Misshape]:
        nonlocal shapes
        if shapes is None:
            shapes = misshapes(document)
        return shapes.get(rule_id, ())

    notices: list[Notice] = []
    directives = read_directives(document)
    ran: set[str] = set()

    def ask(rule: Rule) -> Iterator[Finding]:
        if not settings.runs(rule):
            return
        context = Context(rule, document, manifest, shape, settings.destinations, directives, ran)
        try:
            found = list(rule.check(context))
        except Exception as error:  # noqa: BLE001 - a broken rule must not cost the others
            words = f"the rule {rule.id} failed: {type(error).__name__}: {error}"
            notices.append(Notice(rule.id, words, format_exc()))
            return
        ran.add(rule.id)
        yield from _leveled(found, settings.severity.get(rule.id))

    every = rules().values()
    first = [rule for rule in every if rule.group is not Group.DIRECTIVES]
    findings = directives.silence([finding for rule in first for finding in ask(rule)])
    for rule in every:
        if rule.group is Group.DIRECTIVES:
            findings += directives.silence(list(ask(rule)))
    return Report(document.source, tuple(_sorted(findings)), tuple(notices))


def _leveled(found: Iterable[Finding], level: Severity | None) -> Iterator[Finding]:
    for finding in found:
        yield finding if level is None else replace(finding, severity=level)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text, then of the ids. An anchored node that is used several times is
    judged at each use; what is said twice in the same words is kept once."""
    unique = {(f.span, f.rule, f.message): f for f in findings}
    return [unique[key] for key in sorted(unique)]
