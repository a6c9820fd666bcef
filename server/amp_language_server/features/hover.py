"""What is under the pointer, in words."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.explain import explain

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Document


def register(server: AmpServer) -> None:
    """Answer `textDocument/hover`."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.session.document(params.text_document.uri)
        if document is None:
            return None
        kind = _kind(server.client_capabilities)
        return await asyncio.to_thread(_hover, document, params.position, kind)


def _hover(
    document: Document, position: types.Position, kind: types.MarkupKind
) -> types.Hover | None:
    # The next runs of a schedule are those of the person who looks.
    now = datetime.now(timezone.utc)
    explanation = explain(document.tree, document.positions.offset(position), now)
    if explanation is None:
        return None
    content = types.MarkupContent(kind, explanation.text)
    return types.Hover(content, document.positions.range(explanation.span))


def _kind(client: types.ClientCapabilities) -> types.MarkupKind:
    """Markdown, unless the client only shows plain text; ours can be read as that, too."""
    hover = client.text_document.hover if client.text_document else None
    formats = hover.content_format if hover else None
    if formats and types.MarkupKind.Markdown not in formats:
        return types.MarkupKind.PlainText
    return types.MarkupKind.Markdown
