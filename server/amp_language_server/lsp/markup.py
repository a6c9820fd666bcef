"""Texts for a client: Markdown as it is, or the same as plain text."""

from __future__ import annotations

import re

from lsprotocol.types import MarkupContent, MarkupKind

# What `amp_lint` writes: fenced blocks, code, bold text, emphasis and links.
_MARKS = re.compile(
    r"""^```.*\n?                                  # the fence of a block
    |(?P<ticks>`+)[ ]?(?P<code>.+?)[ ]?(?P=ticks)(?!`)
    |\*\*(?P<bold>.+?)\*\*
    |(?<![\w*])\*(?P<italic>[^*\s][^*]*)\*(?![\w*])
    |\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)\)
    """,
    re.X | re.M,
)


def markup(kind: MarkupKind, markdown: str) -> MarkupContent:
    """Return a text in the format that the client shows."""
    return MarkupContent(kind, markdown if kind == MarkupKind.Markdown else plain_text(markdown))


def plain_text(markdown: str) -> str:
    """Return Markdown without its marks; a link keeps its address behind its text."""
    return _MARKS.sub(_unmarked, markdown)


def _unmarked(match: re.Match[str]) -> str:
    if match["code"]:
        return match["code"]
    if match["url"]:
        return f"{plain_text(match['text'])}: {match['url']}"
    return plain_text(match["bold"] or match["italic"] or "")
