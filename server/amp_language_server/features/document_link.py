"""TextDocument links to the platform's documentation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.manifest.model import manifest_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument


def register(server: AmpServer) -> None:
    """Answer `textDocument/documentLink`."""
    options = types.DocumentLinkOptions(resolve_provider=False)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, options)
    async def document_links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        return await asyncio.to_thread(_links, document, server.client.shows_link_tooltips)


def _links(document: TextDocument, tooltips: bool) -> list[types.DocumentLink]:
    from amp_lint.ide.document_links import document_links

    return [
        types.DocumentLink(
            document.positions.range(link.span), link.url, link.words if tooltips else None
        )
        for link in document_links(manifest_of(document.tree.root))
    ]
