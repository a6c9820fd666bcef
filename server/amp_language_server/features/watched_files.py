"""Changes of files on disk: manifests that are not open, and configuration files."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import is_manifest, path_of
from amp_lint.config import absolute
from amp_lint.config.discovery import NAMES

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer

_WATCHER = "amp-lint-files"

# The usual extension of configuration files; those with other names are watched once they are read.
_CONFIGURATION = ".toml"
_IGNORES = ".gitignore"
# A configuration may name any file; `amp-lint pull` writes here. To watch all JSON is too much.
_SNAPSHOTS = ".amp-lint/*.json"


def register(server: AmpServer) -> None:
    """Handle changes of files, and the cancellation of a search."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [str(absolute(path_of(change.uri))) for change in params.changes]
        if any(_is_configuration(server, path) for path in paths):
            server.folders.read_again()
            server.analyse_again()
        for change in params.changes:
            path = str(absolute(path_of(change.uri)))
            if change.type == types.FileChangeType.Deleted:
                server.manifests.deleted(path)
            elif is_manifest(change.uri):
                server.manifests.check(path)

    server.folders.watch = partial(_watch, server)

    @server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def cancelled(params: types.WorkDoneProgressCancelParams) -> None:
        if params.token == server.work_progress.token:
            server.manifests.stop()


def _is_configuration(server: AmpServer, path: str) -> bool:
    name = PurePath(path).name
    return name.endswith(_CONFIGURATION) or name == _IGNORES or server.folders.is_source(path)


def _watch(server: AmpServer, files: frozenset[str]) -> None:
    """Watch the files that have settings under an unusual name."""
    unusual = {PurePath(file).name for file in files if not file.endswith(_CONFIGURATION)}
    if unusual and server.client.watches_files:
        server.call_soon(server.register_later, _registration(unusual))


def watcher() -> types.Registration:
    """Return the registration for a client that reports changes of files."""
    return _registration((f"*{_CONFIGURATION}", _IGNORES, _SNAPSHOTS, *NAMES))


def _registration(names: Collection[str]) -> types.Registration:
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in names]
    return types.Registration(
        f"{_WATCHER}-{'-'.join(sorted(names))}",
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
