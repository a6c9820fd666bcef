"""Links that an editor underlines in a manifest, over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.manifest import doc_urls
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
specVersion: 1.0.0
integrations:
  - {displayName: "🎸 é", provider: "hubspot"}
  - {displayName: "🎸 é", provider: unheard-of}
"""
pytestmark = pytest.mark.asyncio


async def linked(
    client: LanguageClient, editor: str, text: str, *, tooltips: bool, uri: str = URI
) -> list[types.DocumentLink]:
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    capabilities.text_document.document_link = types.DocumentLinkClientCapabilities(
        tooltip_support=tooltips
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )
    result = await client.text_document_document_link_async(
        types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
    )
    return list(result or ())


@every_editor
@pytest.mark.parametrize("rest", ["", '  - name: "open\n    module: x\n'])
async def test_a_provider_leads_to_its_guides(
    client: LanguageClient, editor: str, rest: str
) -> None:
    (link,) = await linked(client, editor, TEXT + rest, tooltips=True)
    positions = Positions(Source(TEXT), EDITORS[editor])
    assert TEXT[slice(*positions.span(link.range))] == "hubspot"
    assert link.target == f"{doc_urls.PROVIDERS}/hubspot"
    assert link.tooltip == "Guide to HubSpot"


async def test_a_client_without_tooltips_gets_none(client: LanguageClient) -> None:
    (link,) = await linked(client, "neovim", TEXT, tooltips=False)
    assert link.tooltip is None


async def test_a_document_that_is_not_open_has_none(client: LanguageClient) -> None:
    other = "file:///nowhere/else/amp.yaml"
    assert await linked(client, "emacs", TEXT, tooltips=True, uri=other) == []
