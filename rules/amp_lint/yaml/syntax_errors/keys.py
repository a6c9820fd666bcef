"""Colons: missing, doubled, or without their space."""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.joined_keys import bare_key, joined_key, sign_words
from amp_lint.text.line_scanner import Line
from amp_lint.text.name_slips import name_alone, takes_any_text, takes_text_for_people
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import (
    COLLECTIONS,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    last_below,
)
from amp_lint.yaml.syntax_errors.quotes import quoted_value
from amp_schema.lite_dataclasses import replace
from amp_schema.manifest_schema import places_of_key

_TIGHT_COLON = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/])(?P<rest>.*)")
# A suppression without the sign of a comment.
_COMMENT = re.compile(r"amp-?lint:|amp:(?:ignore|disable)")
# What may be behind the colon of a key whose value is on the lines below.
_BLOCK_HEADER = re.compile(r"(?:[ \t]+[|>][-+]?)?")
_NOT_BREAK = re.compile(r"[^\r\n]")
_CRON = re.compile(r"[\d*/,-]+(?:[ \t]+[\w*/,-]+){4}\Z")
# Another key on the line of a value.
_SECOND_KEY = re.compile(r"[,;]?[ \t]+(?P<dash>-[ \t]+)?(?=(?P<key>[A-Za-z]+):(?:[ \t]|\Z))")
# A field and the name that it is mapped to.
_MAPPED = re.compile(r"(?P<field>[\w$.-]+):[ \t]+(?P<name>[\w-]+)")
_NAME = re.compile(r"[\w$./-]+")
_PLAIN = re.compile(r"[^\s#\[\]{}&*!|>%@`'\"?:,-]")


def tight_colon(error: ErrorContext) -> Diagnosis | None:
    """A key without a space behind its colon."""
    for line in error.suspects():
        match = _TIGHT_COLON.match(error.words(line))
        if line.inside or line.key or match is None:
            continue
        key = match["key"]
        if _COMMENT.match(error.words(line)):
            return _no_hash(line, error.words(line))
        end = line.content + len(key) + 1
        rest = match["rest"].rstrip()
        right = cut(f'{key}: "{rest}"' if rest[0] in "*%@`" else f"{key}: {rest}")
        message = f"a space is missing after the colon of `{key}`; write `{right}`"
        fix = Fix(
            f"Add a space after `{cut(key)}:`", (Edit(Span(end, end), " "),), Applicability.SAFE
        )
        return diagnosis(
            line, Span(line.content, end), message, "no space after the colon", fix=fix
        )
    return None


def _no_hash(line: Line, words: str) -> Diagnosis:
    """Explain a suppression that does not begin as a comment."""
    message = f"a comment starts with `#`; write `# {cut(words)}`"
    span = Span(line.content, line.content + len(words))
    fix = Fix("Start it with `#`", (Edit(Span(span.start, span.start), "# "),))
    found = diagnosis(line, span, message, "no #", fix=fix)
    return found.patched(Edit(span, "#".ljust(len(words))))


def second_colon(error: ErrorContext) -> Diagnosis | None:
    """A value that holds what looks like another key or a list."""
    line = error.here
    start, end = line.value
    value = error.text[start:end]
    if line.key is None or line.inside or not value or "flow" in error.failure.problem:
        return None
    name = error.text[slice(*line.key)]
    joined = [one for one in _SECOND_KEY.finditer(value) if places_of_key(one["key"])]
    if joined and value[0] not in "[{\"'" and not value.startswith("- "):
        return _two_keys(line, joined)
    if value.startswith("- "):
        message = f"a list cannot start on the line of its key; put `{cut(value)}` on the next line"
        return diagnosis(line, Span(start, end), message, until=last_below(error, line))
    if (
        re.search(r":( |$)", value)
        and start <= error.failure.offset <= end
        and value[0] not in "[{"
    ):
        is_word = bool(places_of_key(name)) and not takes_any_text(name)
        message = (
            f"the value of `{name}` contains a colon followed by a space, which YAML reads as "
            f"another key; {'write one value' if is_word else 'put the value in quotes'}"
        )
        # Several blanks, or a key at the end: a line end has been lost, and indentation with it.
        nested = value.endswith(":") or "   " in value
        if nested and (alone := name_alone(name, value)) and last_below(error, line) == line.number:
            return _colon_at_end(line, value, alone)
        until = last_below(error, line) if nested else -1
        span = Span(start, end)
        fix = None if nested or is_word else quoted_value(error, line)
        return diagnosis(
            line, span, message, "needs quotes", until=until, certain=not nested, fix=fix
        )
    return None


def two_names(error: ErrorContext) -> Diagnosis | None:
    """A field with the name that it is mapped to: `fieldName: phone: tel`."""
    line = error.here
    both = _MAPPED.fullmatch(error.text, *line.value)
    if both is None or line.key is None or line.inside:
        return None
    if error.text[slice(*line.key)] != "fieldName" or places_of_key(both["field"]):
        return None
    field, name = both["field"], both["name"]
    message = f"`fieldName` names one field; write `fieldName: {field}` with `mapToName: {name}`"
    span = Span(*line.value)
    following = error.lines[line.number + 1 : line.number + 2]
    is_mapped = any(one.key and error.text[slice(*one.key)] == "mapToName" for one in following)
    indent = " " * (line.key[0] - line.start)
    line_break = "\r\n" if "\r\n" in error.text else "\n"
    edit = Edit(span, f"{field}{line_break}{indent}mapToName: {name}")
    fix = None if is_mapped else Fix("Write both keys", (edit,))
    found = diagnosis(line, span, message, "two names", fix=fix)
    return found.patched(Edit(span, field.ljust(span.end - span.start)))


def _colon_at_end(line: Line, value: str, alone: str) -> Diagnosis:
    """Explain a name with a colon at its end."""
    span = Span(*line.value)
    message = f"`{cut(value)}` ends with a colon, which YAML reads as the end of a key; write "
    fix = Fix(f"Change to `{cut(alone)}`", (Edit(span, alone),))
    found = diagnosis(line, span, f"{message}`{cut(alone)}`", "remove the colon", fix=fix)
    return found.patched(Edit(span, alone.ljust(len(value))))


def _two_keys(line: Line, joined: list[re.Match[str]]) -> Diagnosis:
    """Explain keys that share a line."""
    start = line.value[0]
    key = joined[0]["key"]
    edits = tuple(
        Edit(Span(start + one.start(), start + one.end()), _new_line(line, bool(one["dash"])))
        for one in joined
    )
    message = f"`{key}` is another key on the same line; write each key on its own line"
    span = Span(start + joined[0].start("key"), start + joined[0].end("key") + 1)
    fix = Fix(f"Put `{key}` on its own line", edits)
    return diagnosis(line, span, message, "another key", fix=fix)


def _new_line(line: Line, is_item: bool) -> str:
    """Return the break and the start of a line for another key, or item, beside that of a line."""
    if is_item and line.dash >= 0:
        return f"\n{' ' * line.dash}- "
    return f"\n{' ' * line.column}"


def no_key(error: ErrorContext) -> Diagnosis | None:
    """A colon without a key in front of it."""
    line = error.here
    if line.inside or not re.match(r":(\s|$)", error.words(line)):
        return None
    message = "there is no key before this colon; write one, or remove the colon"
    span = Span(line.content, line.content + 1)
    return diagnosis(line, span, message, "no key", certain=False)


def value_below(error: ErrorContext) -> Diagnosis | None:
    """The value of a key on the line below it, not indented."""
    for line in error.suspects():
        if line.inside or line.key or line.dash >= 0 or line.tab >= 0 or line.opens >= 0:
            continue
        above = _empty_key_above(error, line)
        start, end = line.value
        value = error.text[start:end].rstrip()
        if above is None or above.key is None or not _is_value(error, above, value):
            continue
        key = error.text[slice(*above.key)]
        right = f'"{value}"' if value[0] in "*%@`" else value
        message = (
            f"`{cut(value)}` is not indented, so it is not the value of `{key}`; write "
            f"`{key}: {cut(right)}`"
        )
        colon = Span(above.colon + 1, above.end)
        moved = (Edit(colon, f" {right}"), Edit(_whole_line(error, line), ""))
        fix = Fix(f"Move it after `{key}:`", moved)
        found = diagnosis(line, Span(start, end), message, "not indented", fix=fix)
        return _moved_up(error, found, above.colon + 1) if right == value else found
    return None


def _moved_up(error: ErrorContext, found: Diagnosis, behind: int) -> Diagnosis:
    """Return a diagnosis of a value with the patch that moves it up, to behind a colon."""
    start, end = found.span
    gap = error.text[behind:start]
    if not gap.endswith(" "):
        return found
    filler = _NOT_BREAK.sub(" ", gap[:-1])
    patch = Edit(Span(behind, end), f" {error.text[start:end]}{filler}")
    return replace(found, patch=patch, surplus=Span(behind + 1, start))


def _empty_key_above(error: ErrorContext, line: Line) -> Line | None:
    """Return the line above if it is a key without a value, in the same column or further right."""
    above = next((one for one in reversed(error.lines[: line.number]) if not one.blank), None)
    if above is None or above.key is None or line.column > above.column:
        return None
    is_open = _BLOCK_HEADER.fullmatch(error.text, above.colon + 1, above.end) is not None
    return above if is_open else None


def _is_value(error: ErrorContext, line: Line, value: str) -> bool:
    """Whether a text without a key may be the value of the key on a line."""
    key = error.text[slice(*line.key)] if line.key else ""
    if not places_of_key(key):
        return False
    if value[0] in "[{":
        return key in COLLECTIONS
    is_one = " " not in value or value[0] in "\"'" or (key == "schedule" and _CRON.match(value))
    return key not in COLLECTIONS and bool(is_one) and not value.startswith(("...", "…"))


def no_colon(error: ErrorContext) -> Diagnosis | None:
    """A line that is neither key nor list item."""
    asks = "expected ':'" in error.failure.problem or "expected ':'" in str(error.failure)
    for line in (error.begin, error.above, error.here) if asks else (error.above, error.here):
        if line is None or line.blank or line.inside or line.key or line.tab >= 0:
            continue
        words = error.words(line)
        if not _PLAIN.match(words) or (line is error.here and line.dash >= 0):
            continue
        if line.dash >= 0 and error.here.column < line.column:
            continue
        return _without_colon(error, line, words)
    return None


def _without_colon(error: ErrorContext, line: Line, words: str) -> Diagnosis:
    """Explain a line of `words` that has no colon."""
    start, end = line.value
    span = Span(start, end)
    if words.startswith(("...", "…")):
        message = f"`{cut(words)}` is a placeholder for omitted text, not YAML; remove it"
        fix = Fix(f"Remove `{cut(words)}`", (Edit(_whole_line(error, line), ""),))
        return diagnosis(line, span, message, "left out", fix=fix)
    key = words.rstrip()
    found = _bare_key(error, line) or _joined_with_value(line, error.text[slice(*line.value)])
    if found is not None:
        return found
    if " " in key or not _NAME.fullmatch(key):
        text_of = _text_above(error, line)
        if text_of is not None:
            return text_of
        message = (
            f"`{cut(words.rstrip())}` is neither a key nor an item of a list; if it is a comment, "
            "start it with `#`"
        )
        fix = Fix("Make it a comment", (Edit(Span(line.content, line.content), "# "),))
        return diagnosis(line, span, message, "no key", fix=fix)
    if line.column == 0:
        message = f"`{cut(key)}` is no part of a manifest; remove this line"
        fix = Fix("Remove the line", (Edit(_whole_line(error, line), ""),), Applicability.MANUAL)
        return diagnosis(line, span, message, "not a key", fix=fix)
    message = (
        f"`{cut(key)}` has no colon, so it is neither a key nor an item of a list; write "
        f"`{cut(key)}: ...`, or `- {cut(key)}` if it is an item"
    )
    return diagnosis(line, span, message, "no colon")


def _text_above(error: ErrorContext, line: Line) -> Diagnosis | None:
    """Explain a line that goes on with the text of the key above, and is not indented for that."""
    above = error.lines[line.number - 1] if line.number else None
    if above is None or above.blank or above.inside or above.key is None or line.dash >= 0:
        return None
    key, value = error.text[slice(*above.key)], error.text[slice(*above.value)]
    is_whole = above.value[1] == above.end and value and value[0] not in "\"'|>[{&*!"
    if not takes_text_for_people(key) or not is_whole or line.column > above.column:
        return None
    words = error.text[line.content : line.end].rstrip()
    message = (
        f"`{cut(words)}` is not indented deeper than `{key}`, so it is not part of its value; "
        "write it on the line above"
    )
    fix = Fix(f"Move it behind `{key}`", (Edit(Span(above.end, line.content), " "),))
    return diagnosis(line, Span(*line.value), message, "not indented", fix=fix)


def _joined_with_value(line: Line, text: str) -> Diagnosis | None:
    """Explain a key and its value that something else than a colon separates."""
    joined = joined_key(text)
    if joined is None:
        return None
    if not (places_of_key(joined.key) or joined.is_assigned or joined.key == "<<"):
        return None
    fix = Fix(f"Write `{joined.key}:`", joined.edits(*line.value))
    message = f"`{cut(text)}` {joined.slip}; write {joined.right}"
    return diagnosis(line, Span(*line.value), message, "no colon", fix=fix)


def _bare_key(error: ErrorContext, line: Line) -> Diagnosis | None:
    """Explain a known key with lines below it that has no colon."""
    start, end = line.value
    bare = bare_key(error.text[start:end])
    if bare is None or not places_of_key(bare[0]) or bare[0] not in COLLECTIONS:
        return None
    key, sign = bare
    gap = Span(start + len(key), end)
    message = f"`{key}` {sign_words(sign)}; write `{key}:`"
    fix = Fix(f"Write `{key}:`", (Edit(gap, ":"),))
    found = diagnosis(line, Span(start, end), message, "no colon", fix=fix)
    return found.patched(Edit(gap, ":".ljust(len(sign)))) if sign else found


def _whole_line(error: ErrorContext, line: Line) -> Span:
    """Return the span of a line with its break."""
    lines, number = error.lines, line.number + 1
    return Span(line.start, lines[number].start if number < len(lines) else line.end)
