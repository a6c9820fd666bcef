"""Code lenses above the integrations and read objects of a document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.manifest.model import manifest_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument
    from amp_lint.ide.code_lens import ChangedPlaces
    from amp_lint.project.snapshot import Snapshot

# VS Code and Neovim show a lens only if it has a command, and show one without a name as text. A
# command that goes to a place would have to be a different one in each client.
_TEXT_ONLY = ""


def register(server: AmpServer) -> None:
    """Answer `textDocument/codeLens`."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        project = server.documents.settings(document.source.path).snapshot
        changes = await _changes(server, document)
        return await asyncio.to_thread(_lenses, document, project, changes)


async def _changes(server: AmpServer, document: TextDocument) -> ChangedPlaces | None:
    """Return where a document differs from what it is compared with; None if it is not compared."""
    from amp_language_server.state.comparison import is_change
    from amp_lint.ide.code_lens import ChangedPlaces

    against = server.documents.against(document)
    analysis = await server.documents.analysis(document.uri) if against else None
    if analysis is None or analysis.document is not document:
        return None
    found = (one.span for one in analysis.report.findings if is_change(one))
    return ChangedPlaces(against, tuple(found))


def _lenses(
    document: TextDocument, project: Snapshot | None, changes: ChangedPlaces | None
) -> list[types.CodeLens]:
    from amp_lint.ide.code_lens import code_lenses

    found = []
    for lens in code_lenses(manifest_of(document.tree.root), project, changes):
        place = document.positions.position(lens.offset)
        command = types.Command(lens.words, _TEXT_ONLY)
        found.append(types.CodeLens(types.Range(place, place), command))
    return found
