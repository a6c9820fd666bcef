"""A source with everything reading it brought to light."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from amp_lint.source import Source, Span
from amp_lint.tree import Alias, Mapping, Node

FaultKind = Literal["syntax", "unsupported", "extra-document"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text that keeps it, or a part of it, from being read as meant.

    `grave` is False where the platform reads the file all the same.
    """

    kind: FaultKind
    span: Span
    message: str
    label: str = ""
    grave: bool = True


@dataclass(slots=True)
class Document:
    """The tree of a source, and the faults found on the way to it.

    `mappings` and `aliases` are in the order of the text. `root` is None for a text that holds
    nothing. `whole` is False when a syntax error cut something out of the tree.
    """

    source: Source
    root: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    whole: bool = True


def read(source: Source) -> Document:
    """Parse a source, working around whatever part of it cannot be parsed."""
    from amp_lint.parse import parse_text

    built = parse_text(source.readable_text())
    return Document(source, built.root, [], built.mappings, built.aliases)
