"""Parts of a manifest that belong together: what folds, and what grows around the caret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, walk


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 1, of which the first stays in sight."""

    first: int
    last: int
    comment: bool = False


def folds(document: Document) -> list[Fold]:
    """The blocks of a document and its runs of whole-line comments, in the order of the text; of
    those that begin in one line the longest."""
    longest: dict[int, Fold] = {}
    for fold in (*_blocks(document), *_comments(document)):
        known = longest.get(fold.first)
        if known is None or known.last < fold.last:
            longest[fold.first] = fold
    return [longest[first] for first in sorted(longest)]


def around(document: Document, offset: int) -> list[Span]:
    """The value at an offset and all that holds it, from the whole text inwards: integration,
    action, object, entry, value. Each lies within the one before it."""
    spans = [Span(0, len(document.source.text))]
    part: Node | Entry | None = document.root
    while part is not None:
        span = part.span
        inside = spans[-1].start <= span.start <= offset <= span.end <= spans[-1].end
        # A list is as long as its entry's value, and nobody thinks of it apart from that.
        if inside and span != spans[-1] and not isinstance(part, Sequence):
            spans.append(span)
        part = _below(part, offset)
    return spans


def _below(part: Node | Entry, offset: int) -> Node | Entry | None:
    inner: list[Node] | list[Entry] = []
    if isinstance(part, Entry):
        inner = [part.value, part.key]
    elif isinstance(part, Mapping):
        inner = part.entries
    elif isinstance(part, Sequence):
        inner = part.items
    return next((one for one in inner if one.span.start <= offset <= one.span.end), None)


def _blocks(document: Document) -> Iterator[Fold]:
    """What stands under a key or behind a dash, and texts of several lines."""
    source = document.source
    for node in walk(document.root):
        if not isinstance(node, (Collection, Scalar)) or node is document.root:
            continue
        start = node.slot.start if isinstance(node.slot, Entry) else node.outer
        first = source.position(start).line
        last = source.position(node.end).line
        if first < last:
            yield Fold(first, last)


def _comments(document: Document) -> Iterator[Fold]:
    """Neighbouring lines with nothing but a comment."""
    source = document.source
    hidden = _lines_of_texts(document)
    run: list[int] = []
    for line in range(1, len(source.line_starts) + 1):
        shown = source.text[slice(*source.line_span(line))].lstrip(" \t")
        if not shown.startswith("#") or line in hidden:
            run = []
            continue
        run.append(line)
        if len(run) > 1:
            # The longer run takes the place of the shorter one.
            yield Fold(run[0], line, comment=True)


def _lines_of_texts(document: Document) -> set[int]:
    """Lines within a text, where `#` begins no comment."""
    source = document.source
    lines: set[int] = set()
    for node in walk(document.root):
        if isinstance(node, Scalar) and node.start < node.end:
            first, last = source.position(node.start).line, source.position(node.end - 1).line
            lines.update(range(first + 1, last + 1))
    return lines
