"""Formatting a document, a part of it, and the line that is being typed, over stdio."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.formatter import format_text
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .editor import open_file
from .editor import start as start_in
from .wire import URI

TEXT = """\
specVersion:   1.0.0   # 🎸
integrations:
    -   {displayName: '🎸 é',name: crm-sync}   # why
    -   name:   other
"""
# What contradicts the layout is ignored.
OPTIONS = types.FormattingOptions(8, insert_spaces=False, trim_trailing_whitespace=False)
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, text: str) -> types.TextDocumentIdentifier:
    answer = await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(editor))
    )
    assert answer.capabilities.document_formatting_provider
    assert answer.capabilities.document_range_formatting_provider
    typing = answer.capabilities.document_on_type_formatting_provider
    assert typing == types.DocumentOnTypeFormattingOptions("\n", ("-",))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "amp-yaml", 1, text))
    )
    return types.TextDocumentIdentifier(URI)


def edited(text: str, editor: str, edits: object) -> str:
    positions = Positions(Source(text), EDITORS[editor])
    assert isinstance(edits, (list, tuple))
    return apply(text, [Edit(positions.span(one.range), one.new_text) for one in edits])


@every_editor
async def test_document(client: LanguageClient, editor: str) -> None:
    document = await start(client, editor, TEXT)
    edits = await client.text_document_formatting_async(
        types.DocumentFormattingParams(document, OPTIONS)
    )
    assert edited(TEXT, editor, edits) == format_text(TEXT)
    assert edits is not None
    assert len(edits) > 3


@every_editor
async def test_range(client: LanguageClient, editor: str) -> None:
    document = await start(client, editor, TEXT)
    line = types.Range(types.Position(3, 8), types.Position(3, 12))
    edits = await client.text_document_range_formatting_async(
        types.DocumentRangeFormattingParams(document, line, OPTIONS)
    )
    assert edited(TEXT, editor, edits) == TEXT.replace("name:   other", "name: other")


async def test_typing(client: LanguageClient) -> None:
    text = "integrations:\n  - name: x\n\n-\n"
    document = await start(client, "neovim", text)

    async def typed(line: int, column: int, character: str) -> object:
        return await client.text_document_on_type_formatting_async(
            types.DocumentOnTypeFormattingParams(
                document, types.Position(line, column), character, OPTIONS
            )
        )

    assert edited(text, "neovim", await typed(2, 0, "\n")) == text.replace("x\n\n", "x\n    \n")
    assert edited(text, "neovim", await typed(3, 1, "-")) == text.replace("\n-", "\n  -")
    assert not await typed(1, 5, "-")
    assert await typed(99, 0, "\n") is None


@pytest.mark.parametrize("text", ["a: [\n", "a: *b\n"])
async def test_what_cannot_be_read_is_left_alone(client: LanguageClient, text: str) -> None:
    document = await start(client, "emacs", text)
    assert (
        await client.text_document_formatting_async(
            types.DocumentFormattingParams(document, OPTIONS)
        )
        is None
    )


async def test_a_document_that_is_not_open_has_nothing(client: LanguageClient) -> None:
    await start(client, "emacs", TEXT)
    other = types.TextDocumentIdentifier("file:///nowhere/b/amp.yaml")
    assert (
        await client.text_document_formatting_async(types.DocumentFormattingParams(other, OPTIONS))
        is None
    )


async def test_an_excluded_document_is_left_alone(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / ".amp-lint.toml").write_text('exclude = ["amp.yaml"]\n', encoding="utf-8")
    await start_in(client, "neovim", tmp_path)
    open_file(client, tmp_path / "amp.yaml", TEXT)
    document = types.TextDocumentIdentifier((tmp_path / "amp.yaml").as_uri())
    everything = types.Range(types.Position(0, 0), types.Position(4, 0))

    whole = types.DocumentFormattingParams(document, OPTIONS)
    part = types.DocumentRangeFormattingParams(document, everything, OPTIONS)
    assert await client.text_document_formatting_async(whole) is None
    assert await client.text_document_range_formatting_async(part) is None
