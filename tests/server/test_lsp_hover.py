"""Hovering over a manifest in an editor, over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.source import Source, Span

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: google
    read:
      objects:
      - {mapToDisplayName: "🎸", schedule: "0 6 * * *", objectName: contact} # amp:ignore[key-case]
"""
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str = TEXT) -> None:
    capabilities = client_capabilities(editor)
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )


async def hover(
    client: LanguageClient, position: types.Position, uri: str = URI
) -> tuple[types.MarkupContent, types.Range] | None:
    result = await client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(uri), position)
    )
    if result is None:
        return None
    assert isinstance(result.contents, types.MarkupContent)
    assert result.range is not None
    return result.contents, result.range


async def over(client: LanguageClient, editor: str, thing: str, text: str = TEXT) -> str:
    """What is said of a thing, and that it is marked exactly."""
    positions = Positions(Source(text), EDITORS[editor])
    start = text.index(thing)
    marked = positions.range(Span(start, start + len(thing)))
    found = await hover(client, marked.start)
    assert found is not None
    assert found[1] == marked
    return found[0].value


@every_editor
async def test_things_are_explained_and_marked(client: LanguageClient, editor: str) -> None:
    await start(client, editor)
    assert "**Google**" in await over(client, editor, "google")
    assert "(`schedule`)" in await over(client, editor, "schedule")
    assert (await over(client, editor, '"0 6 * * *"')).count(" 06:00 UTC, ") == 5
    assert "`contact`" in await over(client, editor, "contact")
    assert "**key-case**" in await over(client, editor, "key-case")


@every_editor
async def test_a_broken_file_is_explained_all_the_same(client: LanguageClient, editor: str) -> None:
    broken = TEXT + '  - name: "mail\n    provider: hubspot\n'
    await start(client, editor, broken)
    assert "**Google**" in await over(client, editor, "google", broken)


async def test_the_text_as_it_is_now_is_explained(client: LanguageClient) -> None:
    await start(client, "emacs")
    place = types.Position(3, 14)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(2, URI),
            [
                types.TextDocumentContentChangePartial(
                    types.Range(place, types.Position(3, 20)), "hubspot"
                )
            ],
        )
    )
    found = await hover(client, place)
    assert found is not None
    assert "**HubSpot**" in found[0].value


async def test_where_nothing_is_known_nothing_is_said(client: LanguageClient) -> None:
    await start(client, "visual_studio_code")
    assert await hover(client, types.Position(2, 0)) is None
    assert await hover(client, types.Position(999, 999)) is None
    assert await hover(client, types.Position(0, 0), "file:///nowhere/else/amp.yaml") is None


async def test_plain_text_is_sent_to_a_client_that_shows_no_other(client: LanguageClient) -> None:
    capabilities = client_capabilities("neovim")
    assert capabilities.text_document is not None
    capabilities.text_document.hover = types.HoverClientCapabilities(
        content_format=[types.MarkupKind.PlainText]
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, TEXT))
    )
    found = await hover(client, types.Position(3, 14))
    assert found is not None
    assert found[0].kind is types.MarkupKind.PlainText
