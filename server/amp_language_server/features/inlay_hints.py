"""Inlay hints: schedules in words, and default modules."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.manifest.model import manifest_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument


def register(server: AmpServer) -> None:
    """Answer `textDocument/inlayHint`."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hints(params: types.InlayHintParams) -> list[types.InlayHint]:
        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        return await asyncio.to_thread(_hints, document, params.range)


def _hints(document: TextDocument, shown: types.Range) -> list[types.InlayHint]:
    from amp_lint.ide.inlay_hints import inlay_hints

    positions = document.positions
    start, end = positions.span(shown)
    return [
        types.InlayHint(positions.position(hint.offset), hint.words, padding_left=True)
        for hint in inlay_hints(manifest_of(document.tree.root))
        if start <= hint.offset <= end
    ]
