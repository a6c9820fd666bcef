"""The open documents of one client, and one analysis of each version."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from lsprotocol.types import (
    OptionalVersionedTextDocumentIdentifier,
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)
from pygls.uris import to_fs_path

from amp_language_server.lsp.positions import Positions, edited
from amp_language_server.state.settings import FolderSettings
from amp_lint.config.discovery import is_manifest_name
from amp_lint.ide.snapshot import SnapshotReader
from amp_lint.linter.engine import Report, Settings
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.incremental import Memory
    from amp_lint.ide.workspace_index import ManifestIndex

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TextDocument:
    """A version of an open document. A manifest that is not open has no version."""

    uri: str
    version: int | None
    positions: Positions

    @property
    def source(self) -> Source:
        """The text, without a byte order mark."""
        return self.positions.source

    @property
    def identifier(self) -> OptionalVersionedTextDocumentIdentifier:
        """The protocol's name for this version."""
        return OptionalVersionedTextDocumentIdentifier(self.uri, self.version)

    @cached_property
    def tree(self) -> Document:
        """The YAML document, as far as it can be read."""
        return read(self.source)

    @cached_property
    def manifest_index(self) -> ManifestIndex:
        """The names in this manifest that other manifests refer to."""
        from amp_lint.ide.workspace_index import manifest_index

        return manifest_index(self.tree)


@dataclass(frozen=True, slots=True)
class Analysis:
    """The report on one version of a document. `name` identifies it among all analyses."""

    document: TextDocument
    report: Report
    name: str


@dataclass(slots=True)
class OpenDocuments:
    """The documents that the client has open.

    `encoding` is how the client counts columns. `publish` is called with each analysis of a
    current version. `folders` knows the settings of each document.
    """

    publish: Callable[[Analysis], None]
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    folders: FolderSettings = field(default_factory=FolderSettings)
    _analysed: int = 0
    _documents: dict[str, TextDocument] = field(default_factory=dict)
    _memories: dict[str, Memory] = field(default_factory=dict)
    _analyses: dict[str, asyncio.Task[Analysis | None]] = field(default_factory=dict)

    def open(self, uri: str, version: int, text: str) -> None:
        """Add a document that the client opened, and analyse it at once."""
        from amp_lint.ide.incremental import Memory

        if is_manifest(uri):
            self._memories[uri] = Memory()
            self._set(uri, version, text, delay=0)

    def change(
        self, uri: str, version: int, changes: Iterable[TextDocumentContentChangeEvent]
    ) -> None:
        """Apply the client's changes, and analyse the document when the client pauses.

        Changes are applied in the order in which they come, regardless of their version: a skipped
        change would apply all later ones to the wrong text.
        """
        document = self._documents.get(uri)
        if document is None:
            return
        text = _with_mark(document.source)
        # The document's own positions have its lines already. They do not count a byte order mark
        # as a character of the text.
        positions = None if document.source.bom else document.positions
        for change in changes:
            text = self._changed(text, change, positions)
            positions = None
        self._set(uri, version, text, delay=self.folders.debounce(document.source.path))

    def close(self, uri: str) -> None:
        """Remove a document."""
        self._documents.pop(uri, None)
        self._memories.pop(uri, None)
        task = self._analyses.pop(uri, None)
        if task is not None:
            task.cancel()

    def document(self, uri: str) -> TextDocument | None:
        """Return the latest version of an open document."""
        return self._documents.get(uri)

    async def analysis(self, uri: str) -> Analysis | None:
        """Return the analysis of the latest version; None for a document that is not open."""
        while (task := self._analyses.get(uri)) is not None:
            await asyncio.wait({task})
            if self._analyses.get(uri) is task:
                return None if task.cancelled() else task.result()
        return None

    async def ask(self, document: TextDocument, question: Callable[[SnapshotReader], T]) -> T:
        """Answer a question about a document on a thread."""
        memory = self._memories.get(document.uri)
        if memory is None:
            return await asyncio.to_thread(question, SnapshotReader())
        return await asyncio.to_thread(memory.ask, document.source, question)

    async def idle(self) -> None:
        """Wait until no document is being analysed, or about to be."""
        while busy := {task for task in self._analyses.values() if not task.done()}:
            await asyncio.wait(busy)

    def refresh(self) -> None:
        """Analyse all documents again, with the current settings."""
        for document in list(self._documents.values()):
            self._analyse(document, delay=0)

    def settings(self, path: str) -> Settings:
        """Return the linter's settings for a file."""
        return self.folders.settings(path)

    def __iter__(self) -> Iterator[TextDocument]:
        return iter(list(self._documents.values()))

    def _set(self, uri: str, version: int, text: str, *, delay: float) -> None:
        positions = Positions(Source.from_text(text, path_of(uri)), self.encoding)
        document = self._documents[uri] = TextDocument(uri, version, positions)
        self._analyse(document, delay=delay)

    def _analyse(self, document: TextDocument, *, delay: float) -> None:
        before = self._analyses.pop(document.uri, None)
        if before is not None:
            before.cancel()
        task = self._analyses[document.uri] = asyncio.ensure_future(self._run(document, delay))
        task.add_done_callback(_log_fault)

    async def _run(self, document: TextDocument, delay: float) -> Analysis | None:
        await asyncio.sleep(delay)
        await self.folders.settled()
        path = document.source.path
        if self.folders.excludes(path):
            report = Report(document.source, ())
        else:
            memory = self._memories[document.uri]
            report = await asyncio.to_thread(memory.lint, document.source, self.settings(path))
        if self._documents.get(document.uri) is not document:
            return None
        self._analysed += 1
        analysis = Analysis(document, report, f"{document.version}.{self._analysed}")
        self.publish(analysis)
        return analysis

    def _changed(
        self, text: str, change: TextDocumentContentChangeEvent, positions: Positions | None = None
    ) -> str:
        if not isinstance(change, TextDocumentContentChangePartial):
            return change.text
        positions = positions or Positions(Source(text), self.encoding)
        span = positions.span(change.range)
        return edited(text, span, change.text)


def _log_fault(task: asyncio.Task[Analysis | None]) -> None:
    """Log an error of an analysis at once, since no request may ever wait for it."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.error("an analysis: %r", error, exc_info=error)


async def tree_of(document: TextDocument) -> Document:
    """Return the tree of a document, read on a thread so that the client can cancel."""
    return await asyncio.to_thread(lambda: document.tree)


def is_manifest(uri: str) -> bool:
    """Return whether the file name is that of a manifest. The language id does not matter."""
    return is_manifest_name(PurePath(path_of(uri)).name)


def path_of(uri: str) -> str:
    """Return the path of a URI; the URI itself if it does not name a file."""
    try:
        return to_fs_path(uri) or uri
    except ValueError:
        return uri


def _with_mark(source: Source) -> str:
    return f"\ufeff{source.text}" if source.bom else source.text
