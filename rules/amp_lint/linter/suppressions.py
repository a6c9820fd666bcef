"""Comments that silence findings: `# amp:ignore`, `# amp:ignore[id, id]`, `# amp:ignore-file[id]`.

They are found in the text, outside its scalars. What a comment covers is a scope, a stretch of the
text: the entry or item below it, or its own line and what begins last there. A scope notes which
findings start in it, so that a comment which silences nothing can be told from one that does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Literal

from amp_lint.linter.finding import Finding, Severity
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Mapping, Node, Scalar, Sequence, walk
from amp_schema.lite_dataclasses import NamedTuple, dataclass, field
from amp_schema.patterns import pattern

# What keeps the platform from reading the file at all is told whatever a comment says.
NEVER_SUPPRESSED = frozenset(("yaml-syntax", "yaml-unsupported"))
# About comments themselves: a comment without ids would silence that it is of no use.
ABOUT_DIRECTIVES = frozenset(("unknown-ignore", "unused-ignore"))
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

Form = Literal["bare", "ids", "empty", "unclosed"]

_WORD = "amp:ignore"
# The parser ends a comment at more characters than the line index knows line breaks.
_BREAKS = "\r\n\x85\u2028\u2029"
_HASH = pattern(rf"(?<![^ \t{_BREAKS}])#")
_COMMENT = pattern(rf"[^{_BREAKS}]*")
_DIRECTIVE = pattern(
    r"#[ \t]*(?P<all>amp:ignore(?P<file>-file)?(?=[\s\[]|\Z)"
    r"(?:[ \t]*(?P<open>\[)(?P<ids>[^\]]*)(?P<close>\]?))?)"
)
_ID = pattern(r"[^,\s](?:[^,]*[^,\s])?")
# A comment is taken to the end of its line or not at all, so that matching never tries parts of it.
_TO_DASH = pattern(r"(?:[ \t\r\n]|#[^\r\n]*(?![^\r\n]))*-")
_UPDATE_EVENT_ENABLED = ".updateevent.enabled"


class Name(NamedTuple):
    """A rule's id as a directive names it."""

    id: str
    span: Span


@dataclass(slots=True)
class SuppressionScope:
    """A stretch of the text, both ends included, with what is to be silent there (`ids`; `bare`:
    all that is no error) and what was found there: by id, and whether as an error or milder."""

    start: int
    end: int
    ids: set[str] = field(default_factory=set)
    bare: bool = False
    found: set[str] = field(default_factory=set)
    errors: set[str] = field(default_factory=set)
    milder: bool = False

    def silences(self, finding: Finding) -> bool:
        """Take note of a finding that starts here; whether it is to be silent."""
        if finding.rule in NEVER_SUPPRESSED:
            return False
        names = _names(finding)
        self.found.update(names)
        mild = finding.severity is not Severity.ERROR
        if not mild:
            self.errors.add(finding.rule)
        elif finding.rule not in ABOUT_DIRECTIVES:
            self.milder = True
            if self.bare:
                return True
        return not self.ids.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment that silences.

    `span` is `amp:ignore` with its brackets, `comment` all from the `#` on, `removal` what goes
    with the comment. `form` says what stands in the brackets; only `bare` and `ids` silence.
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
        """Whether a directive without ids silenced anything."""
        return any(scope.milder for scope in self.scopes)

    @property
    def errors(self) -> list[str]:
        """The rules with errors in what it covers."""
        return sorted({rule for scope in self.scopes for rule in scope.errors})

    def uses(self, name: Name) -> bool:
        """Whether one of its ids silenced anything."""
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
    """The directives of one document, in the order of the text."""

    def __init__(
        self, directives: Iterable[Suppression] = (), scopes: Iterable[SuppressionScope] = ()
    ) -> None:
        self.all = tuple(directives)
        self._scopes = sorted(scopes, key=attrgetter("start"))

    def __iter__(self) -> Iterator[Suppression]:
        return iter(self.all)

    def at(self, offset: int) -> Suppression | None:
        """The directive whose comment an offset lies in or directly behind."""
        at = bisect_right(self.all, offset, key=lambda one: one.comment.start)
        found = self.all[at - 1] if at else None
        return found if found is not None and offset <= found.comment.end else None

    def silence(self, findings: list[Finding]) -> list[Finding]:
        """The findings that no directive silences; all that are covered are taken note of."""
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
            silent = [scope for scope in active if scope.silences(finding)]
            if not silent:
                kept.append(finding)
        return kept


def read_suppressions(document: Document) -> Suppressions:
    """Find the directives of a document."""
    if _WORD not in document.source.text:
        return Suppressions()
    reader = _Reader(document)
    return Suppressions(list(reader.directives()), reader.scopes.values())


def _names(finding: Finding) -> tuple[str, ...]:
    """The ids that silence a finding: its rule's, and what the platform's validator calls it."""
    rule = finding.rule
    if rule == "destination-exists":
        return (rule, "destination-not-found")
    if rule == "object-near-miss":
        return (rule, "object-exists")
    if rule == "invalid-value" and finding.path.casefold().endswith(_UPDATE_EVENT_ENABLED):
        return (rule, "update-event-enabled")
    return (rule,)


class _Reader:
    """Finds directives and their scopes. One instance per document."""

    def __init__(self, document: Document) -> None:
        self.source = document.source
        self.text = document.source.text
        self.scopes: dict[Span, SuppressionScope] = {}
        self.end = self.end_of_document(document)
        self.sections = _sections(self.text, document.root)
        self.block = (Span(0, 0), -1, False)

    def end_of_document(self, document: Document) -> int:
        """Behind the first document nothing is read, its `---` line excepted."""
        for fault in document.faults:
            if fault.kind == "extra-document":
                return self.line_of(fault.span.start)[1].end
        return len(self.text)

    def line_of(self, offset: int) -> tuple[int, Span]:
        """The number of an offset's line, and its characters."""
        line = self.source.position(offset).line
        return line, self.source.line_span(line)

    def directives(self) -> Iterator[Suppression]:
        """All of them, in the order of the text."""
        at = self.text.find(_WORD)
        while 0 <= at < self.end:
            number, line = self.line_of(at)
            comment = self.comment_in(line)
            match = None if comment is None else _DIRECTIVE.match(self.text, *comment)
            if comment is not None and match is not None:
                yield self.directive(match, comment, number, line)
            at = self.text.find(_WORD, line.end)

    def comment_in(self, line: Span) -> Span | None:
        """The comment of a line: at the first `#` behind a space that no scalar holds."""
        at = line.start
        while mark := _HASH.search(self.text, at, line.end):
            start = mark.start()
            scalar = next((one.scalar_at(start) for one in self.near(start, start)), None)
            if scalar is None:
                comment = _COMMENT.match(self.text, start, line.end)
                return Span(start, comment.end() if comment else line.end)
            at = scalar.end
        return None

    def near(self, start: int, end: int) -> list[_Section]:
        """The sections that a stretch of the text lies in, both ends included."""
        first = bisect_right(self.sections, start, key=attrgetter("start")) - 1
        behind = bisect_right(self.sections, end, key=attrgetter("start"))
        return self.sections[max(0, first) : behind]

    def directive(
        self, match: re.Match[str], comment: Span, number: int, line: Span
    ) -> Suppression:
        alone = not self.text[line.start : comment.start].strip(" \t")
        covers = True
        if match["file"]:
            spans = [Span(0, len(self.text))]
        elif alone:
            span, covers = self.below(number)
            spans = [span]
        else:
            spans = [line, *(Span(*part) for part in self.parts_on(line)[-1:])]
        scopes = tuple(self.scopes.setdefault(span, SuppressionScope(*span)) for span in spans)
        names = _ids(match)
        form = _form(match, names)
        for scope in scopes if form in ("bare", "ids") else ():
            scope.ids.update(name.id for name in names)
            scope.bare = scope.bare or form == "bare"
        removal = self.removal(comment, number, line, alone)
        return Suppression(Span(*match.span("all")), comment, removal, form, names, scopes, covers)

    def below(self, number: int) -> tuple[Span, bool]:
        """What the comment lines around a line cover, themselves included, and whether that is
        more than themselves: the outermost part on the line below, else that line."""
        covered, last, covers = self.block
        if number > last:
            start = self.source.line_span(number).start
            last = number
            while self.is_comment(last + 1):
                last += 1
            target = self.line(last + 1)
            covers = bool(self.text[slice(*target)].strip(" \t"))
            parts = self.parts_on(target) if covers else []
            end = parts[0].end if parts else target.end if covers else self.line(last).end
            covered = Span(start, end)
            self.block = (covered, last, covers)
        return covered, covers

    def line(self, number: int) -> Span:
        """The characters of a line; none behind the last one."""
        if number <= len(self.source.line_starts):
            return self.source.line_span(number)
        return Span(len(self.text), len(self.text))

    def is_comment(self, number: int) -> bool:
        """Whether a line below a comment is one, too: no scalar can reach from one to the next."""
        return self.text[slice(*self.line(number))].lstrip(" \t").startswith("#")

    def parts_on(self, line: Span) -> list[Span]:
        """The entries and items that start on a line, the outermost first."""
        return [part for one in self.near(*line) for part in one.parts_in(line)]

    def removal(self, comment: Span, number: int, line: Span, alone: bool) -> Span:
        """The comment with the spaces in front, or with its line where it stands alone."""
        starts = self.source.line_starts
        if alone and comment.end == line.end:
            return Span(line.start, starts[number] if number < len(starts) else line.end)
        start = comment.start
        while start > line.start and self.text[start - 1] in " \t":
            start -= 1
        return Span(start, comment.end)


def _ids(match: re.Match[str]) -> tuple[Name, ...]:
    if not match["close"]:
        return ()
    found = _ID.finditer(match.string, *match.span("ids"))
    return tuple(Name(one[0], Span(*one.span())) for one in found)


def _form(match: re.Match[str], names: tuple[Name, ...]) -> Form:
    if not match["open"]:
        return "bare"
    if not match["close"]:
        return "unclosed"
    return "ids" if names else "empty"


class _Section:
    """A part of the tree that is looked into only when a directive stands in or near it.

    It reaches from `start` to the next one. `nodes` are what it holds; `outer` is the entry or item
    that they make together.
    """

    def __init__(self, text: str, start: int, nodes: list[Node], outer: Span | None) -> None:
        self.start = start
        self._text = text
        self._nodes = nodes
        self._outer = outer

    @cached_property
    def _scalars(self) -> list[Span]:
        return sorted(_uncommented(self._text, self._below()))

    @cached_property
    def _parts(self) -> list[Span]:
        outer = [] if self._outer is None else [self._outer]
        # Sorting keeps a node in front of those inside it that start at the same place.
        return sorted([*outer, *_parts(self._text, self._below())], key=attrgetter("start"))

    def _below(self) -> Iterator[Node]:
        return chain.from_iterable(map(walk, self._nodes))

    def scalar_at(self, offset: int) -> Span | None:
        """The scalar that an offset lies in."""
        before = bisect_right(self._scalars, offset, key=attrgetter("start")) - 1
        found = self._scalars[before] if before >= 0 else None
        return found if found is not None and offset < found.end else None

    def parts_in(self, line: Span) -> list[Span]:
        """The entries and items that start on a line."""
        first = bisect_left(self._parts, line.start, key=attrgetter("start"))
        behind = bisect_right(self._parts, line.end, key=attrgetter("start"))
        return self._parts[first:behind]


def _sections(text: str, root: Node | None) -> list[_Section]:
    """A tree in the order of the text: each entry at the top, and each item of a list there."""
    if not isinstance(root, Mapping):
        return [] if root is None else [_Section(text, 0, [root], None)]
    found: list[_Section] = []
    for entry in root.entries:
        key, value = entry.key, entry.value
        if isinstance(value, Sequence) and not value.flow:
            found.append(_Section(text, entry.start, [key], entry.span))
            behind = value.start
            for item in value.items:
                outer = Span(_dash(text, behind, item.outer), item.end)
                found.append(_Section(text, outer.start, [item], outer))
                behind = item.end
        else:
            found.append(_Section(text, entry.start, [key, value], entry.span))
    return found


def _uncommented(text: str, nodes: Iterable[Node]) -> Iterator[Span]:
    """The stretches in which a `#` starts no comment: scalars, of block scalars what is below the
    first line."""
    for node in nodes:
        if not isinstance(node, Scalar):
            continue
        start = node.start
        if node.style in ("|", ">"):
            while start < node.end and text[start] not in "\r\n":
                start += 1
        if start < node.end:
            yield Span(start, node.end)


def _parts(text: str, nodes: Iterable[Node]) -> Iterator[Span]:
    """Every entry, and every item from its dash on."""
    for node in nodes:
        if isinstance(node, Mapping):
            for entry in node.entries:
                yield entry.span
        elif isinstance(node, Sequence):
            behind = node.start
            for item in node.items:
                start = item.outer if node.flow else _dash(text, behind, item.outer)
                yield Span(start, item.end)
                behind = item.end


def _dash(text: str, behind: int, start: int) -> int:
    """The dash of an item that starts at `start`, the one before it having ended at `behind`."""
    at = start
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    if text[at - 1 : at] == "-":
        return at - 1
    match = _TO_DASH.match(text, behind, start)
    return match.end() - 1 if match else start
