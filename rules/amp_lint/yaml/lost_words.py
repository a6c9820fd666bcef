"""First words of texts for people that YAML takes for an anchor or a tag: `displayName: &CRM`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import Entry, Scalar
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.nodes import Alias, Node

# Keys with texts for people, in which no word is short for something else.
_KEYS = ("displayName", "mapToDisplayName", "prompt")
# A word with `&` or `!`, alone or in front of a text without quotes.
_TEXT = pattern(
    r"([&!](?!!)[^\s,\]}]+)(?:[ \t]*(?=[\r\n]|\Z)|[ \t]+)"
    r"((?:[^\s\"'|>&!*\[{][^\r\n]*)?)(?=[\r\n]|\Z)"
)
_BELOW = pattern(r"\s*[\r\n]([ ]*)[^\s#]")
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
    """Return the problem of a tag that is a word of a text for people; None for others."""
    line = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    key = line.strip().removeprefix("- ").removesuffix(":").strip("\"' ")
    return lost_word(key, start, text)


def lost_word(key: str, start: int, text: str) -> SyntaxProblem | None:
    """Return the problem of a text that begins with an anchor or a tag, which only what is written
    for people has by mistake."""
    match = _TEXT.match(text, start) if key in _KEYS else None
    if match is None:
        return None
    comment = _COMMENT.search(match[2])
    rest = (match[2] if comment is None else match[2][: comment.start()]).rstrip()
    if not rest and _goes_on(text, start, match.end()):
        return None
    end = match.start(2) + len(rest) if rest else match.end(1)
    whole = text[start:end]
    kind = "the name of an anchor" if whole.startswith("&") else "a tag"
    value = f"only {quoted(rest)} is left of `{key}`" if rest else f"`{key}` has no value"
    from amp_lint.yaml.emitter import in_quotes

    fix = Fix("Put it in quotes", (Edit(Span(start, end), in_quotes(whole, '"')),))
    return SyntaxProblem(
        "unsupported",
        Span(*match.span(1)),
        f"YAML reads {quoted(match[1])} as {kind}, so {value}; put the whole text in quotes",
        f"not {kind}",
        fatal=False,
        fixes=(fix,),
    )


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the line below is indented deeper than the one that a text begins on."""
    below = _BELOW.match(text, end)
    begin = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    lead = text[begin:start]
    return below is not None and len(below[1]) > len(lead) - len(lead.lstrip(" -"))
