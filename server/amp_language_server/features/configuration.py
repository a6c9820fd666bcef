"""What is asked of the linter: the client's settings, and the folders that they are for."""

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
    """Follow the client's settings and its folders."""
    asking = _Asking(server)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        options = params.initialization_options
        asking.pushed = section_of(options)
        command = options.get("completionCommand") if isinstance(options, dict) else None
        server.completion_command = command if isinstance(command, str) else None

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        # Nothing here waits: documents that are opened next are not to be held up.
        server.projects.set_roots(list(_folders(server)))
        server.background(asking.ask())
        server.background(_ask_for_news(server))
        server.manifests.search()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configuration_changed(params: types.DidChangeConfigurationParams) -> None:
        said = section_of(params.settings)
        if said is not None or not asking.is_possible:
            asking.pushed = said
        await asking.ask()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        server.projects.set_roots(list(_folders(server)))
        server.judge_anew()
        await asking.ask()


class _Asking:
    """Asks the client for its settings. `pushed` are those that it has sent unasked, which count
    where it has no other answer."""

    def __init__(self, server: AmpServer) -> None:
        self._server = server
        self.pushed: object = None
        self._asked = 0

    @property
    def is_possible(self) -> bool:
        """Whether the client answers."""
        workspace = self._server.client_capabilities.workspace
        return bool(workspace and workspace.configuration)

    async def ask(self) -> None:
        """Ask for the settings of each folder and those outside, and follow them."""
        self._asked += 1
        number = self._asked
        folders: dict[str | None, str | None] = {None: None}
        folders.update(_folders(self._server))
        said: Sequence[object] = ()
        if self.is_possible:
            items = [types.ConfigurationItem(uri, SECTION) for uri in folders.values()]
            self._server.projects.expect_answer()
            with suppress(JsonRpcException):
                said = await self._server.workspace_configuration_async(
                    types.ConfigurationParams(items)
                )
        # What has been asked since then will be answered by newer settings.
        if number == self._asked:
            self._follow(dict(zip_longest(folders, said[: len(folders)])))

    def _follow(self, said: dict[str | None, object]) -> None:
        asked: dict[str | None, ClientSettings] = {}
        problems: list[str] = []
        for root, section in said.items():
            asked[root], wrong = read_settings(self.pushed if section is None else section)
            problems += wrong
        changed = self._server.projects.set_asked(asked, problems)
        self._server.log.follow(self._server.projects.trace)
        self._server.projects.answered()
        if changed:
            self._server.judge_anew()


async def _ask_for_news(server: AmpServer) -> None:
    """Ask to be told of changes. A client that refuses has to be restarted for them to count."""
    workspace = server.client_capabilities.workspace
    registrations: list[types.Registration] = []
    if workspace and _is_dynamic(workspace.did_change_watched_files):
        registrations.append(watcher())
    if workspace and _is_dynamic(workspace.did_change_configuration):
        options = types.DidChangeConfigurationRegistrationOptions(SECTION)
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        registrations.append(types.Registration(_FOLLOWER, method, options))
    if registrations:
        with suppress(JsonRpcException):
            await server.client_register_capability_async(types.RegistrationParams(registrations))


def _is_dynamic(
    capability: types.DidChangeWatchedFilesClientCapabilities
    | types.DidChangeConfigurationClientCapabilities
    | None,
) -> bool:
    return bool(capability and capability.dynamic_registration)


def _folders(server: AmpServer) -> dict[str, str]:
    """The workspace folders that are on a disk, by their paths, with the client's addresses."""
    workspace = server.workspace
    uris = [folder.uri for folder in workspace.folders.values()]
    if not uris and workspace.root_uri:
        uris = [workspace.root_uri]
    paths = ((to_fs_path(uri), uri) for uri in uris)
    return {str(absolute(path)): uri for path, uri in paths if path and "\0" not in path}
