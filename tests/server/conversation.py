"""What is said to a server: a document, a place in it, and the codes of answers."""

from __future__ import annotations

import json
from typing import Any

from .wire import URI, Message, Wire

PARSE, REQUEST, METHOD, PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603
UNINITIALIZED, CANCELLED, MODIFIED = -32002, -32800, -32801
TEXT = "specVersion: 1.0.0\nintegrations:\n  - name: crm-sync\n    provider: hubspot\n"
PLACE = {"textDocument": {"uri": URI}, "position": {"line": 3, "character": 15}}

# A server with features that fail in every way there is.
FAULTY = """
import asyncio, os, sys, threading
from amp_language_server import main

made = main.create_server

def create_server():
    faulty = made()

    @faulty.feature("test/print")
    def printed(params):
        print("a stray line", flush=True)
        os.write(1, b"stray bytes")
        os.system("echo a stray process")

    @faulty.feature("test/raise")
    def raised(params):
        raise ValueError("a sync fault")

    @faulty.feature("test/raiseLater")
    async def raised_later(params):
        await asyncio.sleep(0)
        raise ValueError("an async fault")

    @faulty.feature("test/nonsense")
    def nonsense(params):
        return object

    @faulty.feature("test/background")
    async def background(params):
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        thread = threading.Thread(target=lambda: [][1])
        thread.start()
        await asyncio.sleep(0)
        thread.join()

    @faulty.feature("test/forever")
    async def forever(params):
        await asyncio.Event().wait()

    return faulty

main.create_server = create_server
sys.exit(main.main([]))
"""


def code(answer: Message) -> int | None:
    return answer["error"]["code"] if "error" in answer else None


def opened(client: Wire, text: str = TEXT, version: int = 1) -> None:
    document = {"uri": URI, "languageId": "yaml", "version": version, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": document})


def changed(client: Wire, text: str, version: int) -> None:
    document = {"uri": URI, "version": version}
    changes = [{"text": text}]
    client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})


def hovers(client: Wire) -> bool:
    return "hubspot" in json.dumps(client.ask("textDocument/hover", PLACE).get("result")).lower()


def messages(client: Wire, method: str) -> list[Any]:
    return [one["params"] for one in client.notifications if one["method"] == method]
