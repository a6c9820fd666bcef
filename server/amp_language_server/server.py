"""The server object: pygls with a session and a conversation of ours."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Coroutine
from io import RawIOBase
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from amp_language_server.features import (
    code_actions,
    code_lens,
    completion,
    configuration,
    diagnostics,
    document_link,
    document_symbols,
    execute_command,
    folding,
    hover,
    inlay_hints,
    references,
    rename,
    text_sync,
    watched_files,
    workspace_symbols,
)
from amp_language_server.rpc import parent_process
from amp_language_server.rpc.client_log import Log, messages
from amp_language_server.rpc.dispatch import Conversation, strict_converter
from amp_language_server.rpc.progress import ProgressBar
from amp_language_server.rpc.transport import Writer, bodies
from amp_language_server.state.documents import Analysis, Session
from amp_language_server.state.settings import Projects
from amp_language_server.state.workspace import Manifests
from amp_lint import __version__
from amp_lint.config import Problem

SERVER_NAME = "amp-language-server"

_FEATURES = (
    configuration,
    text_sync,
    watched_files,
    diagnostics,
    code_actions,
    completion,
    hover,
    document_symbols,
    workspace_symbols,
    inlay_hints,
    references,
    rename,
    folding,
    code_lens,
    document_link,
    execute_command,
)
_MESSAGE_TYPES = {
    logging.ERROR: types.MessageType.Error,
    logging.WARNING: types.MessageType.Warning,
    logging.INFO: types.MessageType.Info,
}
# So many messages may wait to be handled before the client has to.
_MOST_WAITING = 100
# Seconds that a thread works on while another waits: a request comes in, is looked at and answered
# on three of them, each time beside the one that judges.
_TURN = 0.0005

_log = logging.getLogger(__name__)


class AmpServer(LanguageServer):
    """A language server for manifests."""

    protocol: Conversation

    def __init__(self) -> None:
        super().__init__(
            name=SERVER_NAME,
            version=__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Conversation,
            converter_factory=strict_converter,
        )
        self.log = Log()
        self.projects = Projects(self._warn, self._show)
        self.session = Session(self._publish, projects=self.projects)
        self.bar = ProgressBar(self, "Linting manifests")
        self.manifests = Manifests(
            self.session, self._publish, self._clear, self._ask_for_questions, self.bar
        )
        # A command of the client that shows completions; an editor gives its name to `initialize`.
        self.completion_command: str | None = None
        self._over = asyncio.Event()
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

    def serve(self, incoming: RawIOBase, outgoing: RawIOBase) -> int:
        """Serve one client until it leaves; return the exit code, 1 where it did not say so."""
        self.log.install()
        sys.setswitchinterval(_TURN)
        return asyncio.run(self._serve(incoming, outgoing))

    def begin(self, params: types.InitializeParams, able: types.ServerCapabilities) -> None:
        """Start to serve a client that has introduced itself."""
        self.session.encoding = able.position_encoding or self.session.encoding
        self.log.send = self._log
        self.log.follow(self.protocol.trace, by="client")
        if params.process_id is not None:
            self.background(self._end_with(params.process_id))

    def end(self) -> None:
        """Serve no longer."""
        self._over.set()

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log a fault; a message in the user's way would help nobody."""
        _log.error("%s: %s", source.__name__, error, exc_info=error)

    async def _serve(self, incoming: RawIOBase, outgoing: RawIOBase) -> int:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_fault)
        self.protocol.set_writer(Writer(outgoing))
        # A daemon: nobody can wake it from a read, and nobody has to wait for it.
        threading.Thread(target=self._read, args=(incoming, loop), daemon=True).start()
        await self._over.wait()
        self.log.send = None
        return 0 if self.protocol.was_shut_down else 1

    def _read(self, incoming: RawIOBase, loop: asyncio.AbstractEventLoop) -> None:
        waiting = threading.Semaphore(_MOST_WAITING)

        def receive(body: bytes) -> None:
            waiting.release()
            if not self._over.is_set():
                self.protocol.receive(body)

        try:
            for body in bodies(incoming):
                waiting.acquire()
                loop.call_soon_threadsafe(receive, body)
            loop.call_soon_threadsafe(self.end)
        except RuntimeError:
            return  # the loop has ended meanwhile

    async def _end_with(self, process: int) -> None:
        await parent_process.gone(process)
        self.end()

    def _log(self, record: logging.LogRecord, text: str) -> None:
        """Pass on a log record, the way that the client expects it."""
        if record.name == messages.name and self.protocol.trace != types.TraceValue.Off:
            self.protocol.notify(types.LOG_TRACE, types.LogTraceParams(text))
            return
        kind = _MESSAGE_TYPES.get(record.levelno, types.MessageType.Log)
        self.window_log_message(types.LogMessageParams(kind, text))

    def _publish(self, analysis: Analysis) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(diagnostics.published(analysis))

    def _clear(self, uri: str) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _ask_for_questions(self) -> None:
        if self.pulls:
            self.background(diagnostics.refresh(self))

    def _warn(self, words: str) -> None:
        self.window_show_message(
            types.ShowMessageParams(types.MessageType.Warning, f"amp-lint: {words}")
        )

    def _show(self, file: Path, problems: tuple[Problem, ...]) -> None:
        self.text_document_publish_diagnostics(
            diagnostics.problems_in(file, problems, self.session.encoding)
        )


def _log_fault(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A fault in the background, which nobody waits for."""
    error = context.get("exception")
    _log.error("%s", context.get("message"), exc_info=error)
