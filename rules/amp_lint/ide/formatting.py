"""The layout of a manifest in an editor: the whole text, a part of it, and the line being typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from amp_lint.formatter import format_source
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Mapping, Node, walk
from amp_lint.yaml.nodes import Sequence as SequenceNode
from amp_lint.yaml.reader import read

# What layout changes in a line, at most.
_LAYOUT = re.compile(r"[\s'\"\\,]+")
_DASH = re.compile(r"#[^\r\n]*|(?P<dash>-)")


@dataclass(frozen=True, slots=True)
class Formatting:
    """The edits that format a text; `problem` says why there are none if it cannot be formatted."""

    edits: tuple[Edit, ...] = ()
    problem: str = ""


def format_document(source: Source) -> Formatting:
    """Return small edits that bring a text into its layout, so that carets and folds stay."""
    formatted = format_source(source)
    return Formatting(tuple(small_edits(source.text, formatted.text)), formatted.problem)


def format_range(document: Document, span: Span) -> Formatting:
    """As `format_document` for the entries and items that a span touches. They stay in the column
    where they are, so that the text around them still fits."""
    source = document.source
    formatted = format_source(source)
    if formatted.problem or not formatted.is_changed:
        return Formatting((), formatted.problem)
    span = _of_text(source, span)
    parts = _parts_around(document, span)
    if not parts and span.start < span.end:
        return format_document(source)
    new = read(Source.from_text(formatted.text, source.path))
    places = dict(zip(map(id, walk(document.root)), walk(new.root), strict=False))
    old_span = Span(_start(parts[0], source), _end(parts[-1], source)) if parts else Span(0, 0)
    if not parts or not old_span.start < old_span.end:
        return Formatting()
    first, last = places[id(parts[0])], places[id(parts[-1])]
    new_span = Span(_start(first, new.source), _end(last, new.source))
    moved = _moved(
        formatted.text[slice(*new_span)],
        _column(source, old_span.start) - _column(new.source, new_span.start),
    )
    edits = small_edits(source.text[slice(*old_span)], moved)
    shifted = tuple(
        Edit(Span(one.span.start + old_span.start, one.span.end + old_span.start), one.text)
        for one in edits
    )
    return Formatting(shifted) if _is_safe(source, shifted, formatted.text) else Formatting()


def _of_text(source: Source, span: Span) -> Span:
    """A span without the spaces at its ends."""
    text = source.text[slice(*span)]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


def _is_safe(source: Source, edits: Sequence[Edit], formatted: str) -> bool:
    """Whether a text that is formatted in part has the layout of the whole once it is formatted."""
    text = apply(source.text, edits)
    return format_source(Source.from_text(text, source.path)).text == formatted


def _parts_around(document: Document, span: Span) -> list[Node]:
    """The first nodes of the entries, or the items, that a span touches, in the innermost block
    collection that holds all of it."""
    held: list[Node] = []
    for node in walk(document.root):
        if isinstance(node, (Mapping, SequenceNode)) and not node.flow:
            if node.start > span.start and held:
                continue
            if not node.start <= max(span.start, _text_at(document, span.start)) <= node.end:
                continue
            if span.end <= _end(node, document.source):
                children = _children(node)
                inside = [one for one in children if _touches(one, span, document.source)]
                held = inside or held
    return held


def _text_at(document: Document, offset: int) -> int:
    """The first character of a line's text, where an offset is in front of it."""
    text = document.source.text
    line = document.source.line_span(document.source.position(offset).line)
    stripped = text[slice(*line)].lstrip(" \t-")
    return max(offset, line.end - len(stripped))


def _children(node: Mapping | SequenceNode) -> list[Node]:
    if isinstance(node, Mapping):
        return [entry.key for entry in node.entries]
    return list(node.items)


def _touches(node: Node, span: Span, source: Source) -> bool:
    start, end = _start(node, source), _end(node, source)
    return start <= span.end and span.start <= end


def _start(node: Node, source: Source) -> int:
    """Where an entry or an item begins: an item at its dash."""
    parent, slot = node.parent, node.slot
    if not isinstance(parent, SequenceNode) or not isinstance(slot, int):
        return node.outer
    behind = parent.items[slot - 1].end if slot else parent.start
    between = _DASH.finditer(source.text, behind, max(behind, node.outer))
    return next((one.start() for one in between if one["dash"]), node.outer)


def _end(node: Node, source: Source) -> int:
    """The end of the line on which an entry or an item ends."""
    slot = node.slot
    end = node.end if isinstance(slot, int) else max(slot.end, node.end)
    return source.line_span(source.position(max(end, node.start)).line).end


def _column(source: Source, offset: int) -> int:
    return source.position(offset).column - 1


def _moved(text: str, by: int) -> str:
    """A text with all lines but the first moved to the right, or to the left."""
    first, *others = text.split("\n")
    moved = [
        f"{' ' * by}{line}" if by > 0 and line else line[min(-by, len(line)) :] if by < 0 else line
        for line in others
    ]
    return "\n".join([first, *moved])


def small_edits(before: str, after: str) -> Iterator[Edit]:
    """Yield edits that make one text of another which differs in layout: few characters each."""
    if before == after:
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    keys, new_keys = ([_LAYOUT.sub("", line) for line in lines] for lines in (old, new))
    matcher = SequenceMatcher(None, keys, new_keys)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            for at in range(last - first):
                yield from _between(starts[first + at], old[first + at], new[new_first + at])
        else:
            yield from _trimmed(
                starts[first], "".join(old[first:last]), "".join(new[new_first:new_last])
            )


def _between(start: int, old: str, new: str) -> Iterator[Edit]:
    """The edits of a line whose words stay: of spaces, quotes and commas between them."""
    at = new_at = 0
    while at < len(old) or new_at < len(new):
        run, new_run = _run(old, at), _run(new, new_at)
        yield from _trimmed(start + at, old[at:run], new[new_at:new_run])
        at, new_at = run + 1, new_run + 1


def _run(line: str, start: int) -> int:
    """The end of the spaces, quotes and commas that begin at `start`."""
    match = _LAYOUT.match(line, start)
    return match.end() if match else start


def _trimmed(start: int, old: str, new: str) -> Iterator[Edit]:
    """One edit without the characters that both texts begin and end with."""
    if old == new:
        return
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    rest = most - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    yield Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
