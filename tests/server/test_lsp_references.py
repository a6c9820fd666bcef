"""From a name to what it names and to all that names the same, over stdio."""

from __future__ import annotations

from collections.abc import Sequence

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
  - {displayName: "🎸 é", name: crm-sync, provider: salesforce, read: {objects: [
      {mapToDisplayName: "🎸", objectName: "account", destination: &hook crm-hook,
       optionalFields: [{fieldName: billingcity, mapToName: city}]}]},
     subscribe: {objects: [{objectName: account, destination: *hook,
       updateEvent: {requiredWatchFields: ["🎸é", city]}}]}}
"""
BROKEN = TEXT + '  - name: "open\n    provider: hubspot\n'
every_text = pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["whole", "broken"])
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str) -> Positions:
    await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(editor))
    )
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )
    return Positions(Source(text), EDITORS[editor])


def at(positions: Positions, mark: str) -> types.Position:
    return positions.position(positions.source.text.index(mark) + 1)


def shown(positions: Positions, found: object) -> list[tuple[int, str]]:
    """Line and text of places in the document."""
    assert isinstance(found, Sequence)
    return [
        (one.range.start.line + 1, positions.source.text[slice(*positions.span(one.range))])
        for one in found
    ]


@every_text
@every_editor
async def test_definition(client: LanguageClient, editor: str, text: str) -> None:
    positions = await start(client, editor, text)
    wanted = {
        "account,": [(4, "account")],
        'account",': [(4, "account")],
        "city]}}": [(5, "city")],
        "*hook": [(4, "&hook")],
        "crm-hook": [],
        "provider": [],
    }
    for mark, found in wanted.items():
        result = await client.text_document_definition_async(
            types.DefinitionParams(types.TextDocumentIdentifier(URI), at(positions, mark))
        )
        assert shown(positions, result or []) == found, mark


@every_text
@every_editor
async def test_references_and_highlights(client: LanguageClient, editor: str, text: str) -> None:
    positions = await start(client, editor, text)
    document, place = types.TextDocumentIdentifier(URI), at(positions, "account,")
    for declaration, found in ((True, [(4, "account"), (6, "account")]), (False, [(6, "account")])):
        context = types.ReferenceContext(include_declaration=declaration)
        result = await client.text_document_references_async(
            types.ReferenceParams(context, document, place)
        )
        assert shown(positions, result) == found
    marks = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(document, place)
    )
    assert shown(positions, marks) == [(4, "account"), (6, "account")]
    assert [one.kind for one in marks or ()] == [
        types.DocumentHighlightKind.Write,
        types.DocumentHighlightKind.Read,
    ]
    marks = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(document, at(positions, "crm-hook"))
    )
    assert shown(positions, marks) == [(4, "crm-hook"), (6, "*hook")]


async def test_a_document_that_is_not_open_has_nothing(client: LanguageClient) -> None:
    positions = await start(client, "emacs", TEXT)
    other, place = types.TextDocumentIdentifier("file:///nowhere/b/amp.yaml"), at(positions, "city")
    assert not await client.text_document_definition_async(types.DefinitionParams(other, place))
    assert not await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(other, place)
    )
    assert not await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), other, place)
    )
