"""A fix as a small diff: the lines that it removes and adds."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.text.edits import Edit, Fix, apply
from amp_lint.text.source import Source, Span
from amp_schema.lite_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that a fix removes (`sign` is `-`) or adds (`+`), numbered in the text it is in.

    `changed` are the characters of `text` that differ.
    """

    sign: str
    number: int
    text: str
    changed: Span


def changed_lines(source: Source, fix: Fix) -> Iterator[ChangedLine]:
    """Yield the removed and added lines of a fix, in the order of the text."""
    shift = 0
    for edits in _hunks(source, fix.edits):
        first = source.position(edits[0].span.start).line
        last = source.position(edits[-1].span.end).line
        start, end = source.line_span(first).start, source.line_span(last).end
        moved = [Edit(Span(e.span.start - start, e.span.end - start), e.text) for e in edits]
        before = source.text[start:end]
        yield from _difference(_lines(before), _lines(apply(before, moved)), first, shift)
        shift += len(_lines(apply(before, moved))) - len(_lines(before))


def _hunks(source: Source, edits: tuple[Edit, ...]) -> Iterator[list[Edit]]:
    """Yield edits in groups; those of one group touch the same or adjoining lines."""
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        line = source.position(edit.span.start).line
        if group and line > source.position(group[-1].span.end).line + 1:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _difference(
    before: list[str], after: list[str], first: int, shift: int
) -> Iterator[ChangedLine]:
    """Yield the lines between the equal ones at both ends."""
    same, tail = _shared_ends(before, after)
    old, new = before[same : len(before) - tail], after[same : len(after) - tail]
    pairs = len(old) == len(new)
    for at, text in enumerate(old):
        changed = _changed(text, new[at]) if pairs else Span(0, len(text))
        yield ChangedLine("-", first + same + at, text, changed)
    for at, text in enumerate(new):
        changed = _changed(text, old[at]) if pairs else Span(0, len(text))
        yield ChangedLine("+", first + shift + same + at, text, changed)


def _changed(text: str, other: str) -> Span:
    same, tail = _shared_ends(text, other)
    return Span(same, len(text) - tail)


def _shared_ends(one: list[str] | str, other: list[str] | str) -> tuple[int, int]:
    """Return how many items or characters are equal at the start, and at the end of the rest."""
    longest = min(len(one), len(other))
    start = next((at for at in range(longest) if one[at] != other[at]), longest)
    rest = longest - start
    end = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return start, end
