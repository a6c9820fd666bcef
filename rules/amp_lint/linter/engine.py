"""The one entry for command line, server and tests: a source in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Finding, Notice, Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Context, Group, Rule
from amp_lint.linter.rule_filter import RuleFilter
from amp_lint.linter.schema.validate import schema_errors
from amp_lint.linter.suppressions import Suppressions, read_suppressions
from amp_lint.manifest.decode import complete_manifest, refusals
from amp_lint.manifest.misplaced import mark_merges_meant, mark_misplaced
from amp_lint.manifest.model import Manifest, manifest_of
from amp_lint.text.source import Source, Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import has_odd_indents, read
from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from amp_lint.linter.comparison_budget import ComparisonBudget
    from amp_lint.linter.schema.validate import ByRule
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.yaml.editor import Editor


@dataclass(frozen=True)
class Settings:
    """What the user asked for.

    `select`: only these rules (None: all that are on). `ignore`: not these. `severity`: a level
    for a rule in place of its own, or None to switch it off. `destinations`: the names that exist.
    `snapshot`: the project that the manifest is for; the rules of group Project need one.
    `deployed_elsewhere`: the integrations of the other manifests, None if they are not known.
    `old`: the manifest to compare with. With it the rules of group Changes run, and no others.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()
    snapshot: Snapshot | None = None
    deployed_elsewhere: frozenset[str] | None = None
    old: Document | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for rules that do not exist, and for severities that are none."""
        if self.select or self.ignore or self.severity:
            _check_names(self)

    @property
    def known_destinations(self) -> tuple[str, ...] | None:
        """The destinations that exist, by configuration and snapshot; None if neither lists all."""
        of_project: Iterable[str] = ()
        complete = False
        if self.snapshot is not None:
            of_project = self.snapshot.destinations or ()
            complete = self.snapshot.lists_destinations
        if not self.destinations and not complete:
            return None
        return tuple(dict.fromkeys((*self.destinations, *of_project)))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are to be asked. All manifests of a folder share it, which saves 2 % of a
        run on many."""
        return tuple(rule for rule in rules().values() if self.runs(rule))

    def runs(self, rule: Rule) -> bool:
        """Whether a rule is to be asked."""
        if (rule.group is Group.CHANGES) is (self.old is None):
            return False
        if rule.group is Group.PROJECT and self.snapshot is None:
            return False
        if rule.id in self.ignore or self.severity.get(rule.id, rule.severity) is None:
            return False
        if self.select is not None:
            return rule.id in self.select
        return rule.on or rule.id in self.severity


def _check_names(settings: Settings) -> None:
    from amp_lint.text.messages import did_you_mean, quoted

    named = {
        "select": settings.select or (),
        "ignore": settings.ignore,
        "severity": settings.severity,
    }
    for setting, ids in named.items():
        if isinstance(ids, str):
            raise ValueError(f"`{setting}` must be a set of rule ids, not the string {quoted(ids)}")
        for rule_id in sorted(set(ids) - set(rules())):
            near = did_you_mean(rule_id, rules())
            raise ValueError(f"`{setting}`: there is no rule {quoted(rule_id)}{near}")
    levels: Mapping[str, object] = settings.severity
    for rule_id, level in levels.items():
        if level is not None and not isinstance(level, Severity):
            near = did_you_mean(str(level), [one.value for one in Severity])
            words = f"must be a Severity or None, not {quoted(str(level))}{near}"
            raise ValueError(f"`severity`: the level of {quoted(rule_id)} {words}")


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
    if has_odd_indents(document) and complete_manifest(document) is None:
        from amp_lint.yaml.recovery.odd_indents import indented

        document = indented(document) or document
    mark_misplaced(document.root)
    if "<" in document.source.text or ">>" in document.source.text:
        mark_merges_meant(document.mappings)
    if document.empty:
        from amp_lint.manifest.hollow import mark_hollow

        mark_hollow(document.empty)
    refused = refusals(document)
    if refused:
        document = replace(document, faults=[*document.faults, *refused])
    manifest = manifest_of(document.root)
    editor = lru_cache(maxsize=1)(lambda: _editor(document))
    judging = Judging(document, settings, manifest, editor, lambda: schema_errors(document))
    findings = judging.ask_all(asked(settings))
    suppressions = read_suppressions(document)
    return judging.report(suppressions, findings)


def _editor(document: Document) -> Editor:
    # Only a finding has a fix.
    from amp_lint.yaml.editor import Editor

    return Editor(document)


def asked(settings: Settings) -> list[Rule]:
    """Return the rules to run, without those about suppressions."""
    return [rule for rule in settings.rules if rule.group is not Group.SUPPRESSIONS]


class Judging:
    """One document, or what `manifest`, the faults and `shapes` leave to be seen of it, before
    rules. `names` are those of its keys, where they are known. `budgets` are what each rule
    spent."""

    def __init__(
        self,
        document: Document,
        settings: Settings,
        manifest: Manifest,
        editor: Callable[[], Editor],
        shapes: Callable[[], ByRule],
        names: AbstractSet[str] | None = None,
    ) -> None:
        self.notices: list[Notice] = []
        self.budgets: dict[str, list[ComparisonBudget]] = {}
        self.ran: set[str] = set()
        self._document = document
        self._settings = settings
        self._manifest = manifest
        self._editor = editor
        self._misshapes = shapes
        self._names = names

    def ask_all(self, asked: Iterable[Rule]) -> list[Finding]:
        """Return the findings of some rules, before suppressions."""
        relevance, suppressions = self._relevance(False), Suppressions()
        found: list[Finding] = []
        for rule in asked:
            if relevance.concerns(rule):
                found += self._ask(rule, suppressions)
            else:
                self.ran.add(rule.id)
        return found

    def report(self, suppressions: Suppressions, findings: list[Finding]) -> Report:
        """Return the report: the findings that no comment suppresses, and those about the
        comments."""
        kept = suppressions.suppress(_told_once(findings))
        relevance = self._relevance(bool(suppressions.all or suppressions.misspelt))
        for rule in self._settings.rules:
            if rule.group is not Group.SUPPRESSIONS:
                continue
            if relevance.concerns(rule):
                kept += suppressions.suppress(self._ask(rule, suppressions))
            else:
                self.ran.add(rule.id)
        document, notices = self._document, tuple(self.notices)
        return Report(document.source, tuple(_sorted(kept)), notices, document.parses)

    def _relevance(self, has_suppressions: bool) -> RuleFilter:
        return RuleFilter(self._document, lambda: self._shapes, has_suppressions, self._names)

    def _ask(self, rule: Rule, suppressions: Suppressions) -> list[Finding]:
        destinations = self._destinations
        context = Context(
            rule,
            self._document,
            self._manifest,
            lambda rule_id: self._shapes.get(rule_id, ()),
            self._editor,
            destinations or (),
            destinations is not None,
            self._settings.snapshot,
            self._settings.deployed_elsewhere,
            self._settings.old,
            suppressions,
            self.ran,
        )
        try:
            found = list(rule.check(context))
        except Exception as error:  # noqa: BLE001 - a broken rule must not cost the others
            from traceback import format_exc

            words = f"the rule {rule.id} failed: {type(error).__name__}: {error}"
            self.notices.append(Notice(rule.id, words, format_exc()))
            return []
        self.ran.add(rule.id)
        if not all(one.is_untouched for one in context.budgets):
            self.budgets[rule.id] = context.budgets
        level = self._settings.severity.get(rule.id)
        return found if level is None else [replace(one, severity=level) for one in found]

    @cached_property
    def _destinations(self) -> tuple[str, ...] | None:
        return self._settings.known_destinations

    @cached_property
    def _shapes(self) -> ByRule:
        return self._misshapes()


def _told_once(findings: list[Finding]) -> list[Finding]:
    """Return the findings without those on characters that another one claims."""
    claims = {(span, one.rule) for one in findings for span in one.claims}
    if not claims:
        return findings
    claimed = {span for span, _ in claims}
    return [one for one in findings if one.span not in claimed or (one.span, one.rule) in claims]


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """In the order of the text, then of the ids. An anchored node that is used several times is
    judged at each use; what is said twice in the same words is kept once, with the most fixes."""
    unique: dict[tuple[Span, str, str], Finding] = {}
    for finding in findings:
        key = finding.span, finding.rule, finding.message
        if key not in unique or len(finding.fixes) > len(unique[key].fixes):
            unique[key] = finding
    return [unique[key] for key in sorted(unique)]
