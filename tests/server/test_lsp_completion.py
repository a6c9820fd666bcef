"""Completions in an editor, over stdio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

pytestmark = pytest.mark.asyncio


async def start(
    client: LanguageClient, editor: str, *, snippets: bool, options: Any = None
) -> None:
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    capabilities.text_document.completion = types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(
            snippet_support=snippets, documentation_format=[types.MarkupKind.Markdown]
        )
    )
    await client.initialize_session(
        types.InitializeParams(capabilities=capabilities, initialization_options=options)
    )


async def complete(
    client: LanguageClient, marked: str, editor: str, uri: str = URI
) -> dict[str, tuple[types.CompletionItem, str]]:
    """The items at the `|`, each with the text that it makes."""
    at = marked.index("|")
    text = marked[:at] + marked[at + 1 :]
    positions = Positions(Source(text), EDITORS[editor])
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text))
    )
    result = await client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(uri), positions.position(at))
    )
    found = {}
    for item in result if isinstance(result, list) else ():
        assert isinstance(item.text_edit, types.TextEdit)
        edit = Edit(positions.span(item.text_edit.range), item.text_edit.new_text)
        found[item.label] = item, apply(text, [edit])
    return found


@every_editor
async def test_half_a_word_is_replaced(client: LanguageClient, editor: str) -> None:
    await start(client, editor, snippets=False)
    marked = 'integrations:\n  - {displayName: "🎸 é", provider: hub|, name: x}\n'
    found = await complete(client, marked, editor)
    item, text = found["hubspot"]
    assert text == marked.replace("hub|", "hubspot")
    assert item.insert_text_format is None


@every_editor
async def test_keys_are_snippets(client: LanguageClient, editor: str) -> None:
    await start(client, editor, snippets=True)
    found = await complete(client, "integrations:\n  - name: x\n    re|", editor)
    item, text = found["read"]
    assert item.insert_text_format == types.InsertTextFormat.Snippet
    assert text.split("\n    ", 1)[1].splitlines() == [
        "read:",
        "  objects:",
        "    - objectName: $1",
        "      destination: $0",
    ]


async def test_an_editor_may_name_a_command_that_shows_the_values(client: LanguageClient) -> None:
    options = {"completionCommand": "editor.action.triggerSuggest"}
    await start(client, "emacs", snippets=True, options=options)
    found = await complete(client, "integrations:\n  - |", "emacs")
    command = found["provider"][0].command
    assert command is not None
    assert command.command == "editor.action.triggerSuggest"
    assert found["name"][0].command is None


@pytest.mark.parametrize("options", [None, {"completionCommand": 7}, ["completionCommand"]])
async def test_no_other_editor_gets_a_command(client: LanguageClient, options: object) -> None:
    await start(client, "emacs", snippets=True, options=options)
    found = await complete(client, "integrations:\n  - |", "emacs")
    assert found["provider"][0].command is None


async def test_keys_are_plain_text_without_snippets(client: LanguageClient) -> None:
    await start(client, "emacs", snippets=False)
    found = await complete(client, "integrations:\n  - na|", "emacs")
    assert found["name"][1] == "integrations:\n  - name: "


async def test_a_broken_document_is_completed(client: LanguageClient) -> None:
    await start(client, "emacs", snippets=False)
    marked = 'integrations:\n  - name: "open\n    provider: [\n  - name: x\n    provider: hubs|'
    assert "hubspot" in await complete(client, marked, "emacs")


async def test_documentation_comes_inline_for_a_client_that_does_not_resolve_it(
    client: LanguageClient,
) -> None:
    await start(client, "neovim", snippets=False)
    found = await complete(client, "integrations:\n  - provider: |", "neovim")
    documentation = found["hubspot"][0].documentation
    assert isinstance(documentation, types.MarkupContent)
    assert documentation.value.startswith("**HubSpot** supports read")


async def test_the_configuration_knows_destinations(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "amp-lint.toml").write_text('destinations = ["fromFile"]\n', encoding="utf-8")
    await start(client, "emacs", snippets=False)
    marked = "integrations:\n  - read:\n      objects:\n        - destination: |"
    uri = (tmp_path / "amp.yaml").as_uri()
    assert list(await complete(client, marked, "emacs", uri)) == ["fromFile"]


async def test_a_document_that_is_not_open_has_no_completions(client: LanguageClient) -> None:
    await start(client, "emacs", snippets=False)
    result = await client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(URI), types.Position(0, 0))
    )
    assert not result
