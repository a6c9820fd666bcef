"""Clients that trace, that say little about themselves, or more than is known."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conversation import PLACE, TEXT, hovers, messages, opened
from .wire import Wire


def test_a_client_that_traces_sees_every_message(fresh: Wire) -> None:
    fresh.initialize(capabilities={}, trace="messages")
    opened(fresh)
    assert hovers(fresh)
    seen = [one["message"] for one in messages(fresh, "$/logTrace")]
    assert "received textDocument/didOpen" in seen
    assert any(one.startswith("received textDocument/hover (") for one in seen)
    fresh.notify("$/setTrace", {"value": "off"})
    assert hovers(fresh)
    fresh.notifications.clear()
    assert hovers(fresh)
    assert messages(fresh, "$/logTrace") == []


def test_a_verbose_trace_holds_the_params(fresh: Wire) -> None:
    fresh.initialize(capabilities={}, trace="verbose")
    opened(fresh)
    assert hovers(fresh)
    assert any("'character': 15" in one["message"] for one in messages(fresh, "$/logTrace"))


@pytest.mark.parametrize(
    "params",
    [
        {"capabilities": {}},
        {"capabilities": {}, "trace": "compact", "rootPath": None, "locale": "xx"},
        {"capabilities": {"textDocument": {}, "workspace": {}, "general": {}, "window": {}}},
        {"capabilities": {"general": {"positionEncodings": []}}, "workspaceFolders": None},
        {"capabilities": {"general": {"positionEncodings": ["utf-9"]}}, "workspaceFolders": []},
        {"capabilities": {"experimental": {"x": [1]}, "unheardOf": 1}, "clientInfo": {"name": "x"}},
        {"capabilities": {}, "rootUri": "http://[", "rootPath": "\0"},
        {"capabilities": {}, "rootUri": "untitled:x", "initializationOptions": 3},
    ],
)
def test_clients_that_say_little_are_served(fresh: Wire, params: dict[str, object]) -> None:
    result = fresh.ask("initialize", params)["result"]
    assert result["serverInfo"]["name"] == "amp-language-server"
    assert result["capabilities"]["positionEncoding"] == "utf-16"
    assert result["capabilities"]["textDocumentSync"]["openClose"] is True
    assert result["capabilities"]["textDocumentSync"]["change"] == 2
    opened(fresh, TEXT + "# 🎸 amp:ignore[\n")  # and `initialized` never comes
    assert hovers(fresh)
    assert fresh.end() == 0
    assert fresh.faults() == []


NEWER = {
    "workspace": {
        "symbol": {"symbolKind": {"valueSet": [*range(1, 41)]}, "tagSupport": {"valueSet": [1, 9]}},
        "workspaceEdit": {"resourceOperations": ["create", "link"], "failureHandling": "retry"},
        "configuration": {"perProfile": True},
        "unheardOf": {},
    },
    "textDocument": {
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "insertTextModeSupport": {"valueSet": [1, 9]},
                "tagSupport": {"valueSet": "all"},
            },
            "completionItemKind": {"valueSet": [1, 99, "odd"]},
        },
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "wish"]}},
            "tagSupport": {},
        },
        "publishDiagnostics": {"tagSupport": True},
        "hover": {"contentFormat": ["markdown", "html", 5]},
        "semanticTokens": {"requests": 1},
        "rename": [],
    },
    "general": {"positionEncodings": ["utf-64", "utf-32"], "markdown": "all"},
    "notebookDocument": {"synchronization": None},
}


def test_capabilities_that_are_not_known_are_passed_over(fresh: Wire) -> None:
    result = fresh.ask("initialize", {"processId": None, "capabilities": NEWER})["result"]
    assert result["capabilities"]["positionEncoding"] == "utf-32"
    opened(fresh, f"{TEXT}    ")
    place = {**PLACE, "position": {"line": 4, "character": 4}}
    found = fresh.ask("textDocument/completion", place)["result"]
    # What is understood beside the rest counts.
    assert any(one.get("insertTextFormat") == 2 for one in found)
    assert fresh.end() == 0
    assert fresh.faults() == []


@pytest.mark.parametrize("capabilities", [None, [], "all", {"workspace": 1, "textDocument": []}])
def test_capabilities_that_are_none_are_those_of_a_simple_client(
    fresh: Wire, capabilities: object
) -> None:
    assert "result" in fresh.initialize(capabilities=capabilities)
    opened(fresh)
    assert hovers(fresh)


def test_the_server_says_where_it_is_closed_to_everybody() -> None:
    run = subprocess.run(
        f"{sys.executable} -m amp_language_server <&-",
        shell=True, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "amp-language-server: standard input or output is closed\n"
