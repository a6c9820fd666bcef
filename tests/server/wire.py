"""A client of few words: sends and reads bytes, right and wrong ones, and waits for answers."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, cast

URI = "file:///nowhere/amp.yaml"
SERVER = (sys.executable, "-m", "amp_language_server")
# A server that hangs is killed, and the test that waits for it fails.
PATIENCE = 60

Message = dict[str, Any]


class Wire:
    """A server in a process of its own, and what it has said."""

    def __init__(self, command: Sequence[str], patience: int) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr
        )
        self._timer = threading.Timer(patience, self.process.kill)
        self._timer.start()
        self._number = 0
        self.notifications: list[Message] = []

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: object) -> None:
        """Send anything that is JSON."""
        body = json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def notify(self, method: str, params: object) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def begin(self, method: str, params: object = None) -> int:
        """Send a request and do not wait."""
        self._number += 1
        number = self._number
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def ask(self, method: str, params: object = None) -> Message:
        """The answer to a request: a message with `result` or `error`."""
        return self.answer(self.begin(method, params))

    def answer(self, number: int | str | None) -> Message:
        """The next answer with an id; what is said before it is kept."""
        while True:
            message = self.read()
            if "method" in message:
                self.notifications.append(message)
                if "id" in message:
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            elif message["id"] == number:
                return message
            else:
                raise AssertionError(f"an answer to nothing: {message}")

    def read(self) -> Message:
        """Return the next message of any kind."""
        assert self.process.stdout is not None
        length = None
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            assert name in (b"Content-Length", b"Content-Type"), f"not the protocol: {line!r}"
            length = int(value) if name == b"Content-Length" else length
        assert length is not None, f"the server has gone: {self.errors()}"
        return cast("Message", json.loads(self.process.stdout.read(length)))

    def initialize(self, **params: object) -> Message:
        answer = self.ask("initialize", {"processId": None, "rootUri": None, **params})
        self.notify("initialized", {})
        return answer

    def end(self) -> int:
        """Leave in good order; the exit code."""
        assert self.ask("shutdown")["result"] is None
        self.notify("exit", None)
        return self.wait()

    def wait(self) -> int:
        """The exit code; nothing but the protocol may come before it."""
        code = self.process.wait()
        assert self.process.stdout is not None
        while self.process.stdout.peek():  # type: ignore[attr-defined]
            self.notifications.append(self.read())
        return code

    def errors(self) -> str:
        """What the process has written to standard error."""
        self._stderr.seek(0)
        return self._stderr.read().decode()

    def faults(self) -> list[str]:
        """What the server has logged that it should not have to."""
        logged = [
            one["params"]
            for one in self.notifications
            if one["method"] == "window/logMessage" and one["params"]["type"] <= 2
        ]
        said = self.errors()
        return [str(one["message"]) for one in logged] + ([said] if said else [])

    def close(self) -> None:
        self._timer.cancel()
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self._stderr.close()


@contextmanager
def wire(command: Sequence[str] = SERVER, patience: int = PATIENCE) -> Iterator[Wire]:
    """A server that has been started and told nothing."""
    client = Wire(command, patience)
    try:
        yield client
    finally:
        client.close()
