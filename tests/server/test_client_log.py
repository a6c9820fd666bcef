"""How much is told, to whom, and how often."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from amp_language_server.rpc.client_log import MAX_REPEATS, Log, messages
from amp_language_server.state.documents import OpenDocuments


@pytest.fixture
def log() -> Iterator[Log]:
    log, ours = Log(), logging.getLogger("amp_language_server")
    ours.addHandler(log)
    log.follow("off")
    yield log
    ours.removeHandler(log)
    ours.setLevel(logging.NOTSET)


def told(log: Log) -> list[str]:
    found: list[str] = []
    log.send = lambda _, text: found.append(text)
    return found


@pytest.mark.parametrize(
    ("settings", "client", "expected"),
    [
        ("off", "off", ["w"]),
        ("messages", "off", ["i", "w"]),
        ("off", "messages", ["i", "w"]),
        ("off", "verbose", ["d", "i", "w"]),
        ("verbose", "messages", ["d", "i", "w"]),
        ("loud", "", ["w"]),
    ],
)
def test_whoever_wants_more_gets_it(
    log: Log, settings: str, client: str, expected: list[str]
) -> None:
    found = told(log)
    log.follow(settings)
    log.follow(client, by="client")
    messages.debug("d")
    messages.info("i")
    messages.warning("w")
    assert found == expected


def test_the_same_is_told_a_few_times_and_said_to_be(log: Log) -> None:
    found = told(log)
    for _ in range(100):
        messages.warning("again")
        messages.error("and again")
    assert len(found) == 2 * MAX_REPEATS
    assert found[-1] == "and again\n(not repeated from now on)"


def test_a_fault_brings_its_trace(log: Log) -> None:
    found = told(log)
    try:
        raise ValueError("boom")
    except ValueError:
        messages.exception("a feature")
    assert found[0].startswith("a feature\nTraceback")
    assert found[0].endswith("ValueError: boom")


def test_what_is_logged_while_telling_goes_nowhere(log: Log) -> None:
    found: list[str] = []

    def send(_: logging.LogRecord, text: str) -> None:
        messages.warning("sending")
        found.append(text)

    log.send = send
    messages.warning("told")
    assert found == ["told"]


def test_without_a_client_there_is_standard_error(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log.send is None
    messages.warning("early")
    assert capsys.readouterr().err == "early\n"


def test_a_fault_in_an_analysis_is_logged_at_once(caplog: pytest.LogCaptureFixture) -> None:
    def publish(_: object) -> None:
        raise ValueError("a fault")

    async def judge() -> list[str]:
        session = OpenDocuments(publish)
        session.open("file:///amp.yaml", 1, "")
        await session.idle()
        # The documents still hold the failed result for later requests.
        return [record.getMessage() for record in caplog.records]

    assert asyncio.run(judge()) == ["an analysis: ValueError('a fault')"]
