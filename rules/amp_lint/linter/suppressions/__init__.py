"""Comments that suppress findings: `# amp:ignore`, `# amp:ignore[id, id]`, `# amp:ignore-file[id]`.

What a comment covers is a scope, a span of the text: the entry or item below it, or its own line
and the last entry or item that begins there. A scope records which findings start in it, so that a
comment that suppresses nothing can be told from one that does. `model` holds the suppressions and
their scopes, `reader` finds the comments, `sections` finds the entries and items around a comment.
"""

from __future__ import annotations

from amp_lint.linter.suppressions.model import (
    FOREIGN,
    NEVER_SUPPRESSED,
    Name,
    Suppression,
    Suppressions,
    SuppressionScope,
)
from amp_lint.linter.suppressions.reader import read_suppressions

__all__ = [
    "FOREIGN",
    "NEVER_SUPPRESSED",
    "Name",
    "Suppression",
    "SuppressionScope",
    "Suppressions",
    "read_suppressions",
]
