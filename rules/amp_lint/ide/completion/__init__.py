"""Completion at the caret: keys, values, and the names that exist.

`keys` and `values` decide what fits a place of the schema, `names` lists what the catalog, the
configuration and the manifest know, `documentation` explains one completion. They work on a
`CompletionContext`: the caret and the manifest without the word that is being typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from amp_lint.ide.completion.context import CompletionContext
from amp_lint.ide.completion.documentation import documentation
from amp_lint.ide.completion.item import Completion, CompletionKind
from amp_lint.ide.completion.keys import keys
from amp_lint.ide.completion.names import supported_actions
from amp_lint.ide.completion.values import values
from amp_lint.ide.cursor import Cursor
from amp_lint.ide.snapshot import SnapshotReader
from amp_lint.text.source import Source
from amp_lint.yaml.node_path import Path
from amp_schema.manifest_schema import Place, place

if TYPE_CHECKING:
    from amp_lint.project.snapshot import Snapshot

__all__ = [
    "Completion",
    "CompletionKind",
    "completions",
    "documentation",
    "supported_actions",
    "wants_destination",
]


def completions(
    source: Source,
    cursor: Cursor,
    destinations: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
    reader: SnapshotReader | None = None,
    project: Snapshot | None = None,
) -> Iterator[Completion]:
    """Yield what can be written at the cursor, the likeliest first.

    `destinations` are those that the configuration names, `elsewhere` those that other manifests
    use. `reader` reads a text, or takes it from a cache. `project` is the snapshot of the project.
    """
    context = CompletionContext(
        source, cursor, tuple(destinations), tuple(elsewhere), reader or SnapshotReader(), project
    )
    if cursor.kind == "rule":
        yield from _rules(cursor)
        return
    here = place(cursor.path)
    if here is None:
        return
    if here.item is not None and cursor.kind == "content":
        yield from _items(context, here.item, cursor.path)
    elif here.properties:
        yield from _mapping(context, here)
    elif here.item is None and not cursor.has_colon:
        yield from values(context, here, cursor.path)


def wants_destination(cursor: Cursor) -> bool:
    """Return whether the caret is where the name of a destination belongs."""
    return str(cursor.path[-1] if cursor.path else "").casefold() == "destination"


def _mapping(context: CompletionContext, here: Place) -> Iterator[Completion]:
    cursor = context.cursor
    if cursor.kind == "content":
        yield from keys(context, here, cursor.path)
    elif cursor.flow and isinstance(cursor.path[-1], int):
        yield from keys(context, here, cursor.path, lead="{")
    if cursor.items_of is not None:
        beside = place(cursor.items_of)
        if beside is not None and beside.item is not None:
            yield from _items(context, beside.item, cursor.items_of)


def _items(context: CompletionContext, item: Place, path: Path) -> Iterator[Completion]:
    """Yield the beginnings of an item, with the dash that is not written yet."""
    if item.properties:
        yield from keys(context, item, (*path, 0), lead="- ")
    elif not context.cursor.has_colon and not context.cursor.quote:
        for one in values(context, item, (*path, 0)):
            yield replace(one, label=f"- {one.label}", text=f"- {one.text}", name=one.label)


def _rules(cursor: Cursor) -> Iterator[Completion]:
    """Yield the ids that can be suppressed and are not listed in the comment yet."""
    from amp_lint.linter.registry import rules
    from amp_lint.linter.suppressions import NEVER_SUPPRESSED

    for rule in rules().values():
        if rule.id not in NEVER_SUPPRESSED and rule.id not in cursor.keys:
            yield Completion("rule", rule.id, rule.id, (), rule.severity.value)
