"""First words of texts for people that YAML takes for an anchor or a tag: `displayName: &CRM`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.lines import line_start
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import Entry, Scalar
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    import re

    from amp_lint.yaml.nodes import Alias, Node

# Keys with texts for people, in which no word is short for something else.
_KEYS = ("displayName", "mapToDisplayName", "prompt")
# A word with `&` or `!`, alone or in front of a text without quotes.
_TEXT = pattern(
    r"([&!](?!!)[^\s,\]}]+)(?:[ \t]*(?=[\r\n]|\Z)|[ \t]+)"
    r"((?:[^\s\"'|>&!*\[{][^\r\n]*)?)(?=[\r\n]|\Z)"
)
# The next line with something on it. What begins with one of these signs is no plain text.
_BELOW = pattern(r"\s*[\r\n]([ ]*)([^\s#][^\r\n]*)")
_PLAIN = pattern(r"(?![-?:](?:\s|\Z)|[\"'|>&!*\[{%@`])(?!.*:(?:\s|\Z)).*")
_COMMENT = pattern(r"(?:\A|[ \t]+)#")


def lost_anchors(
    anchors: Iterable[tuple[str, Node]], aliases: Iterable[Alias], text: str
) -> Iterator[SyntaxProblem]:
    """Yield the anchors that nothing refers to and that are words of a text for people."""
    used = {alias.name for alias in aliases}
    for name, node in anchors:
        entry = node.slot
        if name in used or not isinstance(node, Scalar) or not isinstance(entry, Entry):
            continue
        if entry.value is node and (found := lost_word(entry.name, node.outer, text)):
            yield found


def may_lose_words(anchors: Iterable[Node]) -> bool:
    """Whether texts for people are among some nodes with an anchor."""
    slots = (node.slot for node in anchors)
    return any(isinstance(slot, Entry) and slot.name in _KEYS for slot in slots)


def lost_tag(text: str, start: int) -> SyntaxProblem | None:
    """Return the problem of a tag that is a word of a text for people; None for others, such as
    those in lower case, which other tools have: `!include`."""
    if not text[start + 1 : start + 2].isupper():
        return None
    line = text[line_start(text, start) : start]
    key = line.strip().removeprefix("- ").removesuffix(":").strip("\"' ")
    return lost_word(key, start, text)


def lost_word(key: str, start: int, text: str) -> SyntaxProblem | None:
    """Return the problem of a text that begins with an anchor or a tag, which only what is written
    for people has by mistake."""
    match = _TEXT.match(text, start) if key in _KEYS else None
    if match is None:
        return None
    rest, end = _uncommented(match[2]), match.end(1)
    if rest:
        end = match.start(2) + len(rest)
    elif (below := _below(text, start, match.end())) is not None:
        rest = _uncommented(below[2])
        if _PLAIN.fullmatch(rest) is None:
            return None
        end = below.start(2) + len(rest)
    whole = f"{match[1]} {rest}".rstrip()
    kind = "the name of an anchor" if whole.startswith("&") else "a tag"
    value = f"only {quoted(rest)} is left of `{key}`" if rest else f"`{key}` has no value"
    from amp_lint.yaml.emitter import in_quotes

    fix = Fix("Put it in quotes", (Edit(Span(start, end), in_quotes(whole, '"')),))
    is_whole = "#" not in text[match.end(1) : end - len(rest)] and _below(text, start, end) is None
    return SyntaxProblem(
        "unsupported",
        Span(*match.span(1)),
        f"YAML reads {quoted(match[1])} as {kind}, so {value}; put the whole text in quotes",
        f"not {kind}",
        fatal=False,
        fixes=(fix,) if is_whole else (),
    )


def _uncommented(text: str) -> str:
    comment = _COMMENT.search(text)
    return (text if comment is None else text[: comment.start()]).rstrip()


def _below(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the line below, if it is indented deeper than the one that a text begins on."""
    below = _BELOW.match(text, end)
    lead = text[line_start(text, start) : start]
    is_deeper = below is not None and len(below[1]) > len(lead) - len(lead.lstrip(" -"))
    return below if is_deeper else None
