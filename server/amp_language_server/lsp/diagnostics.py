"""Findings as diagnostics."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from lsprotocol.types import OptionalVersionedTextDocumentIdentifier

from amp_language_server.lsp.positions import Positions
from amp_lint.linter.finding import Finding, Severity, worst
from amp_lint.linter.registry import rules
from amp_lint.text.edits import Fix
from amp_lint.text.source import Source, Span

if TYPE_CHECKING:
    from amp_lint.config import Problem

SOURCE = "amp-lint"

# VS Code shows no more of a file. Sending all takes minutes if every line is a mistake.
MAX_SHOWN = 1_000

_EXTRA_DOCUMENT = "yaml-extra-document"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TAGS = {
    "deprecated": types.DiagnosticTag.Deprecated,
    "unnecessary": types.DiagnosticTag.Unnecessary,
}


def diagnostics(
    findings: Iterable[Finding],
    document: OptionalVersionedTextDocumentIdentifier,
    positions: Positions,
    *,
    dims: bool,
) -> list[types.Diagnostic]:
    """Return the findings of one version of a document; of very many, the most severe.

    A client that dims text also gets the part of the text that the platform ignores.
    """
    shown = worst(tuple(findings), MAX_SHOWN)
    made = [diagnostic(one, document, positions) for one in shown]
    ignored = next((one for one in shown if one.rule == _EXTRA_DOCUMENT), None)
    if dims and ignored is not None:
        made.append(_dimmed(ignored, positions))
    return made


def _dimmed(finding: Finding, positions: Positions) -> types.Diagnostic:
    end = len(positions.source.text.rstrip())
    return types.Diagnostic(
        range=positions.range(Span(finding.span.start, end)),
        message="the platform ignores this document",
        severity=types.DiagnosticSeverity.Hint,
        code=finding.rule,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary],
    )


def diagnostic(
    finding: Finding, document: OptionalVersionedTextDocumentIdentifier, positions: Positions
) -> types.Diagnostic:
    """Return one finding, with its fixes in `data`."""
    rule = rules().get(finding.rule)
    return types.Diagnostic(
        range=positions.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(finding.url) if finding.url else None,
        source=SOURCE,
        tags=[_TAGS[tag] for tag in sorted(rule.tags)] if rule is not None else None,
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(document.uri, positions.range(related.span)), related.message
            )
            for related in finding.related
            if related.source is None
        ],
        data={
            "version": document.version,
            "fixes": [_fix(fix, positions) for fix in finding.fixes],
        },
    )


def configuration_problems(
    file: Path, problems: Iterable[Problem], encoding: types.PositionEncodingKind | str
) -> types.PublishDiagnosticsParams:
    """Return what is wrong in a configuration file, each problem on its whole line."""
    try:
        source = Source.from_file(str(file))
    except OSError:
        source = Source("")
    positions = Positions(source, encoding)
    found = [
        types.Diagnostic(
            positions.range(source.line_span(min(one.line, len(source.line_starts)))),
            one.message,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for one in problems
    ]
    return types.PublishDiagnosticsParams(file.as_uri(), found)


def _fix(fix: Fix, positions: Positions) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safe": fix.is_safe,
        "edits": [
            {"range": _plain(positions.range(edit.span)), "newText": edit.text}
            for edit in fix.edits
        ],
    }


def _plain(range_: types.Range) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": range_.start.line, "character": range_.start.character},
        "end": {"line": range_.end.line, "character": range_.end.character},
    }
