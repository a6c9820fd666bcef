"""The open documents of one client, and one analysis for each version of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from lsprotocol.types import (
    PositionEncodingKind,
    TextDocumentContentChangeEvent,
    TextDocumentContentChangePartial,
)
from pygls.uris import to_fs_path

from amp_language_server.lsp.positions import Positions, edited
from amp_language_server.state.settings import Projects
from amp_lint.config.discovery import is_manifest_name
from amp_lint.ide.snapshot import SnapshotReader
from amp_lint.linter.engine import Report, Settings
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document as Tree
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.incremental import Memory
    from amp_lint.ide.workspace_index import ManifestIndex

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Document:
    """A version of an open document; without a version, a manifest as it is on disk."""

    uri: str
    version: int | None
    positions: Positions

    @property
    def source(self) -> Source:
        """The text, without the byte order mark that it may begin with."""
        return self.positions.source

    @cached_property
    def tree(self) -> Tree:
        """What the text means, as far as it can be read."""
        return read(self.source)

    @cached_property
    def manifest_index(self) -> ManifestIndex:
        """What other manifests want to know of this one."""
        from amp_lint.ide.workspace_index import manifest_index

        return manifest_index(self.tree)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the linter says of one version; `name` tells it from every other analysis."""

    document: Document
    report: Report
    name: str


@dataclass(slots=True)
class Session:
    """What the server knows of its client.

    `encoding` is how the client counts columns. `publish` is called with every analysis that is not
    outdated, for clients that do not ask for diagnostics themselves. `projects` know what is asked
    of the linter where.
    """

    publish: Callable[[Analysis], None]
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    projects: Projects = field(default_factory=Projects)
    _analysed: int = 0
    _documents: dict[str, Document] = field(default_factory=dict)
    _memories: dict[str, Memory] = field(default_factory=dict)
    _analyses: dict[str, asyncio.Task[Analysis | None]] = field(default_factory=dict)

    def open(self, uri: str, version: int, text: str) -> None:
        """Take over a document that the client opened, and judge it at once."""
        from amp_lint.ide.incremental import Memory

        if is_manifest(uri):
            self._memories[uri] = Memory()
            self._set(uri, version, text, delay=0)

    def change(
        self, uri: str, version: int, changes: Iterable[TextDocumentContentChangeEvent]
    ) -> None:
        """Follow the client's changes, and judge the document when the client rests.

        They are made in the order in which they come, whatever the version: left out, a change
        would set all later ones on the wrong text.
        """
        document = self._documents.get(uri)
        if document is None:
            return
        text = _whole(document.source)
        # Those of the document know its lines already; they do not count its mark as a character.
        positions = None if document.source.bom else document.positions
        for change in changes:
            text = self._changed(text, change, positions)
            positions = None
        self._set(uri, version, text, delay=self.projects.debounce(document.source.path))

    def close(self, uri: str) -> None:
        """Forget a document."""
        self._documents.pop(uri, None)
        self._memories.pop(uri, None)
        task = self._analyses.pop(uri, None)
        if task is not None:
            task.cancel()

    def document(self, uri: str) -> Document | None:
        """The latest version of an open document."""
        return self._documents.get(uri)

    async def analysis(self, uri: str) -> Analysis | None:
        """The analysis of the latest version; None for a document that is not open here."""
        while (task := self._analyses.get(uri)) is not None:
            await asyncio.wait({task})
            if self._analyses.get(uri) is task:
                return None if task.cancelled() else task.result()
        return None

    async def ask(self, document: Document, question: Callable[[SnapshotReader], T]) -> T:
        """What a question about a document finds out, on a thread."""
        memory = self._memories.get(document.uri)
        if memory is None:
            return await asyncio.to_thread(question, SnapshotReader())
        return await asyncio.to_thread(memory.ask, document.source, question)

    async def idle(self) -> None:
        """Wait until no document is being judged, or about to be."""
        while busy := {task for task in self._analyses.values() if not task.done()}:
            await asyncio.wait(busy)

    def refresh(self) -> None:
        """Judge all documents anew, by what is now asked."""
        for document in list(self._documents.values()):
            self._judge(document, delay=0)

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._documents.values()))

    def _set(self, uri: str, version: int, text: str, *, delay: float) -> None:
        positions = Positions(Source.from_text(text, path_of(uri)), self.encoding)
        document = self._documents[uri] = Document(uri, version, positions)
        self._judge(document, delay=delay)

    def _judge(self, document: Document, *, delay: float) -> None:
        before = self._analyses.pop(document.uri, None)
        if before is not None:
            before.cancel()
        task = self._analyses[document.uri] = asyncio.ensure_future(self._run(document, delay))
        task.add_done_callback(_log_fault)

    async def _run(self, document: Document, delay: float) -> Analysis | None:
        await asyncio.sleep(delay)
        await self.projects.settled()
        settings = self.settings(document.source.path)
        memory = self._memories[document.uri]
        report = await asyncio.to_thread(memory.lint, document.source, settings)
        if self._documents.get(document.uri) is not document:
            return None
        self._analysed += 1
        analysis = Analysis(document, report, f"{document.version}.{self._analysed}")
        self.publish(analysis)
        return analysis

    def settings(self, path: str) -> Settings:
        """What is asked of the linter in a file."""
        return self.projects.settings(path)

    def _changed(
        self, text: str, change: TextDocumentContentChangeEvent, positions: Positions | None = None
    ) -> str:
        if not isinstance(change, TextDocumentContentChangePartial):
            return change.text
        positions = positions or Positions(Source(text), self.encoding)
        span = positions.span(change.range)
        return edited(text, span, change.text)


def _log_fault(task: asyncio.Task[Analysis | None]) -> None:
    """Log at once what went wrong in an analysis, for which perhaps nobody ever asks."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.error("an analysis: %r", error, exc_info=error)


async def tree_of(document: Document) -> Tree:
    """The tree of a document, read on a thread: in a long one that takes its time, in which the
    client may cancel."""
    return await asyncio.to_thread(lambda: document.tree)


def is_manifest(uri: str) -> bool:
    """Whether a document is named as manifests are, whatever language the client takes it for."""
    return is_manifest_name(PurePath(path_of(uri)).name)


def path_of(uri: str) -> str:
    """The file behind an address; the address itself where there is none."""
    try:
        return to_fs_path(uri) or uri
    except ValueError:
        return uri


def _whole(source: Source) -> str:
    return f"\ufeff{source.text}" if source.bom else source.text
