"""Colons and dashes: missing, doubled, or without their space."""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import (
    WORD,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    last_below,
)

_TIGHT_COLON = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/])(?P<rest>.*)")
_TIGHT_DASH = re.compile(r"-[A-Za-z_]")
_PLAIN = re.compile(r"[^\s#\[\]{}&*!|>%@`'\"?:,-]")


def tight_dash(scene: ErrorContext) -> Diagnosis | None:
    """A list item without a space behind its dash."""
    for line in scene.suspects():
        if line.inside or not _TIGHT_DASH.match(scene.words(line)):
            continue
        name = WORD.match(scene.text, line.content + 1, line.end)
        span = Span(line.content, line.content + 1)
        shown = cut(name[0]) if name else ""
        message = f"a space is missing after the `-`; write `- {shown}`"
        until = last_below(scene, line)
        return diagnosis(line, span, message, "no space after the dash", until=until)
    return None


def tight_colon(scene: ErrorContext) -> Diagnosis | None:
    """A key without a space behind its colon."""
    for line in scene.suspects():
        match = _TIGHT_COLON.match(scene.words(line))
        if line.inside or line.key or match is None:
            continue
        key = match["key"]
        end = line.content + len(key) + 1
        message = f"a space is missing after `{key}:`; without it the line is no key and value"
        fix = Fix(
            f"Add a space after `{cut(key)}:`", (Edit(Span(end, end), " "),), Applicability.SAFE
        )
        return diagnosis(
            line, Span(line.content, end), message, "no space after the colon", fix=fix
        )
    return None


def second_colon(scene: ErrorContext) -> Diagnosis | None:
    """A value that holds what looks like another key or a list."""
    line = scene.here
    start, end = line.value
    value = scene.text[start:end]
    if line.key is None or line.inside or not value or "flow" in scene.failure.problem:
        return None
    name = scene.text[slice(*line.key)]
    if value.startswith("- "):
        message = (
            f"a list cannot start on the line of its key; put `{cut(value)}` on the line below"
        )
        return diagnosis(line, Span(start, end), message, until=last_below(scene, line))
    if (
        re.search(r":( |$)", value)
        and start <= scene.failure.offset <= end
        and value[0] not in "[{"
    ):
        message = (
            f"the value of `{name}` holds a colon followed by a space, which YAML reads as another "
            "key; put the value in quotes"
        )
        # Several blanks, or a key at the end: a line end has been lost, and indentation with it.
        nested = value.endswith(":") or "   " in value
        until = last_below(scene, line) if nested else -1
        span = Span(start, end)
        return diagnosis(line, span, message, "needs quotes", until=until, certain=not nested)
    return None


def no_key(scene: ErrorContext) -> Diagnosis | None:
    """A colon without a key in front of it."""
    line = scene.here
    if line.inside or not re.match(r":(\s|$)", scene.words(line)):
        return None
    message = "there is no key before this colon"
    span = Span(line.content, line.content + 1)
    return diagnosis(line, span, message, "no key", certain=False)


def no_colon(scene: ErrorContext) -> Diagnosis | None:
    """A line that is neither key nor list item."""
    asks = "expected ':'" in scene.failure.problem or "expected ':'" in str(scene.failure)
    for line in (scene.begin, scene.above, scene.here) if asks else (scene.above, scene.here):
        if line is None or line.blank or line.inside or line.key or line.tab >= 0:
            continue
        words = scene.words(line)
        if not _PLAIN.match(words) or (line is scene.here and line.dash >= 0):
            continue
        if line.dash >= 0 and scene.here.column < line.column:
            continue
        start, end = line.value
        first = WORD.match(words)
        key = first[0].rstrip(":") if first else words
        rest = words[len(key) :].strip().removeprefix("=").lstrip()
        shown = f"`{key}: {rest}`" if rest and len(rest) < 40 else f"`{key}:` and its value"
        message = (
            f"`{key}` has no colon, so this line is neither a key nor part of a list; write {shown}"
        )
        return diagnosis(line, Span(start, end), message, "no colon")
    return None
