"""Lines that are indented with characters that look like spaces.

The platform reads them as keys at the top of the manifest and ignores them.
"""

from __future__ import annotations

from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import Mapping
from amp_lint.yaml.parser import parse_text
from amp_lint.yaml.recovery.whole_text import corrected
from amp_lint.yaml.tree_builder import Built, ParseFailure
from amp_schema.lite_dataclasses import replace
from amp_schema.manifest_schema import is_required


def indented(
    root: Mapping, text: str, starts: list[int], *, pure: bool
) -> tuple[Built, SyntaxProblem] | None:
    """Return the text with spaces in place of such characters, parsed, and the problem that they
    are; None if it cannot be parsed so. It is fatal if the platform misses a required key."""
    whole = corrected(text, starts)
    try:
        built = parse_text(whole.text, pure=pure, part=True)
    except ParseFailure:
        return None
    if not whole.problems:
        return None
    odd = [one.name.strip() for one in root.entries if one.name[:1].isspace()]
    fatal = any(name.startswith("-") or is_required(name) for name in odd)
    problem = whole.problems[0]
    message = f"{problem.message}; the platform reads a key at the top there, and ignores it"
    return built, replace(problem, message=message, fatal=fatal)
