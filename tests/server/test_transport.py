"""Messages are read whole from a stream, wherever it is cut, with any bytes between them."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_language_server.rpc import parent_process
from amp_language_server.rpc.transport import Writer, bodies


class Dripping(io.RawIOBase):
    """A stream that gives a few bytes at a time and takes a few."""

    def __init__(self, data: bytes, size: int) -> None:
        self.left, self.size, self.taken = data, size, b""

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - less than asked for, as from a pipe
        found, self.left = self.left[: self.size], self.left[self.size :]
        return found

    def write(self, data: object) -> int:
        taken = bytes(memoryview(data))[: self.size]  # type: ignore[arg-type]
        self.taken += taken
        return len(taken)


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@given(st.lists(st.binary(min_size=1, max_size=40)), st.integers(1, 50))
def test_messages_are_cut_out_of_a_stream(sent: list[bytes], size: int) -> None:
    stream = Dripping(b"".join(map(framed, sent)), size)
    assert list(bodies(stream)) == sent


@given(st.binary(max_size=80), st.integers(1, 50))
def test_any_bytes_are_borne_and_the_next_message_found(noise: bytes, size: int) -> None:
    clean = noise.replace(b":", b"").replace(b"\n", b"")
    stream = Dripping(clean + b"\r\n\r\n" + framed(b"{}"), size)
    assert list(bodies(stream))[-1] == b"{}"
    list(bodies(Dripping(noise, size)))


@given(st.binary(max_size=200), st.integers(1, 50))
def test_messages_are_written_whole(data: bytes, size: int) -> None:
    stream = Dripping(b"", size)
    Writer(stream).write(data)
    assert stream.taken == data


def test_the_end_of_a_process_is_seen_without_help_of_the_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_: int) -> int:
        raise PermissionError

    monkeypatch.setattr("os.pidfd_open", refused, raising=False)
    monkeypatch.setattr(parent_process, "_PAUSE", 0.01)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    async def watch() -> None:
        gone = asyncio.ensure_future(parent_process.gone(process.pid))
        await asyncio.sleep(0)
        assert not gone.done()
        await asyncio.to_thread(process.communicate, b"\n")
        await asyncio.wait_for(gone, 60)

    asyncio.run(watch())
