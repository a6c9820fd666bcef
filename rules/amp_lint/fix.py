"""What mends a finding: edits of the text, and how far they may be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from amp_lint.source import Span
from amp_schema.records import dataclass


class Applicability(str, Enum):
    """SAFE: the meaning stays, or only this can be meant. UNSAFE: a good guess."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters of `span` become `text`. An empty span inserts, an empty text removes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a finding.

    `title` is what a menu shows: an order, such as "Change to `schedule`". `edits` are in the order
    of the text and do not overlap; together they leave a document that parses.
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.UNSAFE

    @property
    def is_safe(self) -> bool:
        """Whether it may be applied without a look."""
        return self.applicability is Applicability.SAFE


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, which must not overlap; those at one place in the order given."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*parts, text[at:]))
