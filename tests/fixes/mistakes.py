"""Typical mistakes, injected into manifests without any."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.editor import Editor, Edits
from amp_lint.yaml.nodes import Entry, Mapping, Scalar, Sequence, walk
from amp_lint.yaml.reader import read

SCHEDULES = ("*/13 * * * *", "* * * * *", "@hourly", "*/25 * * * *", "*/60 * * * *", "0 * * *", "")
WRONG_TEXTS = ("no", "1.0", "123", "on")


class Injector:
    """Injects one mistake of a kind into a text, at a random place."""

    def __init__(self, text: str, random: Random) -> None:
        self.text = text
        self.random = random
        self.document: Document = read(Source.from_text(text))
        self.editor = Editor(self.document)
        nodes = list(walk(self.document.root))
        self.entries = [node.slot for node in nodes if isinstance(node.slot, Entry)]
        self.mappings = [node for node in nodes if isinstance(node, Mapping)]
        self.items = [node for node in nodes if isinstance(node.parent, Sequence)]

    def inject(self, kind: str) -> str | None:
        """Return the text with the mistake, or None if there is no place for it."""
        edits = KINDS[kind](self)
        return apply(self.text, edits) if edits else None

    def entry(self, *names: str) -> Entry | None:
        fitting = [one for one in self.entries if not names or one.name in names]
        return self.random.choice(fitting) if fitting else None

    def mapping(self, *keys: str) -> Mapping | None:
        fitting = [one for one in self.mappings if all(one.find(key) for key in keys)]
        return self.random.choice(fitting) if fitting else None

    def slip(self, word: str) -> str:
        at = self.random.randrange(1, len(word) - 1)
        return self.random.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )


def misspelt_key(on: Injector) -> Edits | None:
    entry = on.entry()
    return on.editor.set_text(entry.key, on.slip(entry.name)) if entry and entry.name else None


def key_in_odd_case(on: Injector) -> Edits | None:
    entry = on.entry()
    return on.editor.set_text(entry.key, entry.name.lower()) if entry else None


def misspelt_value(*names: str) -> Callable[[Injector], Edits | None]:
    def put(on: Injector) -> Edits | None:
        entry = on.entry(*names)
        if entry is None or not isinstance(entry.value, Scalar) or len(entry.value.value) < 3:
            return None
        return on.editor.set_text(entry.value, on.slip(entry.value.value))

    return put


def removed_key(on: Injector) -> Edits | None:
    entry = on.entry()
    return on.editor.remove(entry) if entry else None


def emptied_value(on: Injector) -> Edits | None:
    entry = on.entry("name", "provider", "objectName", "destination", "schedule", "enabled")
    return (Edit(entry.value.span, ""),) if entry else None


def repeated_item(on: Injector) -> Edits | None:
    whole = [item for item in on.items if isinstance(item, Mapping) and not item.flow]
    if not whole:
        return None
    item = on.random.choice(whole)
    start = on.document.source.position(item.start)
    line = on.document.source.line_span(start.line).start
    end = on.document.source.line_span(on.document.source.position(item.end).line).end
    return (Edit(Span(end, end), on.editor.style.line_break + on.text[line:end]),)


def repeated_key(on: Injector) -> Edits | None:
    entry = on.entry("name", "provider", "objectName", "destination", "schedule")
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    edits = on.editor.insert(entry.parent, "module2", entry.value.value)
    return tuple(Edit(e.span, e.text.replace("module2", entry.name)) for e in edits or ())


def wrong_text(on: Injector) -> Edits | None:
    entry = on.entry("name", "displayName", "provider", "objectName", "destination", "fieldName")
    return (Edit(entry.value.span, on.random.choice(WRONG_TEXTS)),) if entry else None


def wrong_schedule(on: Injector) -> Edits | None:
    entry = on.entry("schedule")
    return (Edit(entry.value.span, f'"{on.random.choice(SCHEDULES)}"'),) if entry else None


def naked_schedule(on: Injector) -> Edits | None:
    entry = on.entry("schedule")
    return (Edit(entry.value.span, "*/30 * * * *"),) if entry else None


def bare_field(on: Injector) -> Edits | None:
    fields = [item for item in on.items if isinstance(item, Mapping) and item.find("fieldName")]
    if not fields:
        return None
    item = on.random.choice(fields)
    name = item.find("fieldName")
    assert name is not None
    return (Edit(item.span, on.text[name.value.start : name.value.end]),)


def added(keys: tuple[str, ...], key: str, data: object) -> Callable[[Injector], Edits | None]:
    def put(on: Injector) -> Edits | None:
        mapping = on.mapping(*keys)
        return on.editor.insert(mapping, key, data) if mapping else None  # type: ignore[arg-type]

    return put


def set_to(name: str, text: str) -> Callable[[Injector], Edits | None]:
    def put(on: Injector) -> Edits | None:
        entry = on.entry(name)
        scalar = entry is not None and isinstance(entry.value, Scalar)
        return (Edit(entry.value.span, text),) if entry and scalar else None

    return put


def missing_space(on: Injector) -> Edits | None:
    entry = on.entry("objectName", "destination", "provider", "fieldName")
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    return (Edit(Span(entry.key.end, entry.value.start), ":"),)


def tab(on: Injector) -> Edits | None:
    entry = on.entry()
    if entry is None:
        return None
    start = on.document.source.line_span(on.document.source.position(entry.start).line).start
    lead = on.text[start : entry.start]
    return (Edit(Span(start, entry.start), "\t" * (len(lead) // 2)),) if lead.isspace() else None


def double_suppression(on: Injector) -> Edits | None:
    entry = on.entry("provider", "read", "objectName")
    if entry is None or on.document.source.position(entry.end).line < 2:
        return None
    end = on.document.source.line_span(on.document.source.position(entry.key.end).line).end
    return (Edit(Span(end, end), "  # amp:ignore[unknown-key, unknwon-key]"),)


PERIOD = {"defaultPeriod": {"days": 30, "fullHistory": True}}
KINDS: dict[str, Callable[[Injector], Edits | None]] = {
    "misspelt-key": misspelt_key,
    "key-in-odd-case": key_in_odd_case,
    "misspelt-provider": misspelt_value("provider", "module"),
    "misspelt-name": misspelt_value("objectName", "fieldName", "destination"),
    "removed-key": removed_key,
    "emptied-value": emptied_value,
    "repeated-item": repeated_item,
    "repeated-key": repeated_key,
    "wrong-text": wrong_text,
    "wrong-schedule": wrong_schedule,
    "naked-schedule": naked_schedule,
    "bare-field": bare_field,
    "prompt": added(("fieldName",), "prompt", "Which field?"),
    "always": added(("objectName", "destination"), "enabled", "always"),
    "backfill": added(("objectName", "destination"), "backfill", PERIOD),
    "delivery": added(("objectName", "destination"), "delivery", {"mode": "onRequest"}),
    "write": added(
        ("provider",), "write", {"objects": [{"objectName": "x", "inheritMapping": True}]}
    ),
    "subscribe": added(
        ("provider",),
        "subscribe",
        {
            "objects": [
                {
                    "objectName": "thing",
                    "destination": "hook",
                    "createEvent": {"enabled": "always"},
                    "updateEvent": {
                        "enabled": "always",
                        "requiredWatchFields": ["a", "a"],
                        "watchFieldsAuto": "all",
                    },
                }
            ]
        },
    ),
    "empty-objects": added(("provider",), "write", {"objects": []}),
    "not-always": set_to("enabled", "yes"),
    "quoted-true": set_to("enabled", '"true"'),
    "version": set_to("specVersion", "1.0"),
    "path": set_to("fieldName", "$.address.city"),
    "missing-space": missing_space,
    "tab": tab,
    "double-suppression": double_suppression,
}
