"""Markdown code fences around a manifest, or around parts of one, and the prose beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from amp_lint.text.edits import Applicability, Edit, Fix, apply
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.parser import can_be_read
from amp_schema.lite_dataclasses import dataclass
from amp_schema.manifest_schema import places_of_key

_FENCE = re.compile(r"(?:```|~~~)[ \t]*[\w+.-]*[ \t]*\Z")
_KEY = re.compile(r"""^[ \t]*(?:-[ \t]+|\{[ \t]*)*["']?(?P<key>\w+)["']?[ \t]*:(?:\s|\Z)""", re.M)
_TOP = re.compile(r"""^["']?(?P<key>specVersion|integrations)["']?[ \t]*:""", re.M)
_FOREIGN = "this line is a Markdown code fence, not YAML; "


@dataclass(frozen=True, slots=True)
class Fenced:
    """The mistake, and the text with blanks in place of what is not the manifest."""

    problem: SyntaxProblem
    text: str


def fence_lines(lines: list[str]) -> list[int]:
    """Return the numbers of the lines that are code fences."""
    return [n for n, line in enumerate(lines) if _FENCE.match(line.rstrip("\r\n"))]


def fenced(text: str, starts: list[int], fences: list[int]) -> Fenced:
    """Explain code fences. Parts with keys of a manifest belong to it; the others are prose. If the
    parts do not make one manifest together, there is no fix."""
    parts = list(_parts(text, starts, fences))
    kept = [part for part in parts if _has_keys(text, part)] or parts[1:2]
    again = _begins_again(text, kept)
    removed = list(_between([kept[0]] if again else kept, len(text)))
    blank = apply(text, [Edit(one, re.sub(r"[^\r\n]", " ", text[slice(*one)])) for one in removed])
    first = Span(starts[fences[0]], starts[fences[0]])
    span = Span(first.start, first.start + len(text[first.start :].splitlines()[0].rstrip()))
    has_prose = any(text[slice(*part)].strip() for part in parts if part not in kept)
    if again:
        words = f"{_FOREIGN}the text holds {len(kept)} manifests: keep one, without the fences"
        return Fenced(SyntaxProblem("syntax", span, words, "code fence"), blank)
    is_certain = len(kept) == 1 or can_be_read(blank)
    other = "the one that closes it" if len(kept) == 1 else "the other one"
    others = ["", f" and {other}", " and the other fences"][min(len(fences), 3) - 1]
    words = f"{_FOREIGN}delete it{others}"
    if has_prose:
        words += ", with the text around them" if len(fences) > 1 else ", with the text beside it"
    title = "Delete the code fence" if len(fences) == 1 else "Delete the code fences"
    kind = Applicability.UNSAFE if has_prose or len(kept) > 1 else Applicability.SAFE
    fix = Fix(title, tuple(Edit(one, "") for one in removed), kind)
    fixes = (fix,) if is_certain else ()
    return Fenced(SyntaxProblem("syntax", span, words, "code fence", fixes=fixes), blank)


def _parts(text: str, starts: list[int], fences: list[int]) -> Iterator[Span]:
    """Yield the text between the fences, in front of them and behind them."""
    ends = [*starts, len(text)]
    start = 0
    for line in fences:
        yield Span(start, ends[line])
        start = ends[line + 1]
    yield Span(start, len(text))


def _has_keys(text: str, part: Span) -> bool:
    """Whether a part has a line that begins with a key of the reference."""
    found = _KEY.finditer(text, part.start, part.end)
    return any(places_of_key(one["key"].casefold()) for one in found)


def _begins_again(text: str, parts: list[Span]) -> bool:
    """Whether a key of the top is in several parts, so that these are manifests of their own."""
    keys = Counter(
        key
        for part in parts
        for key in {one["key"] for one in _TOP.finditer(text, part.start, part.end)}
    )
    return any(count > 1 for count in keys.values())


def _between(kept: list[Span], end: int) -> Iterator[Span]:
    """Yield what is not kept."""
    at = 0
    for part in kept:
        if part.start > at:
            yield Span(at, part.start)
        at = part.end
    if at < end:
        yield Span(at, end)
