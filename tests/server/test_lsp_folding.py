"""What folds and what is selected around the caret, over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
# Our
# manifest
specVersion: 1.0.0
integrations:
  - {displayName: "🎸 é", name: crm-sync, provider: salesforce,
     proxy: {enabled: true}}
"""
BROKEN = TEXT + '  - name: "open\n'
every_text = pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["whole", "broken"])
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str) -> None:
    await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(editor))
    )
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )


@every_text
@every_editor
async def test_folding_and_selection(client: LanguageClient, editor: str, text: str) -> None:
    await start(client, editor, text)
    document = types.TextDocumentIdentifier(URI)
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    found = {(one.start_line, one.end_line, one.kind) for one in folds or ()}
    assert {(0, 1, types.FoldingRangeKind.Comment), (4, 5, None)} <= found
    positions = Positions(Source(text), EDITORS[editor])
    places = [positions.position(text.index(mark) + 1) for mark in ("crm-sync", "true")]
    first, second = await client.text_document_selection_range_async(
        types.SelectionRangeParams(document, places)
    ) or (None, None)
    assert grown(positions, first)[:2] == ["crm-sync", "name: crm-sync"]
    assert grown(positions, second)[:4] == [
        "true",
        "enabled: true",
        "{enabled: true}",
        "proxy: {enabled: true}",
    ]
    assert grown(positions, second)[-1] == text


async def test_a_document_that_is_not_open_has_nothing(client: LanguageClient) -> None:
    await start(client, "emacs", TEXT)
    other = types.TextDocumentIdentifier("file:///nowhere/b/amp.yaml")
    assert not await client.text_document_folding_range_async(types.FoldingRangeParams(other))
    assert not await client.text_document_selection_range_async(
        types.SelectionRangeParams(other, [types.Position(0, 0)])
    )


def grown(positions: Positions, selection: types.SelectionRange | None) -> list[str]:
    """The texts from the inside outwards."""
    found: list[str] = []
    while selection is not None:
        found.append(positions.source.text[slice(*positions.span(selection.range))])
        selection = selection.parent
    return found
