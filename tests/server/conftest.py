"""An editor over stdio, in each of the three ways to count columns."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from .conversation import FAULTY, opened
from .wire import Wire, wire

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


@pytest.fixture
def fresh() -> Iterator[Wire]:
    """A server that has not been initialized."""
    with wire() as client:
        yield client


@pytest.fixture(scope="module")
def running() -> Iterator[Wire]:
    """A server with an open document, for what must not disturb it."""
    with wire(patience=300) as client:
        client.initialize(capabilities={})
        opened(client)
        yield client
        assert client.end() == 0
        assert not any("Traceback" in one for one in client.faults())


@pytest.fixture
def faulty() -> Iterator[Wire]:
    """An initialized server some of whose features are faulty."""
    with wire((sys.executable, "-c", FAULTY)) as client:
        client.initialize(capabilities={})
        yield client
