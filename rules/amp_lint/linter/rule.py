"""How a rule is written: a generator with a docstring, and what it may ask for.

    @rule("write-inherit-mapping", group=Group.SUBSCRIBE, severity=Severity.WARNING, url=docs.WRITE)
    def check(context: Context) -> Iterator[Finding]:
        '''`inheritMapping: true` on an object that is not read.

        (the reason, then the headings `Wrong` and `Right` with one manifest each)
        '''

The docstring is the rule's documentation; `rule_docs` reads it and a test runs its manifests.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from amp_lint.linter.comparison_budget import ComparisonBudget
from amp_lint.linter.finding import Finding, Related, Severity
from amp_lint.linter.suggestions import MOST_COMPARISONS, Hints
from amp_lint.linter.suppressions import Suppressions
from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.source import Source, Span
from amp_lint.yaml.node_path import format_path, path_of
from amp_lint.yaml.nodes import Collection, Entry, Node, Scalar, is_null
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.linter.changes import Changes
    from amp_lint.linter.schema.schema_error import SchemaError
    from amp_lint.manifest.model import Manifest
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.yaml.document import Document
    from amp_lint.yaml.editor import Editor
    from amp_schema.catalog import Catalog

# Directly after the colon of a key; a comment has a blank behind its `#`, or is of a known kind.
_EATEN = pattern(r"[\"']?\s*:[ \t]+(#(?!amp:ignore|(?:TODO|FIXME|NOTE|XXX|HACK)\b)[^\s#!][^\r\n]*)")


class Scope(Enum):
    """What a rule looks at in order to judge: one integration, or the top of the manifest, at a
    time; or several of them together. A rule of the first kind is asked again only about the one
    that changed. Rules about suppressions come last and see the whole file."""

    INTEGRATION = "integration"
    FILE = "file"


class Group(str, Enum):
    """The chapters of the rule catalogue, in their order."""

    SYNTAX = "Syntax"
    SHAPE = "Shape"
    NAMES = "Names"
    FIELDS = "Fields"
    SCHEDULE = "Schedule, backfill, delivery"
    SUBSCRIBE = "Subscribe and write"
    PROVIDER = "Provider"
    PROJECT = "Project"
    CHANGES = "Changes"
    SUPPRESSIONS = "Suppressions"


# What a rule may need besides keys: that the JSON Schema has found something for it,
# that the text could not be read as meant, that there is an `amp:ignore`, that a schedule is not
# one of the usual ones, that a mapping has a key twice.
SHAPE, SYNTAX_PROBLEMS, SUPPRESSIONS = "(shape)", "(faults)", "(suppressions)"
SCHEDULES, REPEATED_KEYS = "(schedules)", "(repeated keys)"

# From this level on (`python -OO`), Python drops docstrings.
NO_DOCSTRINGS = 2

Check = Callable[["Context"], Iterable[Finding]]


class LazyCheck:
    """The function of a rule in `amp_lint.rules`, imported when the rule is asked."""

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = f"amp_lint.rules.{module}"
        self.__name__ = name

    def __call__(self, context: Context) -> Iterable[Finding]:
        """Ask the rule."""
        return self.function(context)

    @cached_property
    def function(self) -> Check:
        """The function itself."""
        found: Check = getattr(import_module(self.__module__), self.__name__)
        return found


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its metadata. `severity` is the default one; a finding may carry a milder one
    where the catalogue says so. `on` is False for rules that must be switched on. `needs` are keys
    and the like, in lower case: in a manifest that has none of them there is nothing to say. Empty,
    the rule is always asked."""

    id: str
    group: Group
    severity: Severity
    url: str
    check: Check
    on: bool = True
    tags: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    scope: Scope = Scope.INTEGRATION

    @property
    def doc(self) -> str:
        """The docstring as written."""
        check = self.check.function if isinstance(self.check, LazyCheck) else self.check
        return check.__doc__ or _docstring_in_source(check)

    @property
    def module(self) -> str:
        """The name of the module that holds the rule, below `amp_lint.rules`."""
        return self.check.__module__.removeprefix("amp_lint.rules.")


def _docstring_in_source(check: Check) -> str:
    """Return the docstring as the source has it; `python -OO` drops it from the function."""
    import ast
    from inspect import getsource
    from textwrap import dedent

    (function,) = ast.parse(dedent(getsource(check))).body
    return ast.get_docstring(function, clean=False) or ""  # type: ignore[arg-type]


class RuleError(ValueError):
    """A rule's metadata is not acceptable."""


def rule(  # noqa: PLR0913 - metadata, by name
    id: str,
    *,
    group: Group,
    severity: Severity,
    url: str,
    on: bool = True,
    tags: Iterable[str] = (),
    needs: Iterable[str] = (),
    scope: Scope = Scope.INTEGRATION,
) -> Callable[[Check], Check]:
    """Mark a function as a rule. Raises RuleError when the metadata is incomplete."""
    if not _is_id(id):
        raise RuleError(f"{id!r} is no rule id: lower-case words joined by hyphens")
    if not url.startswith("https://"):
        raise RuleError(f"{id}: the documentation link must be an https address")
    unknown = frozenset(tags) - {"deprecated", "unnecessary"}
    if unknown:
        raise RuleError(f"{id}: unknown tags {sorted(unknown)}")

    def mark(check: Check) -> Check:
        if not (check.__doc__ or "").strip() and sys.flags.optimize < NO_DOCSTRINGS:
            raise RuleError(f"{id}: a rule's docstring is its documentation and may not be empty")
        keys = frozenset(key.casefold() for key in needs)
        made = Rule(id, group, severity, url, check, on, frozenset(tags), keys, scope)
        check.__dict__.setdefault("amp_rules", []).append(made)
        return check

    return mark


def _is_id(text: str) -> bool:
    """Return whether a text is words joined by hyphens. Compiling a pattern would take as long as
    importing two rules."""
    words = text.split("-")
    alphanumeric = text.isascii() and all(map(str.isalnum, words))
    return alphanumeric and text == text.lower() and text[0].isalpha()


Place = Node | Entry | Span


@dataclass()
class Context:
    """What a rule sees of one manifest, and the way it reports.

    `suppressions`, and `ran` with the ids of the rules that were asked, are for the rules about
    suppressions, which come last.
    """

    rule: Rule
    document: Document
    manifest: Manifest
    schema_errors: Callable[[str], Iterable[SchemaError]]
    editor: Callable[[], Editor]
    destinations: tuple[str, ...] = ()
    knows_destinations: bool = False
    snapshot: Snapshot | None = None
    deployed_elsewhere: frozenset[str] | None = None
    old: Document | None = None
    suppressions: Suppressions = field(default_factory=Suppressions)
    ran: AbstractSet[str] = frozenset()
    budgets: list[ComparisonBudget] = field(default_factory=list)

    def comparison_budget(self, most: int) -> ComparisonBudget:
        """What this run may spend on comparing names; `most` is for the whole file."""
        made = ComparisonBudget(most)
        self.budgets.append(made)
        return made

    @cached_property
    def hints(self) -> Hints:
        """Near matches, as many as this run affords."""
        return Hints(self.comparison_budget(MOST_COMPARISONS))

    @cached_property
    def changes(self) -> Changes:
        """The difference to the old manifest; empty outside of a comparison."""
        from amp_lint.linter.changes import Changes

        return Changes(self.old, self.document, self.snapshot)

    @property
    def catalog(self) -> Catalog:
        """The platform's catalog: that of the snapshot if it has one, else the bundled one."""
        from amp_schema.catalog import catalog

        live = self.snapshot.catalog if self.snapshot is not None else None
        return catalog() if live is None else live

    @cached_property
    def edit(self) -> Editor:
        """What knows how a change is written in this document."""
        return self.editor()

    @cached_property
    def source(self) -> Source:
        """The text the document was made from."""
        return self.document.source

    def finding(  # noqa: PLR0913 - a finding has this many sides, all but two by name
        self,
        at: Place,
        message: str,
        *,
        severity: Severity | None = None,
        label: str = "",
        related: Iterable[Related] = (),
        node: Node | Entry | None = None,
        fixes: Iterable[Fix | None] = (),
        claims: Iterable[Place | None] = (),
    ) -> Finding:
        """A finding of this rule.

        `at` is what a person would point at: a node, an entry (its key to the end of its value's
        first line) or a part of a scalar (`Scalar.part`); a part also needs the `node` it belongs
        to. A collection is shown by its first line. `fixes` come in the order of preference; None
        stands for one that is not possible here. Where the text is not what the file holds, there
        are none: they would write a guess over bytes that nobody could read. `claims` are the
        places about which this says all, so that no other rule reports them.
        """
        possible = fixes if self.source.is_faithful else ()
        place = node if node is not None else at
        path = format_path(path_of(place)) if isinstance(place, (Node, Entry)) else "$"
        return Finding(
            rule=self.rule.id,
            severity=severity or self.rule.severity,
            message=message,
            span=self.visible(at),
            path=path,
            label=label,
            related=tuple(related),
            url=self.rule.url,
            fixes=tuple(fix for fix in possible if fix is not None),
            claims=tuple(self.visible(one) for one in claims if one is not None),
        )

    def fix(
        self,
        title: str,
        edits: tuple[Edit, ...] | None,
        *,
        safe: bool = False,
        manual: bool = False,
    ) -> Fix | None:
        """Return a fix of these edits, unsafe unless `safe` or `manual`; None where `edits` is
        None. `title` is an order, such as "Change to `schedule`"."""
        if edits is None:
            return None
        trusted = Applicability.SAFE if safe else Applicability.UNSAFE
        return Fix(title, edits, Applicability.MANUAL if manual else trusted)

    def shape(self) -> Iterator[Finding]:
        """What the JSON Schema finds for this rule."""
        for one in self.schema_errors(self.rule.id):
            eaten = self.eaten_value(one.at)
            if eaten is not None:
                yield eaten
                continue
            yield self.finding(
                one.at,
                one.message,
                severity=one.severity,
                label=one.label,
                node=one.about,
                fixes=[
                    self.fix(way.title, way.edits(self.edit), safe=way.safe, manual=way.manual)
                    for way in one.fixes
                ],
                claims=[entry.key for entry in one.claims],
            )

    def faults(self, kind: str, *, fatal: bool) -> Iterator[Finding]:
        """What was found on the way from the text to the tree."""
        every = self.document.faults
        # What the platform cannot take at all is no other mistake as well.
        refused = {one.span for one in every if one.kind == "unsupported" and one.fatal}
        for fault in every:
            if fault.kind != kind or fault.fatal is not fatal:
                continue
            is_all = fatal and (kind == "unsupported" or fault.span not in refused)
            yield self.finding(
                fault.span,
                fault.message,
                label=fault.label,
                fixes=fault.fixes,
                claims=[fault.span] if is_all else [],
            )

    def eaten_value(self, at: Place) -> Finding | None:
        """Return the finding for a key whose value, such as `#Seats`, YAML reads as a comment."""
        entry = at.slot if isinstance(at, Scalar) else at
        if not isinstance(entry, Entry) or not is_null(entry.value) or entry.value is at:
            return None
        comment = _EATEN.match(self.source.text, entry.key.end)
        if comment is None:
            return None
        from amp_lint.text.name_slips import is_placeholder, name_alone
        from amp_lint.yaml.emitter import in_quotes

        span, value = Span(*comment.span(1)), comment[1].rstrip()
        alone = name_alone(entry.name, value)
        advice, title = "put it in quotes", f"Put {quoted(value)} in quotes"
        if entry.name == "schedule":
            alone = in_quotes(value.strip("#\"' "), '"')
        if is_placeholder(value):
            advice = "it is a placeholder, which the platform does not replace; write the value"
        elif alone:
            advice, title = f"write {quoted(alone)}", f"Change to {quoted(alone)}"
        edit = Edit(Span(span.start, span.start + len(value)), alone or in_quotes(value, '"'))
        return self.finding(
            span,
            f"YAML reads {quoted(value)} as a comment, so `{entry.name}` has no value; {advice}",
            label="a comment",
            node=entry.key,
            fixes=[] if is_placeholder(value) else [self.fix(title, (edit,))],
        )

    def related(self, at: Place, message: str) -> Related:
        """Another place the finding speaks of."""
        return Related(message, self.visible(at))

    def visible(self, at: Place) -> Span:
        """The characters to underline."""
        if isinstance(at, Span):
            return at
        if isinstance(at, Entry):
            return self._first_line(at.key.start, at.end)
        if isinstance(at, Collection) or (isinstance(at, Scalar) and at.style in ("|", ">")):
            return self._first_line(at.start, at.end)
        return at.span

    def _first_line(self, start: int, end: int) -> Span:
        text = self.source.text
        stop = end
        for line_break in "\r\n":
            found = text.find(line_break, start, stop)
            stop = found if found >= 0 else stop
        kept = text[start:stop]
        comment = re.search(r"(?<=\s)#", kept)
        shown = kept if comment is None else kept[: comment.start()]
        return Span(start, start + len((shown if comment and stop < end else kept).rstrip()))


def rules_in(namespace: dict[str, object]) -> Iterator[Rule]:
    """The rules that a module's functions were marked as, in the order of their ids."""
    found: list[Rule] = []
    for value in namespace.values():
        marked = getattr(value, "amp_rules", None)
        if isinstance(marked, list):
            found.extend(item for item in marked if isinstance(item, Rule))
    yield from sorted(found, key=lambda item: item.id)
