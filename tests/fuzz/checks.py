"""Properties that hold for any bytes: no exception, and no position outside the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timezone
from random import Random
from xml.etree import ElementTree

from amp_lint.ide.completion import completions
from amp_lint.ide.cursor import cursor_at
from amp_lint.ide.document_symbols import Symbol, outline
from amp_lint.ide.folding import around, folds
from amp_lint.ide.hover import explain
from amp_lint.ide.inlay_hints import inlay_hints
from amp_lint.ide.references import names
from amp_lint.linter.engine import Report, lint
from amp_lint.linter.finding import Severity
from amp_lint.linter.fixer import fix_source
from amp_lint.manifest.model import manifest_of
from amp_lint.reporters import Run, load
from amp_lint.reporters import names as reporter_names
from amp_lint.reporters.console import Console
from amp_lint.reporters.github import MAX_ANNOTATIONS
from amp_lint.text.edits import apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def check(data: bytes, random: Random) -> None:
    """Do everything that amp-lint does with a manifest. Raises what goes wrong."""
    source = Source.from_bytes(data, "amp.yaml")
    report = lint(source)
    _judged(report)
    _placed(report)
    if report.findings:
        _fixed(source, unsafe=random.random() < 0.7)
    if random.random() < 0.15:
        _reported(report)
    if random.random() < 0.3:
        _edited(source, random)
    if random.random() < 0.05:
        assert lint(Source.from_bytes(data, "amp.yaml")) == report, "the second time is another"


def _judged(report: Report) -> None:
    assert not report.notices, report.notices[0].traceback
    assert report.parses or any(f.severity is Severity.ERROR for f in report.findings), (
        "broken, and nobody says"
    )


def _placed(report: Report) -> None:
    for finding in report.findings:
        _inside(report.source, [finding.span, *(one.span for one in finding.related)])
        assert finding.message.strip()
        for fix in finding.fixes:
            assert fix.edits, f"{finding.rule}: a fix that changes nothing"
            edits = sorted(fix.edits, key=lambda edit: edit.span)
            _inside(report.source, [edit.span for edit in edits])
            apply(report.source.text, edits)


def _inside(source: Source, spans: Iterable[Span]) -> None:
    for start, end in spans:
        assert 0 <= start <= end <= len(source.text), f"{start}..{end} of {len(source.text)}"


def _fixed(source: Source, *, unsafe: bool) -> None:
    fixed = fix_source(source, unsafe=unsafe)
    after = fixed.report
    assert not after.notices, after.notices[0].message
    if not fixed.fixed:
        assert after.source.text == source.text
        return
    assert after.parses, "fixes left a text that does not parse"
    again = fix_source(after.source, unsafe=unsafe)
    # A run deletes nothing because of a value that it has written itself; the next one goes on.
    deleting = {
        one.rule
        for one in after.findings
        if any(not edit.text for fix in one.fixes for edit in fix.edits)
    }
    held_back = any(one.rule in deleting for one in again.applied)
    assert held_back or again.report.source.text == after.source.text, "a second run goes on"


def _reported(report: Report) -> None:
    run = Run((report,))
    for name in reporter_names():
        lines = list(load(name)(run, Console()))
        text = "\n".join(lines)
        assert _CONTROL.search(text) is None, f"{name} lets a control character through"
        text.encode("utf-8")
        if name in ("json", "sarif", "gitlab"):
            json.loads(text)
        elif name == "junit":
            ElementTree.fromstring(text)
        elif name == "github":
            commands = [line for line in lines if line.startswith("::")]
            assert len(commands) >= min(len(report.findings), MAX_ANNOTATIONS)


def _edited(source: Source, random: Random) -> None:
    """Do what an editor asks for, at some place."""
    document = read(source)
    manifest = manifest_of(document.root)
    offset = random.randrange(len(source.text) + 1)
    explained = explain(document, offset, NOW)
    if explained is not None:
        _inside(source, [explained.span])
    cursor = cursor_at(source, offset)
    if cursor is not None:
        _inside(source, [cursor.prefix, cursor.word])
        list(completions(source, cursor, ("crm-webhook",)))
    _nested(source, outline(manifest))
    for hint in inlay_hints(manifest):
        assert 0 <= hint.offset <= len(source.text)
    for name in names(document):
        _inside(source, [mention.span for mention in name.mentions])
    _inside(source, around(document, offset))
    for fold in folds(document):
        assert 1 <= fold.first <= fold.last <= len(source.line_starts)


def _nested(source: Source, symbols: Iterable[Symbol]) -> None:
    for symbol in symbols:
        _inside(source, [symbol.span, symbol.name_span])
        assert symbol.span.start <= symbol.name_span.start
        assert symbol.name_span.end <= symbol.span.end
        _nested(source, symbol.children)
