"""The outline of a document."""

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
    from amp_language_server.state.documents import Document

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
        document = server.session.document(params.text_document.uri)
        if document is None:
            return []
        make = _tree if _takes_trees(server.client_capabilities) else _list
        return await asyncio.to_thread(make, document)


def _takes_trees(client: types.ClientCapabilities) -> bool:
    able = client.text_document.document_symbol if client.text_document else None
    return bool(able and able.hierarchical_document_symbol_support)


def _tree(document: Document) -> list[types.DocumentSymbol]:
    found = outline(manifest_of(document.tree.root))
    return [_symbol(one, document.positions) for one in found]


def _list(document: Document) -> list[types.SymbolInformation]:
    """The same in one list, each symbol with the name of the one around it."""
    found = outline(manifest_of(document.tree.root))
    return [one for symbol in found for one in _flat(symbol, None, document)]


def _flat(
    symbol: Symbol, around: str | None, document: Document
) -> Iterator[types.SymbolInformation]:
    location = types.Location(document.uri, document.positions.range(symbol.span))
    yield types.SymbolInformation(location, symbol.name, KINDS[symbol.kind], container_name=around)
    for child in symbol.children:
        yield from _flat(child, symbol.name, document)


def _symbol(symbol: Symbol, positions: Positions) -> types.DocumentSymbol:
    # Four levels at most, so recursion is safe.
    return types.DocumentSymbol(
        symbol.name,
        KINDS[symbol.kind],
        positions.range(symbol.span),
        positions.range(symbol.name_span),
        detail=symbol.detail or None,
        children=[_symbol(one, positions) for one in symbol.children] or None,
    )
