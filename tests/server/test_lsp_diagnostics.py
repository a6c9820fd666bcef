"""What an editor is told of a manifest, over stdio."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.diagnostics import MAX_SHOWN
from amp_language_server.lsp.positions import Positions
from amp_lint import lint_text
from amp_lint.text.source import Source, Span

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
specVersion: 1.0
integrations:
  - displayName: "🎸 é" # the guitar moves what follows
    name: crm-sync
    provider: hubspto
    proxy: {displayName: "🎸", enabld: true, enabled: true}
"""
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, *, pulls: bool = False) -> None:
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities() if pulls else None
    assert capabilities.workspace is not None
    # Without it, a client that requests diagnostics also gets them published.
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(True)
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))


def open_document(client: LanguageClient, text: str, uri: str = URI, version: int = 1) -> None:
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", version, text))
    )


async def published(client: LanguageClient) -> list[types.Diagnostic]:
    """The diagnostics that are published next."""
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics.get(URI, ()))


async def pulled(client: LanguageClient, uri: str = URI, before: str | None = None) -> object:
    return await client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=before)
    )


def said(text: str, encoding: types.PositionEncodingKind) -> list[tuple[object, ...]]:
    """What the linter says, as an editor should see it."""
    report = lint_text(text)
    positions = Positions(report.source, encoding)
    return [(one.rule, one.message, positions.range(one.span)) for one in report.findings]


def seen(found: list[types.Diagnostic]) -> list[tuple[object, ...]]:
    return [(one.code, one.message, one.range) for one in found]


@every_editor
async def test_findings_are_published(client: LanguageClient, editor: str) -> None:
    await start(client, editor)
    open_document(client, TEXT)
    found = await published(client)
    assert seen(found) == said(TEXT, EDITORS[editor])
    by_code = {one.code: one for one in found}
    wrong = by_code["unknown-key"]
    positions = Positions(Source(TEXT), EDITORS[editor])
    assert {TEXT[slice(*positions.span(one.range))] for one in found} >= {"enabld", "hubspto"}
    assert wrong.source == "amp-lint"
    assert wrong.severity is types.DiagnosticSeverity.Warning
    assert wrong.code_description is not None
    assert wrong.code_description.href.startswith("https://")


@every_editor
async def test_findings_are_handed_out_to_clients_that_ask(
    client: LanguageClient, editor: str
) -> None:
    await start(client, editor, pulls=True)
    open_document(client, TEXT)
    report = await pulled(client)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert seen(list(report.items)) == said(TEXT, EDITORS[editor])
    again = await pulled(client, before=report.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    assert client.diagnostics == {}


@every_editor
async def test_typing_is_followed(client: LanguageClient, editor: str) -> None:
    await start(client, editor, pulls=True)
    open_document(client, TEXT)
    text, encoding = TEXT, EDITORS[editor]
    changes: list[tuple[str, str]] = [
        ("hubspto", "hubspot"),
        ("🎸 é", "é🎸🎸"),
        ("enabld: true, ", ""),
    ]
    for version, (old, new) in enumerate(changes, 2):
        at = text.index(old)
        range_ = Positions(Source(text), encoding).range(Span(at, at + len(old)))
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, URI),
                [types.TextDocumentContentChangePartial(range=range_, text=new)],
            )
        )
        text = text[:at] + new + text[at + len(old) :]
    report = await pulled(client)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert seen(list(report.items)) == said(text, encoding)


async def test_a_broken_document_shows_the_fault_and_all_else(client: LanguageClient) -> None:
    text = TEXT + '  - name: "open\n    provider: hubspot\n'
    await start(client, "visual_studio_code")
    open_document(client, text)
    found = await published(client)
    assert {"yaml-syntax", "provider-not-supported"} <= {str(one.code) for one in found}
    assert seen(found) == said(text, EDITORS["visual_studio_code"])


async def test_of_very_many_the_worst_are_shown(client: LanguageClient) -> None:
    await start(client, "emacs")
    keys = "".join(f"key{number}: 1\n" for number in range(MAX_SHOWN))
    open_document(client, f"{keys}integrations: []\n")
    found = await published(client)
    assert len(found) == MAX_SHOWN
    # Behind all the warnings, or at the very top.
    assert {one.code for one in found} == {"unknown-key", "spec-version", "integration-structure"}


async def test_closing_clears(client: LanguageClient) -> None:
    await start(client, "emacs")
    open_document(client, TEXT)
    assert await published(client)
    client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(URI))
    )
    assert await published(client) == []


async def test_other_yaml_is_left_alone(client: LanguageClient) -> None:
    await start(client, "emacs", pulls=True)
    other = "file:///nowhere/compose.yaml"
    open_document(client, TEXT, other)
    report = await pulled(client, other)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert not report.items


async def test_the_configuration_counts_and_is_read_anew(
    client: LanguageClient, tmp_path: Path
) -> None:
    config = tmp_path / "amp-lint.toml"
    config.write_text('ignore = ["unknown-key"]\n', encoding="utf-8")
    uri = (tmp_path / "amp.yaml").as_uri()
    await start(client, "emacs", pulls=True)
    open_document(client, TEXT, uri)
    report = await pulled(client, uri)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert "unknown-key" not in {one.code for one in report.items}
    config.write_text("", encoding="utf-8")
    client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams(
            [types.FileEvent(config.as_uri(), types.FileChangeType.Changed)]
        )
    )
    report = await pulled(client, uri, before=report.result_id)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    assert "unknown-key" in {one.code for one in report.items}
