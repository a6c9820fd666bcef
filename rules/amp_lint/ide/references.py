"""What each name in a manifest refers to, and all places that refer to the same thing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from amp_lint.ide.anchors import anchored
from amp_lint.manifest.model import Integration, manifest_of
from amp_lint.manifest.objects import Field, ReadObject, SubscribeObject
from amp_lint.manifest.view import View
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Alias, Node, Scalar, follow

# A field is identified by its delivered name, a provider field by the provider's name.
NamedKind = Literal["destination", "integration", "object", "field", "provider field", "anchor"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names something: the text itself, an alias of it, or `&name`.

    The caret is on it within `reach`. `span` is the name without quotes.
    """

    node: Node
    reach: Span
    span: Span


@dataclass(slots=True, eq=False)
class Named:
    """A thing with a name. A destination has no definition, only uses.

    `scope` identifies what contains the thing: within it, the names of a kind are unique.
    """

    kind: NamedKind
    scope: Hashable
    text: str
    definitions: dict[int, Mention] = field(default_factory=dict)
    uses: dict[int, Mention] = field(default_factory=dict)
    # Whether each definition is a name that the manifest chooses, such as `mapToName`.
    chosen: bool = True

    @property
    def mentions(self) -> list[Mention]:
        """Definitions and uses, each place once, in the order of the text."""
        found = self.uses | self.definitions
        return [found[start] for start in sorted(found)]

    def covers(self, offset: int) -> bool:
        """Return whether the caret at this offset is on a mention."""
        return any(one.reach.start <= offset <= one.reach.end for one in self.mentions)

    def add(self, mention: Mention, *, defines: bool) -> None:
        """Add a mention."""
        (self.definitions if defines else self.uses).setdefault(mention.reach.start, mention)


def names(document: Document) -> list[Named]:
    """Return everything in a document that has a name, or is referred to by one."""
    register = _Register()
    for integration in manifest_of(document.root).integrations:
        register.integration(integration)
    for node, span in anchored(document):
        register.anchor(node, span)
    for alias in document.aliases:
        register.alias(alias)
    return list(register.found.values())


def named_at(known: Iterable[Named], offset: int) -> list[Named]:
    """Return what the name under the caret refers to.

    On an alias it is the anchor. Otherwise the things are of one kind; there are several if an
    anchored text is the name of more than one.
    """
    here = [one for one in known if one.covers(offset)]
    kind = "anchor" if any(one.kind == "anchor" for one in here) else here[0].kind if here else ""
    return [one for one in here if one.kind == kind]


class _Register:
    """Collects the mentions of each thing."""

    def __init__(self) -> None:
        self.found: dict[tuple[NamedKind, Hashable, str], Named] = {}

    def integration(self, item: Integration) -> None:
        scope = item.node.start
        self._value("integration", "", item, "name", defines=True)
        for reading in item.read_objects:
            self._value("object", scope, reading, "objectName", defines=True)
            self._value("destination", "", reading, "destination")
            self._fields(scope, reading)
        for other in (*item.write_objects, *item.subscribe_objects):
            self._value("object", scope, other, "objectName")
        for subscribed in item.subscribe_objects:
            self._value("destination", "", subscribed, "destination")
            self._watched(scope, subscribed)
        if item.watch_schema is not None:
            self._value("destination", "", item.watch_schema, "destination")

    def anchor(self, node: Node, span: Span) -> None:
        thing = self._thing("anchor", node.outer, node.anchor or "")
        thing.add(Mention(node, span, span), defines=True)

    def alias(self, alias: Alias) -> None:
        target = alias.target
        if target is not None and target.anchor is not None:
            thing = self._thing("anchor", target.outer, target.anchor)
            thing.add(Mention(alias, alias.span, alias.span), defines=False)

    def _fields(self, scope: Hashable, item: ReadObject) -> None:
        if item.name is None:
            return
        inside = (scope, item.name.value)
        for listed in item.fields_by_delivered_name.values():
            for one in listed:
                key = "mapToName" if one.map_to_name is not None else "fieldName"
                self._value("field", inside, one, key, defines=True, chosen=key == "mapToName")
        for one in item.fields:
            for key in _provider_keys(one):
                self._value("provider field", inside, one, key, defines=True, chosen=False)

    def _watched(self, scope: Hashable, subscribed: SubscribeObject) -> None:
        event, name = subscribed.events.get("updateEvent"), subscribed.name
        if event is None or name is None:
            return
        inside = (scope, name.value)
        for raw in event.places("requiredWatchFields"):
            text = follow(raw)
            if not isinstance(text, Scalar) or text.kind != "str" or not text.value:
                continue
            declared = ("field", inside, text.value) in self.found
            by_provider = ("provider field", inside, text.value) in self.found
            kind: NamedKind = "provider field" if by_provider and not declared else "field"
            thing = self._thing(kind, inside, text.value)
            self._add(thing, raw, text, defines=False)

    def _value(
        self,
        kind: NamedKind,
        scope: Hashable,
        view: View,
        key: str,
        *,
        defines: bool = False,
        chosen: bool = True,
    ) -> None:
        entry, text = view.entry(key), view.text(key)
        if entry is None or text is None:
            return
        thing = self._thing(kind, scope, text.value)
        thing.chosen = thing.chosen and chosen
        self._add(thing, entry.value, text, defines=defines)

    def _add(self, thing: Named, raw: Node, text: Scalar, *, defines: bool) -> None:
        thing.add(Mention(text, text.span, text.part(0, len(text.value))), defines=defines)
        if raw is not text:
            thing.add(Mention(raw, raw.span, raw.span), defines=False)

    def _thing(self, kind: NamedKind, scope: Hashable, text: str) -> Named:
        return self.found.setdefault((kind, scope, text), Named(kind, scope, text))


def _provider_keys(item: Field) -> Iterator[str]:
    """Yield the other keys of a field by whose values it can be watched too."""
    if item.map_to_name is not None:
        yield from ("fieldName", "default")
