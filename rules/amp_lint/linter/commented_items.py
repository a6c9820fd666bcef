"""First lines of items that are commented out: the rest becomes a part of the item above."""

from __future__ import annotations

import re
from itertools import pairwise

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.text.edits import Edit
from amp_lint.text.lines import line_start
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Mapping, Sequence
from amp_schema.lite_dataclasses import dataclass
from amp_schema.manifest_schema import canonical_key, place

_FIRST_LINE = re.compile(
    r"^(?P<lead>[ ]*\#+[ ]*-[ ]*)(?P<pair>(?P<key>\w+)[ ]*:[ ]+\S[^\r\n]*?)[ \t]*(?:[ \t]\#.*)?$",
    re.M,
)


@dataclass(frozen=True, slots=True)
class CommentedStart:
    """The first line of an item, as a comment. `lead` is what is in front of its key, and `at` the
    comment with its pair of key and value."""

    lead: Span
    at: Span
    pair: str


def commented_start(context: Context, first: Entry, later: Entry) -> CommentedStart | None:
    """Return the comment between two entries of an item that begins an item of the same kind."""
    item = first.parent
    here = place(path_of(item))
    if not isinstance(item.parent, Sequence) or item.flow or here is None:
        return None
    text = context.source.text
    for above, below in pairwise(item.entries):
        if not (first.end <= above.end and below.start <= later.start):
            continue
        for match in _FIRST_LINE.finditer(text, above.end, below.start):
            if canonical_key(here, match["key"]) is not None:
                at = Span(match.start() + match["lead"].index("#"), match.end("pair"))
                return CommentedStart(Span(*match.span("lead")), at, match["pair"])
    return None


def start_is_missing(context: Context, item: Mapping, start: CommentedStart, so: str) -> Finding:
    """Return the finding about it. `so` says what is wrong with the item above in consequence."""
    text = context.source.text
    line = line_start(text, item.entries[0].start)
    lead = text[line : item.entries[0].start]
    edits = (Edit(start.lead, lead),) if lead.strip(" ") == "-" else None
    return context.finding(
        start.at,
        f"{quoted(start.pair)} is commented out, so the keys below it belong to the item above, "
        f"{so}; remove the `#`",
        label="the item begins here",
        node=item,
        fixes=[context.fix(f"Uncomment {quoted(start.pair)}", edits)],
        claims=[entry.key for entry in item.entries if entry.start > start.at.end],
    )
