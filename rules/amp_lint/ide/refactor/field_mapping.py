"""Refactoring between a provider field and a user-defined mapping.

The delivered name stays the same, so that nothing else has to change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.ide.refactor.context import RefactorContext, Refactoring
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.manifest.snippets import question, spoken
from amp_lint.text.edits import Edit
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.editor import Edits
from amp_lint.yaml.nodes import Entry

_KEYS = ("fieldName", "mapToName", "mapToDisplayName", "prompt", "default")
_ONLY_FOR_MAPPINGS = ("prompt", "default")


def turned(
    context: RefactorContext, integration: Integration, item: ReadObject, field: Field
) -> Refactoring | None:
    """Turn a field into a user-defined mapping, or back."""
    # With two entries of one name, the refactoring would affect both.
    if not item.delivers_once(field) or not field.is_written_here:
        return None
    if any(field.lacks(key) and field.misspelt(key) for key in _KEYS):
        return None
    if field.is_user_mapping:
        return _to_field(context, integration, item, field)
    # The platform rejects user-defined mappings in an object that is always enabled.
    bound = item.is_always_enabled and field.node.parent is item.value("requiredFields")
    return None if bound else _to_mapping(context, field)


def _to_mapping(context: RefactorContext, field: Field) -> Refactoring | None:
    source, entry, node = field.field_name, field.own("fieldName"), field.node
    if source is None or entry is None:
        return None
    if field.map_to_name is None and not field.lacks_text("mapToName"):
        return None
    if not all(field.lacks_text(key) for key in _ONLY_FOR_MAPPINGS):
        return None
    name, label = field.delivered_name or source, field.text("mapToDisplayName")
    shown = label.value if label is not None else spoken(name.value)
    # The key of the field is renamed, so that a comment beside it stays.
    key = "mapToName" if field.map_to_name is None and not node.find("mapToName") else "default"
    wanted = {
        "mapToName": name.value,
        "mapToDisplayName": shown,
        "prompt": question(shown),
        "default": source.value,
    }
    missing = [one for one in wanted if one != key and field.lacks_text(one)]
    if node.find(key) is not None or not all(map(field.takes, missing)):
        return None
    # An edit that fills an empty key comes before edits that add keys behind it.
    missing.sort(key=lambda one: node.find(one) is None)
    put = (context.edit.put(node, one, wanted[one]) for one in missing)
    title = f"Turn {quoted(source.value)} into a user-defined mapping"
    return context.refactoring(title, [context.edit.set_text(entry.key, key), *put])


def _to_field(
    context: RefactorContext, integration: Integration, item: ReadObject, field: Field
) -> Refactoring | None:
    name, answer = field.map_to_name, field.text("default")
    gone = {key: field.own(key) for key in _ONLY_FOR_MAPPINGS if field.entry(key) is not None}
    if name is None or field.own("mapToName") is None or None in gone.values():
        return None
    if answer is None and not field.lacks_text("default"):
        return None
    source = answer.value if answer is not None else _likely_field(integration, item, field)
    if field.node.find("fieldName") is not None:
        new = context.edit.put(field.node, "fieldName", source)
    elif turning := field.own("mapToName") if source == name.value else gone.pop("default", None):
        new = context.edit.set_text(turning.key, "fieldName")
    else:
        first = field.node.entries[0].name
        new = context.edit.insert(field.node, "fieldName", source, before=first)
    removed = _removed(context, [entry for entry in gone.values() if entry is not None])
    title = f"Turn the user-defined mapping {quoted(name.value)} into the field {quoted(source)}"
    return context.refactoring(title, [new, *removed])


def _likely_field(integration: Integration, item: ReadObject, field: Field) -> str:
    """Return the known field that is nearest to the words of a mapping; without one, its name."""
    from amp_schema.closest_match import nearest
    from amp_schema.objects import find_object

    provider, module = integration.provider, integration.module
    label, name = field.text("mapToDisplayName"), field.map_to_name
    words = [one.value for one in (name, label) if one is not None]
    if provider is not None and item.name is not None:
        at = module.value if module is not None else None
        known = find_object(provider.value, at, item.name.value)
        found = (nearest(word, known.fields) for word in words if known is not None)
        return next((one for one in found if one is not None), words[0])
    return words[0]


def _removed(context: RefactorContext, entries: Iterable[Entry]) -> Iterator[Edits | None]:
    """Yield the edits that remove entries but keep the comments behind them."""
    bare: list[Entry] = []
    for entry in entries:
        comment = _comment_behind(context, entry)
        if comment is None:
            bare.append(entry)
        elif context.edit.remove(entry) is None:
            yield None
        else:
            yield (Edit(Span(entry.start, comment), ""),)
    if bare:
        yield context.edit.remove(*bare)


def _comment_behind(context: RefactorContext, entry: Entry) -> int | None:
    """Return where a comment starts behind a block entry, on its last line; else None."""
    source = context.document.source
    behind = source.text[entry.end : source.line_span(source.position(entry.end).line).end]
    lead = len(behind) - len(behind.lstrip(" \t"))
    return entry.end + lead if not entry.parent.flow and behind[lead : lead + 1] == "#" else None
