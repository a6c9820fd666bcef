"""Findings as diagnostics: published, or handed out to clients that ask."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from amp_language_server.lsp.positions import Positions
from amp_lint.linter.finding import Finding, Severity, worst
from amp_lint.linter.registry import rules
from amp_lint.text.edits import Fix
from amp_lint.text.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from lsprotocol.types import PositionEncodingKind

    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Analysis
    from amp_lint.config import Problem

SOURCE = "amp-lint"

# VS Code shows no more of a file, and to send all takes minutes where each line is a mistake.
MAX_SHOWN = 1_000

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
    """Answer `textDocument/diagnostic` and `workspace/diagnostic`."""
    options = types.DiagnosticOptions(
        identifier=SOURCE, inter_file_dependencies=False, workspace_diagnostics=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(
        params: types.DocumentDiagnosticParams,
    ) -> types.DocumentDiagnosticReport:
        uri = params.text_document.uri
        analysis = await server.session.analysis(uri)
        if analysis is None and server.session.document(uri) is None:
            closed = server.manifests.closed()
            found = (one.analysis for one in closed if one.document.uri == uri)
            analysis = next(found, None)
        if analysis is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if params.previous_result_id == analysis.name:
            return types.RelatedUnchangedDocumentDiagnosticReport(analysis.name)
        return types.RelatedFullDocumentDiagnosticReport(
            items=diagnostics(analysis), result_id=analysis.name
        )

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        params: types.WorkspaceDiagnosticParams,
    ) -> types.WorkspaceDiagnosticReport:
        before = {one.uri: one.value for one in params.previous_result_ids}
        token = params.partial_result_token
        if token is None:
            # Whoever gets one answer only is to get what holds now.
            await server.manifests.settled()
        items: dict[str, types.WorkspaceDocumentDiagnosticReport] = {}
        async for analysis in server.manifests.analyses():
            uri = analysis.document.uri
            item = _workspace_report(analysis, before.pop(uri, None))
            if token is None:
                items[uri] = item
            else:
                part = types.WorkspaceDiagnosticReportPartialResult([item])
                server.progress(types.ProgressParams(token, part))
        # Of what is gone since then, nothing may stay on the screen.
        for uri in before:
            items[uri] = types.WorkspaceFullDocumentDiagnosticReport(uri, [])
        return types.WorkspaceDiagnosticReport(list(items.values()))


async def refresh(server: AmpServer) -> None:
    """Have a client that asks for diagnostics ask again, where it can be told to."""
    workspace = server.client_capabilities.workspace
    able = workspace.diagnostics if workspace else None
    if server.pulls and able and able.refresh_support:
        with suppress(JsonRpcException):
            await server.workspace_diagnostic_refresh_async(None)


def problems_in(
    file: Path, problems: Iterable[Problem], encoding: PositionEncodingKind | str
) -> types.PublishDiagnosticsParams:
    """What is wrong in a configuration file, at the whole lines."""
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


def _workspace_report(
    analysis: Analysis, before: str | None
) -> types.WorkspaceDocumentDiagnosticReport:
    document = analysis.document
    if before == analysis.name:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(
            document.uri, analysis.name, document.version
        )
    return types.WorkspaceFullDocumentDiagnosticReport(
        document.uri, diagnostics(analysis), document.version, result_id=analysis.name
    )


def published(analysis: Analysis) -> types.PublishDiagnosticsParams:
    """The notification for clients that do not ask."""
    document = analysis.document
    return types.PublishDiagnosticsParams(document.uri, diagnostics(analysis), document.version)


def diagnostics(analysis: Analysis) -> list[types.Diagnostic]:
    """The findings of an analysis, each with its fixes in `data`; of very many the worst."""
    shown = worst(analysis.report.findings, MAX_SHOWN)
    return [_diagnostic(finding, analysis) for finding in shown]


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
