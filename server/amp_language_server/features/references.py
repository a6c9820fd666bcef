"""Definition, references and highlights of the name at a position."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import tree_of
from amp_lint.ide.anchors import merged_at
from amp_lint.ide.references import Mention, Named, named_at, names

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument


def register(server: AmpServer) -> None:
    """Answer `textDocument/definition`, `/references` and `/documentHighlight`."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        document = server.documents.document(params.text_document.uri)
        found = await _named(document, params.position)
        there = list(_locations(document, (m for one in found for m in one.definitions.values())))
        return there or await _merged(document, params.position)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location]:
        document = server.documents.document(params.text_document.uri)
        found = await _named(document, params.position)
        everything = params.context.include_declaration
        here = _locations(
            document, (m for one in found for m in (one.mentions if everything else _uses(one)))
        )
        names = {one.text for one in found if one.kind == "destination"}
        return [*here, *await _elsewhere(server, document, names)]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlight(
        params: types.DocumentHighlightParams,
    ) -> list[types.DocumentHighlight]:
        document = server.documents.document(params.text_document.uri)
        found = await _named(document, params.position)
        defining = {start for one in found for start in one.definitions}
        return [
            types.DocumentHighlight(
                document.positions.range(mention.span),
                types.DocumentHighlightKind.Write
                if mention.reach.start in defining
                else types.DocumentHighlightKind.Read,
            )
            for mention in _each_once(m for one in found for m in one.mentions)
            if document is not None
        ]


async def _named(document: TextDocument | None, position: types.Position) -> list[Named]:
    """Return what the name at a position refers to."""
    if document is None:
        return []
    tree = await tree_of(document)
    return named_at(names(tree), document.positions.offset(position))


async def _merged(document: TextDocument | None, position: types.Position) -> list[types.Location]:
    """Return the anchors that a merge key (`<<`) leads to."""
    if document is None:
        return []
    spans = merged_at(await tree_of(document), document.positions.offset(position))
    return [types.Location(document.uri, document.positions.range(span)) for span in spans]


async def _elsewhere(
    server: AmpServer, document: TextDocument | None, names: set[str]
) -> list[types.Location]:
    """Return where other manifests name a destination."""
    if document is None or not names:
        return []
    await server.current()
    others = await asyncio.to_thread(list, server.manifests.indexed(but=document))
    return [
        types.Location(other.uri, other.positions.range(span))
        for other, manifest_index in others
        for name, span in manifest_index.mentions
        if name in names
    ]


def _uses(thing: Named) -> Iterator[Mention]:
    return (one for one in thing.mentions if one.reach.start not in thing.definitions)


def _locations(
    document: TextDocument | None, mentions: Iterable[Mention]
) -> Iterator[types.Location]:
    if document is not None:
        for mention in _each_once(mentions):
            yield types.Location(document.uri, document.positions.range(mention.span))


def _each_once(mentions: Iterable[Mention]) -> list[Mention]:
    """Return each mention once, in the order of the text."""
    found = {mention.reach.start: mention for mention in mentions}
    return [found[start] for start in sorted(found)]
