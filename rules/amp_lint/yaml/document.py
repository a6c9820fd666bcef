"""A source with everything reading it brought to light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from amp_lint.text.edits import Fix
from amp_lint.text.source import Source, Span
from amp_lint.yaml.nodes import Alias, Mapping, Node, Scalar
from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    ProblemKind = Literal["syntax", "unsupported", "extra-document"]


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Something in the text that keeps it, or a part of it, from being read as meant.

    `fatal` is False if the platform reads the file anyway. `fixes` are set if the text alone shows
    what to change.
    """

    kind: ProblemKind
    span: Span
    message: str
    label: str = ""
    fatal: bool = True
    fixes: tuple[Fix, ...] = ()


@dataclass(slots=True)
class Document:
    """The tree of a source, and the faults found on the way to it.

    `mappings` and `aliases` are in the order of the text, without the mappings that a syntax error
    mixed up. `empty` are the values that are not there. `root` is None for a text that holds
    nothing. `whole` is False when a syntax error cut something out of the tree.
    """

    source: Source
    root: Node | None = None
    faults: list[SyntaxProblem] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    whole: bool = True
    empty: list[Scalar] = field(default_factory=list)

    @property
    def parses(self) -> bool:
        """Whether the platform can read the text at all."""
        return self.whole and not any(fault.fatal for fault in self.faults)
