"""Hovers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from functools import partial
from os.path import relpath
from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.lsp.markup import markup
from amp_language_server.state.documents import path_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument
    from amp_lint.ide.snapshot import SnapshotReader
    from amp_lint.ide.workspace_index import DestinationUse
    from amp_lint.project.snapshot import Snapshot


def register(server: AmpServer) -> None:
    """Answer `textDocument/hover`."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.documents.document(params.text_document.uri)
        if document is None:
            return None
        kind = server.client.hover_format
        others = server.manifests.indexed(but=document)
        uses = (
            (_shown(one.uri, document.uri), manifest_index.uses) for one, manifest_index in others
        )
        project = server.documents.settings(document.source.path).snapshot
        question = partial(_hover, document, params.position, kind, (uses, project))
        return await server.documents.ask(document, question)


def _hover(
    document: TextDocument,
    position: types.Position,
    kind: types.MarkupKind,
    beside: tuple[Iterable[tuple[str, Iterable[DestinationUse]]], Snapshot | None],
    reader: SnapshotReader,
) -> types.Hover | None:
    from amp_lint.ide.hover import explain

    # The next runs of a schedule count from now.
    now = datetime.now(timezone.utc)
    snapshot, offset = reader.snapshot(document.source), document.positions.offset(position)
    uses, project = beside
    explanation = explain(snapshot.document, offset, now, uses, snapshot.manifest, project)
    if explanation is None:
        return None
    return types.Hover(markup(kind, explanation.text), document.positions.range(explanation.span))


def _shown(uri: str, here: str) -> str:
    """Return the path of a file relative to the folder of another one, if there is one."""
    path, start = path_of(uri), PurePath(path_of(here)).parent
    try:
        return relpath(path, start)
    except ValueError:
        return path
