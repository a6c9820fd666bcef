"""Invisible characters in places where YAML allows only spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.text.edits import Applicability, Edit, Fix, apply
from amp_lint.text.line_scanner import Line
from amp_lint.text.look_alikes import SPACES, ZERO_WIDTH
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import Diagnosis, ErrorContext, diagnosis
from amp_schema.lite_dataclasses import dataclass

# Whether a text may hold such a character where only a space may be.
IN_STRUCTURE = re.compile(rf"(?:^|[\r\n]|:)[ \t-]*[{SPACES}{ZERO_WIDTH}]")
_BLANK = rf"[ \t{SPACES}{ZERO_WIDTH}]"
# What is in front of the content of a line: indentation and dashes.
_LEAD = re.compile(rf"{_BLANK}*(?:-{_BLANK}+)*")
# A key with its colon, and what separates it from its value.
_KEY = re.compile(rf"""["']?[\w$.-]+["']?[ \t]*:(?P<gap>{_BLANK}*)""")
_RUN = re.compile(rf"[{SPACES}]+|[{ZERO_WIDTH}]+")
_WIDE = re.compile(rf"[{SPACES}]")


@dataclass(frozen=True, slots=True)
class OddBlanks:
    """The invisible characters in the structure of a line. `edits` correct it; `keeps_places` says
    whether they keep the length of the line."""

    runs: tuple[Span, ...]
    edits: tuple[Edit, ...]
    keeps_places: bool


def invisible(error: ErrorContext) -> Diagnosis | None:
    """An invisible character where a space is due."""
    for line in error.lines[: error.here.number + 1]:
        odd = odd_blanks(error.text, error.lines, line)
        if odd is None:
            continue
        span = odd.runs[0]
        message = words(error.text, span, odd.edits[0])
        found = diagnosis(line, span, message, "invisible", fix=fix(error.text, odd.edits))
        if not odd.keeps_places:
            only = odd.edits[0]
            is_deleted = len(odd.edits) == 1 and not only.text
            rest = error.text[only.span.end : line.end]
            return found.without(only.span, rest) if is_deleted else found
        begin, end = odd.runs[0].start, odd.runs[-1].end
        moved = [Edit(Span(e.span.start - begin, e.span.end - begin), e.text) for e in odd.edits]
        return found.patched(Edit(Span(begin, end), apply(error.text[begin:end], moved)))
    return None


def words(text: str, span: Span, edit: Edit) -> str:
    """Return the message about a run of invisible characters, of which the first is named."""
    name = f"U+{ord(text[span.start]):04X}"
    if not edit.text:
        return f"the invisible character {name} is not a space, so YAML reads it as text; delete it"
    if _WIDE.match(text[span.start]):
        return f"{name} looks like a space but is another character; write a space"
    return f"the invisible character {name} is in the place of a space; write a space"


def fix(text: str, edits: tuple[Edit, ...]) -> Fix:
    """Return the fix that these edits are."""
    title = "Write a space" if edits[0].text else f"Delete U+{ord(text[edits[0].span.start]):04X}"
    return Fix(title, edits, Applicability.SAFE)


def odd_blanks(text: str, lines: list[Line], line: Line) -> OddBlanks | None:
    """Return the invisible characters in the structure of a line; None if it has none, or would be
    neither an item nor an entry without them."""
    raw = text[line.start : line.end]
    if line.inside or raw.isascii():
        return None
    lead = _LEAD.match(raw)
    content = lead.end() if lead else 0
    key = _KEY.match(raw, content)
    places = list(_RUN.finditer(raw, 0, content))
    is_bare = content == len(raw) or raw[content] in "#[]{}"
    if key is not None:
        places += _behind_colon(raw, key)
    elif not is_bare and "-" not in raw[:content]:
        return None
    if not places:
        return None
    # A whole indentation of them is in place of spaces, one among spaces may be too much.
    is_whole = content > 1 and _RUN.fullmatch(raw, 0, content) is not None
    shifts = key is not None and not is_whole and content not in _neighbours(text, lines, line)
    edits = tuple(
        Edit(Span(line.start + one.start(), line.start + one.end()), _instead(raw, one, shifts))
        for one in places
    )
    runs = tuple(edit.span for edit in edits)
    keeps = all(len(edit.text) == edit.span.end - edit.span.start for edit in edits)
    return OddBlanks(runs, edits, keeps)


def _behind_colon(raw: str, key: re.Match[str]) -> Iterator[re.Match[str]]:
    """The runs behind the colon of a key that are no part of its value."""
    start, end = key.span("gap")
    is_empty = end == len(raw) or raw[end] == "#"
    # Behind a space, an invisible character begins the value.
    if is_empty or raw[start : start + 1] not in (" ", "\t"):
        yield from _RUN.finditer(raw, start, end)


def _instead(raw: str, run: re.Match[str], shifts: bool) -> str:
    """Return what a run of invisible characters should be: spaces, or nothing where it moves the
    line out of its column or a space is there already."""
    sign = raw[run.start() - 1 : run.start()]
    if sign in (":", "-"):
        has_space = raw[run.end() : run.end() + 1] in ("", " ", "\t")
        return "" if has_space else " " * (run.end() - run.start())
    return "" if shifts else " " * len(run[0])


def _neighbours(text: str, lines: list[Line], line: Line) -> set[int]:
    """Return the columns of the lines around a line, in which other blanks count like spaces."""
    columns: set[int] = set()
    for near in (reversed(lines[: line.number]), lines[line.number + 1 :]):
        found = next((one for one in near if not one.blank and not one.inside), None)
        lead = _LEAD.match(text, found.start, found.end) if found is not None else None
        if found is not None and lead is not None:
            columns |= {lead.end() - found.start, lead[0].find("-")}
    return columns
