"""The server object: pygls with documents, settings and a dispatch of our own."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from amp_language_server import SERVER_NAME
from amp_language_server.lsp.client import Client
from amp_language_server.lsp.diagnostics import configuration_problems
from amp_language_server.rpc import parent_process
from amp_language_server.rpc.client_log import Log, messages
from amp_language_server.rpc.dispatch import AmpProtocol, strict_converter
from amp_language_server.rpc.progress import ProgressReporter
from amp_language_server.rpc.transport import Writer, bodies
from amp_language_server.state.comparison import Comparison
from amp_language_server.state.documents import OpenDocuments
from amp_language_server.state.publisher import Publisher
from amp_language_server.state.settings import FolderSettings
from amp_language_server.state.workspace import WorkspaceManifests
from amp_lint import __version__
from amp_lint.config import Problem

_MESSAGE_TYPES = {
    logging.ERROR: types.MessageType.Error,
    logging.WARNING: types.MessageType.Warning,
    logging.INFO: types.MessageType.Info,
}
# Maximum queue length; reading stops above it.
_MAX_QUEUED = 100
# Seconds that a thread runs while another waits. A request passes three threads while a fourth one
# analyses, so the default of 5 ms would be noticed.
_SWITCH_INTERVAL = 0.0005

_log = logging.getLogger(__name__)


class AmpServer(LanguageServer):
    """A language server for manifests. It has no features until they are registered."""

    protocol: AmpProtocol

    def __init__(self) -> None:
        super().__init__(
            name=SERVER_NAME,
            version=__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=AmpProtocol,
            converter_factory=strict_converter,
        )
        self.log = Log()
        self.client = Client()
        self.publisher = Publisher(self.text_document_publish_diagnostics)
        self.folders = FolderSettings(self._warn, self._show)
        comparison = Comparison(lambda words: self.call_soon(self._warn, words), self._elsewhere)
        self.documents = OpenDocuments(
            self.publisher.publish,
            folders=self.folders,
            changed=self._refresh_diagnostics,
            comparison=comparison,
        )
        self.work_progress = ProgressReporter(self, "Linting manifests")
        self.manifests = WorkspaceManifests(
            self.documents,
            self.publisher.publish,
            self.publisher.clear,
            self._refresh_diagnostics,
            self.work_progress,
        )
        # A command of the client that shows completions; an editor gives its name to `initialize`.
        self.completion_command: str | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def current(self) -> None:
        """Wait until all manifests of the workspace are known.

        They are searched again if the client does not report changes of files.
        """
        if not self.client.watches_files:
            self.manifests.search()
        await self.manifests.settled()

    def analyse_again(self) -> None:
        """Analyse everything with the current settings."""
        self.documents.refresh()
        self.manifests.search()
        self._refresh_diagnostics()

    def compare(self, against: str) -> None:
        """Compare open manifests with another old version; with none if `against` is empty."""
        self.documents.comparison.start(against)
        self.documents.refresh()
        self._refresh_diagnostics()
        if self.client.refreshes_lenses:
            self.background(self._request_lenses())

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work that nothing waits for."""
        task = asyncio.ensure_future(work)
        # The loop itself keeps no reference to a task.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def call_soon(self, act: Callable[..., object], *arguments: object) -> None:
        """Call a function on the event loop, from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(act, *arguments)

    def register_later(self, registration: types.Registration) -> None:
        """Ask the client to register a capability, and do not wait for its answer."""
        self.background(self._register(registration))

    def serve(self, incoming: RawIOBase, outgoing: RawIOBase) -> int:
        """Serve one client until it leaves. Return the exit code: 1 without `shutdown`, else 0."""
        self.log.install()
        sys.setswitchinterval(_SWITCH_INTERVAL)
        return asyncio.run(self._serve(incoming, outgoing))

    def version_of(self, uri: str) -> object:
        """Return the current version of an open document."""
        return self.documents.document(uri)

    def begin(self, params: types.InitializeParams, able: types.ServerCapabilities) -> None:
        """Start to serve a client that has initialized the server."""
        self.client = self.publisher.client = Client.of(params)
        self.documents.holds_back = self.client.can_be_told_again
        self.documents.encoding = able.position_encoding or self.documents.encoding
        self.log.send = self._log
        self.log.follow(self.protocol.trace, by="client")
        if params.process_id is not None:
            self.background(self._end_with(params.process_id))

    def end(self) -> None:
        """Stop serving."""
        self._over.set()

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log an error. pygls would show it to the user, who cannot do anything about it."""
        _log.error("%s: %s", source.__name__, error, exc_info=error)

    async def _serve(self, incoming: RawIOBase, outgoing: RawIOBase) -> int:
        loop = self._loop = asyncio.get_running_loop()
        loop.set_exception_handler(_log_fault)
        self.protocol.set_writer(Writer(outgoing))
        # A daemon thread: nothing can interrupt its read, and nothing has to wait for it.
        threading.Thread(target=self._read, args=(incoming, loop), daemon=True).start()
        await self._over.wait()
        self.log.send = None
        return 0 if self.protocol.was_shut_down else 1

    def _read(self, incoming: RawIOBase, loop: asyncio.AbstractEventLoop) -> None:
        queued = threading.Semaphore(_MAX_QUEUED)

        def receive(body: bytes) -> None:
            queued.release()
            if not self._over.is_set():
                self.protocol.receive(body)

        try:
            for body in bodies(incoming):
                queued.acquire()
                loop.call_soon_threadsafe(receive, body)
            loop.call_soon_threadsafe(self.end)
        except RuntimeError:
            return  # the loop has ended meanwhile

    async def _end_with(self, process: int) -> None:
        await parent_process.gone(process)
        self.end()

    async def _register(self, registration: types.Registration) -> None:
        with suppress(JsonRpcException):
            await self.client_register_capability_async(types.RegistrationParams([registration]))

    async def _request_refresh(self) -> None:
        with suppress(JsonRpcException):
            await self.workspace_diagnostic_refresh_async(None)

    async def _request_lenses(self) -> None:
        with suppress(JsonRpcException):
            await self.workspace_code_lens_refresh_async(None)

    def _refresh_diagnostics(self) -> None:
        if self.client.can_be_refreshed:
            self.background(self._request_refresh())

    def _log(self, record: logging.LogRecord, text: str) -> None:
        """Send a log record: as a trace if the client asked for one, else as a message."""
        if record.name == messages.name and self.protocol.trace != types.TraceValue.Off:
            self.protocol.notify(types.LOG_TRACE, types.LogTraceParams(text))
            return
        kind = _MESSAGE_TYPES.get(record.levelno, types.MessageType.Log)
        self.window_log_message(types.LogMessageParams(kind, text))

    def _elsewhere(self, path: str) -> frozenset[str]:
        """Return the integrations of all manifests but the one at a path."""
        return frozenset(
            one.name
            for document, index in self.manifests.indexed()
            for one in index.items
            if one.kind == "integration" and document.source.path != path
        )

    def _warn(self, words: str) -> None:
        self.window_show_message(
            types.ShowMessageParams(types.MessageType.Warning, f"amp-lint: {words}")
        )

    def _show(self, file: Path, problems: tuple[Problem, ...]) -> None:
        self.text_document_publish_diagnostics(
            configuration_problems(file, problems, self.documents.encoding)
        )


def _log_fault(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an error in the background, where no request waits for it."""
    error = context.get("exception")
    _log.error("%s", context.get("message"), exc_info=error)
