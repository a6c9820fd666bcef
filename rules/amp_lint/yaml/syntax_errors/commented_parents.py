"""Lines that belong under a key that is a comment: `# backfill:`."""

from __future__ import annotations

from amp_lint.text.commented_keys import commented_key_above
from amp_lint.text.edits import Edit, Fix
from amp_lint.yaml.syntax_errors.context import COLLECTIONS, Diagnosis, ErrorContext, diagnosis


def commented_parent(error: ErrorContext) -> Diagnosis | None:
    """A comment that holds a key of a section or a list, right above the line that fails and is
    indented deeper."""
    line = error.here
    found = commented_key_above(error.text, line.start)
    if found is None or found.key not in COLLECTIONS or line.inside:
        return None
    column = line.dash if line.dash >= 0 else line.indent
    if column < found.column or (line.dash < 0 and column == found.column):
        return None
    above = error.lines[: line.number]
    comment = next(one for one in reversed(above) if one.start <= found.span.start)
    width = found.sign.end - found.sign.start
    name = f"{found.key}:"
    message = f"`{name}` is a comment, and the lines below it belong under it; remove the `#`"
    fix = Fix("Remove the `#`", (Edit(found.sign, ""),))
    made = diagnosis(comment, found.span, message, "a comment", until=line.number, fix=fix)
    return made.patched(Edit(found.span, name + " " * width))
