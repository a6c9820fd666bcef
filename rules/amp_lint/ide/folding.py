"""Folding ranges, and the spans around the caret for growing a selection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, Sequence, walk


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines that fold, counted from 1; the first one stays visible."""

    first: int
    last: int
    comment: bool = False


def folds(document: Document) -> list[Fold]:
    """Return the folds in the order of the text: blocks, runs of comments, and later documents.

    Of several folds that begin on one line, only the longest is kept.
    """
    longest: dict[int, Fold] = {}
    for fold in (*_blocks(document), *_comments(document), *_later_documents(document)):
        known = longest.get(fold.first)
        if known is None or known.last < fold.last:
            longest[fold.first] = fold
    return [longest[first] for first in sorted(longest)]


def around(document: Document, offset: int) -> list[Span]:
    """Return the spans around an offset, from the whole text inwards.

    They are those of the integration, action, object, entry and value, and of the text inside
    quotes. Each is within the one before it.
    """
    spans = [Span(0, len(document.source.text))]
    part: Node | Entry | None = document.root
    while part is not None:
        span = part.span
        inside = spans[-1].start <= span.start <= offset <= span.end <= spans[-1].end
        # A list is the value of its entry; selecting it separately is of no use.
        if inside and span != spans[-1] and not isinstance(part, Sequence):
            spans.append(span)
        if isinstance(part, Scalar) and part.style in ("'", '"') and inside:
            content = Span(part.start + 1, part.end - 1)
            if content.start <= offset <= content.end and part.end - part.start > 2:
                spans.append(content)
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
    """Yield the blocks below keys and dashes, and scalars of several lines."""
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
    """Yield runs of lines that have only a comment."""
    source = document.source
    hidden = _lines_inside_scalars(document)
    run: list[int] = []
    for line in range(1, len(source.line_starts) + 1):
        shown = source.text[slice(*source.line_span(line))].lstrip(" \t")
        if not shown.startswith("#") or line in hidden:
            run = []
            continue
        run.append(line)
        if len(run) > 1:
            # The longer run replaces the shorter one.
            yield Fold(run[0], line, comment=True)


def _later_documents(document: Document) -> Iterator[Fold]:
    """Yield the documents behind the first one, which the platform ignores."""
    source = document.source
    extra = next((one for one in document.faults if one.kind == "extra-document"), None)
    if extra is None:
        return
    first = source.position(extra.span.start).line
    last = source.position(len(source.text.rstrip())).line
    marks = [
        line
        for line in range(first + 1, last + 1)
        if source.text.startswith("---", source.line_span(line).start)
    ]
    for start, end in pairwise([first, *marks, last + 1]):
        if start < end - 1:
            yield Fold(start, end - 1)


def _lines_inside_scalars(document: Document) -> set[int]:
    """Return the lines within a scalar, where `#` does not begin a comment."""
    source = document.source
    lines: set[int] = set()
    for node in walk(document.root):
        if isinstance(node, Scalar) and node.start < node.end:
            first, last = source.position(node.start).line, source.position(node.end - 1).line
            lines.update(range(first + 1, last + 1))
    return lines
