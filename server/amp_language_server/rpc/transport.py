"""The base protocol: bodies of messages behind `Content-Length` headers, over any streams."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import RawIOBase

# A manifest has 10 MB at most, and JSON may need six bytes for each of its characters.
MAX_BODY = 128_000_000
_CHUNK = 65_536

# Not anchored at the start of the line: if a body was longer than announced, its rest comes first.
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,10})[ \t]*\r?\n?\Z", re.IGNORECASE)


def bodies(stream: RawIOBase) -> Iterator[bytes]:
    """Yield the body of each message until the stream ends.

    A header without a valid length yields an empty body; the input is skipped to the next header
    that has one.
    """
    reader = _Reader(stream)
    length, started = -1, False
    while line := reader.line():
        found = _LENGTH.search(line)
        if found is not None:
            length = int(found[1])
        if line.strip():
            started = True
            continue
        if 0 <= length <= MAX_BODY:
            body = reader.exactly(length)
            if len(body) < length:
                return
            yield body
        elif started:
            yield b""
        length, started = -1, False


class _Reader:
    """A buffered reader that holds no lock while it waits.

    Python's `BufferedReader` does, and the interpreter could not exit before the client sends
    something.
    """

    def __init__(self, stream: RawIOBase) -> None:
        self._stream = stream
        self._ahead = bytearray()

    def line(self) -> bytes:
        """Return a line with its end, or the available part of one that is too long or cut off."""
        while (end := self._ahead.find(b"\n", 0, _CHUNK)) < 0 and len(self._ahead) < _CHUNK:
            if not self._fill():
                break
        return self._take(end + 1 if end >= 0 else _CHUNK)

    def exactly(self, size: int) -> bytes:
        """Return `size` bytes; fewer if the stream ends."""
        while len(self._ahead) < size and self._fill():
            pass
        return self._take(size)

    def _fill(self) -> bool:
        try:
            more = self._stream.read(_CHUNK)
        except OSError:
            return False
        self._ahead += more or b""
        return bool(more)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken


class Writer:
    """Writes whole messages, from any thread.

    Write errors are ignored: the end of its input tells the server that the client has gone.
    """

    def __init__(self, stream: RawIOBase) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Write a message."""
        rest = memoryview(data)
        with self._lock, suppress(OSError):
            while rest:
                rest = rest[self._stream.write(rest) or 0 :]

    def close(self) -> None:
        """Do nothing: the caller closes the stream."""
