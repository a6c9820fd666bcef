"""Ids of rules that follow `amp:ignore` without brackets."""

from __future__ import annotations

from amp_schema.patterns import pattern

_IDS = pattern(r"[ :=(]+(?P<ids>[a-z]+(?:-[a-z]+)+(?:[ ]*[, ][ ]*[a-z]+(?:-[a-z]+)+)*)\)?")
_SEPARATOR = pattern(r"[ ,]+")


def loose_ids(text: str, offset: int) -> tuple[list[str], int]:
    """Return the ids that begin at an offset, and where they end; none if one is no rule."""
    match = _IDS.match(text, offset)
    if match is None:
        return [], offset
    from amp_lint.linter.registry import rules

    ids = _SEPARATOR.split(match["ids"])
    known = rules()
    return (ids, match.end()) if all(one in known for one in ids) else ([], offset)
