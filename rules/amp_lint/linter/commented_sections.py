"""Sections whose first line is a comment, so that their keys repeat those of the section above."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.text.commented_keys import CommentedKey, commented_key_above
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Mapping, Node, walk
from amp_schema.manifest_schema import place


def section_without_key(context: Context, mapping: Mapping, second: Entry) -> Finding | None:
    """Return the finding where a comment above a repeated key holds the key of another section, to
    which all that follows belongs."""
    owner = mapping.slot
    if mapping.flow or not isinstance(owner, Entry):
        return None
    line = context.source.line_span(context.source.position(second.start).line)
    comment = commented_key_above(context.source.text, line.start)
    around = place(path_of(owner.parent))
    section = around.properties.get(comment.key) if around is not None and comment else None
    rest = mapping.entries[mapping.entries.index(second) :]
    if (
        comment is None
        or section is None
        or any(one.name not in section.properties for one in rest)
    ):
        return None
    number = context.source.position(comment.span.start).line
    return context.finding(
        comment.span,
        f"{quoted(f'{comment.key}:')} is a comment, so line {number + 1} and those below it belong "
        f"to {quoted(owner.name)} above, which has {quoted(second.name)} already; remove the `#`",
        label="a comment",
        node=second.key,
        fixes=[_uncommented(context, comment, owner)],
        claims=[comment.span, *_below(rest)],
    )


def _below(entries: list[Entry]) -> Iterator[Node]:
    for entry in entries:
        yield entry.key
        for node in walk(entry.value):
            yield node
            if isinstance(node, Mapping):
                yield from (one.key for one in node.entries)


def _uncommented(context: Context, comment: CommentedKey, owner: Entry) -> Fix | None:
    """Remove the `#`, so that the key stands where that of the section above does."""
    column = context.source.position(owner.key.start).column - 1
    sign = comment.sign
    if comment.column == column:
        edit = Edit(sign, "")
    elif comment.column_of_key == column:
        edit = Edit(sign, " " * (sign.end - sign.start))
    else:
        edit = Edit(Span(sign.start - comment.column, sign.end), " " * column)
    return context.fix("Remove the `#`", (edit,))
