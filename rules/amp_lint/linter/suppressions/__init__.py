"""Comments that suppress findings: `# amp:ignore`, `# amp:ignore[id, id]`, `# amp:ignore-file[id]`.

What a comment covers is a scope, a span of the text: the entry or item below it, or its own line
and the last entry or item that begins there. A scope records which findings start in it, so that a
comment that suppresses nothing can be told from one that does. `model` holds the suppressions and
their scopes, `reader` finds the comments, `sections` finds the entries and items around a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.linter.suppressions.model import (
    FOREIGN,
    NEVER_SUPPRESSED,
    Name,
    Suppression,
    Suppressions,
    SuppressionScope,
)

if TYPE_CHECKING:
    from amp_lint.yaml.document import Document

__all__ = [
    "FOREIGN",
    "NEVER_SUPPRESSED",
    "Name",
    "Suppression",
    "SuppressionScope",
    "Suppressions",
    "read_suppressions",
]


def read_suppressions(document: Document) -> Suppressions:
    """Find the suppressions of a document."""
    text = document.source.text
    if "amp:ignore" not in text and not _may_be_misspelt(text.lower()):
        return Suppressions()
    from amp_lint.linter.suppressions.reader import suppressions_of

    return suppressions_of(document)


def _may_be_misspelt(text: str) -> bool:
    return any(start in text for start in ("# amp", "#amp", "#\tamp", "#  amp", "@amp"))
