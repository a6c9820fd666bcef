"""Incremental linting: only the integrations that changed are analysed again.

The report is equal to that of `engine.lint` for the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from amp_lint.ide.incremental.cached_findings import CachedFindings, affordable
from amp_lint.ide.incremental.document import Piece, Pieces, Reading
from amp_lint.ide.snapshot import DocumentSnapshot, SnapshotReader
from amp_lint.linter.engine import Judging, Report, Settings, asked, lint
from amp_lint.linter.rule import Rule, Scope
from amp_lint.linter.schema.validate import (
    ByRule,
    schema_errors,
    schema_errors_at_top,
    schema_errors_of_integration,
)
from amp_lint.linter.suppressions import read_suppressions
from amp_lint.manifest.decode import refusals
from amp_lint.manifest.model import Integration, manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.editor import Editor
from amp_lint.yaml.emitter import Style
from amp_lint.yaml.nodes import Mapping, walk
from amp_lint.yaml.style_stats import StyleStats

if TYPE_CHECKING:
    from amp_lint.ide.cursor import Cursor

T = TypeVar("T")

# Seconds that a question waits for the lock before it reads the text without the cache.
_PATIENCE = 0.05


class Memory:
    """A cache for one open document: its last version that could be assembled. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pieces = Pieces()
        self._judged_by: tuple[Settings, Style] | None = None

    def lint(self, source: Source, settings: Settings | None = None) -> Report:
        """Return the same report as `engine.lint`."""
        settings = settings or Settings()
        with self._lock, self._known() as pieces:
            reading = pieces.read(source)
            report = self._judge(reading, settings) if reading is not None else None
        return report or lint(source, settings)

    def ask(self, source: Source, question: Callable[[SnapshotReader], T]) -> T:
        """Answer a question with a reader that uses the cache.

        The question may also read variants of the text. Its snapshots are only valid while it runs.
        """
        if not self._lock.acquire(timeout=_PATIENCE):
            return question(SnapshotReader())
        try:
            with self._known() as pieces:
                return question(_CachedReader(pieces, source))
        finally:
            self._lock.release()

    @contextmanager
    def _known(self) -> Iterator[Pieces]:
        """Lend the pieces; drop them if something raises, so that none is left half changed."""
        known, self._pieces = self._pieces, Pieces()
        yield known
        self._pieces = known

    def _judge(self, reading: Reading, settings: Settings) -> Report | None:
        """Return the report; None if the rules must see the whole document at once."""
        document = reading.document
        # Whether a value is in use may depend on the whole file.
        if not reading.is_surely_taken and refusals(document):
            return None
        editor = Editor(document, _style_stats(reading))
        self._trust(reading.pieces, settings, editor.style)
        every = asked(settings)
        single = [rule for rule in every if rule.scope is Scope.INTEGRATION]
        one_by_one = _OneByOne(reading, settings, editor, single)
        every_cached = [one_by_one.top(), *one_by_one.integrations()]
        manifest = manifest_of(document.root, reading.views)
        shapes = partial(schema_errors, document)
        names = reading.names
        judging = Judging(document, settings, manifest, lambda: editor, shapes, names)
        found = judging.ask_all(rule for rule in every if rule.scope is Scope.FILE)
        if (
            judging.notices
            or any(one.failed for one in every_cached)
            or not affordable(every_cached)
        ):
            return None
        judging.ran.update(rule.id for rule in single)
        found += [finding for cached in every_cached for finding in cached.findings]
        report = judging.report(read_suppressions(document), found)
        return None if report.notices else report

    def _trust(self, pieces: list[Piece], settings: Settings, style: Style) -> None:
        """Drop findings that were made with other settings, or fixes in another style."""
        if self._judged_by != (settings, style):
            for piece in pieces:
                piece.cached.clear()
        self._judged_by = (settings, style)


class _CachedReader(SnapshotReader):
    """Looks at a text, or at others for a moment, with what is known of the integrations."""

    def __init__(self, pieces: Pieces, kept: Source) -> None:
        self._pieces = pieces
        self._kept = kept

    def snapshot(self, source: Source) -> DocumentSnapshot:
        reading = self._pieces.read(source, passing=source is not self._kept)
        if reading is None:
            return super().snapshot(source)
        manifest = manifest_of(reading.document.root, reading.views)
        return DocumentSnapshot(reading.document, manifest, partial(_style_stats, reading))

    def cursor(self, source: Source, offset: int) -> Cursor | None:
        from amp_lint.ide.cursor_excerpt import cursor_by_excerpt

        return cursor_by_excerpt(source, offset, self._pieces.ends_cleanly)


def _style_stats(reading: Reading) -> StyleStats:
    """How the document is written, counted once in each integration."""
    editor = Editor(reading.document)
    for piece in reading.pieces:
        if piece.style_stats is None:
            piece.style_stats = editor.count_style(walk(piece.item))
    counted = (piece.style_stats for piece in reading.pieces if piece.style_stats is not None)
    return StyleStats.together([editor.count_style(reading.nodes), *counted])


@dataclass(frozen=True, slots=True)
class _OneByOne:
    """The rules that look at one integration at a time, before each of them and the top."""

    reading: Reading
    settings: Settings
    editor: Editor
    asked: list[Rule]

    def top(self) -> CachedFindings:
        """What is wrong outside the integrations."""
        shapes = partial(schema_errors_at_top, self.reading.document)
        return self._cached_findings([], self.reading.faults, self.reading.mappings, shapes, 0, "")

    def integrations(self) -> Iterator[CachedFindings]:
        """The findings of each integration, computed where they are not known."""
        whole = self.reading.document.whole
        for number, piece in enumerate(self.reading.pieces):
            path = self.reading.path(number)
            # A fix in a scalar of several lines is refused in a broken file.
            sort = whole or not piece.spread
            cached = piece.cached.get(sort)
            # The name that a fix gives to a nameless one depends on those of the others.
            if cached is None or not all(view.name for view in piece.views):
                shapes = partial(schema_errors_of_integration, piece.item)
                cached = piece.cached[sort] = self._cached_findings(
                    piece.views, piece.faults, piece.built.mappings, shapes, piece.start, path
                )
            cached.move(piece.start, path)
            yield cached

    def _cached_findings(
        self,
        views: list[Integration],
        faults: list[SyntaxProblem],
        mappings: list[Mapping],
        shapes: Callable[[], ByRule],
        start: int,
        path: str,
    ) -> CachedFindings:
        whole = self.reading.document
        seen = Document(whole.source, whole.root, faults, mappings, [], whole.whole)
        manifest = manifest_of(whole.root, views)
        judging = Judging(seen, self.settings, manifest, lambda: self.editor, shapes)
        findings = judging.ask_all(self.asked)
        return CachedFindings(start, path, findings, judging.budgets, bool(judging.notices))
