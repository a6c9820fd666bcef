"""Findings as diagnostics: published, or handed out to clients that ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from amp_lint.finding import Finding, Severity
from amp_lint.fix import Fix
from amp_lint.registry import rules

if TYPE_CHECKING:
    from amp_language_server.convert import Positions
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Analysis

SOURCE = "amp-lint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_TAGS = {
    "deprecated": types.DiagnosticTag.Deprecated,
    "unnecessary": types.DiagnosticTag.Unnecessary,
}


def register(server: AmpServer) -> None:
    """Answer `textDocument/diagnostic`."""
    options = types.DiagnosticOptions(
        identifier=SOURCE, inter_file_dependencies=False, workspace_diagnostics=False
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(
        params: types.DocumentDiagnosticParams,
    ) -> types.DocumentDiagnosticReport:
        analysis = await server.session.analysis(params.text_document.uri)
        if analysis is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if params.previous_result_id == analysis.name:
            return types.RelatedUnchangedDocumentDiagnosticReport(analysis.name)
        return types.RelatedFullDocumentDiagnosticReport(
            items=diagnostics(analysis), result_id=analysis.name
        )


def published(analysis: Analysis) -> types.PublishDiagnosticsParams:
    """The notification for clients that do not ask."""
    document = analysis.document
    return types.PublishDiagnosticsParams(document.uri, diagnostics(analysis), document.version)


def diagnostics(analysis: Analysis) -> list[types.Diagnostic]:
    """The findings of an analysis, each with its fixes in `data`."""
    return [_diagnostic(finding, analysis) for finding in analysis.report.findings]


def _diagnostic(finding: Finding, analysis: Analysis) -> types.Diagnostic:
    positions, uri = analysis.document.positions, analysis.document.uri
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
                types.Location(uri, positions.range(related.span)), related.message
            )
            for related in finding.related
        ],
        data={
            "version": analysis.document.version,
            "fixes": [_data(fix, positions) for fix in finding.fixes],
        },
    )


def _data(fix: Fix, positions: Positions) -> dict[str, Any]:
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
