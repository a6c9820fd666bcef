"""Lines that are indented with characters that look like spaces.

The platform reads them as keys at the top of the manifest and ignores them.
"""

from __future__ import annotations

from amp_lint.yaml.document import Document
from amp_lint.yaml.parser import limit_aliases, parse_text
from amp_lint.yaml.recovery.whole_text import corrected
from amp_lint.yaml.tree_builder import ParseFailure
from amp_schema.lite_dataclasses import replace


def indented(document: Document) -> Document | None:
    """Return the document with spaces in place of such characters, and the problem that they are;
    None if it cannot be parsed so."""
    whole = corrected(document.source.readable_text(), document.source.line_starts)
    try:
        built = parse_text(whole.text, part=True)
    except ParseFailure:
        return None
    if not whole.problems or built.issues:
        return None
    limit_aliases(built)
    problem = whole.problems[0]
    message = f"{problem.message}; the platform reads a key at the top there, and ignores it"
    faults = [*document.faults, replace(problem, message=message)]
    found = Document(document.source, built.root, faults, built.mappings, built.aliases, False)
    return replace(found, empty=built.empty)
