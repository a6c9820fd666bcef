"""The hints that an editor shows between the words, over stdio."""

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
  - {displayName: "🎸", provider: google,
     watchSchema: {destination: "é", schedule: "0 6 * * *"}} # morning
"""
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str) -> None:
    capabilities = client_capabilities(editor)
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )


async def hints(
    client: LanguageClient, first: int = 0, last: int = 99, uri: str = URI
) -> list[types.InlayHint]:
    shown = types.Range(types.Position(first, 0), types.Position(last, 0))
    result = await client.text_document_inlay_hint_async(
        types.InlayHintParams(types.TextDocumentIdentifier(uri), shown)
    )
    return list(result or ())


def behind(text: str, word: str, editor: str) -> types.Position:
    return Positions(Source(text), EDITORS[editor]).position(text.index(word) + len(word))


@every_editor
async def test_hints_stand_behind_their_values(client: LanguageClient, editor: str) -> None:
    await start(client, editor, TEXT)
    assert [(one.position, one.label) for one in await hints(client)] == [
        (behind(TEXT, "google", editor), "module: calendar"),
        (behind(TEXT, '"0 6 * * *"', editor), "every day at 06:00"),
    ]


@every_editor
async def test_a_broken_file_has_hints(client: LanguageClient, editor: str) -> None:
    broken = TEXT + '  - name: "mail\n    provider: hubspot\n'
    await start(client, editor, broken)
    found = [(one.position, one.label) for one in await hints(client)]
    assert (behind(broken, "google", editor), "module: calendar") in found


@every_editor
async def test_a_schedule_in_a_block_has_its_hint_on_its_own_line(
    client: LanguageClient, editor: str
) -> None:
    text = "integrations:\n  - watchSchema:\n      # 🎸\n      schedule: |-\n        0 6 * * *\n"
    await start(client, editor, text)
    (hint,) = await hints(client)
    assert hint.position == types.Position(4, 17)
    assert hint.label == "every day at 06:00"


async def test_only_the_lines_that_are_asked_for_have_hints(client: LanguageClient) -> None:
    await start(client, "neovim", TEXT)
    assert [one.label for one in await hints(client, 3, 4)] == ["every day at 06:00"]
    assert await hints(client, 0, 2) == []


async def test_a_document_that_is_not_open_has_none(client: LanguageClient) -> None:
    await start(client, "emacs", TEXT)
    assert await hints(client, uri="file:///nowhere/else/amp.yaml") == []
