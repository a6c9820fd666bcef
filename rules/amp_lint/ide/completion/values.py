"""Completion of values: enums, booleans, examples, and the names of `names`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from json import dumps

from amp_lint.ide.completion.context import CompletionContext
from amp_lint.ide.completion.item import Completion
from amp_lint.ide.completion.names import names
from amp_lint.yaml.node_path import Path
from amp_schema.manifest_schema import Place


def values(context: CompletionContext, here: Place, path: Path) -> Iterator[Completion]:
    """Yield the values of a scalar, quoted as the caret requires."""
    return (
        _quoted(context, one, is_string=here.type == "string")
        for one in _unquoted(context, here, path)
    )


def _unquoted(context: CompletionContext, here: Place, path: Path) -> Iterator[Completion]:
    if here.values:
        yield from (_value(value, here) for value in here.values)
    elif here.type == "boolean":
        yield from (_value(value, here) for value in ("true", "false"))
    elif here.type == "integer":
        yield from (_value(str(value), here) for value in here.examples)
    else:
        yield from names(context, path)


def _value(value: str, here: Place) -> Completion:
    is_default = value == str(here.default).lower()
    return Completion("value", value, value, (), "default" if is_default else "")


def _quoted(context: CompletionContext, one: Completion, *, is_string: bool) -> Completion:
    """Return a value with the quotes that it needs at the caret."""
    cursor = context.cursor
    if cursor.quote == "'":
        text = one.label.replace("'", "''")
    elif cursor.quote:
        text = one.label.replace("\\", "\\\\").replace('"', '\\"')
    elif context.is_json and is_string:
        text = dumps(one.label, ensure_ascii=False)
    elif one.kind == "value":
        text = one.label
    else:
        text = context.style.scalar(one.label, flow=cursor.flow)
    gap = " " if cursor.gap else ""
    return replace(one, text=f"{gap}{text}{context.tail}", path=cursor.path)
