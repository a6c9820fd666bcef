"""What an author may want to write at the caret: keys, values, names that exist.

Made from the schema, the catalog and the manifest itself; the word under the caret is blanked out
before the manifest is read, so that half a word does not cost the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from amp_lint.ide.cursor import Cursor
from amp_lint.ide.snapshot import Look, Seen
from amp_lint.manifest.model import (
    ACTIONS,
    READ_MINIMUM,
    WATCH_MINIMUM,
    Integration,
    Manifest,
    Object,
)
from amp_lint.manifest.view import V
from amp_lint.text.source import Source
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.node_path import Path
from amp_lint.yaml.nodes import Node, follow
from amp_schema.catalog import Provider, catalog
from amp_schema.manifest_schema import Place, canonical_key, place
from amp_schema.objects import names_for, objects_of

Kind = Literal[
    "key", "value", "provider", "module", "object", "field", "destination", "schedule", "rule"
]

# integrations, 0, watchSchema, schedule; that of a read object stands deeper.
_WATCH_DEPTH = 4
_SCHEDULES = (
    "*/10 * * * *",
    "*/15 * * * *",
    "*/30 * * * *",
    "0 * * * *",
    "0 */2 * * *",
    "0 */6 * * *",
    "0 */12 * * *",
    "0 0 * * *",
    "0 0 * * 1-5",
    "0 0 * * 0",
    "0 0 1 * *",
)


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to write in place of the cursor's prefix.

    `text` is one line as it is to be written. `lines` is the same with what belongs below it, each
    line with its indentation relative to the line of the caret; `^` marks what is to be filled in.
    `path` is that of the key or the value. `name` is the label without
    a dash or bracket; empty where that is the label.
    """

    kind: Kind
    label: str
    text: str
    lines: tuple[str, ...] = ()
    detail: str = ""
    path: Path = ()
    required: bool = False
    deprecated: bool = False
    name: str = ""


def completions(
    source: Source,
    cursor: Cursor,
    destinations: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
    look: Look | None = None,
) -> Iterator[Completion]:
    """What may be written at the cursor, the likeliest first. `destinations` are those that the
    configuration names, `elsewhere` those that other manifests use. `look` reads a text."""
    return _Proposing(source, cursor, tuple(destinations), tuple(elsewhere), look or Look()).all()


def wants_destination(cursor: Cursor) -> bool:
    """Whether the name of a destination may be written at the cursor."""
    return str(cursor.path[-1] if cursor.path else "").casefold() == "destination"


class _Proposing:
    """One place of one manifest."""

    def __init__(
        self,
        source: Source,
        cursor: Cursor,
        destinations: tuple[str, ...],
        elsewhere: tuple[str, ...],
        look: Look,
    ) -> None:
        self._source = source
        self._cursor = cursor
        self._destinations = destinations
        self._elsewhere = elsewhere
        self._look = look

    def all(self) -> Iterator[Completion]:
        """Everything that may be written here."""
        cursor = self._cursor
        if cursor.kind == "rule":
            yield from self._rules()
            return
        here = place(cursor.path)
        if here is None:
            return
        if here.item is not None and cursor.kind == "content":
            yield from self._items(here.item, cursor.path)
        elif here.properties:
            if cursor.kind == "content":
                yield from self._keys(here, cursor.path)
            elif cursor.flow and isinstance(cursor.path[-1], int):
                yield from self._keys(here, cursor.path, lead="{")
            beside = place(cursor.items_of) if cursor.items_of is not None else None
            if cursor.items_of is not None and beside is not None and beside.item is not None:
                yield from self._items(beside.item, cursor.items_of)
        elif here.item is None and not cursor.has_colon:
            yield from map(self._written, self._values(here, cursor.path))

    # Keys.

    def _items(self, item: Place, path: Path) -> Iterator[Completion]:
        """What a list begins with where its dash is not written yet."""
        if item.properties:
            yield from self._keys(item, (*path, 0), lead="- ")
        elif not self._cursor.has_colon and not self._cursor.quote:
            for one in map(self._written, self._values(item, (*path, 0))):
                yield replace(one, label=f"- {one.label}", text=f"- {one.text}", name=one.label)

    def _keys(self, here: Place, path: Path, lead: str = "") -> Iterator[Completion]:
        if lead and self._cursor.quote:
            return
        present = {canonical_key(here, key) for key in self._cursor.keys} if not lead else set()
        needed = set(here.required)
        for key in sorted(here.properties, key=lambda one: one not in needed):
            if key in present:
                continue
            inner = here.properties[key]
            bare = self._cursor.has_colon or bool(self._cursor.quote)
            space = " " if not inner.properties and inner.item is None else ""
            gap = " " if self._cursor.gap else ""
            alone = bare or (not space and self._has_more)
            yield Completion(
                "key",
                lead + key,
                gap + (lead + key if bare else f"{lead}{key}:{space or ' ' * self._cursor.flow}"),
                () if alone else tuple(self._block(lead + key, inner, gap, len(lead))),
                f"{inner.title}{' (required)' if key in needed else ''}",
                (*path, key),
                key in needed,
                inner.deprecated,
                key,
            )

    def _block(self, key: str, inner: Place, gap: str, deeper: int) -> Iterator[str]:
        """A key with what it needs below it."""
        if self._cursor.flow:
            yield f"{gap}{key}: {_in_flow(inner)}{'}' * key.startswith('{')}"
            return
        column = self._cursor.column - self._cursor.indent + deeper
        yield f"{gap}{key}:{_blank(inner)}"
        yield from _needed(inner, column, self._style)

    # Values.

    def _written(self, one: Completion) -> Completion:
        """A proposal as its value is to be written here."""
        cursor = self._cursor
        if cursor.quote == "'":
            text = one.label.replace("'", "''")
        elif cursor.quote:
            text = one.label.replace("\\", "\\\\").replace('"', '\\"')
        elif one.kind == "value":
            text = one.label
        else:
            text = self._style.scalar(one.label, flow=cursor.flow)
        gap = " " if cursor.gap else ""
        return replace(one, text=gap + text, path=cursor.path)

    def _values(self, here: Place, path: Path) -> Iterator[Completion]:
        if here.values:
            yield from (self._value(value, here) for value in here.values)
        elif here.type == "boolean":
            yield from (self._value(value, here) for value in ("true", "false"))
        elif here.type == "integer":
            yield from (self._value(str(value), here) for value in here.examples)
        elif "requiredWatchFields" in path:
            yield from (Completion("field", name, name) for name in self._delivered())
        else:
            yield from self._names(str(path[-1]), path)

    def _value(self, value: str, here: Place) -> Completion:
        is_default = value == str(here.default).lower()
        return Completion("value", value, value, (), "default" if is_default else "")

    def _names(self, key: str, path: Path) -> Iterator[Completion]:
        folded = key.casefold()
        if folded == "provider":
            yield from _providers()
        elif folded == "module":
            yield from self._modules()
        elif folded == "objectname":
            yield from self._objects(str(path[2]).casefold())
        elif folded in ("fieldname", "default"):
            yield from self._fields()
        elif folded == "destination":
            used = [node.value for node in self._manifest.destinations]
            known = {
                **dict.fromkeys(self._elsewhere, "used in another file"),
                **dict.fromkeys(self._destinations, "from the configuration"),
                **dict.fromkeys(used, "used in this file"),
            }
            for name in dict.fromkeys((*used, *self._destinations, *self._elsewhere)):
                yield Completion("destination", name, name, (), known[name])
        elif folded == "schedule":
            yield from _schedules(WATCH_MINIMUM if len(path) == _WATCH_DEPTH else READ_MINIMUM)

    def _modules(self) -> Iterator[Completion]:
        provider = catalog().provider(self._provider)
        if provider is None:
            return
        for module in provider.modules.values():
            default = ", the default" if module.name == provider.default_module else ""
            yield Completion("module", module.name, module.name, (), module.display_name + default)

    def _objects(self, action: str) -> Iterator[Completion]:
        integration = self._integration
        if integration is None:
            return
        beside: list[Object] = {
            "read": list[Object](integration.read_objects),
            "write": list[Object](integration.write_objects),
            "subscribe": list[Object](integration.subscribe_objects),
        }.get(action, [])
        taken = {one.name.value for one in beside if one.name is not None}
        read = [] if action == "read" else list(integration.read_by_name)
        known = objects_of(self._provider, self._module)
        for name in dict.fromkeys((*read, *names_for(self._provider, self._module, action))):
            if name not in taken:
                said = known[name].display_name if name in known else None
                detail = "in the read section" if name in read else said or ""
                yield Completion("object", name, name, (), detail)

    def _fields(self) -> Iterator[Completion]:
        """The fields of the object that the caret is in, those not listed yet first."""
        integration = self._integration
        here = self._around(integration.read_objects) if integration is not None else None
        if here is None or here.name is None:
            return
        known = objects_of(self._provider, self._module).get(here.name.value)
        listed = {one.field_name.value for one in here.fields if one.field_name is not None}
        for name in sorted(known.fields if known else (), key=lambda one: one in listed):
            yield Completion("field", name, name, (), "listed already" if name in listed else "")

    def _delivered(self) -> Iterator[str]:
        """The names that the read object of this subscription delivers."""
        integration = self._integration
        here = self._around(integration.subscribe_objects) if integration is not None else None
        if integration is None or here is None or here.name is None:
            return
        read_object = integration.read_by_name.get(here.name.value)
        event = here.events.get("updateEvent")
        watched = {one.value for one in event.texts("requiredWatchFields")} if event else set()
        for name in read_object.fields_by_delivered_name if read_object is not None else ():
            if name not in watched and not set(name) & set(".[]"):
                yield name

    def _rules(self) -> Iterator[Completion]:
        from amp_lint.linter.registry import rules
        from amp_lint.linter.suppressions import NEVER_SUPPRESSED

        for rule in rules().values():
            if rule.id not in NEVER_SUPPRESSED and rule.id not in self._cursor.keys:
                yield Completion("rule", rule.id, rule.id, (), rule.severity.value)

    # The manifest around the caret.

    @cached_property
    def _text(self) -> Source:
        """The manifest without the word that is being typed."""
        cursor, text = self._cursor, self._source.text
        if cursor.has_colon:
            return self._source
        start = cursor.word.start - len(cursor.quote)
        end = cursor.word.end
        end += bool(cursor.quote) and text[end : end + 1] == cursor.quote
        return Source.from_text(f"{text[:start]}{' ' * (end - start)}{text[end:]}")

    @property
    def _has_more(self) -> bool:
        """Whether the line goes on behind the word: what belongs below it cannot follow there."""
        end = self._cursor.word.end
        line = self._source.position(end).line
        rest = self._source.text[end : self._source.line_span(line).end]
        return not self._cursor.flow and bool(rest.strip())

    @cached_property
    def _seen(self) -> Seen:
        seen, closers = self._look.seen(self._text), self._cursor.closers
        if not closers or not seen.document.faults:
            return seen
        # Brackets that are not closed yet cost the whole integration; closed here, only the rest.
        text, end = self._text.text, self._cursor.prefix.end
        line = self._text.line_span(self._text.position(end).line)
        return self._look.seen(Source.from_text(f"{text[:end]} {closers}{text[line.end :]}"))

    @property
    def _style(self) -> Style:
        return self._seen.style

    @property
    def _manifest(self) -> Manifest:
        return self._seen.manifest

    @cached_property
    def _integration(self) -> Integration | None:
        """The integration that the caret is in; None where a syntax error hides it."""
        items = [item for item in self._manifest.places("integrations") if self._is_above(item)]
        here = self._around(self._manifest.integrations)
        return here if here is not None and items and follow(items[-1]) is here.node else None

    @property
    def _provider(self) -> str:
        return self._name("provider")

    @property
    def _module(self) -> str:
        return self._name("module")

    def _name(self, key: str) -> str:
        node = self._integration.text(key) if self._integration is not None else None
        return node.value if node is not None else ""

    def _around(self, views: Iterable[V]) -> V | None:
        """The one that the caret is in: the last that begins above it."""
        above = [view for view in views if self._is_above(view.node)]
        return max(above, key=lambda view: view.node.start, default=None)

    def _is_above(self, node: Node) -> bool:
        return node.start <= self._cursor.prefix.end


def _blank(inner: Place) -> str:
    """What follows the colon of a key: the only allowed value, or a place to fill in."""
    if inner.properties or inner.item is not None:
        return ""
    return f" {inner.values[0]}" if len(inner.values) == 1 else " ^"


def _needed(inner: Place, column: int, style: Style) -> Iterator[str]:
    """The lines below a key: the keys that its value cannot do without, or one to fill in."""
    # As deep as the schema, which does not nest in itself.
    if inner.item is not None:
        pad = " " * (column + style.dash)
        first, *others = [*_needed(inner.item, column + style.dash + 2 - style.step, style)] or [""]
        yield f"{pad}- {first.strip() or '^'}"
        yield from others
    elif inner.properties:
        column += style.step
        for key in inner.required:
            yield f"{' ' * column}{key}:{_blank(inner.properties[key])}"
            yield from _needed(inner.properties[key], column, style)
        if not inner.required:
            yield f"{' ' * column}^"


def _in_flow(inner: Place) -> str:
    if inner.item is not None:
        return f"[{_in_flow(inner.item)}]"
    if not inner.properties:
        return _blank(inner).strip()
    needed = (f"{key}: {_in_flow(inner.properties[key])}" for key in inner.required)
    return f"{{{', '.join(needed) or '^'}}}"


def _providers() -> Iterator[Completion]:
    for provider in catalog().providers.values():
        detail = f"{provider.display_name}: {', '.join(supported(provider)) or 'no action'}"
        yield Completion("provider", provider.name, provider.name, (), detail)


def supported(provider: Provider) -> list[str]:
    """The actions that a provider supports, itself or in any of its modules."""
    modules = (None, *provider.modules)
    return [action for action in ACTIONS if any(provider.supports(action, one) for one in modules)]


def _schedules(minimum: int) -> Iterator[Completion]:
    from amp_lint.manifest.cron import describe, parse, shortest_gap

    for text in _SCHEDULES:
        schedule = parse(text)
        gap = shortest_gap(schedule)
        if gap is not None and gap.minutes >= minimum:
            yield Completion("schedule", text, text, (), describe(schedule))


def documentation(kind: str, name: str, path: Path) -> str:
    """Markdown on a proposal: what is known of it, and of the place where it stands."""
    about = _ABOUT.get(kind)
    here = place(path)
    parts = [about(name) if about is not None else ""]
    if here is not None and kind != "rule":
        parts.append(here.description)
        parts.append(f"[{here.title}]({here.url})" if here.url else "")
    return "\n\n".join(part for part in parts if part)


def _about_rule(name: str) -> str:
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    rule = rules().get(name)
    doc = rule_doc(rule) if rule is not None else None
    return f"{doc.summary}\n\n{doc.why}".strip() if doc is not None else ""


def _about_schedule(text: str) -> str:
    from amp_lint.manifest.cron import ScheduleError, describe, parse

    try:
        return f"Runs {describe(parse(text))} (UTC)."
    except ScheduleError:
        return ""


def _about_provider(name: str) -> str:
    provider = catalog().provider(name)
    return _about(provider) if provider is not None else ""


def _about(provider: Provider) -> str:
    lines = [f"**{provider.display_name}** supports {', '.join(supported(provider)) or 'nothing'}."]
    if provider.modules:
        lines += ["", "Modules:", ""]
        lines += [f"- `{one.name}`: {one.display_name}" for one in provider.modules.values()]
    return "\n".join([*lines, "", f"By the catalog of {catalog().as_of}."])


_ABOUT: dict[str, Callable[[str], str]] = {
    "provider": _about_provider,
    "rule": _about_rule,
    "schedule": _about_schedule,
}
