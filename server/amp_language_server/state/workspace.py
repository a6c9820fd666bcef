"""The manifests in the workspace that are not open, each analysed as it is on disk."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from amp_language_server.lsp.positions import Positions
from amp_language_server.state.documents import Analysis, OpenDocuments, TextDocument
from amp_lint.config.discovery import discover, would_find
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import Settings, judge
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.workspace_index import ManifestIndex

# A workspace with more folders is probably a whole disk.
MAX_FOLDERS = 100_000

# From these numbers on, the user sees a progress report and can cancel.
MANY_FOLDERS = 1_000
MANY_MANIFESTS = 50

_log = logging.getLogger(__name__)


class Progress(Protocol):
    """A progress report of a search."""

    def begin(self) -> None:
        """Open the report, unless it is open."""

    def report(self, done: int, of: int) -> None:
        """Report how many manifests are analysed."""

    def end(self) -> None:
        """Close the report."""


@dataclass(frozen=True, slots=True)
class ClosedManifest:
    """A manifest on disk, analysed with `settings`. `real` is its path without symbolic links."""

    analysis: Analysis
    manifest_index: ManifestIndex
    settings: Settings
    real: str

    @property
    def document(self) -> TextDocument:
        """The manifest in the version that was analysed."""
        return self.analysis.document


class _SearchEndedError(Exception):
    """A search was cancelled, or had too many folders."""


@dataclass(slots=True)
class WorkspaceManifests:
    """Finds and analyses manifests one at a time, while no open document needs an analysis.

    `publish` is called with each analysis that differs from the last one, `clear` with the URI of a
    deleted manifest, `changed` when all work is done.
    """

    documents: OpenDocuments
    publish: Callable[[Analysis], None]
    clear: Callable[[str], None]
    changed: Callable[[], None]
    progress: Progress
    _known: dict[str, ClosedManifest] = field(default_factory=dict)
    # The files to analyse; False if it is not known that a search would find them.
    _due: dict[str, bool] = field(default_factory=dict)
    _search_is_due: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _worker: asyncio.Task[None] | None = None
    _followers: list[asyncio.Queue[Analysis | None]] = field(default_factory=list)
    _read: int = 0

    def search(self) -> None:
        """Search all folders, and analyse what is found."""
        self._search_is_due = True
        self._work()

    def opened(self, path: str, uri: str) -> None:
        """Leave a file to the open documents, under the URI that the client uses for it."""
        known = self._known.pop(path, None)
        if known is not None and known.document.uri != uri:
            self.clear(known.document.uri)

    def check(self, path: str) -> None:
        """Analyse a file that is new, has changed, or was closed."""
        self._due.setdefault(path, False)
        self._work()

    def deleted(self, path: str) -> None:
        """Remove a deleted file, or all files of a deleted folder."""
        for one in [one for one in self._known if one == path or Path(path) in Path(one).parents]:
            self._drop(one)
            self._work()

    def stop(self) -> None:
        """Drop all pending work."""
        self._stop.set()
        self._search_is_due = False
        self._due.clear()

    async def settled(self) -> None:
        """Wait until everything is analysed."""
        while self._worker is not None and self._is_busy:
            await asyncio.wait({self._worker})

    async def analyses(self) -> AsyncIterator[Analysis]:
        """Yield the analysis of each manifest, open or not, as soon as it is known."""
        news: asyncio.Queue[Analysis | None] = asyncio.Queue()
        self._followers.append(news)
        try:
            for document in self.documents:
                analysis = await self.documents.analysis(document.uri)
                if analysis is not None:
                    yield analysis
            for known in self.closed():
                yield known.analysis
            while self._is_busy or not news.empty():
                analysis = await news.get()
                if analysis is None:
                    return
                yield analysis
        finally:
            self._followers.remove(news)

    def closed(self) -> list[ClosedManifest]:
        """Return the manifests that are not open, sorted by path. Safe on any thread."""
        opened = {_real(document.source.path) for document in self.documents}
        known = dict(self._known)
        return [known[path] for path in sorted(known) if known[path].real not in opened]

    def indexed(
        self, but: TextDocument | None = None
    ) -> Iterator[tuple[TextDocument, ManifestIndex]]:
        """Return all manifests but one with their indexes, open or not.

        Open manifests are parsed while the result is iterated, so iterate on a thread.
        """
        opened = [one for one in self.documents if but is None or one.uri != but.uri]
        closed = self.closed()
        return chain(
            ((one, one.manifest_index) for one in opened),
            ((one.document, one.manifest_index) for one in closed),
        )

    @property
    def _is_busy(self) -> bool:
        return self._worker is not None and not self._worker.done()

    def _tell(self, analysis: Analysis | None) -> None:
        for news in self._followers:
            news.put_nowait(analysis)

    def _work(self) -> None:
        if not self._is_busy:
            self._stop.clear()
            self._worker = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        done = 0
        try:
            await self.documents.folders.settled()
            while self._search_is_due or self._due:
                await self.documents.idle()
                if self._search_is_due:
                    self._search_is_due = False
                    await self._search()
                elif self._due:
                    path = next(iter(self._due))
                    await self._try(path, found=self._due.pop(path))
                    done += 1
                    self.progress.report(done, done + len(self._due))
        finally:
            # Ends the search on its thread when the server ends.
            self._stop.set()
            self.progress.end()
            self._tell(None)
        self.changed()

    async def _search(self) -> None:
        loop = asyncio.get_running_loop()
        found: dict[str, str] = {}
        self._stop.clear()
        counter = _Counter(self._stop, lambda: loop.call_soon_threadsafe(self.progress.begin))
        for folder in self.documents.folders.all:
            try:
                files = await asyncio.to_thread(_files, folder.root, folder.configurations, counter)
            except _SearchEndedError:
                _log.warning("the search for manifests ended after %s folders", counter.folders)
                return
            for file in files:
                found.setdefault(_real(file), file)
        if self._stop.is_set():
            return
        for path in self._known.keys() - found.values():
            self._drop(path)
        # The search may have missed files that were reported meanwhile.
        self._due = {**dict.fromkeys(sorted(found.values()), True), **self._due}
        if len(found) >= MANY_MANIFESTS:
            self.progress.begin()

    async def _try(self, path: str, *, found: bool) -> None:
        try:
            await self._analyse(path, found=found)
        except Exception:  # noqa: BLE001 - one failure must not stop the others
            _log.exception("%s cannot be analysed", path)

    async def _analyse(self, path: str, *, found: bool) -> None:
        folders, encoding = self.documents.folders, self.documents.encoding
        folder = folders.of(path)
        if self._is_open(path):
            return
        settings = folders.settings(path)
        known = None
        if folder.root is not None:
            there = found or await asyncio.to_thread(
                would_find, folder.root, path, folder.configurations
            )
            self._read += 1
            if there:
                reading = _FileAnalysis(path, settings, encoding, f"disk.{self._read}")
                known = await asyncio.to_thread(reading.known, self._known.get(path))
        # It may have been opened meanwhile.
        if self._is_open(path):
            return
        if known is None:
            self._drop(path)
        elif not any(known.real == one.real for at, one in self._known.items() if at != path):
            self._take(path, known)

    def _take(self, path: str, known: ClosedManifest) -> None:
        before = self._known.get(path)
        if before is not None and _is_same(before, known):
            self._known[path] = replace(known, analysis=before.analysis)
            return
        self._known[path] = known
        self._tell(known.analysis)
        if known.analysis.report.findings or before is not None:
            self.publish(known.analysis)

    def _drop(self, path: str) -> None:
        known = self._known.pop(path, None)
        if known is not None and not self._is_open(path):
            self.clear(known.document.uri)

    def _is_open(self, path: str) -> bool:
        real = _real(path)
        return any(_real(document.source.path) == real for document in self.documents)


@dataclass(slots=True)
class _Counter:
    """Counts folders on the thread of a search; ends the search if it must stop."""

    stop: threading.Event
    many: Callable[[], object]
    folders: int = 0

    def __call__(self) -> None:
        self.folders += 1
        if self.folders == MANY_FOLDERS:
            self.many()
        if self.stop.is_set() or self.folders > MAX_FOLDERS:
            raise _SearchEndedError


def _files(root: str | None, configurations: Configurations, counter: _Counter) -> tuple[str, ...]:
    if root is None or not Path(root).is_dir():
        return ()
    return discover([root], configurations, counter).files


@dataclass(frozen=True, slots=True)
class _FileAnalysis:
    """The analysis of a file on a thread."""

    path: str
    settings: Settings
    encoding: str
    name: str

    def known(self, before: ClosedManifest | None) -> ClosedManifest | None:
        """Return the result; None if the file cannot be read. The tree is not kept."""
        source = source_of(self.path)
        if source is None:
            return None
        asked_the_same = before is not None and before.settings == self.settings
        if before is not None and asked_the_same and before.document.source.text == source.text:
            return before
        from amp_lint.ide.workspace_index import manifest_index

        tree = read(source)
        document = on_disk(self.path, source, self.encoding)
        analysis = Analysis(document, judge(tree, self.settings), self.name)
        return ClosedManifest(
            analysis, manifest_index(tree), self.settings, os.path.realpath(self.path)
        )


def read_from_disk(
    files: Iterable[ClosedManifest], encoding: str, destination: str
) -> list[TextDocument]:
    """Return the manifests that use a destination, as they are on disk now."""
    found: list[TextDocument] = []
    for known in files:
        if any(use.name == destination for use in known.manifest_index.uses):
            path = known.document.source.path
            source = source_of(path)
            if source is not None:
                found.append(on_disk(path, source, encoding))
    return found


def source_of(path: str) -> Source | None:
    """Return the text of a file as an editor shows it; None if it cannot be read."""
    try:
        source = Source.from_file(path)
    except (OSError, ValueError):
        return None
    # Editors remove a byte order mark, and count columns without it.
    source.bom = False
    return source


def on_disk(path: str, source: Source, encoding: str) -> TextDocument:
    """Return a file as a document that is not open."""
    return TextDocument(Path(path).as_uri(), None, Positions(source, encoding))


def _is_same(one: ClosedManifest, other: ClosedManifest) -> bool:
    return (
        one.document.source.text == other.document.source.text
        and one.analysis.report.findings == other.analysis.report.findings
    )


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path
