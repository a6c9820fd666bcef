"""Rename of destinations, integrations, objects, mapped fields and anchors."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException

from amp_language_server.lsp.text_edits import text_edits, workspace_edit
from amp_language_server.state.documents import tree_of
from amp_language_server.state.workspace import read_from_disk

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument
    from amp_lint.ide.references import Named

_NOTHING_HERE = "nothing here can be renamed"

_Change = tuple[types.OptionalVersionedTextDocumentIdentifier, list[types.TextEdit]]


def register(server: AmpServer) -> None:
    """Answer `textDocument/prepareRename` and `textDocument/rename`."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(
        params: types.PrepareRenameParams,
    ) -> types.PrepareRenameResult | None:
        from amp_lint.ide.rename import renamable_at

        document = server.documents.document(params.text_document.uri)
        if document is None:
            return None
        tree = await tree_of(document)
        found = renamable_at(tree, document.positions.offset(params.position))
        if found is None:
            return None
        thing, mention = found
        range_ = document.positions.range(mention.span)
        if server.client.quirks.renames_range:
            return range_
        return types.PrepareRenamePlaceholder(range_, thing.text)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def renamed(params: types.RenameParams) -> types.WorkspaceEdit | None:
        from amp_lint.ide.rename import RenameError, renamable_at

        document = server.documents.document(params.text_document.uri)
        if document is None:
            return None
        tree = await tree_of(document)
        found = renamable_at(tree, document.positions.offset(params.position))
        if found is None:
            raise _refusal(_NOTHING_HERE)
        thing, to = found[0], params.new_name
        documents = [document, *(await _others(server, document, thing))]
        try:
            changes = await _changes(documents, thing, to)
        except RenameError as error:
            raise _refusal(str(error)) from None
        opened = [one for one in documents if one.version is not None]
        if any(server.documents.document(one.uri) is not one for one in opened):
            raise JsonRpcContentModified
        return workspace_edit(server.client, changes)


async def _others(server: AmpServer, document: TextDocument, thing: Named) -> list[TextDocument]:
    """Return the other documents that may name the same thing: open ones, and files on disk."""
    if thing.kind != "destination":
        return []
    await server.current()
    opened = [one for one in server.documents if one is not document]
    closed, encoding = server.manifests.closed(), server.documents.encoding
    files = await asyncio.to_thread(read_from_disk, closed, encoding, thing.text)
    return [*opened, *files]


async def _changes(documents: list[TextDocument], thing: Named, to: str) -> list[_Change]:
    """Return the changes of each document that has any."""
    from amp_lint.ide.rename import rename

    changes: list[_Change] = []
    for document in documents:
        tree = await tree_of(document)
        edits = text_edits(document.positions, rename(tree, thing, to))
        if edits:
            changes.append((document.identifier, edits))
    return changes


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed)
