"""Completion of keys, each with the required keys below it."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.ide.completion.context import CompletionContext
from amp_lint.ide.completion.item import Completion
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.node_path import Path
from amp_schema.manifest_schema import Place, canonical_key


def keys(
    context: CompletionContext, here: Place, path: Path, lead: str = ""
) -> Iterator[Completion]:
    """Yield the keys of a mapping that it does not have yet, required keys first.

    `lead` is written in front of each key: `- ` or `{` if the caret is where an item begins.
    """
    cursor = context.cursor
    if lead and cursor.quote:
        return
    present = {canonical_key(here, key) for key in cursor.keys} if not lead else set()
    required = set(here.required)
    for key in sorted(here.properties, key=lambda one: one not in required):
        if key not in present:
            yield _key(context, here, key, path, lead)


def _key(context: CompletionContext, here: Place, key: str, path: Path, lead: str) -> Completion:
    cursor, inner = context.cursor, here.properties[key]
    bare = cursor.has_colon or bool(cursor.quote)
    is_scalar = not inner.properties and inner.item is None
    gap = " " if cursor.gap else ""
    space = " " if is_scalar or cursor.flow else ""
    alone = bare or (not is_scalar and context.line_continues)
    required = key in here.required
    return Completion(
        "key",
        lead + key,
        gap + (lead + key if bare else f"{lead}{key}:{space}"),
        () if alone else tuple(_block(context, lead + key, inner, len(lead))),
        f"{inner.title}{' (required)' if required else ''}",
        (*path, key),
        required,
        inner.deprecated,
        key,
    )


def _block(context: CompletionContext, key: str, inner: Place, deeper: int) -> Iterator[str]:
    """Yield the lines of a key with the required keys below it."""
    cursor = context.cursor
    gap = " " if cursor.gap else ""
    if cursor.flow:
        yield f"{gap}{key}: {_flow_value(inner)}{'}' * key.startswith('{')}"
        return
    yield f"{gap}{key}:{_scalar_value(inner)}"
    yield from _required_lines(inner, cursor.column - cursor.indent + deeper, context.style)


def _scalar_value(inner: Place) -> str:
    """Return what follows the colon of a key: the only allowed value, or a tab stop."""
    if inner.properties or inner.item is not None:
        return ""
    return f" {inner.values[0]}" if len(inner.values) == 1 else " ^"


def _required_lines(inner: Place, column: int, style: Style) -> Iterator[str]:
    """Yield the lines below a key: the keys that its value requires, or a tab stop.

    The recursion ends because the schema of a manifest does not contain itself.
    """
    if inner.item is not None:
        pad = " " * (column + style.dash)
        below = [*_required_lines(inner.item, column + style.dash + 2 - style.step, style)]
        first, *others = below or [""]
        yield f"{pad}- {first.strip() or '^'}"
        yield from others
    elif inner.properties:
        column += style.step
        for key in inner.required:
            yield f"{' ' * column}{key}:{_scalar_value(inner.properties[key])}"
            yield from _required_lines(inner.properties[key], column, style)
        if not inner.required:
            yield f"{' ' * column}^"


def _flow_value(inner: Place) -> str:
    if inner.item is not None:
        return f"[{_flow_value(inner.item)}]"
    if not inner.properties:
        return _scalar_value(inner).strip()
    required = (f"{key}: {_flow_value(inner.properties[key])}" for key in inner.required)
    return f"{{{', '.join(required) or '^'}}}"
