"""The index of a manifest for the rest of the workspace: its names and destinations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amp_lint.ide.document_symbols import UNNAMED, Symbol, SymbolKind, outline
from amp_lint.ide.references import names
from amp_lint.manifest.model import Integration, Manifest, manifest_of
from amp_lint.manifest.objects import Object
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Scalar


@dataclass(frozen=True, slots=True)
class DestinationUse:
    """A use of a destination: the line (from 1), the section, the object and integration.

    The last two are None if they have no name.
    """

    name: str
    line: int
    section: str
    object: str | None
    integration: str | None


@dataclass(frozen=True, slots=True)
class IndexedSymbol:
    """An integration or object. `within` is where an object belongs."""

    kind: SymbolKind
    name: str
    within: str
    span: Span


@dataclass(frozen=True, slots=True)
class ManifestIndex:
    """The names in one manifest. `mentions` are all places of destinations, with aliases."""

    items: tuple[IndexedSymbol, ...]
    uses: tuple[DestinationUse, ...]
    mentions: tuple[tuple[str, Span], ...]


def manifest_index(document: Document) -> ManifestIndex:
    """Return the index of a manifest, as far as it can be read."""
    manifest = manifest_of(document.root)
    mentions = (
        (thing.text, mention.span)
        for thing in names(document)
        if thing.kind == "destination"
        for mention in thing.mentions
    )
    return ManifestIndex(
        tuple(_items(outline(manifest))),
        tuple(destination_uses(document, manifest)),
        tuple(mentions),
    )


def destination_uses(document: Document, manifest: Manifest) -> Iterator[DestinationUse]:
    """Yield the uses of destinations."""
    for integration in manifest.integrations:
        for section, one, node in _destinations(integration):
            yield DestinationUse(
                node.value,
                document.source.position(node.start).line,
                section,
                _text(one.name) if one is not None else None,
                _text(integration.name),
            )


def matches(query: str, name: str) -> bool:
    """Return whether a name has the characters of a query in this order, ignoring case."""
    left = iter(name.casefold())
    return all(character in left for character in query.casefold())


def _destinations(integration: Integration) -> Iterator[tuple[str, Object | None, Scalar]]:
    listed: tuple[tuple[str, Iterable[Object]], ...] = (
        ("read", integration.read_objects),
        ("subscribe", integration.subscribe_objects),
    )
    for section, objects in listed:
        for one in objects:
            if one.destination is not None:
                yield section, one, one.destination
    watch = integration.watch_schema
    node = watch.text("destination") if watch is not None else None
    if node is not None:
        yield "watchSchema", None, node


def _items(symbols: Iterable[Symbol]) -> Iterator[IndexedSymbol]:
    for integration in symbols:
        if integration.name != UNNAMED:
            yield IndexedSymbol(integration.kind, integration.name, "", integration.name_span)
        for section in integration.children:
            within = f"{integration.name}, {section.name}"
            for one in section.children:
                if one.name != UNNAMED:
                    yield IndexedSymbol(one.kind, one.name, within, one.name_span)


def _text(scalar: Scalar | None) -> str | None:
    return scalar.value if scalar is not None else None
