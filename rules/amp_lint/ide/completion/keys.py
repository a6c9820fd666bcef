"""Completion of keys, each with the keys below it that a new block needs."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.ide.completion.context import CompletionContext
from amp_lint.ide.completion.item import Completion
from amp_lint.ide.completion.names import names
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.node_path import Path
from amp_schema.manifest_schema import Place, canonical_key
from amp_schema.patterns import pattern

_LAST_KEY = pattern(r"(\w+)\"?: *\"?\Z")
# Optional keys that a new block has nevertheless: without them it has a finding, or no effect.
_WRITTEN_TOO = frozenset(
    ("fieldName", "inheritFieldsAndMapping", "watchFieldsAuto", "includeFullRecords", "days")
)


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
    # A key that is there already, or whose closing quote is, only gets its name.
    is_bare = cursor.has_colon or (bool(cursor.quote) and not cursor.unclosed)
    is_scalar = not inner.properties and inner.item is None
    gap = " " if cursor.gap else ""
    written = f"{gap}{lead}{_key_text(context, key)}"
    space = " " if is_scalar or cursor.flow or cursor.comment_follows else ""
    text = written + context.tail if is_bare else f"{written}:{space}"
    is_alone = is_bare or (not is_scalar and context.line_continues)
    required = key in here.required
    lines = () if is_alone else tuple(_block(context, written, inner, len(lead)))
    return Completion(
        "key",
        lead + key,
        text,
        lines,
        f"{inner.title}{' (required)' if required else ''}",
        (*path, key),
        required,
        inner.deprecated,
        key,
        _opens_list(context, here, lines, (*path, key)),
    )


def _key_text(context: CompletionContext, key: str) -> str:
    """Return a key with the quotes that it needs."""
    cursor = context.cursor
    if cursor.quote:
        return key + cursor.quote * cursor.unclosed
    return f'"{key}"' if context.is_json else key


def _opens_list(
    context: CompletionContext, here: Place, lines: tuple[str, ...], path: Path
) -> bool:
    """Return whether the first part to fill in has completions."""
    line = next((line for line in lines if "^" in line), "")
    match = _LAST_KEY.search(line.partition("^")[0])
    if match is None:
        # A key of a mapping, or an item of a sequence.
        return line.strip() == "^" or bool(line and any(names(context, path)))
    key = match[1]
    place = _find(here, key)
    values = place is not None and (place.values or (place.type == "integer" and place.examples))
    return bool(values) or any(names(context, (*path, key)))


def _find(here: Place, key: str) -> Place | None:
    """Return the place of a key in the nearest mapping that has it."""
    if key in here.properties:
        return here.properties[key]
    below = [*here.properties.values(), *([here.item] if here.item is not None else [])]
    return next((found for one in below if (found := _find(one, key)) is not None), None)


def _block(context: CompletionContext, key: str, inner: Place, deeper: int) -> Iterator[str]:
    """Yield the lines of a key with the lines below it."""
    cursor = context.cursor
    tail = " " * cursor.comment_follows
    if cursor.flow:
        brace = "}" * key.strip().startswith("{")
        yield f"{key}: {_flow_value(inner, is_json=context.is_json)}{brace}{tail}"
        return
    yield f"{key}:{_scalar_value(inner)}{tail}"
    yield from _lines_below(inner, cursor.column - cursor.indent + deeper, context.style)


def _scalar_value(inner: Place) -> str:
    """Return what follows the colon of a key: the only sensible value, or a tab stop."""
    if inner.properties or inner.item is not None:
        return ""
    if inner.type == "boolean":
        # An absent key means false.
        return " true"
    return f" {inner.values[0]}" if len(inner.values) == 1 else " ^"


def _written(inner: Place) -> dict[str, str]:
    """Return the keys of a new mapping, each with what follows its colon."""
    written = {key: _scalar_value(inner.properties[key]) for key in inner.required}
    for key, place in inner.properties.items():
        if key in _WRITTEN_TOO and key not in written:
            written[key] = f" {place.values[0]}" if place.values else _scalar_value(place)
    return written


def _lines_below(inner: Place, column: int, style: Style) -> Iterator[str]:
    """Yield the lines below a key: the keys that a new value has, or a tab stop.

    The recursion ends because the schema of a manifest does not contain itself.
    """
    if inner.item is not None:
        pad = " " * (column + style.dash)
        below = [*_lines_below(inner.item, column + style.dash + 2 - style.step, style)]
        first, *others = below or [""]
        yield f"{pad}- {first.strip() or '^'}"
        yield from others
    elif inner.properties:
        column += style.step
        written = _written(inner)
        for key, value in written.items():
            yield f"{' ' * column}{key}:{value}"
            yield from _lines_below(inner.properties[key], column, style)
        if not written:
            yield f"{' ' * column}^"


def _flow_value(inner: Place, *, is_json: bool) -> str:
    quote = '"' if is_json else ""
    if inner.item is not None:
        return f"[{_flow_value(inner.item, is_json=is_json)}]"
    if not inner.properties:
        around = quote if inner.type == "string" else ""
        return f"{around}{_scalar_value(inner).strip()}{around}"
    pairs = []
    for key, value in _written(inner).items():
        place = inner.properties[key]
        around = quote if place.type == "string" else ""
        text = f"{around}{value.strip()}{around}" if value else _flow_value(place, is_json=is_json)
        pairs.append(f"{quote}{key}{quote}: {text}")
    return f"{{{', '.join(pairs) or '^'}}}"
