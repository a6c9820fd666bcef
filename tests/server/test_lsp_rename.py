"""Another name for a thing, in every open document, over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

OTHER = "file:///nowhere/other/amp.yaml"
TEXT = """\
integrations:
  - {displayName: "🎸 é", name: 'crm-sync', provider: salesforce, read: {objects: [
      {mapToDisplayName: "🎸", objectName: account, destination: "crm-hook",
       optionalFields: [{fieldName: billingcity, mapToName: city}]}]},
     subscribe: {objects: [{objectName: account, destination: crm-hook,
       updateEvent: {requiredWatchFields: ["🎸é", city]}}]}}
"""
BROKEN = TEXT + '  - name: "open\n    provider: hubspot\n'
every_text = pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["whole", "broken"])
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, **texts: str) -> None:
    await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(editor))
    )
    for uri, text in zip((URI, OTHER), texts.values(), strict=False):
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text))
        )


def at(text: str, mark: str, editor: str) -> types.Position:
    return Positions(Source(text), EDITORS[editor]).position(text.index(mark) + 1)


async def rename(
    client: LanguageClient, editor: str, text: str, mark: str, to: str
) -> types.WorkspaceEdit:
    result = await client.text_document_rename_async(
        types.RenameParams(types.TextDocumentIdentifier(URI), at(text, mark, editor), to)
    )
    assert result is not None
    return result


def changed(change: types.WorkspaceEdit) -> dict[str, list[types.TextEdit]]:
    """The edits by document, in whichever form the editor takes them."""
    edits = {uri: list(listed) for uri, listed in (change.changes or {}).items()}
    for one in change.document_changes or ():
        assert isinstance(one, types.TextDocumentEdit)
        assert one.text_document.version == 1
        edits[one.text_document.uri] = [
            edit for edit in one.edits if isinstance(edit, types.TextEdit)
        ]
    return edits


def applied(text: str, change: types.WorkspaceEdit, editor: str, uri: str = URI) -> str:
    positions = Positions(Source(text), EDITORS[editor])
    edits = [Edit(positions.span(one.range), one.new_text) for one in changed(change)[uri]]
    return apply(text, edits)


@every_text
@every_editor
async def test_rename(client: LanguageClient, editor: str, text: str) -> None:
    await start(client, editor, here=text)
    news = {"crm-sync": "sales", "account": "contact", "crm-hook": "new-hook", " city}": " town}"}
    for old, new in news.items():
        change = await rename(client, editor, text, old, new.strip(" }"))
        wanted = text.replace(old, new).replace(", city]", ", town]" if "}" in old else ", city]")
        assert applied(text, change, editor) == wanted


@every_editor
async def test_the_place_and_the_old_name_are_offered(client: LanguageClient, editor: str) -> None:
    await start(client, editor, here=TEXT)
    document = types.TextDocumentIdentifier(URI)
    positions = Positions(Source(TEXT), EDITORS[editor])
    found = await client.text_document_prepare_rename_async(
        types.PrepareRenameParams(document, at(TEXT, "crm-hook", editor))
    )
    assert isinstance(found, types.PrepareRenamePlaceholder)
    assert found.placeholder == "crm-hook"
    assert TEXT[slice(*positions.span(found.range))] == "crm-hook"
    for mark in ("billingcity", "salesforce", "objectName"):
        params = types.PrepareRenameParams(document, at(TEXT, mark, editor))
        assert await client.text_document_prepare_rename_async(params) is None
    unknown = types.PrepareRenameParams(types.TextDocumentIdentifier(OTHER), types.Position(0, 0))
    assert await client.text_document_prepare_rename_async(unknown) is None


async def test_a_destination_has_its_new_name_in_all_open_documents(
    client: LanguageClient,
) -> None:
    other = "# more\n" + BROKEN
    await start(client, "neovim", here=TEXT, other=other)
    change = await rename(client, "neovim", TEXT, "crm-hook", "new-hook")
    for uri, text in ((URI, TEXT), (OTHER, other)):
        assert applied(text, change, "neovim", uri) == text.replace("crm-hook", "new-hook")
    change = await rename(client, "neovim", TEXT, "account", "contact")
    assert list(changed(change)) == [URI]


async def test_a_refusal_says_why(client: LanguageClient) -> None:
    await start(client, "emacs", here=TEXT)
    for mark, to, why in (
        ("crm-hook", "a b", "letters, digits and dashes"),
        ("crm-sync", " ", "one line"),
        ("salesforce", "hubspot", "nothing here"),
    ):
        with pytest.raises(JsonRpcException, match=why) as refused:
            await rename(client, "emacs", TEXT, mark, to)
        assert refused.value.code == types.LSPErrorCodes.RequestFailed
