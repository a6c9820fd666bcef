"""The server starts as an editor starts it and says what it is."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsprotocol.types import (
    InitializeParams,
    InitializeResult,
    PositionEncodingKind,
    RenameOptions,
)
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

import amp_lint

SERVER = [sys.executable, "-m", "amp_language_server"]
SECONDS = 60


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


async def initialize(client: LanguageClient, editor: str) -> InitializeResult:
    return await client.initialize_session(
        InitializeParams(capabilities=client_capabilities(editor))
    )


@pytest.mark.asyncio
async def test_initialize_names_the_server_and_its_version(client: LanguageClient) -> None:
    result = await initialize(client, "visual_studio_code")

    assert result.server_info is not None
    assert result.server_info.name == "amp-language-server"
    assert result.server_info.version == amp_lint.__version__


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("editor", "encoding"),
    [
        ("visual_studio_code", PositionEncodingKind.Utf16),
        ("neovim", PositionEncodingKind.Utf8),
        ("emacs", PositionEncodingKind.Utf32),
    ],
)
async def test_initialize_takes_the_first_position_encoding_the_editor_names(
    client: LanguageClient, editor: str, encoding: PositionEncodingKind
) -> None:
    result = await initialize(client, editor)

    assert result.capabilities.position_encoding == encoding


@pytest.mark.asyncio
async def test_initialize_offers_what_is_there(client: LanguageClient) -> None:
    capabilities = (await initialize(client, "visual_studio_code")).capabilities

    assert capabilities.text_document_sync is not None
    assert capabilities.hover_provider is not None
    assert capabilities.document_symbol_provider is not None
    assert capabilities.inlay_hint_provider is not None
    assert capabilities.completion_provider is not None
    assert capabilities.code_action_provider is not None
    assert capabilities.diagnostic_provider is not None
    assert capabilities.definition_provider
    assert capabilities.references_provider
    assert capabilities.document_highlight_provider
    assert capabilities.rename_provider == RenameOptions(prepare_provider=True)
    assert capabilities.folding_range_provider
    assert capabilities.selection_range_provider


@pytest.mark.asyncio
async def test_tcp_serves_one_client() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *SERVER, "--tcp", str(port), stderr=asyncio.subprocess.PIPE
    )
    try:
        assert process.stderr is not None
        await asyncio.wait_for(process.stderr.readuntil(b"listening on"), SECONDS)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        header = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SECONDS)
        writer.close()
        await writer.wait_closed()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()

    assert header.startswith(b"Content-Length: ")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SERVER, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_version_is_that_of_the_distribution() -> None:
    result = run("--version")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"amp-language-server {amp_lint.__version__}\n"


def test_help_tells_how_to_start_it() -> None:
    result = run("--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert "--tcp PORT" in result.stdout
    assert "standard input and output" in result.stdout


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "٢٠٠٠", "9" * 5000])
def test_a_wrong_port_is_refused_in_one_line(port: str) -> None:
    result = run(f"--tcp={port}")

    assert result.returncode == 2
    assert "is not a port (1 to 65535)" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_taken_port_is_refused_without_a_traceback() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("--tcp", str(taken.getsockname()[1]))

    assert result.returncode == 2
    assert "cannot listen on 127.0.0.1:" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_protocol_library_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, amp_language_server.main\n"
        "print([name for name in ('pygls', 'lsprotocol') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )

    assert result.stdout == "[]\n"
