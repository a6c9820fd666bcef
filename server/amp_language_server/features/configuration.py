"""The client's settings and workspace folders."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import to_fs_path

from amp_language_server.features.watched_files import watcher
from amp_language_server.state.client_settings import SECTION, read_settings, section_of
from amp_lint.config import absolute

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.client_settings import ClientSettings

_FOLLOWER = "amp-lint-settings"


def register(server: AmpServer) -> None:
    """Read the settings, and read them again when they change."""
    settings = _SettingsRequest(server)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        settings.pushed = section_of(params.initialization_options)

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        # Do not wait here: that would delay the documents that are opened next.
        server.folders.set_roots(list(_folders(server)))
        server.background(settings.ask())
        server.background(_register_watchers(server))
        server.manifests.search()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configuration_changed(params: types.DidChangeConfigurationParams) -> None:
        section = section_of(params.settings)
        if section is not None or not server.client.tells_settings:
            settings.pushed = section
        await settings.ask()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.folders.set_roots(list(_folders(server)))
        server.analyse_again()
        await settings.ask()


class _SettingsRequest:
    """Requests the client's settings.

    `pushed` are settings that the client sent by itself. They apply if it answers nothing else.
    """

    def __init__(self, server: AmpServer) -> None:
        self._server = server
        self.pushed: object = None
        self._number = 0

    async def ask(self) -> None:
        """Request the settings of each folder, and those outside of all folders."""
        self._number += 1
        number = self._number
        folders: dict[str | None, str | None] = {None: None}
        folders.update(_folders(self._server))
        sections: Sequence[object] = ()
        if self._server.client.tells_settings:
            items = [types.ConfigurationItem(uri, SECTION) for uri in folders.values()]
            self._server.folders.expect_answer()
            with suppress(JsonRpcException):
                sections = await self._server.workspace_configuration_async(
                    types.ConfigurationParams(items)
                )
        # A later request gets newer settings.
        if number == self._number:
            self._apply(dict(zip_longest(folders, sections[: len(folders)])))

    def _apply(self, sections: dict[str | None, object]) -> None:
        found: dict[str | None, ClientSettings] = {}
        problems: list[str] = []
        for root, section in sections.items():
            found[root], wrong = read_settings(self.pushed if section is None else section)
            problems += wrong
        changed = self._server.folders.set_client_settings(found, problems)
        self._server.log.follow(self._server.folders.trace)
        self._server.folders.answered()
        if changed:
            self._server.analyse_again()


async def _register_watchers(server: AmpServer) -> None:
    """Subscribe to changes of files and settings. A client that refuses must be restarted."""
    registrations: list[types.Registration] = []
    if server.client.watches_files:
        registrations.append(watcher())
    if server.client.registers_settings:
        options = types.DidChangeConfigurationRegistrationOptions(SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration(_FOLLOWER, method, options))
    if registrations:
        with suppress(JsonRpcException):
            await server.client_register_capability_async(types.RegistrationParams(registrations))


def _folders(server: AmpServer) -> dict[str, str]:
    """Return the client's URIs of the workspace folders that are on disk, by path."""
    workspace = server.workspace
    uris = [folder.uri for folder in workspace.folders.values()]
    if not uris and workspace.root_uri:
        uris = [workspace.root_uri]
    paths = ((to_fs_path(uri), uri) for uri in uris)
    return {str(absolute(path)): uri for path, uri in paths if path and "\0" not in path}
