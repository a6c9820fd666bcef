"""Symbols, destinations and renames across manifests that are not open, over stdio."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from .conftest import every_editor
from .editor import (
    BROKEN,
    MANIFEST,
    applied,
    at,
    manifest,
    marked,
    open_file,
    start,
    workspace_symbols,
    write,
)

pytestmark = pytest.mark.asyncio


@every_editor
async def test_symbols_of_the_whole_workspace(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    texts = {"a": manifest("crm-sync", BROKEN), "b": manifest("billing")}
    closed, opened = write(tmp_path, a=texts["a"], b=MANIFEST)
    await start(client, editor, tmp_path)
    open_file(client, opened, texts["b"])
    symbols = await workspace_symbols(client, "")
    by_file = {closed.as_uri(): texts["a"], opened.as_uri(): texts["b"]}
    for one in symbols:
        assert marked(by_file[one.location.uri], one.location.range, editor) == one.name
    assert {(one.name, one.kind, one.container_name) for one in symbols} >= {
        ("crm-sync", types.SymbolKind.Module, None),
        ("billing", types.SymbolKind.Module, None),
        ("contacts", types.SymbolKind.Class, "billing, read"),
    }
    assert [one.name for one in await workspace_symbols(client, "CSy")] == ["crm-sync"]
    assert len(await workspace_symbols(client, "contacts")) == 2
    assert await workspace_symbols(client, "syncc") == []


@every_editor
@pytest.mark.parametrize("text", [MANIFEST, BROKEN], ids=["whole", "broken"])
async def test_a_destination_across_the_workspace(
    client: LanguageClient, editor: str, text: str, tmp_path: Path
) -> None:
    here, opened, closed = write(tmp_path, a=text, b=MANIFEST, c=manifest("c", text))
    texts = {here: text, opened: "# more\n" + text, closed: manifest("c", text)}
    await start(client, editor, tmp_path)
    open_file(client, here, text)
    open_file(client, opened, texts[opened], 7)
    document, position = types.TextDocumentIdentifier(here.as_uri()), at(text, "crm-hook", editor)

    locations = await client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(True), document, position)
    )
    assert sorted(one.uri for one in locations or ()) == [one.as_uri() for one in texts]
    for file, one in zip(texts, sorted(locations or (), key=lambda one: one.uri), strict=True):
        assert marked(texts[file], one.range, editor) == "crm-hook"

    change = await client.text_document_rename_async(
        types.RenameParams(document, position, "new-hook")
    )
    assert change is not None
    edits: dict[str, tuple[int | None, str]] = {}
    for one in change.document_changes or ():
        assert isinstance(one, types.TextDocumentEdit)
        uri, version = one.text_document.uri, one.text_document.version
        file = next(file for file in texts if file.as_uri() == uri)
        edits[uri] = (version, applied(texts[file], one.edits, editor))
    for uri, listed in (change.changes or {}).items():
        file = next(file for file in texts if file.as_uri() == uri)
        edits[uri] = (None, applied(texts[file], listed, editor))
    versions = [1, 7, None] if change.document_changes else [None, None, None]
    assert edits == {
        file.as_uri(): (version, texts[file].replace("crm-hook", "new-hook"))
        for file, version in zip(texts, versions, strict=True)
    }
    assert (change.document_changes is None) == (editor == "neovim")

    hover = await client.text_document_hover_async(types.HoverParams(document, position))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "`../b/amp.yaml`, line 5: read object `contacts`" in hover.contents.value
    assert "`../c/amp.yaml`, line 4: read object `contacts` of `c`" in hover.contents.value


async def test_destinations_are_completed_from_everywhere(
    client: LanguageClient, tmp_path: Path
) -> None:
    text = MANIFEST.replace("crm-hook", "")
    here, _ = write(tmp_path, a=text, b=MANIFEST)
    (tmp_path / "amp-lint.toml").write_text('destinations = ["of-file"]', encoding="utf-8")
    client.set_configuration({"ampLint": {"destinations": ["of-editor"]}})
    await start(client, "emacs", tmp_path)
    await workspace_symbols(client, "")
    open_file(client, here, text)
    line = text.splitlines()[3]
    position = types.Position(3, len(line[: line.index(", destination: ")]) + 15)
    answer = await client.text_document_completion_async(
        types.CompletionParams(types.TextDocumentIdentifier(here.as_uri()), position)
    )
    assert isinstance(answer, list)
    assert {one.label: one.detail for one in answer} == {
        "of-file": "from the configuration",
        "of-editor": "from the configuration",
        "crm-hook": "used in another file",
    }


async def test_a_file_is_renamed_as_it_is_now(client: LanguageClient, tmp_path: Path) -> None:
    here, closed = write(tmp_path, a=MANIFEST, b=MANIFEST)
    await start(client, "neovim", tmp_path)
    open_file(client, here, MANIFEST)
    await workspace_symbols(client, "")
    closed.write_text("# new\n" + MANIFEST, encoding="utf-8")
    change = await client.text_document_rename_async(
        types.RenameParams(
            types.TextDocumentIdentifier(here.as_uri()), at(MANIFEST, "crm-hook", "neovim"), "x-y"
        )
    )
    assert change is not None
    assert change.changes is not None
    assert applied("# new\n" + MANIFEST, change.changes[closed.as_uri()], "neovim") == (
        "# new\n" + MANIFEST.replace("crm-hook", "x-y")
    )
