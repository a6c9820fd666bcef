"""The server object: pygls with a session of ours."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from amp_language_server.features import (
    code_actions,
    code_lens,
    commands,
    completion,
    configuration,
    diagnostics,
    document_link,
    documents,
    files,
    folding,
    hints,
    hover,
    navigation,
    rename,
    symbols,
    workspace_symbols,
)
from amp_language_server.progress import ProgressBar
from amp_language_server.projects import Projects
from amp_language_server.session import Analysis, Session
from amp_language_server.workspace import Manifests
from amp_lint import __version__
from amp_lint.config import Problem

SERVER_NAME = "amp-language-server"

_FEATURES = (
    configuration,
    documents,
    files,
    diagnostics,
    code_actions,
    completion,
    hover,
    symbols,
    workspace_symbols,
    hints,
    navigation,
    rename,
    folding,
    code_lens,
    document_link,
    commands,
)
_log = logging.getLogger(__name__)


class AmpServer(LanguageServer):
    """A language server for manifests."""

    def __init__(self) -> None:
        super().__init__(
            name=SERVER_NAME,
            version=__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
        )
        self.projects = Projects(self._tell, self._show)
        self.session = Session(self._publish, projects=self.projects)
        self.bar = ProgressBar(self, "Linting manifests")
        self.manifests = Manifests(
            self.session, self._publish, self._clear, self._ask_for_questions, self.bar
        )
        self._tasks: set[asyncio.Task[None]] = set()
        for feature in _FEATURES:
            feature.register(self)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    async def current(self) -> None:
        """Wait until all manifests of the workspace are known. Where the client does not tell
        what changes, they are looked for anew."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            self.manifests.search()
        await self.manifests.settled()

    def judge_anew(self) -> None:
        """Judge everything by what is now asked."""
        self.session.refresh()
        self.manifests.search()
        self._ask_for_questions()

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for."""
        task = asyncio.ensure_future(work)
        # The loop itself does not keep a task alive.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log a fault; a message in the user's way would help nobody."""
        _log.error("%s: %s", source.__name__, error, exc_info=error)

    def _publish(self, analysis: Analysis) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(diagnostics.published(analysis))

    def _clear(self, uri: str) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _ask_for_questions(self) -> None:
        if self.pulls:
            self.background(diagnostics.refresh(self))

    def _tell(self, words: str) -> None:
        self.window_show_message(
            types.ShowMessageParams(types.MessageType.Warning, f"amp-lint: {words}")
        )

    def _show(self, file: Path, problems: tuple[Problem, ...]) -> None:
        self.text_document_publish_diagnostics(
            diagnostics.problems_in(file, problems, self.session.encoding)
        )
