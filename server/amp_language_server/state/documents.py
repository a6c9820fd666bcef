"""The open documents of one client, and one analysis of each version."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
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
from amp_language_server.state.comparison import Comparison
from amp_language_server.state.pace import Clock, Pace
from amp_language_server.state.settings import FolderSettings
from amp_language_server.state.shown import ShownFindings
from amp_lint.config.discovery import is_manifest_name
from amp_lint.ide.snapshot import SnapshotReader
from amp_lint.linter.engine import Report, Settings
from amp_lint.text.edits import Edit
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.incremental import Memory
    from amp_lint.ide.workspace_index import ManifestIndex
    from amp_lint.linter.finding import Finding

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
    """The report on one version of a document. `name` identifies it among all analyses.

    `shown` are the findings to show, None for all: a word that is being typed may look wrong.
    """

    document: TextDocument
    report: Report
    name: str
    shown: tuple[Finding, ...] | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings to show."""
        return self.report.findings if self.shown is None else self.shown


@dataclass(slots=True)
class _Work:
    """What is known and going on for one open document.

    `analysis` is of the latest version. `running` is the work on a thread, perhaps on an earlier
    version. `release` waits until a word that is being typed counts as finished.
    """

    memory: Memory
    pace: Pace = field(default_factory=Pace)
    shown: ShownFindings = field(default_factory=ShownFindings)
    analysis: asyncio.Future[Analysis | None] | None = None
    running: asyncio.Task[Report] | None = None
    release: asyncio.Task[None] | None = None


@dataclass(slots=True)
class OpenDocuments:
    """The documents that the client has open.

    `encoding` is how the client counts columns. `publish` is called with each analysis of a
    current version, and `changed` when one that is known is to be shown otherwise. `holds_back` is
    whether the client can be told so. `folders` knows the settings of each document, `comparison`
    the old version that it is compared with.
    """

    publish: Callable[[Analysis], None]
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    folders: FolderSettings = field(default_factory=FolderSettings)
    changed: Callable[[], None] = lambda: None
    holds_back: bool = True
    clock: Clock = field(default_factory=Clock)
    comparison: Comparison = field(default_factory=Comparison)
    _analysed: int = 0
    _documents: dict[str, TextDocument] = field(default_factory=dict)
    _work: dict[str, _Work] = field(default_factory=dict)

    def open(self, uri: str, version: int, text: str) -> None:
        """Add a document that the client opened, and analyse it at once."""
        from amp_lint.ide.incremental import Memory

        if is_manifest(uri):
            self._end(uri)
            self._work[uri] = _Work(Memory())
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
        edits: list[Edit] | None = None if document.source.bom else []
        for change in changes:
            edit = self._edit(text, change, positions)
            positions = None
            if edit is None:
                text, edits = change.text, None
                continue
            text = edited(text, edit.span, edit.text)
            if edits is not None:
                edits.append(edit)
        now, work = self.clock.now(), self._work[uri]
        work.shown.edited(edits, now)
        delay = work.pace.wait(now, self.folders.debounce(document.source.path))
        self._set(uri, version, text, delay=delay)

    def close(self, uri: str) -> None:
        """Remove a document."""
        self._documents.pop(uri, None)
        self._end(uri)

    def document(self, uri: str) -> TextDocument | None:
        """Return the latest version of an open document."""
        return self._documents.get(uri)

    async def analysis(self, uri: str) -> Analysis | None:
        """Return the analysis of the latest version; None for a document that is not open."""
        while (task := self._analysis(uri)) is not None:
            await asyncio.wait({task})
            if self._analysis(uri) is task:
                return None if task.cancelled() else task.result()
        return None

    async def ask(self, document: TextDocument, question: Callable[[SnapshotReader], T]) -> T:
        """Answer a question about a document on a thread."""
        work = self._work.get(document.uri)
        if work is None:
            return await asyncio.to_thread(question, SnapshotReader())
        return await asyncio.to_thread(work.memory.ask, document.source, question)

    async def idle(self) -> None:
        """Wait until no document is being analysed, or about to be."""
        while busy := {
            one.analysis for one in self._work.values() if one.analysis and not one.analysis.done()
        }:
            await asyncio.wait(busy)

    def refresh(self) -> None:
        """Analyse all documents again, with the current settings."""
        for document in list(self._documents.values()):
            self._analyse(document, delay=0)

    def settings(self, path: str) -> Settings:
        """Return the linter's settings for a file."""
        return self.folders.settings(path)

    def against(self, document: TextDocument) -> str:
        """Return what a document is compared with; empty if it is not."""
        deployed = self.folders.compares_deployed(document.source.path)
        return self.comparison.wanted(deployed=deployed)

    def __iter__(self) -> Iterator[TextDocument]:
        return iter(list(self._documents.values()))

    def _set(self, uri: str, version: int, text: str, *, delay: float) -> None:
        positions = Positions(Source.from_text(text, path_of(uri)), self.encoding)
        document = self._documents[uri] = TextDocument(uri, version, positions)
        self._analyse(document, delay=delay)

    def _analysis(self, uri: str) -> asyncio.Future[Analysis | None] | None:
        work = self._work.get(uri)
        return None if work is None else work.analysis

    def _end(self, uri: str) -> None:
        work = self._work.pop(uri, None)
        if work is not None:
            for task in (work.analysis, work.release):
                if task is not None:
                    task.cancel()

    def _analyse(self, document: TextDocument, *, delay: float) -> None:
        work = self._work[document.uri]
        for before in (work.analysis, work.release):
            if before is not None:
                before.cancel()
        task = work.analysis = asyncio.ensure_future(self._run(document, work, delay))
        task.add_done_callback(_log_fault)

    async def _run(self, document: TextDocument, work: _Work, delay: float) -> Analysis | None:
        await self.clock.sleep(delay)
        await self.folders.settled()
        if self.folders.excludes(document.source.path):
            report = Report(document.source, ())
        else:
            # One at a time: an analysis that is outdated cannot be stopped.
            while work.running is not None and not work.running.done():
                await asyncio.wait({work.running})
            work.running = asyncio.ensure_future(self._lint(document, work))
            report = await asyncio.shield(work.running)
        if self._documents.get(document.uri) is not document:
            return None
        analysis = self._judged(document, report, work)
        self.publish(analysis)
        if analysis.shown is not None:
            work.release = asyncio.ensure_future(self._release(analysis, work))
        return analysis

    async def _lint(self, document: TextDocument, work: _Work) -> Report:
        work.pace.started()
        work.shown.analysed()
        start = self.clock.now()
        settings = self.settings(document.source.path)
        report = await asyncio.to_thread(self._report, document, work, settings)
        work.pace.ended(self.clock.now() - start)
        current = self._documents.get(document.uri)
        if current is not None and current is not document and self._work.get(document.uri) is work:
            self._show_late(current, document.version, report, work)
        return report

    def _report(self, document: TextDocument, work: _Work, settings: Settings) -> Report:
        report = work.memory.lint(document.source, settings)
        against = self.against(document)
        if not against:
            return report
        return self.comparison.added(report, document.tree, settings, against)

    def _show_late(
        self, document: TextDocument, version: int | None, report: Report, work: _Work
    ) -> None:
        """Show the findings of an earlier text: who types on without a pause sees something.

        They are where their text is now, and named as findings of the version that was analysed.
        """
        found = work.shown.from_then(report.findings)
        if found is not None:
            shown = work.shown.of(found, document.source.text, self.clock.now())
            named = replace(document, version=version)
            self.publish(Analysis(named, report, self._name(named), shown))

    def _judged(self, document: TextDocument, report: Report, work: _Work) -> Analysis:
        found, text = report.findings, document.source.text
        now = self.clock.now() if self.holds_back else math.inf
        shown = work.shown.of(found, text, now)
        return Analysis(document, report, self._name(document), None if shown == found else shown)

    async def _release(self, analysis: Analysis, work: _Work) -> None:
        """Show all findings when the word that is being typed counts as finished."""
        document = analysis.document
        await self.clock.sleep(work.shown.rest_of_hold(self.clock.now()))
        work.shown.finish()
        all_shown = self._judged(document, analysis.report, work)
        work.analysis = asyncio.get_running_loop().create_future()
        work.analysis.set_result(all_shown)
        self.publish(all_shown)
        self.changed()

    def _name(self, document: TextDocument) -> str:
        self._analysed += 1
        return f"{document.version}.{self._analysed}"

    def _changed(self, text: str, change: TextDocumentContentChangeEvent) -> str:
        """Return the text after one change."""
        edit = self._edit(text, change)
        return change.text if edit is None else edited(text, edit.span, edit.text)

    def _edit(
        self, text: str, change: TextDocumentContentChangeEvent, positions: Positions | None = None
    ) -> Edit | None:
        """Return a change as an edit; None if it replaces the whole text."""
        if not isinstance(change, TextDocumentContentChangePartial):
            return None
        positions = positions or Positions(Source(text), self.encoding)
        return Edit(positions.span(change.range), change.text)


def _log_fault(task: asyncio.Future[Analysis | None]) -> None:
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
