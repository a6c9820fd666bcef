"""What an editor shows above the objects of a manifest, over stdio."""

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
  - {displayName: "🎸 é", read: {objects: [{mapToDisplayName: "🎸", objectName: "account",
      requiredFields: [{fieldName: id}], optionalFields: [{fieldName: city}]}]},
     subscribe: {objects: [{objectName: account, updateEvent: {enabled: always}}]}}
"""
pytestmark = pytest.mark.asyncio


async def code_lenses(
    client: LanguageClient, editor: str, text: str, uri: str = URI
) -> list[tuple[types.Range, types.Command | None]]:
    await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(editor))
    )
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )
    result = await client.text_document_code_lens_async(
        types.CodeLensParams(types.TextDocumentIdentifier(uri))
    )
    return [(one.range, one.command) for one in result or ()]


@every_editor
@pytest.mark.parametrize("rest", ["", '  - name: "open\n    provider: hubspot\n'])
async def test_lenses_are_text_at_the_name(client: LanguageClient, editor: str, rest: str) -> None:
    text = TEXT + rest
    place = Positions(Source(text), EDITORS[editor]).position(text.index('"account"'))
    range_ = types.Range(place, place)
    assert await code_lenses(client, editor, text) == [
        (range_, types.Command("2 fields", "")),
        (range_, types.Command("subscribed: update", "")),
    ]


async def test_a_document_that_is_not_open_has_none(client: LanguageClient) -> None:
    assert await code_lenses(client, "emacs", TEXT, "file:///nowhere/else/amp.yaml") == []
