"""The shape of a manifest: what the JSON Schema says of the tree, in the user's words."""

from __future__ import annotations

from dataclasses import dataclass

from amp_lint.document import Document
from amp_lint.finding import Severity
from amp_lint.tree import Entry, Node


@dataclass(frozen=True, slots=True)
class Misshape:
    """A breach of the schema, already assigned to the rule that reports it."""

    rule: str
    at: Node | Entry
    message: str
    label: str = ""
    severity: Severity | None = None


def misshapes(document: Document) -> dict[str, list[Misshape]]:
    """Everything the schema finds wrong, by the id of the rule that reports it."""
    return {}
