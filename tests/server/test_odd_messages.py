"""Messages that are wrong: what is answered, and that the next one is still read."""

from __future__ import annotations

import json

import pytest

from .conversation import METHOD, PARAMS, PARSE, PLACE, REQUEST, TEXT, changed, code, hovers, opened
from .wire import URI, Wire


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


def test_headers_are_read_as_they_may_be_written(fresh: Wire) -> None:
    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    fresh.write(b"content-type: x\r\ncontent-length:%d\r\n\r\n%s" % (len(body), body))
    assert "result" in fresh.answer(1)


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
def test_news_that_nobody_wants_is_no_reason_to_warn(fresh: Wire, method: str) -> None:
    fresh.initialize(capabilities={})
    fresh.notify(method, {"textDocument": {"uri": URI}, "files": []})
    assert fresh.end() == 0
    assert fresh.faults() == []


def test_null_for_a_range_is_the_whole_document(fresh: Wire) -> None:
    fresh.initialize(capabilities={})
    opened(fresh, "nothing")
    changes = [{"range": None, "rangeLength": None, "text": TEXT}]
    document = {"uri": URI, "version": 2}
    params = {"textDocument": document, "contentChanges": changes}
    fresh.notify("textDocument/didChange", params)
    assert hovers(fresh)


def test_numbers_of_versions_may_be_anything(fresh: Wire) -> None:
    fresh.initialize(capabilities={})
    opened(fresh, version=-5)
    changed(fresh, TEXT, -5)
    assert hovers(fresh)
