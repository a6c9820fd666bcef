"""What may be said when, what is answered to nonsense, and how the server ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import URI
from .wire import Message, Wire, wire

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
        print("a stray line")
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


@pytest.fixture
def client() -> Iterator[Wire]:
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


def test_the_life_of_a_server(client: Wire) -> None:
    assert code(client.ask("textDocument/hover", PLACE)) == UNINITIALIZED
    opened(client)
    assert "result" in client.initialize(capabilities={})
    assert code(client.ask("initialize", {"capabilities": {}})) == REQUEST
    assert client.ask("textDocument/hover", PLACE)["result"] is None  # not open: it came too early
    assert client.ask("shutdown")["result"] is None
    assert code(client.ask("textDocument/hover", PLACE)) == REQUEST
    assert code(client.ask("shutdown")) == REQUEST
    client.notify("exit", None)
    assert client.wait() == 0


@pytest.mark.parametrize("initialized", [True, False])
def test_an_exit_without_good_bye_is_a_failure(client: Wire, *, initialized: bool) -> None:
    if initialized:
        client.initialize(capabilities={})
    client.notify("exit", None)
    assert client.wait() == 1
    assert client.errors() == ""


@pytest.mark.parametrize("rest", [b"", b"Content-Length: 100\r\n\r\n{", b"Content-"])
def test_the_end_of_the_input_is_the_end(client: Wire, rest: bytes) -> None:
    client.initialize(capabilities={})
    client.write(rest)
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.wait() == 1
    assert client.errors() == ""


def test_a_client_that_no_longer_listens_ends_nothing_by_itself(client: Wire) -> None:
    client.initialize(capabilities={})
    assert client.process.stdout is not None
    client.process.stdout.close()
    client.begin("textDocument/hover", PLACE)
    client.begin("shutdown")
    client.notify("exit", None)
    assert client.process.wait() == 0
    assert client.errors() == ""


def test_the_end_of_the_parent_is_the_end() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with wire() as client:
        client.initialize(processId=parent.pid, capabilities={})
        assert client.ask("textDocument/hover", PLACE)["result"] is None
        parent.communicate(b"\n")
        assert client.wait() == 1
        assert client.errors() == ""


@pytest.mark.parametrize("process", [2**31 - 1, 0, -1])
def test_a_parent_that_cannot_be_seen_is_not_waited_for(client: Wire, process: int) -> None:
    client.initialize(processId=process, capabilities={})
    opened(client)
    assert hovers(client)
    assert client.end() == 0


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        [1],
        "text",
        {},
        {"textDocument": {"uri": URI}},
        {"textDocument": {"uri": 5}, "position": {"line": 0, "character": 0}},
        {"textDocument": {"uri": None}, "position": {"line": 0, "character": 0}},
        {"textDocument": {"uri": URI}, "position": {"line": -1, "character": 0}},
        {"textDocument": {"uri": URI}, "position": {"line": "0", "character": 0}},
        {"textDocument": {"uri": URI}, "position": {"line": 0.5, "character": True}},
        {"textDocument": {"uri": URI}, "position": {"line": 2**31, "character": 0}},
        {"textDocument": {"uri": URI}, "position": [0, 0]},
    ],
)
def test_params_of_a_wrong_shape_are_refused(running: Wire, params: object) -> None:
    answer = running.ask("textDocument/hover", params)
    assert code(answer) == PARAMS
    assert "params" in answer["error"]["message"]
    assert hovers(running)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/didOpen", None),
        ("textDocument/didOpen", {"textDocument": {"uri": URI}}),
        ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}}),
        ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2},
                                    "contentChanges": [{"range": 1, "text": ""}]}),
        ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2},
                                    "contentChanges": "text"}),
        ("textDocument/didClose", {"textDocument": URI}),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": 1, "type": 9}]}),
        ("$/cancelRequest", {"id": []}),
        ("$/cancelRequest", {"id": 4711}),
        ("$/cancelRequest", None),
        ("$/setTrace", {"value": []}),
        ("textDocument/hover", PLACE),
        ("no/such/method", {"a": [{}]}),
        ("$/unheardOf", None),
        ("notebookDocument/didOpen", {}),
    ],
)  # fmt: skip
def test_wrong_notifications_are_passed_over(running: Wire, method: str, params: object) -> None:
    running.notify(method, params)
    assert hovers(running)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"", PARSE),
        (b"{", PARSE),
        (b"\xff\xfe", PARSE),
        (b"[" * 1_000, PARSE),
        (b"1" * 5_000, PARSE),
        (b"[]", REQUEST),
        (b"null", REQUEST),
        (b'{"id": 1, "method": "shutdown"}', REQUEST),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}', REQUEST),
        (b'{"jsonrpc": "2.0", "id": null, "method": "shutdown"}', REQUEST),
        (b'{"jsonrpc": "2.0", "id": [1], "method": "shutdown"}', REQUEST),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 2}', REQUEST),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "textDocument/didOpen"}', METHOD),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "$/unheardOf"}', METHOD),
        (b'{"jsonrpc": "2.0", "id": "a", "method": "no/such"}', METHOD),
    ],
)
def test_what_is_no_message_is_answered(running: Wire, sent: bytes, expected: int) -> None:
    running.write(b"Content-Length: %d\r\n\r\n%s" % (len(sent), sent))
    answer = running.read()
    while "method" in answer:
        answer = running.read()
    assert code(answer) == expected
    assert hovers(running)


@pytest.mark.parametrize(
    "message",
    [
        {"jsonrpc": "2.0"},
        {"jsonrpc": "2.0", "id": 4711, "result": None},
        {"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": "no"}},
        {"jsonrpc": "2.0", "id": [], "result": None},
        {"jsonrpc": "2.0", "id": "x", "error": "no"},
        {"jsonrpc": "2.0", "id": None, "error": None},
    ],
)
def test_answers_to_nothing_are_passed_over(running: Wire, message: object) -> None:
    running.send(message)
    assert hovers(running)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: ten\r\n\r\n",
        b"Content-Length: 99999999999999999999\r\n\r\n",
        b"Content-Length: 999999999\r\n\r\n",
        b"Content-Type: text/plain\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"Content-Length: 2\r\n\r\n{}}}}}",
        b"\0" * 200_000,
    ],
)
def test_the_next_message_is_found_behind_a_wrong_header(running: Wire, header: bytes) -> None:
    running.write(header)
    number = running.begin("textDocument/hover", PLACE)
    answers = [running.read()]
    while answers[-1].get("id") != number:
        answers.append(running.read())
    assert "hubspot" in json.dumps(answers[-1]["result"])
    assert {code(one) for one in answers[:-1] if "method" not in one} <= {PARSE, REQUEST}


def test_headers_are_read_as_they_may_be_written(client: Wire) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    client.write(b"content-type: x\r\ncontent-length:%d\r\n\r\n%s" % (len(body), body))
    assert "result" in client.answer(1)


def test_a_fault_is_logged_and_answered_and_ends_nothing(faulty: Wire) -> None:
    for method, said in (
        ("test/raise", "ValueError: a sync fault"),
        ("test/raiseLater", "ValueError: an async fault"),
    ):
        answer = faulty.ask(method, {})
        assert (code(answer), answer["error"]["message"]) == (INTERNAL, said)
        faulty.notify(method, {})
    assert code(faulty.ask("test/nonsense", {})) == INTERNAL
    faulty.ask("test/background", {})
    opened(faulty)
    assert hovers(faulty)
    assert faulty.end() == 0
    told = "\n".join(faulty.faults())
    for fault in ("a sync fault", "an async fault", "ZeroDivisionError", "IndexError"):
        assert f"{fault}" in told
    assert told.count("Traceback") >= 6
    assert "window/showMessage" not in {one["method"] for one in faulty.notifications}


def test_the_same_fault_is_not_told_for_ever(faulty: Wire) -> None:
    for _ in range(50):
        faulty.notify("test/raise", {})
    assert faulty.end() == 0
    assert sum("a sync fault" in one for one in faulty.faults()) == 3


def test_what_is_printed_is_not_the_protocol(faulty: Wire) -> None:
    assert faulty.ask("test/print", {})["result"] is None
    assert faulty.end() == 0
    assert faulty.errors() == "a stray line\nstray bytesa stray process\n"


def test_a_request_can_be_cancelled(faulty: Wire) -> None:
    number = faulty.begin("test/forever", {})
    faulty.notify("$/cancelRequest", {"id": number})
    assert code(faulty.answer(number)) == CANCELLED
    pending = faulty.begin("test/forever", {})
    last = faulty.begin("shutdown")
    answers = {one["id"]: one for one in (faulty.read(), faulty.read())}
    assert code(answers[pending]) == CANCELLED
    assert answers[last]["result"] is None


def test_an_answer_about_an_older_text_is_not_given(client: Wire) -> None:
    client.initialize(capabilities={})
    opened(client)
    number = client.begin("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
    changed(client, "# new\n" + TEXT, 2)
    answer = client.answer(number)
    if code(answer) is None:
        # It was quicker than the change.
        assert answer["result"][0]["selectionRange"]["start"]["line"] == 2
    else:
        assert code(answer) == MODIFIED
    pulled = client.begin("textDocument/diagnostic", {"textDocument": {"uri": URI}})
    changed(client, TEXT, 3)
    assert client.answer(pulled)["result"]["resultId"].startswith("3.")


def messages(client: Wire, method: str) -> list[Any]:
    return [one["params"] for one in client.notifications if one["method"] == method]


def test_a_client_that_traces_sees_every_message(client: Wire) -> None:
    client.initialize(capabilities={}, trace="messages")
    opened(client)
    assert hovers(client)
    seen = [one["message"] for one in messages(client, "$/logTrace")]
    assert "received textDocument/didOpen" in seen
    assert any(one.startswith("received textDocument/hover (") for one in seen)
    client.notify("$/setTrace", {"value": "off"})
    assert hovers(client)
    client.notifications.clear()
    assert hovers(client)
    assert messages(client, "$/logTrace") == []


def test_a_verbose_trace_holds_the_params(client: Wire) -> None:
    client.initialize(capabilities={}, trace="verbose")
    opened(client)
    assert hovers(client)
    assert any("'character': 15" in one["message"] for one in messages(client, "$/logTrace"))


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
def test_clients_that_say_little_are_served(client: Wire, params: dict[str, object]) -> None:
    result = client.ask("initialize", params)["result"]
    assert result["serverInfo"]["name"] == "amp-language-server"
    assert result["capabilities"]["positionEncoding"] == "utf-16"
    assert result["capabilities"]["textDocumentSync"]["openClose"] is True
    assert result["capabilities"]["textDocumentSync"]["change"] == 2
    opened(client, TEXT + "# 🎸 amp:ignore[\n")  # and `initialized` never comes
    assert hovers(client)
    assert client.end() == 0
    assert client.faults() == []


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


def test_capabilities_that_are_not_known_are_passed_over(client: Wire) -> None:
    result = client.ask("initialize", {"processId": None, "capabilities": NEWER})["result"]
    assert result["capabilities"]["positionEncoding"] == "utf-32"
    opened(client, f"{TEXT}    ")
    place = {**PLACE, "position": {"line": 4, "character": 4}}
    found = client.ask("textDocument/completion", place)["result"]
    # What is understood beside the rest counts.
    assert any(one.get("insertTextFormat") == 2 for one in found)
    assert client.end() == 0
    assert client.faults() == []


@pytest.mark.parametrize("capabilities", [None, [], "all", {"workspace": 1, "textDocument": []}])
def test_capabilities_that_are_none_are_those_of_a_simple_client(
    client: Wire, capabilities: object
) -> None:
    assert "result" in client.initialize(capabilities=capabilities)
    opened(client)
    assert hovers(client)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("completion", {**PLACE, "context": {"triggerKind": 4, "triggerCharacter": "~"}}),
        (
            "codeAction",
            {
                "textDocument": {"uri": URI},
                "range": {"start": PLACE["position"], "end": PLACE["position"]},
                "context": {
                    "triggerKind": 3,
                    "only": ["wish", "quickfix"],
                    "diagnostics": [
                        {
                            "range": {"start": PLACE["position"], "end": PLACE["position"]},
                            "message": "of somebody else",
                            "severity": 5,
                            "tags": [9],
                        }
                    ],
                },
            },
        ),
    ],
)
def test_members_of_a_newer_protocol_are_borne(running: Wire, method: str, params: object) -> None:
    assert "result" in running.ask(f"textDocument/{method}", params)
    watched = {"changes": [{"uri": "file:///nowhere/amp.yaml", "type": 4}]}
    running.notify("workspace/didChangeWatchedFiles", watched)
    assert hovers(running)


@pytest.mark.parametrize(
    "uri",
    [
        *("", "x", "http://[", "untitled:amp.yaml", "file:amp.yaml", "\n/amp.yaml"),
        *("file:///a%00/amp.yaml", "file:///\ud800/amp.yaml", "file://[/amp.yaml"),
        "file:///" + "a" * 5000 + "/amp.yaml",
    ],
)
def test_addresses_of_every_kind_are_borne(running: Wire, uri: str) -> None:
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": TEXT}
    place = {**PLACE, "textDocument": {"uri": uri}}
    running.notify("textDocument/didOpen", {"textDocument": document})
    running.notify("textDocument/didOpen", {"textDocument": document})
    for method in ("hover", "completion", "diagnostic", "documentSymbol", "definition"):
        assert "result" in running.ask(f"textDocument/{method}", place)
    version = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "a"}]}
    running.notify("textDocument/didChange", version)
    running.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    running.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    running.notify("textDocument/didChange", version)
    assert hovers(running)


@pytest.mark.parametrize("method", ["textDocument/didSave", "workspace/didRenameFiles", "x/y"])
def test_news_that_nobody_wants_is_no_reason_to_warn(client: Wire, method: str) -> None:
    client.initialize(capabilities={})
    client.notify(method, {"textDocument": {"uri": URI}, "files": []})
    assert client.end() == 0
    assert client.faults() == []


def test_null_for_a_range_is_the_whole_document(client: Wire) -> None:
    client.initialize(capabilities={})
    opened(client, "nothing")
    changes = [{"range": None, "rangeLength": None, "text": TEXT}]
    document = {"uri": URI, "version": 2}
    params = {"textDocument": document, "contentChanges": changes}
    client.notify("textDocument/didChange", params)
    assert hovers(client)


def test_numbers_of_versions_may_be_anything(client: Wire) -> None:
    client.initialize(capabilities={})
    opened(client, version=-5)
    changed(client, TEXT, -5)
    assert hovers(client)


def test_the_server_says_where_it_is_closed_to_everybody() -> None:
    run = subprocess.run(
        f"{sys.executable} -m amp_language_server <&-",
        shell=True, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "amp-language-server: standard input or output is closed\n"
