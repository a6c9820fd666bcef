"""Bytes to bodies of messages and back, over any pair of streams."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import RawIOBase

# A manifest has 10 MB at most, and JSON may need six bytes for one of its characters.
MAX_BODY = 128_000_000
_CHUNK = 65_536

# Not only at the start of a line: the rest of a body that was announced too short is in front.
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,10})[ \t]*\r?\n?\Z", re.IGNORECASE)


def bodies(stream: RawIOBase) -> Iterator[bytes]:
    """The body of each message until the stream ends; an empty one where a header names no length
    that can be. What follows such a header is skipped to the next that does."""
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
    """A buffer of our own: Python's holds a lock while it waits, and the interpreter would not end
    before the client says something."""

    def __init__(self, stream: RawIOBase) -> None:
        self._stream = stream
        self._ahead = bytearray()

    def line(self) -> bytes:
        """A line with its end, or what there is of one that is too long or cut off."""
        while (end := self._ahead.find(b"\n", 0, _CHUNK)) < 0 and len(self._ahead) < _CHUNK:
            if not self._fill():
                break
        return self._take(end + 1 if end >= 0 else _CHUNK)

    def exactly(self, size: int) -> bytes:
        """So many bytes; fewer where the stream ends."""
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
    """Writes messages whole, from whatever thread they come. A client that is gone ends nothing
    here: the end of its input does."""

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
        """Leave the stream to whoever opened it."""
