"""The outline of a document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.manifest import manifest_of
from amp_lint.outline import Symbol, outline

if TYPE_CHECKING:
    from amp_language_server.convert import Positions
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Document

KINDS = {
    "integration": types.SymbolKind.Module,
    "action": types.SymbolKind.Namespace,
    "object": types.SymbolKind.Class,
    "field": types.SymbolKind.Field,
}


def register(server: AmpServer) -> None:
    """Answer `textDocument/documentSymbol`."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        document = server.session.document(params.text_document.uri)
        return await asyncio.to_thread(_symbols, document) if document is not None else []


def _symbols(document: Document) -> list[types.DocumentSymbol]:
    found = outline(manifest_of(document.tree.root))
    return [_symbol(one, document.positions) for one in found]


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
