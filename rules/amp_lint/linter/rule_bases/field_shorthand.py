"""Fields that are written as a name and the name that it is mapped to: `firstname: first_name`."""

from __future__ import annotations

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.manifest.objects import Field
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import mapped_names, name_slip
from amp_lint.text.source import Span
from amp_lint.yaml.editor.layout import is_in_flow
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar

_KEYS = ("fieldName", "mapToName", "mapToDisplayName", "prompt")
_MOST_EDITS = 2
# Values that say something else about a field than its name.
_NOT_NAMES = frozenset(
    ("required", "optional", "string", "text", "number", "integer", "boolean", "date", "always")
)


def as_shorthand(context: Context, entry: Field) -> Finding | None:
    """Return the finding about an entry whose only key is the name of a field."""
    short = _shorthand(entry)
    if short is None:
        return None
    both = (short.name, _text(short))
    return _finding(context, entry.node, short.name, both, claims=[short.key])


def as_arrow(context: Context, item: Node, text: str) -> Finding | None:
    """Return the finding about the item `firstname -> first_name`."""
    both = mapped_names(text)
    return _finding(context, item, text, both, claims=[]) if both is not None else None


def _shorthand(entry: Field) -> Entry | None:
    """Return the only entry of a field if its key was meant as the name of the field."""
    if len(entry.node.entries) != 1:
        return None
    from amp_lint.text.joined_keys import joined_key
    from amp_schema.closest_match import nearest
    from amp_schema.manifest_schema import places_of_key
    from amp_schema.synonyms import synonyms

    found = entry.node.entries[0]
    other_words = {word for key in _KEYS for word in synonyms(key)}
    if found.merges or places_of_key(found.name) or found.name.casefold() in other_words:
        return None
    is_near = any(nearest(key, [found.name], limit=_MOST_EDITS) for key in _KEYS)
    if is_near or joined_key(found.name) is not None or name_slip(found.name) is not None:
        return None
    text = _text(found)
    is_name = text and text.casefold() not in _NOT_NAMES and name_slip(text) is None
    return found if is_name else None


def _text(entry: Entry) -> str:
    node = entry.value
    return node.value if isinstance(node, Scalar) and node.kind == "str" else ""


def _finding(
    context: Context, item: Node, shown: str, both: tuple[str, str], *, claims: list[Node]
) -> Finding:
    name, other = both
    return context.finding(
        item,
        f"{quoted(shown)} is not a key of a field; write {quoted(f'fieldName: {name}')} with "
        f"{quoted(f'mapToName: {other}')}",
        fixes=[_fix(context, item, name, other)],
        claims=claims,
    )


def _fix(context: Context, item: Node, name: str, other: str) -> Fix | None:
    if item.anchor is not None or (isinstance(item, Scalar) and item.style in ("|", ">")):
        return None
    style, in_flow = context.edit.style, is_in_flow(item)
    pairs = [
        f"{key}: {style.scalar(value, flow=in_flow)}"
        for key, value in (("fieldName", name), ("mapToName", other))
    ]
    text = f"{style.line_break}{' ' * context.edit.column(item.start)}".join(pairs)
    if in_flow or (isinstance(item, Mapping) and item.flow):
        text = f"{{{', '.join(pairs)}}}"
    return context.fix("Write both keys", (Edit(Span(item.start, item.end), text),))
