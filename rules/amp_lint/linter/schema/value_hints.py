"""What an author meant by a scalar that is not of the type that its key takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.schema.fixes import SchemaFix, SchemaFixes
from amp_lint.linter.schema.meant import meant_data
from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Scalar
from amp_lint.yaml.scalars import as_text
from amp_schema.manifest_schema import Place

if TYPE_CHECKING:
    from amp_lint.yaml.editor import Editor, Edits

_KINDS = {"boolean": "bool", "integer": "int"}
# How deep the keys may be that are missing around a value.
_DEEPEST = 2

Pairs = tuple[tuple[str, ...], str]


def missing_keys(node: Scalar, place: Place) -> Pairs | None:
    """Return the keys that are missing between a mapping's key and a value of one of its keys, and
    the value as it should be written."""
    return next(_fitting(node, place, ()), None)


def _fitting(node: Scalar, place: Place, above: tuple[str, ...]) -> Iterator[Pairs]:
    for key, spot in place.properties.items():
        path = (*above, key)
        if spot.type == "object" and len(path) < _DEEPEST:
            yield from _fitting(node, spot, path)
        elif spot.values:
            if node.value in spot.values or (len(spot.values) == 1 and node.data is True):
                yield path, node.value if node.value in spot.values else spot.values[0]
        elif spot.type in ("boolean", "integer"):
            data = node.data if node.kind == _KINDS[spot.type] else meant_data(node, spot)
            if isinstance(data, (bool, int)):
                yield path, as_text(data)


def in_braces(pairs: Pairs) -> str:
    """Return missing keys with their value as a mapping in braces."""
    path, value = pairs
    return f"{': '.join('{' + key for key in path)}: {value}{'}' * len(path)}"


def put_keys_above(node: Scalar, pairs: Pairs) -> SchemaFixes:
    """Write the missing keys between a value and its key, each on a line of its own."""
    entry, (path, value) = node.slot, pairs
    if not isinstance(entry, Entry) or node.outer != node.start or node.parent is None:
        return ()
    flow = entry.parent.flow
    start = entry.start

    def edits(editor: Editor) -> Edits:
        text = editor.text
        if flow:
            return (Edit(node.span, in_braces(pairs)),)
        column, line_break = editor.column(start), editor.style.line_break
        lines = [f"{' ' * (column + 2 * n)}{key}:" for n, key in enumerate(path, 1)]
        behind = text.index(":", entry.key.end) + 1
        written = "".join(line_break + line for line in lines)
        return (Edit(Span(behind, node.end), f"{written} {value}"),)

    shown = ": ".join((*path, value))
    return (SchemaFix(f"Write `{shown}` below it", edits),)
