"""Another name for a destination, an integration, an object or a mapped field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException

from amp_language_server.session import tree_of
from amp_lint.references import Named
from amp_lint.renaming import RenameError, renamable_at, rename

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Document

_NOTHING_HERE = "nothing here can be renamed"


def register(server: AmpServer) -> None:
    """Answer `textDocument/prepareRename` and `textDocument/rename`."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(
        params: types.PrepareRenameParams,
    ) -> types.PrepareRenamePlaceholder | None:
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
        document = server.session.document(params.text_document.uri)
        if document is None:
            return None
        tree = await tree_of(document)
        found = renamable_at(tree, document.positions.offset(params.position))
        if found is None:
            raise _refusal(_NOTHING_HERE)
        thing, to = found[0], params.new_name
        others = [one for one in server.session if one is not document]
        judged = [document, *(others if thing.kind == "destination" else ())]
        try:
            changes = await _changes(judged, thing, to)
        except RenameError as error:
            raise _refusal(str(error)) from None
        if any(server.session.document(one.uri) is not one for one in judged):
            raise JsonRpcContentModified
        return types.WorkspaceEdit(changes=changes)


async def _changes(
    documents: list[Document], thing: Named, to: str
) -> dict[str, Sequence[types.TextEdit]]:
    """The changes of each document that has any."""
    changes: dict[str, Sequence[types.TextEdit]] = {}
    for document in documents:
        tree = await tree_of(document)
        edits = rename(tree, thing, to)
        if edits:
            changes[document.uri] = [
                types.TextEdit(document.positions.range(edit.span), edit.text) for edit in edits
            ]
    return changes


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, code=types.LSPErrorCodes.RequestFailed)
