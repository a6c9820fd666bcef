"""An editor over stdio, in each of the three ways to count columns."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

URI = "file:///nowhere/amp.yaml"
EDITORS = {
    "visual_studio_code": types.PositionEncodingKind.Utf16,
    "neovim": types.PositionEncodingKind.Utf8,
    "emacs": types.PositionEncodingKind.Utf32,
}
every_editor = pytest.mark.parametrize("editor", EDITORS)


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[sys.executable, "-m", "amp_language_server"])
)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client whose server has been started and not yet initialized."""

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def _register(_: types.RegistrationParams) -> None:
        """An editor that watches the files it is asked to watch."""

    yield
    await lsp_client.shutdown_session()
