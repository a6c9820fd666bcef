"""Documents that open, change and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import path_of
from amp_lint.config import absolute

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer


def register(server: AmpServer) -> None:
    """Follow what the client does to its documents."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.manifests.opened(str(absolute(path_of(document.uri))), document.uri)
        server.session.open(document.uri, document.version, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        server.session.change(document.uri, document.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if server.session.document(uri) is None:
            return
        server.session.close(uri)
        if not server.pulls:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        # In a workspace folder, what the file on the disk holds counts again.
        server.manifests.look_at(str(absolute(path_of(uri))))
