"""Workspace symbols: integrations and objects of all manifests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.features.document_symbols import KINDS

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer


def register(server: AmpServer) -> None:
    """Answer `workspace/symbol`."""

    @server.feature(types.WORKSPACE_SYMBOL)
    async def symbols(params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
        from amp_lint.ide.workspace_index import matches

        await server.manifests.settled()
        manifests = await asyncio.to_thread(list, server.manifests.indexed())
        return [
            types.SymbolInformation(
                types.Location(document.uri, document.positions.range(item.span)),
                item.name,
                KINDS[item.kind],
                container_name=item.within or None,
            )
            for document, manifest_index in manifests
            for item in manifest_index.items
            if matches(params.query, item.name)
        ]
