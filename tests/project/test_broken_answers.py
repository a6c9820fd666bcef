"""Answers that are not whole, that drip, or that never end."""

from __future__ import annotations

import dataclasses
import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from .api_requests import BRIEF, GOOD, PROJECT, QUICK, client, failure
from .mock_api import http_answer, raw_server

HANGS = {
    "before anything": [],
    "in the status line": [b"HTTP/1.1 2"],
    "in the headers": [b"HTTP/1.1 200 OK\r\nContent-"],
    "before the body": [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"],
    "in the body": [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"],
    "in a chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"],
    "in the size of a chunk": [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5"],
    "in a body without an end": [b"HTTP/1.1 200 OK\r\n\r\n{"],
    "in an error": [b"HTTP/1.1 400 No\r\nContent-Length: 5\r\n\r\n{"],
}


@pytest.mark.parametrize("parts", HANGS.values(), ids=HANGS)
def test_a_server_that_hangs(parts: list[bytes]) -> None:
    with raw_server(*parts, hold=True) as url:
        reason = failure(url, BRIEF).reason

    assert reason in (
        f"{url.removeprefix('http://')} stopped answering",
        "no complete answer within 0.3 s",
        "400 Bad Request",
    )


DRIPS = {
    "in the status line": (b"HTTP/1.1 200 O", b"x"),
    "in the headers": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "in interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "in the body": (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" "),
    "in chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "in one chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n", b" "),
    "in an error": (b"HTTP/1.1 400 No\r\nContent-Length: 99999\r\n\r\n", b" "),
}


@pytest.mark.parametrize(("begin", "drop"), DRIPS.values(), ids=DRIPS)
def test_a_server_that_drips_is_left_at_the_deadline(begin: bytes, drop: bytes) -> None:
    """No read ever takes long, and the answer has no end."""
    with dripping_server(begin, drop) as url:
        reason = failure(url, dataclasses.replace(BRIEF, idle=5.0)).reason

    assert reason in ("no complete answer within 0.3 s", "400 Bad Request")


@contextmanager
def dripping_server(begin: bytes, drop: bytes) -> Iterator[str]:
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(begin)
                while not over.wait(0.02):
                    connection.sendall(drop)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BROKEN = {
    "nothing": [],
    "not HTTP": [b"SSH-2.0-OpenSSH_9.2\r\n"],
    "another version": [b"HTTP/9.9 200 OK\r\n\r\n"],
    "a status that is not a number": [b"HTTP/1.1 twohundred OK\r\n\r\n"],
    "a negative status": [b"HTTP/1.1 -200 OK\r\n\r\n"],
    "a status line without an end": [b"HTTP/1.1 200 " + b"O" * 100_000],
    "a header without an end": [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"],
    "a thousand headers": [b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"],
    "a body that breaks off": [http_answer(GOOD, "Content-Length: 9999")],
    "a chunk that breaks off": [CHUNKED + b"ff\r\n{"],
    "chunks that break off": [CHUNKED + b"1\r\n{\r\n"],
    "a chunk with no size": [CHUNKED + b"xyz\r\n{}\r\n0\r\n\r\n"],
    "a chunk with a negative size": [CHUNKED + b"-5\r\n{}\r\n0\r\n\r\n"],
    "a length that is not a number": [http_answer(b"", "Content-Length: many")],
    "two lengths": [http_answer(GOOD, "Content-Length: 5", "Content-Length: 6")],
    "damaged gzip": [http_answer(b"\x1f\x8b\x08 not gzip", "Content-Encoding: gzip")],
    "gzip that breaks off": [http_answer(gzip.compress(GOOD)[:-12], "Content-Encoding: gzip")],
    "a hundred encodings": [http_answer(GOOD, "Content-Encoding: " + "gzip, " * 99 + "gzip")],
    "an unknown encoding": [http_answer(zlib.compress(GOOD), "Content-Encoding: pack200")],
    "binary headers": [http_answer(b"", "\x00\xff: \xfe")],
}


@pytest.mark.parametrize("parts", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_is_not_whole(parts: list[bytes]) -> None:
    with raw_server(*parts) as url:
        assert failure(url).reason


@pytest.mark.parametrize(
    "answer",
    [
        http_answer(gzip.compress(GOOD), "Content-Encoding: gzip"),
        http_answer(GOOD, "Content-Encoding: identity"),
        http_answer(b"\xef\xbb\xbf" + GOOD),
        http_answer(GOOD, "Content-Type: image/png"),
        CHUNKED + b"%x\r\n" % len(GOOD) + GOOD + b"\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n" + GOOD,
        b"HTTP/1.1 100 Continue\r\n\r\n" + http_answer(GOOD),
        http_answer(GOOD, "Set-Cookie: a=b", "Strict-Transport-Security: max-age=1"),
    ],
)
def test_unusual_answers_that_are_fine(answer: bytes) -> None:
    with raw_server(answer) as url:
        assert client(url).json(PROJECT)["id"] == "p1"


SMALL = dataclasses.replace(QUICK, most_bytes=100_000)
FLOODS: dict[str, Callable[[], list[bytes]]] = {
    "a long body": lambda: [http_answer(b" " * 200_000)],
    "a body that claims to be longer still": lambda: [
        http_answer(b" " * 200_000, "Content-Length: 99999999999999")
    ],
    "a body without an end": lambda: [b"HTTP/1.1 200 OK\r\n\r\n", *[b" " * 50_000] * 100],
    "chunks without an end": lambda: [CHUNKED, *[b"c350\r\n" + b" " * 50_000 + b"\r\n"] * 100],
    "a gzip bomb": lambda: [http_answer(gzip.compress(b" " * 300_000), "Content-Encoding: gzip")],
    "a gzip bomb in a gzip bomb": lambda: [
        http_answer(gzip.compress(gzip.compress(b" " * 300_000)), "Content-Encoding: gzip, gzip")
    ],
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_a_flood_is_cut_off(flood: Callable[[], list[bytes]]) -> None:
    with raw_server(*flood()) as url:
        error = failure(url, SMALL)

    assert error.reason == "the answer is larger than 0 MB"
    assert error.too_large
