"""An editor with a workspace on a disk: what it is told, and how it waits for that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source

from .conftest import EDITORS

# Seconds after which a test gives up waiting.
HANGS = 60

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - {displayName: "🎸", name: crm, provider: hubspot, read: {objects: [
      {mapToDisplayName: "🎸", objectName: contacts, destination: crm-hook,
       schedule: "0 * * * *", optionalFieldsAuto: all}]}}
"""
BROKEN = MANIFEST + '  - name: "open\n    provider: hubspot\n'


def manifest(name: str, text: str = MANIFEST) -> str:
    return text.replace("name: crm,", f"name: {name},")


def write(folder: Path, **texts: str) -> list[Path]:
    """WorkspaceManifests `name/amp.yaml` in a folder."""
    files = []
    for name, text in texts.items():
        file = folder / name / "amp.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


async def start(
    client: LanguageClient,
    editor: str,
    *folders: Path,
    pulls: bool = False,
    options: Any = None,
    capabilities: types.ClientCapabilities | None = None,
) -> None:
    """Open a workspace."""
    able = capabilities or client_capabilities(editor)
    if capabilities is None:
        assert able.text_document is not None
        assert able.workspace is not None
        able.text_document.diagnostic = types.DiagnosticClientCapabilities() if pulls else None
        able.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(True)
    await client.initialize_session(
        types.InitializeParams(
            able,
            initialization_options=options,
            workspace_folders=[types.WorkspaceFolder(one.as_uri(), one.name) for one in folders],
        )
    )


def open_file(client: LanguageClient, file: Path, text: str, version: int = 1) -> None:
    item = types.TextDocumentItem(file.as_uri(), "yaml", version, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))


def close_file(client: LanguageClient, file: Path) -> None:
    document = types.TextDocumentIdentifier(file.as_uri())
    client.text_document_did_close(types.DidCloseTextDocumentParams(document))


def change_text(client: LanguageClient, file: Path, text: str, version: int) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version, file.as_uri()),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


def report(client: LanguageClient, *files: Path, what: types.FileChangeType) -> None:
    """Tell the server that files have changed."""
    events = [types.FileEvent(file.as_uri(), what) for file in files]
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))


def instead(client: LanguageClient, method: str) -> Callable[[Any], Any]:
    """Replaces what the client does by itself."""
    client.protocol.fm.features.pop(method, None)
    return client.feature(method)


async def until(client: LanguageClient, method: str, holds: Callable[[], bool]) -> None:
    """Wait for notifications until something holds."""
    while not holds():
        # Waited for from now on: a task would begin to wait when it may be too late.
        news = client.protocol.wait_for_notification_async(method)
        await asyncio.wait_for(news, HANGS)


async def found(client: LanguageClient, file: Path, *codes: str) -> None:
    """Wait until exactly these findings of a file are on the screen."""
    uri = file.as_uri()
    await until(
        client,
        types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
        lambda: (
            uri in client.diagnostics
            and sorted(str(one.code) for one in client.diagnostics[uri]) == sorted(codes)
        ),
    )


async def told(client: LanguageClient, *parts: str) -> None:
    """Wait for a message that holds all these parts."""
    await until(
        client,
        types.WINDOW_SHOW_MESSAGE,
        lambda: any(all(part in one.message for part in parts) for one in client.messages),
    )


async def pulled(
    client: LanguageClient, before: Iterable[types.PreviousResultId] = ()
) -> dict[str, types.WorkspaceDocumentDiagnosticReport]:
    """What the server says of the whole workspace, by the addresses of the manifests."""
    answer = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(list(before)))
    reports = {one.uri: one for one in answer.items}
    assert len(reports) == len(answer.items)
    return reports


def codes(report: types.WorkspaceDocumentDiagnosticReport) -> list[str]:
    assert isinstance(report, types.WorkspaceFullDocumentDiagnosticReport)
    return [str(one.code) for one in report.items]


def at(text: str, mark: str, editor: str) -> types.Position:
    return Positions(Source(text), EDITORS[editor]).position(text.index(mark) + 1)


def marked(text: str, range_: types.Range, editor: str) -> str:
    return text[slice(*Positions(Source(text), EDITORS[editor]).span(range_))]


def applied(text: str, edits: Iterable[Any], editor: str) -> str:
    positions = Positions(Source(text), EDITORS[editor])
    return apply(text, [Edit(positions.span(one.range), one.new_text) for one in edits])


async def workspace_symbols(client: LanguageClient, query: str) -> list[types.SymbolInformation]:
    answer = await client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
    return [one for one in answer or () if isinstance(one, types.SymbolInformation)]
