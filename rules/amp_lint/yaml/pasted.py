"""Text that was copied together with what is around it: line numbers, the marks of a quotation or
of a diff, a Markdown code fence. Each is one mistake, however many lines it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.text.edits import Applicability, Edit, Fix, apply
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.fences import fence_lines, fenced
from amp_lint.yaml.parser import can_be_read
from amp_schema.lite_dataclasses import dataclass

_NUMBER = re.compile(r"[ \t]*(?P<number>[0-9]{1,6})(?:[:.)\t]|[ ]*[|\u2502])?")
_MARK = re.compile(r"[+>](?=[^+>]|\Z)")
_FEWEST_LINES = 3
# Without one of these keys, a text with numbers is no manifest with line numbers.
_KEYS = ("specVersion", "integrations", "provider", "objectName")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The mistake, and the text without it where every place stays; None if it cannot be read."""

    problem: SyntaxProblem
    text: str | None = None


def pasted(text: str, starts: list[int]) -> Pasted | None:
    """Return what was copied with a text that does not belong to it."""
    lines = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    fences = fence_lines(lines)
    if fences and not can_be_read(text):
        found = fenced(text, starts, fences)
        return Pasted(found.problem, found.text)
    return _prefixed(text, starts, lines)


def _prefixed(text: str, starts: list[int], lines: list[str]) -> Pasted | None:
    """Explain what each line begins with."""
    full = [n for n, line in enumerate(lines) if line.strip()]
    numbers = [_NUMBER.match(line) for line in lines]
    found = [match for n in full if (match := numbers[n]) is not None]
    is_numbered = len(found) == len(full) and _count_on(
        [(n, int(match["number"])) for n, match in zip(full, found, strict=True)]
    )
    if not is_numbered:
        found = [match for n in full if (match := _MARK.match(lines[n])) is not None]
    is_manifest = any(key in text for key in _KEYS)
    if len(found) < len(full) or len(full) < _FEWEST_LINES or not is_manifest:
        return None
    if not is_numbered and len({match[0] for match in found}) > 1:
        return None
    start = starts[full[0]]
    prefix = found[0][0]
    span = Span(start + len(prefix) - len(prefix.lstrip()), start + len(prefix))
    what = "a line number" if is_numbered else "a mark of a quotation or a diff"
    message = (
        f"each line begins with {what}, which the platform takes for a part of it; delete "
        f"`{prefix.strip()}` and those of the other lines"
    )
    ends = dict(zip(full, (match.end() for match in found), strict=True))
    title = "Delete the line numbers" if is_numbered else f"Delete each `{prefix}`"
    fixes = [
        Fix(title, edits, Applicability.SAFE) for edits in _readable(text, starts, lines, ends)
    ]
    return Pasted(SyntaxProblem("syntax", span, message, "not YAML", fixes=tuple(fixes[:1])))


def _count_on(numbers: list[tuple[int, int]]) -> bool:
    """Whether the numbers of lines go up with the lines."""
    return len({number - line for line, number in numbers}) == 1


def _readable(
    text: str, starts: list[int], lines: list[str], ends: dict[int, int]
) -> Iterator[tuple[Edit, ...]]:
    """Yield the edits that leave a text that can be read: up to `ends` and as many blanks as each
    line has at least, or up to the same column in each."""
    rests = [lines[n][end:].rstrip("\r\n") for n, end in ends.items()]
    gaps = [len(rest) - len(rest.lstrip(" ")) for rest in rests if rest.strip()]
    gap = min(gaps, default=0)
    column = max(ends.values()) + gap
    for wide in ({n: end + gap for n, end in ends.items()}, dict.fromkeys(ends, column)):
        edits = tuple(
            Edit(Span(starts[n], starts[n] + min(end, len(lines[n].rstrip("\r\n")))), "")
            for n, end in wide.items()
        )
        if can_be_read(apply(text, edits)):
            yield edits
