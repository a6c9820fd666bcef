"""Documents that open, change and close, and files that change beside them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from amp_lint.config.find import NAMES

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer

_WATCHER = "amp-lint-configuration"
_CONFIGURATIONS = (*NAMES, "pyproject.toml")


def register(server: AmpServer) -> None:
    """Follow what the client does to its documents."""

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        if _watches(server.client_capabilities):
            # A client that refuses has to be restarted when the configuration changes.
            with suppress(JsonRpcException):
                await server.client_register_capability_async(
                    types.RegistrationParams([_registration()])
                )

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.session.open(document.uri, document.version, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        server.session.change(document.uri, document.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        known = server.session.document(uri) is not None
        server.session.close(uri)
        if known and not server.pulls:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        if any(PurePath(change.uri).name in _CONFIGURATIONS for change in params.changes):
            server.session.refresh()
            if server.pulls and _refreshes(server.client_capabilities):
                with suppress(JsonRpcException):
                    await server.workspace_diagnostic_refresh_async(None)


def _watches(client: types.ClientCapabilities) -> bool:
    watched = client.workspace.did_change_watched_files if client.workspace else None
    return bool(watched and watched.dynamic_registration)


def _refreshes(client: types.ClientCapabilities) -> bool:
    diagnostics = client.workspace.diagnostics if client.workspace else None
    return bool(diagnostics and diagnostics.refresh_support)


def _registration() -> types.Registration:
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in _CONFIGURATIONS]
    return types.Registration(
        _WATCHER,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
