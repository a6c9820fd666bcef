"""Diagnostics for clients that request them; `state.publisher` serves the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.lsp.diagnostics import SOURCE, diagnostics

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Analysis


def register(server: AmpServer) -> None:
    """Answer `textDocument/diagnostic` and `workspace/diagnostic`."""
    options = types.DiagnosticOptions(
        identifier=SOURCE, inter_file_dependencies=False, workspace_diagnostics=True
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(
        params: types.DocumentDiagnosticParams,
    ) -> types.DocumentDiagnosticReport:
        server.publisher.pulled()
        uri = params.text_document.uri
        analysis = await server.documents.analysis(uri)
        if analysis is None and server.documents.document(uri) is None:
            closed = server.manifests.closed()
            found = (one.analysis for one in closed if one.document.uri == uri)
            analysis = next(found, None)
        if analysis is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        if params.previous_result_id == analysis.name:
            return types.RelatedUnchangedDocumentDiagnosticReport(analysis.name)
        return types.RelatedFullDocumentDiagnosticReport(
            items=_diagnostics(server, analysis), result_id=analysis.name
        )

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        params: types.WorkspaceDiagnosticParams,
    ) -> types.WorkspaceDiagnosticReport:
        server.publisher.pulled()
        before = {one.uri: one.value for one in params.previous_result_ids}
        token = params.partial_result_token
        if token is None:
            # The client gets a single answer, so wait until it is complete.
            await server.manifests.settled()
        items: dict[str, types.WorkspaceDocumentDiagnosticReport] = {}
        async for analysis in server.manifests.analyses():
            uri = analysis.document.uri
            item = _workspace_report(server, analysis, before.pop(uri, None))
            if token is None:
                items[uri] = item
            else:
                part = types.WorkspaceDiagnosticReportPartialResult([item])
                server.progress(types.ProgressParams(token, part))
        # Clear the diagnostics of manifests that are gone.
        for uri in before:
            items[uri] = types.WorkspaceFullDocumentDiagnosticReport(uri, [])
        return types.WorkspaceDiagnosticReport(list(items.values()))


def _diagnostics(server: AmpServer, analysis: Analysis) -> list[types.Diagnostic]:
    document, dims = analysis.document, server.client.dims_text
    return diagnostics(analysis.findings, document.identifier, document.positions, dims=dims)


def _workspace_report(
    server: AmpServer, analysis: Analysis, before: str | None
) -> types.WorkspaceDocumentDiagnosticReport:
    document = analysis.document
    if before == analysis.name:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(
            document.uri, analysis.name, document.version
        )
    return types.WorkspaceFullDocumentDiagnosticReport(
        document.uri, _diagnostics(server, analysis), document.version, result_id=analysis.name
    )
