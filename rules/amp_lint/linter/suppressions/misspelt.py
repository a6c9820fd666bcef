"""Comments that are meant to suppress findings and are written in another way: they name a rule,
and begin with `amp-ignore`, `AMP:IGNORE`, `amp:disable` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.linter.suppressions.model import FOREIGN
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.linter.suppressions.model import SuppressionScope

# A comment that begins like one of this tool, and the way in which it goes on.
_BEGINNING = pattern(
    r"#+[ \t]*@?amp(?:[ _-]?lint)?[ \t]*[:._/-]?[ \t]*"
    r"(?:ignore|disable|suppress|skip|allow|nolint|noqa)"
    r"(?P<file>[:._ -]?(?:file|files|all)\b)?(?:[:._ -]?(?:next|this|line|rule|comment)s?)*"
    r"[ \t]*[:=]?[ \t]*",
)
_ID = r"[a-z]+(?:[-_][a-z]+)*"
_LIST = pattern(rf"(?P<open>[\[({{<]?)[ \t]*(?P<ids>{_ID}(?:[,;| \t]+{_ID})*)")
_SEPARATOR = pattern(r"[ \t]*[,;|][ \t]*|[ \t]+")
_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}


@dataclass(frozen=True, slots=True)
class MisspeltSuppression:
    """A comment that should be a suppression. `span` is what has to be replaced, `written` what it
    should be, `scopes` what it would cover."""

    span: Span
    written: str
    scopes: tuple[SuppressionScope, ...]


def as_suppression(text: str, comment: Span) -> tuple[Span, bool, list[str]] | None:
    """Return the characters of a comment that stand for a suppression, whether it is one of the
    whole file, and the ids of the rules; None for a comment that names no rule."""
    start = _BEGINNING.match(text.lower(), *comment)
    listed = _LIST.match(text, start.end(), comment.end) if start is not None else None
    if start is None or listed is None:
        return None
    ids, end = _known_first(listed["ids"])
    if not ids:
        return None
    stop = listed.start("ids") + end
    closing = _CLOSING.get(listed["open"], "")
    if closing:
        behind = text.find(closing, stop, comment.end)
        if behind < 0 or text[stop:behind].strip():
            return None
        stop = behind + 1
    return Span(comment.start, stop), start["file"] is not None, ids


def _known_first(text: str) -> tuple[list[str], int]:
    """Return the ids of rules at the start of a text, and where they end."""
    from amp_lint.linter.registry import rules

    ids: list[str] = []
    at = end = 0
    while at < len(text):
        separator = _SEPARATOR.search(text, at)
        stop = separator.start() if separator is not None else len(text)
        name = text[at:stop].replace("_", "-")
        if name not in rules() and name not in FOREIGN:
            break
        ids.append(name)
        end = stop
        at = separator.end() if separator is not None else len(text)
    return ids, end
