"""TextDocument symbols: as a tree, or as a list for clients that take no tree."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.ide.document_symbols import Symbol, outline
from amp_lint.manifest.model import manifest_of

if TYPE_CHECKING:
    from amp_language_server.lsp.positions import Positions
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument

KINDS = {
    "integration": types.SymbolKind.Module,
    "action": types.SymbolKind.Namespace,
    "object": types.SymbolKind.Class,
    "field": types.SymbolKind.Field,
}


def register(server: AmpServer) -> None:
    """Answer `textDocument/documentSymbol`."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(
        params: types.DocumentSymbolParams,
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        make = _tree if server.client.takes_symbol_trees else _list
        return await asyncio.to_thread(make, document)


def _tree(document: TextDocument) -> list[types.DocumentSymbol]:
    found = outline(manifest_of(document.tree.root))
    return [_symbol(one, document.positions) for one in found]


def _list(document: TextDocument) -> list[types.SymbolInformation]:
    """Return the symbols as a list, each with the name of its parent."""
    found = outline(manifest_of(document.tree.root))
    return [one for symbol in found for one in _flat(symbol, None, document)]


def _flat(
    symbol: Symbol, around: str | None, document: TextDocument
) -> Iterator[types.SymbolInformation]:
    location = types.Location(document.uri, document.positions.range(symbol.span))
    yield types.SymbolInformation(location, symbol.name, KINDS[symbol.kind], container_name=around)
    for child in symbol.children:
        yield from _flat(child, symbol.name, document)


def _symbol(symbol: Symbol, positions: Positions) -> types.DocumentSymbol:
    # There are four levels at most.
    return types.DocumentSymbol(
        symbol.name,
        KINDS[symbol.kind],
        positions.range(symbol.span),
        positions.range(symbol.name_span),
        detail=symbol.detail or None,
        children=[_symbol(one, positions) for one in symbol.children] or None,
    )
