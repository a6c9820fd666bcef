"""Another name for a destination, an integration, an object or a mapped field."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException

from amp_language_server.lsp.text_edits import text_edits, workspace_edit
from amp_language_server.state.documents import tree_of
from amp_language_server.state.workspace import read_anew

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Document
    from amp_lint.ide.references import Named

_NOTHING_HERE = "nothing here can be renamed"


def register(server: AmpServer) -> None:
    """Answer `textDocument/prepareRename` and `textDocument/rename`."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(
        params: types.PrepareRenameParams,
    ) -> types.PrepareRenamePlaceholder | None:
        from amp_lint.ide.rename import renamable_at

        document = server.session.document(params.text_document.uri)
        if document is None:
            return None
        tree = await tree_of(document)
        found = renamable_at(tree, document.positions.offset(params.position))
        if found is None:
            return None
        thing, mention = found
        return types.PrepareRenamePlaceholder(document.positions.range(mention.span), thing.text)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def renamed(params: types.RenameParams) -> types.WorkspaceEdit | None:
        from amp_lint.ide.rename import RenameError, renamable_at

        document = server.session.document(params.text_document.uri)
        if document is None:
            return None
        tree = await tree_of(document)
        found = renamable_at(tree, document.positions.offset(params.position))
        if found is None:
            raise _refusal(_NOTHING_HERE)
        thing, to = found[0], params.new_name
        judged = [document, *(await _others(server, document, thing))]
        try:
            changes = await _changes(judged, thing, to)
        except RenameError as error:
            raise _refusal(str(error)) from None
        opened = [one for one in judged if one.version is not None]
        if any(server.session.document(one.uri) is not one for one in opened):
            raise JsonRpcContentModified
        return workspace_edit(server.client_capabilities, changes)


async def _others(server: AmpServer, document: Document, thing: Named) -> list[Document]:
    """The other documents in which a thing has its name: those that are open, and files."""
    if thing.kind != "destination":
        return []
    await server.current()
    opened = [one for one in server.session if one is not document]
    closed, encoding = server.manifests.closed(), server.session.encoding
    files = await asyncio.to_thread(read_anew, closed, encoding, thing.text)
    return [*opened, *files]


async def _changes(
    documents: list[Document], thing: Named, to: str
) -> list[tuple[Document, list[types.TextEdit]]]:
    """The changes of each document that has any."""
    from amp_lint.ide.rename import rename

    changes: list[tuple[Document, list[types.TextEdit]]] = []
    for document in documents:
        tree = await tree_of(document)
        edits = text_edits(document, rename(tree, thing, to))
        if edits:
            changes.append((document, edits))
    return changes


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed)
