"""Texts for people that go on in a second line, with a colon in it."""

from __future__ import annotations

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.source import Span
from amp_lint.yaml.emitter import in_quotes
from amp_lint.yaml.syntax_errors.context import Diagnosis, ErrorContext, diagnosis
from amp_schema.manifest_schema import places_of_key

_KEYS = ("displayName", "mapToDisplayName", "prompt")


def continued_text(error: ErrorContext) -> Diagnosis | None:
    """The second line of a prompt, which a colon makes look like a key."""
    line, above = error.here, error.above
    if line.inside or line.key is None or line.dash >= 0 or above is None or above.key is None:
        return None
    name = error.text[slice(*above.key)]
    first = error.text[slice(*above.value)]
    is_text = bool(first) and first[0] not in "\"'|>&*!"
    if name not in _KEYS or not is_text or line.column <= above.column:
        return None
    if above.number + 1 != line.number or places_of_key(error.text[slice(*line.key)]):
        return None
    end = line.start + len(error.text[line.start : line.end].rstrip())
    text = f"{first} {error.text[line.content : end]}"
    span = Span(line.colon, line.colon + 1)
    message = (
        f"the text of `{name}` goes on here, and `: ` makes a key of it; put the whole text in "
        "quotes"
    )
    fix = Fix("Put the text in quotes", (Edit(Span(above.value[0], end), in_quotes(text, '"')),))
    return diagnosis(line, span, message, "no colon without quotes", fix=fix)
