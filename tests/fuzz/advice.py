"""What the messages of findings say to write, done to the letter.

A message is read as people read it: "write `x`" puts `x` in the place of the marked characters,
"add `key: value`" adds a line to the mapping that is marked, "remove it" takes the marked entry
away. What a message leaves to its reader ("list at least one read object") is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, walk
from amp_lint.yaml.reader import read

# A piece of code in a message; what is cut there is not followed.
_CODE = r"`(?P<code>[^`…]+)`"
# Rules that mark a part of a value and show the whole value.
_WHOLE_VALUE = ("schedule-syntax", "schedule-minimum-interval", "field-mapping-jsonpath")
# Rules that mark an item of a list that may be written twice.
_EACH_ITEM = ("schedule-uneven", "schedule-step-overflow", "schedule-sunday-range")
# Rules that ask for another key in place of the marked one.
_EXCHANGES = ("snowflake-backfill", "google-calendar-backfill")

Edits = tuple[Edit, ...]


@dataclass(frozen=True)
class Followed:
    """A text after an advice was followed, and the place of what was written."""

    text: str
    written: Span


@dataclass(frozen=True)
class Reader:
    """Somebody who follows the advice of a finding."""

    report: Report
    finding: Finding

    @cached_property
    def document(self) -> Document:
        return read(self.report.source)

    @property
    def text(self) -> str:
        return self.report.source.text

    @property
    def old(self) -> str:
        """The characters that are marked."""
        return self.text[slice(*self.finding.span)]

    def entries(self) -> Iterator[Entry]:
        root = self.document.root
        for node in walk(root) if root is not None else ():
            yield from node.entries if isinstance(node, Mapping) else ()

    def entry(self) -> Entry | None:
        """The entry whose key is marked."""
        return next((one for one in self.entries() if one.key.span == self.finding.span), None)

    def node(self) -> Node | None:
        """The innermost node around what is marked."""
        start, end = self.finding.span
        root = self.document.root
        around = [one for one in walk(root) if one.start <= start < end <= one.end] if root else []
        return min(around, key=lambda one: one.end - one.start, default=None)

    def put(self, code: str) -> Edits | None:
        """Put a text in the place of what is marked; quotes around that stay."""
        span, old = self.finding.span, self.old
        node = self.node()
        if self.finding.rule in _WHOLE_VALUE and isinstance(node, Scalar):
            span, old = node.span, self.text[slice(*node.span)]
        if self.finding.rule in _EACH_ITEM and isinstance(node, Scalar):
            written = self.text[slice(*node.span)]
            items = re.compile(rf"(?<![^\s,\"']){re.escape(old)}(?![^\s,\"'])")
            return (Edit(node.span, items.sub(lambda _: code, written)),)
        if old.endswith(":") and self.finding.rule == "yaml-syntax":
            # A key is shown with its value.
            rest = re.compile(r"[^\r\n]*?(?=[ ]+#|[\r\n]|\Z)").match(self.text, span.end)
            return (Edit(Span(span.start, rest.end()), code),) if rest is not None else None
        # What follows what is marked need not be written again.
        rest = self.text[span.end :]
        for size in range(len(code), 2, -1):
            if rest.startswith(code[-size:]) and not code[: len(code) - size].isspace():
                return (Edit(span, code[: len(code) - size]),)
        quote = old[0] if old[:1] in ("'", '"') and old[-1:] == old[0] else ""
        bare = quote in code or "without quotes" in self.finding.message
        return (Edit(span, code if bare else f"{quote}{code}{quote}"),)

    def add(self, code: str) -> Edits | None:
        """Add a line with a key to the mapping that is marked by its key, or by its first one."""
        key, _, value = code.partition(": ")
        entry = self.entry()
        if self.finding.rule in _EXCHANGES or entry is None:
            return self._exchange(key, code, value)
        if entry.name == key:
            return self._give(entry, value)
        node = entry.value
        if isinstance(entry.parent.parent, Sequence) and entry is entry.parent.entries[0]:
            node = entry.parent
        if not isinstance(node, Mapping) or node.flow or not node.entries:
            return None
        known = node.find(key)
        if known is not None:
            return self._give(known, value)
        begin = node.entries[0].start
        column = begin - self.text.rfind("\n", 0, begin) - 1
        return (Edit(Span(begin, begin), f"{code}\n{' ' * column}"),)

    def _exchange(self, key: str, code: str, value: str) -> Edits | None:
        """Write a value in the place of the marked one, or a key in the place of its key."""
        node = self.node()
        entry = node.slot if node is not None and node.span == self.finding.span else None
        if not isinstance(entry, Entry):
            return None
        if entry.name == key:
            return self.put(value)
        is_other = self.finding.rule in _EXCHANGES
        return (Edit(Span(entry.start, entry.end), code),) if is_other else None

    def _give(self, entry: Entry, value: str) -> Edits | None:
        """Give a key another value."""
        node = entry.value
        if not isinstance(node, Scalar) or node.anchor is not None:
            return None
        return (Edit(node.span, value if node.end > node.start else f" {value}"),)


def followed(report: Report, finding: Finding) -> Followed | None:
    """Return the text with the advice of a finding followed; None if it is left to the reader."""
    reader = Reader(report, finding)
    for pattern, follow in _WAYS:
        match = pattern.search(finding.message)
        if match is None:
            continue
        edits = follow(reader, match)
        if edits:
            first = min(edits, key=lambda one: one.span)
            start = first.span.start
            text = apply(report.source.text, edits)
            if text == report.source.text:
                return None
            return Followed(text, Span(start, start + len(first.text)))
    return None


def _write(reader: Reader, match: re.Match[str]) -> Edits | None:
    code, old = match["code"] or match["even"], reader.old
    if "..." in code or "\n" in old or old.startswith((">", "|")):
        return None
    key, colon, _ = code.partition(": ")
    if not colon or not re.fullmatch(r"(?:- )?(?:\w+|<<)", key):
        return reader.put(code)
    if code.removeprefix(f"{key}: ") == old and reader.entry() is not None:
        # The marked key is the value.
        span = reader.finding.span
        behind = re.compile(r"[ ]*:").match(reader.text, span.end)
        return (Edit(Span(span.start, behind.end() if behind else span.end), code),)
    is_line = old.casefold().startswith(key.casefold().removeprefix("- ")) and old != key
    return reader.put(code) if is_line else reader.add(code)


def _rename(reader: Reader, _: re.Match[str]) -> Edits | None:
    """The key that is required in the place of the one that is marked."""
    required = re.search(r"requires? `(\w+)`", reader.finding.message)
    return reader.put(required[1]) if required is not None else None


def _remove_key(reader: Reader, match: re.Match[str]) -> Edits | None:
    """Remove the key of this name that is marked, or is beside or below what is marked."""
    start = reader.finding.span.start
    around = [one for one in reader.entries() if one.parent.start <= start < one.parent.end]
    named = [one for one in around if one.name == match["code"]]
    return Editor(reader.document).remove(named[-1]) if named else None


def _remove(reader: Reader, _: re.Match[str]) -> Edits | None:
    """Remove the entry, or the item, that is marked; where it is neither, the characters."""
    span, editor = reader.finding.span, Editor(reader.document)
    if "the whole manifest" in reader.finding.message:
        return None
    if reader.finding.rule in ("yaml-syntax", "yaml-unsupported", "unused-ignore"):
        return (Edit(span, ""),)
    for entry in reader.entries():
        is_item = reader.finding.rule.startswith("duplicate-") and entry.value.span == span
        if is_item and isinstance(entry.parent.parent, Sequence):
            return editor.remove_item(entry.parent)
        if span in (entry.key.span, entry.value.span):
            return editor.remove(entry)
    node = reader.node()
    return editor.remove_item(node) if node is not None else None


def _quotes(reader: Reader, match: re.Match[str]) -> Edits | None:
    """Put quotes around what is marked, or around the value that it is a part of."""
    span = reader.finding.span
    if "whole" in match[0]:
        line = reader.text.rfind("\n", 0, span.start) + 1
        colon = re.compile(r"[^:]*: ").match(reader.text, line)
        span = Span(colon.end(), span.end) if colon is not None else span
    old = reader.text[slice(*span)]
    quote = "'" if '"' in old or "\\" in old else '"'
    return (Edit(span, f"{quote}{old}{quote}"),) if quote not in old else None


def _comment(reader: Reader, _: re.Match[str]) -> Edits | None:
    start = reader.finding.span.start
    return (Edit(Span(start, start), "# "),)


def _space(reader: Reader, _: re.Match[str]) -> Edits | None:
    return (Edit(reader.finding.span, " " * len(reader.old)),)


def _close(reader: Reader, match: re.Match[str]) -> Edits | None:
    end = reader.finding.span.start + len(reader.old.rstrip(","))
    return (Edit(Span(end, end), match["code"]),)


_WAYS: tuple[tuple[re.Pattern[str], Callable[[Reader, re.Match[str]], Edits | None]], ...] = (
    (re.compile(rf"in quotes: {_CODE}"), _write),
    (re.compile(rf"write {_CODE} (?:at the end|there)"), _close),
    (
        re.compile(
            r"\bremove (?:it|one|the comment|this block|this line|the line|the `(?:- |\?)`)"
            r"(?!\w| and)"
        ),
        _remove,
    ),
    (re.compile(rf"\bremove {_CODE}"), _remove_key),
    (re.compile(r"did you mean it instead|write it instead"), _rename),
    (
        re.compile(
            rf"\b(?:write|did you mean|try|for example) {_CODE}"
            r"(?! above| before| beside| below| with | and | in its place)"
        ),
        _write,
    ),
    (re.compile(rf"\b(?:add|such as) (?=`\w+: ){_CODE}"), _write),
    (re.compile(r"put (?:it|the text|the value|the whole value) in quotes"), _quotes),
    (re.compile(rf"\bwatch {_CODE}|{_CODE.replace('code', 'even')} is even"), _write),
    (re.compile(r"start it with `#`"), _comment),
    (re.compile(r"write a space"), _space),
)
