"""Changes of files on disk: manifests that are not open, and configuration files."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import is_manifest, path_of
from amp_lint.config import absolute
from amp_lint.config.discovery import NAMES

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer

_WATCHER = "amp-lint-files"

# A configuration may extend any file, and an editor may name any; nearly all are called so.
_CONFIGURATION = ".toml"
_IGNORES = ".gitignore"
# A configuration may name any file; `amp-lint pull` writes here. To watch all JSON is too much.
_SNAPSHOTS = ".amp-lint/*.json"


def register(server: AmpServer) -> None:
    """Handle changes of files, and the cancellation of a search."""

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: types.DidChangeWatchedFilesParams) -> None:
        names = [PurePath(path_of(change.uri)).name for change in params.changes]
        if any(name.endswith(_CONFIGURATION) or name == _IGNORES for name in names) or any(
            server.folders.reads(str(absolute(path_of(change.uri)))) for change in params.changes
        ):
            server.folders.read_again()
            server.analyse_again()
        for change in params.changes:
            path = str(absolute(path_of(change.uri)))
            if change.type == types.FileChangeType.Deleted:
                server.manifests.deleted(path)
            elif is_manifest(change.uri):
                server.manifests.check(path)

    @server.feature(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def cancelled(params: types.WorkDoneProgressCancelParams) -> None:
        if params.token == server.work_progress.token:
            server.manifests.stop()


def watcher() -> types.Registration:
    """Return the registration for a client that reports changes of files."""
    names = (f"*{_CONFIGURATION}", _IGNORES, _SNAPSHOTS, *NAMES)
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in names]
    return types.Registration(
        _WATCHER,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
        types.DidChangeWatchedFilesRegistrationOptions(watchers),
    )
