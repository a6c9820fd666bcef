"""Where a column belongs: the keys and dashes above it."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.ide.cursor.lines import is_document_mark
from amp_lint.text.line_scanner import Line
from amp_lint.yaml.node_path import Path


def path_to(text: str, lines: list[Line], line: Line) -> Path:
    """Return the path of the value on a line, the last of `lines`."""
    steps, _ = path_above(text, lines, line.column, has_key=line.key is not None)
    return (*steps, key_name(text, line)) if line.key is not None else tuple(steps)


def key_name(text: str, line: Line) -> str:
    """Return the key of a line without quotes; empty without a key."""
    return text[slice(*line.key)].strip("'\"") if line.key is not None else ""


def items_beside(text: str, lines: list[Line], column: int, steps: list[str | int]) -> Path | None:
    """Return the path of a list whose dashes are in the column of the key that it belongs to."""
    item, _ = path_above(text, lines, column + 1, has_key=True)
    return tuple(item[:-1]) if len(item) == len(steps) + 2 and isinstance(item[-1], int) else None


def path_above(
    text: str, lines: list[Line], column: int, *, has_key: bool
) -> tuple[list[str | int], list[str]]:
    """Return the path of a column on the last line, and the keys of its mapping further up."""
    steps: list[str | int] = []
    keys: list[str] = []
    # The dash of the item whose index is being counted; -1 outside an item.
    dash = -1
    for token, name in upwards(text, lines, skip_key=has_key):
        if name is None and token < column:
            steps.append(0)
            dash = column = token
        elif name is None and token == dash:
            steps[-1] = int(steps[-1]) + 1
        elif name is not None and (token < column or (token == column and dash >= 0)):
            steps.append(name)
            column, dash = token, -1
        elif name is not None and token == column and not steps:
            keys.append(name)
    return steps[::-1], keys


def upwards(text: str, lines: list[Line], *, skip_key: bool) -> Iterator[tuple[int, str | None]]:
    """Yield each key and dash (a name of None) with its column, from the last line upwards."""
    for line in reversed(lines):
        if line.inside or line.blank:
            continue
        if is_document_mark(text, line):
            return
        if line.key is not None and not (skip_key and line is lines[-1]):
            yield line.column, key_name(text, line)
        if line.dash >= 0:
            for column in range(line.column - 1, line.dash - 1, -1):
                if text[line.start + column] == "-":
                    yield column, None


def keys_below(text: str, lines: list[Line], column: int) -> Iterator[str]:
    """Yield the keys in a column, up to the first line that is not in their mapping."""
    for line in lines:
        if line.inside or line.blank:
            continue
        edge = line.dash if line.dash >= 0 else line.column
        if edge < column or (edge == column and line.dash < 0 and is_document_mark(text, line)):
            return
        if edge == column and line.dash < 0 and line.key is not None:
            yield key_name(text, line)
