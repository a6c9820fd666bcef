"""The outline that an editor shows, over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
specVersion: 1.0.0
integrations:
  - {displayName: "🎸", name: crm-sync, read: {objects: [{destination: "é", objectName: contact}]}}
"""
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str, *, trees: bool = True) -> None:
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    capabilities.text_document.document_symbol = types.DocumentSymbolClientCapabilities(
        hierarchical_document_symbol_support=trees
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )


async def symbols(client: LanguageClient, uri: str = URI) -> list[types.DocumentSymbol]:
    result = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    )
    return [one for one in result or () if isinstance(one, types.DocumentSymbol)]


@every_editor
async def test_the_outline_has_kinds_names_and_places(client: LanguageClient, editor: str) -> None:
    await start(client, editor, TEXT)
    positions = Positions(Source(TEXT), EDITORS[editor])
    level, found = await symbols(client), []
    while level:
        (one,) = level
        marked = TEXT[slice(*positions.span(one.selection_range))]
        found.append((one.kind, one.name, one.detail, marked))
        level = list(one.children or ())
    assert found == [
        (types.SymbolKind.Module, "crm-sync", None, "crm-sync"),
        (types.SymbolKind.Namespace, "read", None, "read"),
        (types.SymbolKind.Class, "contact", "é", "contact"),
    ]


@every_editor
async def test_a_broken_file_has_an_outline(client: LanguageClient, editor: str) -> None:
    await start(client, editor, TEXT + '  - name: mail\n    provider: "gmail\n')
    assert [one.name for one in await symbols(client)] == ["crm-sync", "mail"]


@every_editor
@pytest.mark.parametrize("rest", ["", '  - name: mail\n    provider: "gmail\n'])
async def test_a_client_without_trees_gets_a_list(
    client: LanguageClient, editor: str, rest: str
) -> None:
    await start(client, editor, TEXT + rest, trees=False)
    result = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(types.TextDocumentIdentifier(URI))
    )
    positions = Positions(Source(TEXT + rest), EDITORS[editor])
    found = []
    for one in result or ():
        assert isinstance(one, types.SymbolInformation)
        assert one.location.uri == URI
        text = (TEXT + rest)[slice(*positions.span(one.location.range))]
        found.append((one.kind, one.name, one.container_name, text[:9]))
    assert found[:3] == [
        (types.SymbolKind.Module, "crm-sync", None, "{displayN"),
        (types.SymbolKind.Namespace, "read", "crm-sync", "read: {ob"),
        (types.SymbolKind.Class, "contact", "read", "{destinat"),
    ]
    assert [one[1] for one in found[3:]] == (["mail"] if rest else [])


async def test_a_document_that_is_not_open_has_none(client: LanguageClient) -> None:
    await start(client, "emacs", TEXT)
    assert await symbols(client, "file:///nowhere/else/amp.yaml") == []
