"""The life of a server, and what faults, cancellations and newer texts do to a request."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conversation import (
    CANCELLED,
    INTERNAL,
    MODIFIED,
    PLACE,
    REQUEST,
    TEXT,
    UNINITIALIZED,
    changed,
    code,
    hovers,
    opened,
)
from .wire import URI, Wire, wire


def test_the_life_of_a_server(fresh: Wire) -> None:
    assert code(fresh.ask("textDocument/hover", PLACE)) == UNINITIALIZED
    opened(fresh)
    assert "result" in fresh.initialize(capabilities={})
    assert code(fresh.ask("initialize", {"capabilities": {}})) == REQUEST
    assert fresh.ask("textDocument/hover", PLACE)["result"] is None  # not open: it came too early
    assert fresh.ask("shutdown")["result"] is None
    assert code(fresh.ask("textDocument/hover", PLACE)) == REQUEST
    assert code(fresh.ask("shutdown")) == REQUEST
    fresh.notify("exit", None)
    assert fresh.wait() == 0


@pytest.mark.parametrize("initialized", [True, False])
def test_an_exit_without_good_bye_is_a_failure(fresh: Wire, *, initialized: bool) -> None:
    if initialized:
        fresh.initialize(capabilities={})
    fresh.notify("exit", None)
    assert fresh.wait() == 1
    assert fresh.errors() == ""


@pytest.mark.parametrize("rest", [b"", b"Content-Length: 100\r\n\r\n{", b"Content-"])
def test_the_end_of_the_input_is_the_end(fresh: Wire, rest: bytes) -> None:
    fresh.initialize(capabilities={})
    fresh.write(rest)
    assert fresh.process.stdin is not None
    fresh.process.stdin.close()
    assert fresh.wait() == 1
    assert fresh.errors() == ""


def test_a_client_that_no_longer_listens_ends_nothing_by_itself(fresh: Wire) -> None:
    fresh.initialize(capabilities={})
    assert fresh.process.stdout is not None
    fresh.process.stdout.close()
    fresh.begin("textDocument/hover", PLACE)
    fresh.begin("shutdown")
    fresh.notify("exit", None)
    assert fresh.process.wait() == 0
    assert fresh.errors() == ""


def test_the_end_of_the_parent_is_the_end() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with wire() as fresh:
        fresh.initialize(processId=parent.pid, capabilities={})
        assert fresh.ask("textDocument/hover", PLACE)["result"] is None
        parent.communicate(b"\n")
        assert fresh.wait() == 1
        assert fresh.errors() == ""


@pytest.mark.parametrize("process", [2**31 - 1, 0, -1])
def test_a_parent_that_cannot_be_seen_is_not_waited_for(fresh: Wire, process: int) -> None:
    fresh.initialize(processId=process, capabilities={})
    opened(fresh)
    assert hovers(fresh)
    assert fresh.end() == 0


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


def test_an_answer_about_an_older_text_is_not_given(fresh: Wire) -> None:
    fresh.initialize(capabilities={})
    opened(fresh)
    number = fresh.begin("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
    changed(fresh, "# new\n" + TEXT, 2)
    answer = fresh.answer(number)
    if code(answer) is None:
        # It was quicker than the change.
        assert answer["result"][0]["selectionRange"]["start"]["line"] == 2
    else:
        assert code(answer) == MODIFIED
    pulled = fresh.begin("textDocument/diagnostic", {"textDocument": {"uri": URI}})
    changed(fresh, TEXT, 3)
    assert fresh.answer(pulled)["result"]["resultId"].startswith("3.")
