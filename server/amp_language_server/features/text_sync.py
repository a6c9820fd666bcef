"""Text synchronization: documents that open, change and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import path_of
from amp_lint.config import absolute

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer


def register(server: AmpServer) -> None:
    """Handle `didOpen`, `didChange` and `didClose`."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.manifests.opened(str(absolute(path_of(document.uri))), document.uri)
        server.documents.open(document.uri, document.version, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        server.documents.change(document.uri, document.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if server.documents.document(uri) is None:
            return
        server.documents.close(uri)
        server.publisher.clear(uri)
        # In a workspace folder, the file on disk is analysed instead.
        server.manifests.check(str(absolute(path_of(uri))))
