"""Dashes: doubled, without their space, or in front of a word that keys follow."""

from __future__ import annotations

import re

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import (
    WORD,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    last_below,
)

_TIGHT = re.compile(r"-[A-Za-z_]")
_DOUBLED = re.compile(r"--+[ \t]*(?=[A-Za-z_])")
_DASHES = re.compile(r"[ \t]*(?:-[ \t]+)*")
_ALIAS = re.compile(r"\*[\w-]+\Z")
_NAME = re.compile(r"""[A-Za-z_][\w.-]*\Z|"[^"\\]+"\Z|'[^']+'\Z""")
# The key by which an item is known, by the key of its list.
_IDENTITY = {
    "integrations": "name",
    "objects": "objectName",
    "requiredFields": "fieldName",
    "optionalFields": "fieldName",
}


def tight_dash(error: ErrorContext) -> Diagnosis | None:
    """A list item without a space behind its dash."""
    for line in error.suspects():
        if line.inside or not _TIGHT.match(error.words(line)):
            continue
        name = WORD.match(error.text, line.content + 1, line.end)
        span = Span(line.content, line.content + 1)
        shown = cut(name[0]) if name else ""
        message = f"a space is missing after the `-`; write `- {shown}`"
        until = last_below(error, line)
        fix = Fix("Add a space after the dash", (Edit(Span(span.end, span.end), " "),))
        return diagnosis(line, span, message, "no space after the dash", until=until, fix=fix)
    return None


def doubled_dash(error: ErrorContext) -> Diagnosis | None:
    """An item that starts with `--`, or with one dash more than the list has levels."""
    for line in error.suspects():
        match = None if line.inside else _DOUBLED.match(error.words(line))
        if match is not None and (line.key or " " not in error.words(line)[match.end() :]):
            return _one_dash(error, line, match)
    here = error.here
    if here.inside or here.dash >= 0 or here.key is None:
        return None
    item = next((one for one in _above(error, here) if one.indent < here.column), None)
    lead = None if item is None else _DASHES.match(error.text, item.start, item.end)
    if item is None or lead is None or item.key is None:
        return None
    dash = item.start + here.column
    if error.text[dash : dash + 1] != "-" or dash >= lead.end() or dash == item.start + item.indent:
        return None
    message = (
        "this second `- ` starts a list inside the list, to which the keys below do not belong; "
        "remove it"
    )
    surplus = Span(dash, item.content)
    fix = Fix("Remove the dash", (Edit(surplus, ""),))
    found = diagnosis(item, Span(dash, dash + 1), message, "one dash too many", fix=fix)
    return found.without(surplus, error.text[item.content : item.end])


def _above(error: ErrorContext, line: Line) -> list[Line]:
    return [n for n in reversed(error.lines[: line.number]) if not n.blank and not n.inside]


def _one_dash(error: ErrorContext, line: Line, match: re.Match[str]) -> Diagnosis:
    """Explain an item that starts with several dashes."""
    count = match[0].count("-")
    start = line.content + match.end()
    span = Span(line.content, line.content + count)
    word = WORD.match(error.text, start, line.end)
    message = (
        "an item of a list starts with one `-` and a space; write "
        f"`- {cut(word[0]) if word else ''}`"
    )
    below = next((n for n in error.lines[line.number + 1 :] if not n.blank), None)
    has_space = count < match.end()
    is_in_place = below is not None and below.column == line.column + match.end()
    right = "-".ljust(count) if is_in_place or not has_space else "-"
    fix = Fix("Write one dash", (Edit(span, right),))
    found = diagnosis(line, span, message, "write -", until=last_below(error, line), fix=fix)
    if len(right) == count:
        return found.patched(Edit(span, right))
    surplus = Span(span.start + 1, span.end)
    return found.without(surplus, error.text[surplus.end : line.end])


def item_before_keys(error: ErrorContext) -> Diagnosis | None:
    """An item that is a word or an alias, followed by keys that are meant to be its own."""
    here = error.here
    if here.inside or here.dash >= 0 or here.key is None:
        return None
    for line in error.suspects():
        if line is here or line.inside or line.key is not None or line.column > here.column:
            continue
        words = error.words(line).split(" #")[0].rstrip()
        span = Span(line.content, line.content + len(words))
        start = Span(span.start, span.start)
        if _ALIAS.match(words):
            what = "is the whole item, to which no keys can be added"
            if line.dash < 0:
                what = "is neither a key nor its value"
            message = f"`{words}` {what}; to take over the keys of its anchor, write `<<: {words}`"
            fix = Fix(f"Write `<<: {words}`", (Edit(start, "<<: "),))
            return diagnosis(line, span, message, "write <<", fix=fix)
        key = _identity(error, line) if line.dash >= 0 and _NAME.match(words) else ""
        if key:
            message = (
                f"`{words}` is the whole item, to which no keys can be added; write "
                f"`- {key}: {words}`"
            )
            fix = Fix(f"Write `{key}: {words}`", (Edit(start, f"{key}: "),))
            is_beside = here.column == line.column
            return diagnosis(line, span, message, "no key", fix=fix if is_beside else None)
    return None


def _identity(error: ErrorContext, line: Line) -> str:
    """Return the key by which the item of a line is known, by the list that it is in."""
    for other in _above(error, line):
        if other.key and other.column <= line.dash and other.value[0] == other.value[1]:
            return _IDENTITY.get(error.text[slice(*other.key)], "")
        if other.indent < line.dash:
            return ""
    return "name"
