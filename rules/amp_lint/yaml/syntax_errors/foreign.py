"""Text that is not YAML: templates, placeholders, and characters that look like those of YAML."""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.line_scanner import Line
from amp_lint.text.look_alikes import as_ascii, look_alike
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import Diagnosis, ErrorContext, diagnosis, line_number

# Statements and comments of a template, and values that it fills in.
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}|<%.*?%>")
_FILLED_IN = re.compile(r"\{\{.*?\}\}[^\s,\]}#]*")
# How a line begins that would be an item, or an entry, if its look-alikes were ASCII.
_ITEM = re.compile(r"-[ \t]+\S")
_ENTRY = re.compile(r"(?:-[ \t]+)*[\w$.\-]+[ \t]*:(?:[ \t]|\Z)")


def template(error: ErrorContext) -> Diagnosis | None:
    """Marks of a template language, which nobody fills in."""
    statements = [one for one in _STATEMENT.finditer(error.text) if _is_read(error, one.start())]
    values = (one for one in _FILLED_IN.finditer(error.text) if _is_read(error, one.start()))
    first = next(iter(statements), None) or next(values, None)
    if first is None:
        return None
    message = (
        f"`{first[0][:2]}` starts a template expression, which the platform does not replace; lint "
        "and deploy the rendered manifest"
    )
    line = error.lines[line_number(error.lines, first.start())]
    found = diagnosis(line, Span(*first.span()), message, "template", certain=bool(statements))
    if not statements:
        return found
    whole = Span(first.start(), statements[-1].end())
    return found.patched(Edit(whole, _STATEMENT.sub(_blank, error.text[slice(*whole)])))


def _is_read(error: ErrorContext, offset: int) -> bool:
    """Whether an offset is in text that is read, and not in quotes or in a comment."""
    line = error.lines[line_number(error.lines, offset)]
    start, end = line.value
    return not line.blank and not line.inside and start == offset < end


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def foreign_character(error: ErrorContext) -> Diagnosis | None:
    """A dash, a colon, a quote or a blank that only looks like the one of YAML."""
    for line in error.suspects():
        shown = error.text[line.start : line.end]
        plain = as_ascii(shown)
        if line.inside or plain == shown:
            continue
        found = look_alike(shown)
        at = line.start + (found.index if found else 0)
        if found is None or found.ascii.isalnum() or not _matters(line, plain, found.index):
            continue
        name = {" ": "a space", "'": "a single quote", '"': "a double quote"}.get(found.ascii)
        message = f"{found.shown} looks like {name or f'`{found.ascii}`'} but is another character"
        span = Span(at, at + 1)
        changes = tuple(
            Edit(Span(line.start + n, line.start + n + 1), plain[n])
            for n, one in enumerate(shown)
            if one != plain[n] and one == found.character
        )
        sign = "a space" if found.ascii == " " else f"`{found.ascii}`"
        fix = Fix(f"Write {sign}", changes, Applicability.SAFE)
        patch = Edit(span, found.ascii)
        return diagnosis(
            line, span, f"{message}; write {name or f'`{found.ascii}`'}", f"not {sign}", fix=fix
        ).patched(patch)
    return None


def _matters(line: Line, plain: str, index: int) -> bool:
    """Whether the line would be an item or an entry with ASCII characters, up to a place."""
    words = plain[len(plain) - len(plain.lstrip()) :]
    at = index - (len(plain) - len(words))
    if at < 0 or (_ITEM.match(words) and at == 0):
        return True
    entry = _ENTRY.match(words)
    is_in_key = entry is not None and at < entry.end() and line.key is None
    return is_in_key or line.start + index == line.value[0]
