"""The manifests in the workspace's folders that are not open, each judged as it is on disk."""

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
from amp_language_server.state.documents import Analysis, Document, Session
from amp_lint.config.discovery import discover, would_find
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import Settings, judge
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

if TYPE_CHECKING:
    from amp_lint.ide.workspace_index import ManifestIndex

# A workspace with more folders is no project but a whole disk.
MAX_FOLDERS = 100_000

# From here on the user sees that there is work going on, and may end it.
MANY_FOLDERS = 1_000
MANY_MANIFESTS = 50

_log = logging.getLogger(__name__)


class Bar(Protocol):
    """Where the user sees how far a search is."""

    def begin(self) -> None:
        """Show it, unless it is shown."""

    def report(self, done: int, of: int) -> None:
        """So many manifests are judged."""

    def end(self) -> None:
        """Take it away."""


@dataclass(frozen=True, slots=True)
class Known:
    """A manifest on disk, what it was judged by, and the file that it really is behind symbolic
    links."""

    analysis: Analysis
    manifest_index: ManifestIndex
    settings: Settings
    real: str

    @property
    def document(self) -> Document:
        """Its text."""
        return self.analysis.document


class _SearchEndedError(Exception):
    """The user, or the number of folders, ended a search."""


@dataclass(slots=True)
class Manifests:
    """Finds and judges manifests one at a time, whenever no open document is to be judged.

    `publish` is called with each analysis that says something new, `clear` with the address of a
    manifest that is gone, `changed` when there is nothing left to do.
    """

    session: Session
    publish: Callable[[Analysis], None]
    clear: Callable[[str], None]
    changed: Callable[[], None]
    bar: Bar
    _known: dict[str, Known] = field(default_factory=dict)
    # The files to be judged; False for those of which a search would have to find them first.
    _due: dict[str, bool] = field(default_factory=dict)
    _search_is_due: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _worker: asyncio.Task[None] | None = None
    _followers: list[asyncio.Queue[Analysis | None]] = field(default_factory=list)
    _read: int = 0

    def search(self) -> None:
        """Look through all folders, and judge what is there."""
        self._search_is_due = True
        self._work()

    def opened(self, path: str, uri: str) -> None:
        """A file is from now on the session's, under the address that the client has for it."""
        known = self._known.pop(path, None)
        if known is not None and known.document.uri != uri:
            self.clear(known.document.uri)

    def look_at(self, path: str) -> None:
        """Judge a file that is new, has changed, or is no longer open."""
        self._due.setdefault(path, False)
        self._work()

    def gone(self, path: str) -> None:
        """A file, or a folder with all that is in it, has been deleted."""
        for one in [one for one in self._known if one == path or Path(path) in Path(one).parents]:
            self._drop(one)
            self._work()

    def stop(self) -> None:
        """Give up what has not been judged yet, until it changes."""
        self._stop.set()
        self._search_is_due = False
        self._due.clear()

    async def settled(self) -> None:
        """Wait until everything is judged."""
        while self._worker is not None and self._is_busy:
            await asyncio.wait({self._worker})

    async def analyses(self) -> AsyncIterator[Analysis]:
        """What the linter says of every manifest, open or not, as soon as it is known."""
        news: asyncio.Queue[Analysis | None] = asyncio.Queue()
        self._followers.append(news)
        try:
            for document in self.session:
                analysis = await self.session.analysis(document.uri)
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

    def closed(self) -> list[Known]:
        """The manifests that are not open, in the order of their names; for any thread."""
        opened = {_real(document.source.path) for document in self.session}
        known = dict(self._known)
        return [known[path] for path in sorted(known) if known[path].real not in opened]

    def stock(self, but: Document | None = None) -> Iterator[tuple[Document, ManifestIndex]]:
        """What is in all manifests as they are now, open or not, save for one.

        Those that are open are read only on the way, which belongs on a thread.
        """
        opened = [one for one in self.session if but is None or one.uri != but.uri]
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
            await self.session.projects.settled()
            while self._search_is_due or self._due:
                await self.session.idle()
                if self._search_is_due:
                    self._search_is_due = False
                    await self._search()
                elif self._due:
                    path = next(iter(self._due))
                    await self._try(path, found=self._due.pop(path))
                    done += 1
                    self.bar.report(done, done + len(self._due))
        finally:
            # Ends a search on its thread when the server ends.
            self._stop.set()
            self.bar.end()
            self._tell(None)
        self.changed()

    async def _search(self) -> None:
        loop = asyncio.get_running_loop()
        found: dict[str, str] = {}
        self._stop.clear()
        counter = _Counter(self._stop, lambda: loop.call_soon_threadsafe(self.bar.begin))
        for project in self.session.projects.folders:
            try:
                files = await asyncio.to_thread(
                    _files, project.root, project.configurations, counter
                )
            except _SearchEndedError:
                _log.warning("the search for manifests ended after %s folders", counter.folders)
                return
            for file in files:
                found.setdefault(_real(file), file)
        if self._stop.is_set():
            return
        for path in self._known.keys() - found.values():
            self._drop(path)
        # What has been reported during the search may have been missed by it.
        self._due = {**dict.fromkeys(sorted(found.values()), True), **self._due}
        if len(found) >= MANY_MANIFESTS:
            self.bar.begin()

    async def _try(self, path: str, *, found: bool) -> None:
        try:
            await self._judge(path, found=found)
        except Exception:  # noqa: BLE001 - one manifest must not cost the others
            _log.exception("%s cannot be judged", path)

    async def _judge(self, path: str, *, found: bool) -> None:
        projects, encoding = self.session.projects, self.session.encoding
        project = projects.of(path)
        if self._is_open(path):
            return
        settings = projects.settings(path)
        known = None
        if project.root is not None:
            there = found or await asyncio.to_thread(
                would_find, project.root, path, project.configurations
            )
            self._read += 1
            if there:
                reading = _Reading(path, settings, encoding, f"disk.{self._read}")
                known = await asyncio.to_thread(reading.known, self._known.get(path))
        # What has been opened in the meantime is the session's.
        if self._is_open(path):
            return
        if known is None:
            self._drop(path)
        elif not any(known.real == one.real for at, one in self._known.items() if at != path):
            self._take(path, known)

    def _take(self, path: str, known: Known) -> None:
        before = self._known.get(path)
        if before is not None and _says_the_same(before, known):
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
        return any(_real(document.source.path) == real for document in self.session)


@dataclass(slots=True)
class _Counter:
    """Counts folders on the thread of a search."""

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
class _Reading:
    """A file to be judged on a thread."""

    path: str
    settings: Settings
    encoding: str
    name: str

    def known(self, before: Known | None) -> Known | None:
        """What the linter says; None where the file cannot be read. The tree is not kept."""
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
        return Known(analysis, manifest_index(tree), self.settings, os.path.realpath(self.path))


def read_anew(files: Iterable[Known], encoding: str, destination: str) -> list[Document]:
    """Those of some manifests that use a destination, as they are on the disk now."""
    found: list[Document] = []
    for known in files:
        if any(use.name == destination for use in known.manifest_index.uses):
            path = known.document.source.path
            source = source_of(path)
            if source is not None:
                found.append(on_disk(path, source, encoding))
    return found


def source_of(path: str) -> Source | None:
    """The text of a file as an editor will show it; None where that is not possible."""
    try:
        source = Source.from_file(path)
    except (OSError, ValueError):
        return None
    # Editors take the mark away, and count columns without it.
    source.bom = False
    return source


def on_disk(path: str, source: Source, encoding: str) -> Document:
    """A file as a document that is not open."""
    return Document(Path(path).as_uri(), None, Positions(source, encoding))


def _says_the_same(one: Known, other: Known) -> bool:
    return (
        one.document.source.text == other.document.source.text
        and one.analysis.report.findings == other.analysis.report.findings
    )


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path
