"""What is under the pointer, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from functools import partial
from os.path import relpath
from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import path_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Document
    from amp_lint.ide.snapshot import SnapshotReader
    from amp_lint.ide.workspace_index import DestinationUse


def register(server: AmpServer) -> None:
    """Answer `textDocument/hover`."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.session.document(params.text_document.uri)
        if document is None:
            return None
        kind = _kind(server.client_capabilities)
        others = server.manifests.stock(but=document)
        uses = (
            (_shown(one.uri, document.uri), manifest_index.uses) for one, manifest_index in others
        )
        question = partial(_hover, document, params.position, kind, uses)
        return await server.session.ask(document, question)


def _hover(
    document: Document,
    position: types.Position,
    kind: types.MarkupKind,
    elsewhere: Iterable[tuple[str, Iterable[DestinationUse]]],
    reader: SnapshotReader,
) -> types.Hover | None:
    from amp_lint.ide.hover import explain

    # The next runs of a schedule are those of the person who looks.
    now = datetime.now(timezone.utc)
    snapshot, offset = reader.snapshot(document.source), document.positions.offset(position)
    explanation = explain(snapshot.document, offset, now, elsewhere, snapshot.manifest)
    if explanation is None:
        return None
    content = types.MarkupContent(kind, explanation.text)
    return types.Hover(content, document.positions.range(explanation.span))


def _shown(uri: str, here: str) -> str:
    """A file as seen from the folder of another, if that is possible."""
    path, start = path_of(uri), PurePath(path_of(here)).parent
    try:
        return relpath(path, start)
    except ValueError:
        return path


def _kind(client: types.ClientCapabilities) -> types.MarkupKind:
    """Markdown, unless the client only shows plain text; ours can be read as that, too."""
    hover = client.text_document.hover if client.text_document else None
    formats = hover.content_format if hover else None
    if formats and types.MarkupKind.Markdown not in formats:
        return types.MarkupKind.PlainText
    return types.MarkupKind.Markdown
