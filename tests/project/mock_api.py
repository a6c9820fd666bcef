"""The platform's API on loopback: canned answers, and a record of what was asked."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from .api_schemas import METADATA_PATH, PROJECT_PATH

KEY = "amp-key-0123456789"
HUBSPOT = {"name": "crm-sync", "provider": "hubspot"}


@dataclass(frozen=True)
class Answer:
    """What the mock says: `body` is sent as it is if it is bytes, else as JSON."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        kind = "application/json" if self.status == 200 else "application/problem+json"
        return Response(body, self.status, {"Content-Type": kind, **self.headers})


def problem(status: int, title: str = "", **more: Any) -> Answer:
    """An error as the API describes it."""
    return Answer({"type": "about:blank", "title": title, "status": status, **more}, status)


def project(**changes: Any) -> dict[str, Any]:
    return {"id": "p1", "name": "acme-dev", "appName": "Acme", "orgId": "o1", **changes}


def destination(name: str, **changes: Any) -> dict[str, Any]:
    secret = {"url": "https://hooks.example/secret", "headers": {"x-token": "s3cr3t"}}
    return {"id": f"d-{name}", "name": name, "type": "webhook", "metadata": secret, **changes}


def provider_app(provider: str, **changes: Any) -> dict[str, Any]:
    ids = {"id": f"a-{provider}", "clientId": "client-id-1", "projectId": "p1"}
    return {**ids, "provider": provider, **changes}


def integration(name: str, provider: str = "hubspot", **changes: Any) -> dict[str, Any]:
    revision = {
        "id": f"r-{name}",
        "specVersion": "1.0.0",
        "createTime": "2026-01-05T09:00:00Z",
        "content": {"name": name, "provider": provider},
    }
    found = {"id": f"i-{name}", "name": name, "provider": provider, "latestRevision": revision}
    return {**found, **changes}


def installation(number: int, of: str, **objects: dict[str, Any]) -> dict[str, Any]:
    """An installation of an integration (by name) that reads these objects."""
    reads = {name: {"objectName": name, **config} for name, config in objects.items()}
    return {
        "id": f"s{number}",
        "integrationId": f"i-{of}",
        "healthStatus": "healthy",
        "group": {"groupRef": f"g{number}", "groupName": f"Customer {number}"},
        "connection": {"id": f"c{number}", "provider": "hubspot", "status": "working"},
        "config": {
            "revisionId": f"r-{of}",
            "content": {"provider": "hubspot", "read": {"objects": reads}},
        },
    }


def healthy() -> dict[str, Answer]:
    """A project that the example manifest fits, by path of the API."""
    return {
        "/projects": Answer([project()]),
        PROJECT_PATH: Answer(project()),
        f"{PROJECT_PATH}/destinations": Answer([destination("crmWebhook"), destination("alerts")]),
        f"{PROJECT_PATH}/provider-apps": Answer([provider_app("hubspot")]),
        f"{PROJECT_PATH}/integrations": Answer([integration("crm-sync")]),
        f"{PROJECT_PATH}/installations": Answer(
            [
                installation(1, "crm-sync", contacts={"selectedFields": {"email": True}}),
                installation(2, "crm-sync", contacts={"schedule": "0 * * * *"}),
            ]
        ),
    }


class MockApi:
    """Answers on loopback. `answers` are by path template, or by path; `requests` what came."""

    def __init__(self, server: HTTPServer) -> None:
        self.answers = healthy()
        self.requests: list[Request] = []
        self._queues: dict[str, list[Answer]] = {}
        self.url = server.url_for("").rstrip("/")
        server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def set(self, path: str, answer: Answer | list[Answer]) -> None:
        """Answer a path below the project so; of several answers each once, the last for ever."""
        self._queues[path] = answer if isinstance(answer, list) else [answer]

    def paths(self) -> list[str]:
        """The paths that were asked for, below the version, as they were sent."""
        return [path_of(request) for request in self.requests]

    def _answer(self, request: Request) -> Response:
        self.requests.append(request)
        return self.respond(request)

    def respond(self, request: Request) -> Response:
        """The answer to a request."""
        path = path_of(request)
        for template in (path, template_of(path)):
            queue = self._queues.get(template)
            if queue:
                return (queue.pop(0) if len(queue) > 1 else queue[0]).response()
            if template in self.answers:
                return self.answers[template].response()
        return problem(404, "Not Found").response()


def path_of(request: Request) -> str:
    """The path below the version, quoted as it was sent."""
    path: str = urlsplit(request.environ["REQUEST_URI"]).path
    return path.removeprefix("/v1")


def template_of(path: str) -> str:
    """The path as the API's documentation has it."""
    path = re.sub(r"^/projects/[^/]+", PROJECT_PATH, path)
    if path.endswith("/metadata"):
        return METADATA_PATH
    path = re.sub(r"^/providers/[^/]+$", "/providers/{provider}", path)
    return re.sub(r"/integrations/[^/]+/inst", "/integrations/{integrationId}/inst", path)


@contextmanager
def raw_server(*parts: bytes, hold: bool = False) -> Iterator[str]:
    """Serve bytes that no HTTP library would send, to every connection; yield the address.

    With `hold` the connection stays open behind them.
    """
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                for part in parts:
                    connection.sendall(part)
                if hold:
                    over.wait(20)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()


def http_answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole HTTP answer, its length as stated in `headers` or as it is."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
