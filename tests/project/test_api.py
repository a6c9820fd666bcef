"""The client against servers that err, refuse and lead astray; real sockets on loopback.

Time limits are small and no test sleeps: a server that hangs is left when the limit is reached.
"""

from __future__ import annotations

import dataclasses
import os
import socket
import threading
from typing import Any

import pytest

from amp_lint.project.address import ApiAddress
from amp_lint.project.api import ApiError, Limits

from .api_requests import BRIEF, GOOD, PROJECT, client, failure
from .api_schemas import PROJECT_PATH
from .mock_api import KEY, Answer, MockApi, http_answer, problem, project, raw_server


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_asked_again(api: MockApi, status: int) -> None:
    api.set(PROJECT_PATH, [problem(status), problem(status), Answer(project())])

    assert client(api.url).json(PROJECT)["id"] == "p1"
    assert len(api.requests) == 3


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_it_is_asked_three_times_more_and_no_oftener(api: MockApi, status: int) -> None:
    api.set(PROJECT_PATH, problem(status, "Later"))

    assert failure(api.url).reason == f"{status} Later"
    assert len(api.requests) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 500, 501, 505, 599])
def test_what_will_not_pass_is_not_asked_again(api: MockApi, status: int) -> None:
    api.set(PROJECT_PATH, problem(status, "No"))

    assert failure(api.url).status == status
    assert len(api.requests) == 1


WAITS = [
    ({"Retry-After": "7"}, {}, 7.0),
    ({"Retry-After": "0"}, {}, 0.0),
    ({"Retry-After": "999999999999999999999999"}, {}, 20.0),
    ({"Retry-After": "-5"}, {}, 0.5),
    ({"Retry-After": "soon"}, {}, 0.5),
    ({"Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"}, {}, 0.0),
    ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, {}, 20.0),
    ({"Retry-After": "Fri, 31 Dec 99999999999 23:59:59 GMT"}, {}, None),
    ({}, {}, 0.5),
    ({}, {"retryAfter": "1994-11-06T08:49:37Z"}, 0.0),
    ({}, {"retryAfter": "9999-12-31T23:59:59.123456Z"}, 20.0),
    ({}, {"retryAfter": "9999-12-31T23:59:59"}, 20.0),
    ({}, {"retryAfter": "tomorrow"}, 0.5),
    ({}, {"retryAfter": 7}, 0.5),
]


@pytest.mark.parametrize(("headers", "more", "seconds"), WAITS)
def test_how_long_it_waits(
    api: MockApi,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    more: dict[str, Any],
    seconds: float | None,
) -> None:
    waits: list[float] = []
    limits = Limits(total=1000.0)
    asking = client(api.url, limits)
    monkeypatch.setattr(asking._stopped, "wait", lambda wait: waits.append(wait) or False)
    answer = problem(503, "Later", **more)
    later = dataclasses.replace(answer, headers=headers)
    api.set(PROJECT_PATH, [later, Answer(project())])

    assert asking.json(PROJECT)["id"] == "p1"
    assert len(waits) == 1
    if seconds is not None:
        assert waits[0] == seconds


def test_it_does_not_wait_past_the_deadline(api: MockApi) -> None:
    later = dataclasses.replace(problem(503, "Later"), headers={"Retry-After": "15"})
    api.set(PROJECT_PATH, later)

    assert failure(api.url, dataclasses.replace(Limits(), total=10.0)).reason == "503 Later"
    assert len(api.requests) == 1


PROBLEMS: list[tuple[Any, str]] = [
    (b"<html><h1>Oops</h1></html>", "500 Internal Server Error"),
    (b"", "500 Internal Server Error"),
    (None, "500 Internal Server Error"),
    ([], "500 Internal Server Error"),
    ("text", "500 Internal Server Error"),
    ({"title": 5, "detail": ["x"]}, "500 Internal Server Error"),
    ({"title": " ", "detail": ""}, "500 Internal Server Error"),
    ({"title": "Broken", "detail": "no\r\ndatabase\t!"}, "500 Broken: no database !"),
    ({"detail": "only this"}, "500 only this"),
    ({"title": "\x1b]0;x\x07\u202e"}, "500 \\x1b]0;x\\x07\\u202e"),
    ({"title": f"key {KEY} broke"}, "500 key *** broke"),
    ({"title": "x" * 1000}, f"500 {'x' * 195}…"),
    (b"[" * 1_000, "500 Internal Server Error"),
    (b'"' + b"x" * 100_000 + b'"', "500 Internal Server Error"),
]


@pytest.mark.parametrize(("body", "reason"), PROBLEMS)
def test_what_a_problem_says_is_one_printable_line(api: MockApi, body: Any, reason: str) -> None:
    api.set(PROJECT_PATH, Answer(body, 500))

    assert failure(api.url).reason == reason


def test_a_problem_of_another_content_type_is_read(api: MockApi) -> None:
    kind = {"Content-Type": "text/plain; charset=utf-7"}
    api.set(PROJECT_PATH, Answer({"title": "Broken"}, 500, kind))
    assert failure(api.url).reason == "500 Broken"
    api.set(PROJECT_PATH, Answer(project(), 200, kind))
    assert client(api.url).json(PROJECT)["id"] == "p1"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308, 399])
@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("{url}/v1/projects/other", "127.0.0.1"),
        ("/v1/projects/other", "127.0.0.1"),
        ("https://evil.example/", "evil.example"),
        ("//evil.example/x", "evil.example"),
        ("http://user:pw@evil.example:81/", "evil.example"),
        ("file:///etc/passwd", "nowhere"),
        ("", "127.0.0.1"),
    ],
)
def test_no_redirect_is_followed(api: MockApi, status: int, location: str, host: str) -> None:
    headers = {"Location": location.format(url=api.url)}
    api.set(PROJECT_PATH, Answer(b"", status, headers))

    reason = failure(api.url).reason

    assert reason == f"{status} redirects to {host}, and no redirect is followed"
    assert len(api.requests) == 1


@pytest.mark.parametrize("location", ["http://[", "http://\xff\xfe", "https://a:b:c", "\x00"])
def test_no_redirect_is_followed_whatever_it_says(location: str) -> None:
    with raw_server(http_answer(b"", f"Location: {location}", status="302 Found")) as url:
        assert "no redirect is followed" in failure(url).reason


def test_a_connection_that_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert failure(f"http://127.0.0.1:{port}").reason == (
        f"no connection to 127.0.0.1:{port}: Connection refused"
    )


def test_a_connection_that_is_refused_at_first(api: MockApi) -> None:
    asking = client(api.url)
    sent, refusals = asking._pool.urlopen, iter([True, True])

    def urlopen(*arguments: Any, **options: Any) -> Any:
        if next(refusals, False):
            return client(free_address())._pool.urlopen("GET", free_address(), retries=False)
        return sent(*arguments, **options)

    asking._pool.urlopen = urlopen  # type: ignore[method-assign]

    assert asking.json(PROJECT)["id"] == "p1"


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)

    assert failure("https://nowhere.example").reason == "there is no host nowhere.example"


def test_a_lookup_that_hangs_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20))

    reason = failure("https://nowhere.example", BRIEF).reason
    over.set()

    assert reason == "no complete answer within 0.3 s"


def test_each_request_is_told_without_a_header(api: MockApi) -> None:
    asking = client(api.url)
    asking.json(PROJECT)
    with pytest.raises(ApiError):
        asking.json(("projects", "a", "nothing"))

    assert [(one.url, one.outcome) for one in asking.exchanges] == [
        (f"{api.url}/v1/projects/acme-dev", f"200, {len(GOOD)} bytes"),
        (f"{api.url}/v1/projects/a/nothing", "404 Not Found"),
    ]
    assert KEY not in repr(asking)


def test_the_key_goes_to_one_host_only(api: MockApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loopback address is reached directly: a proxy would see the key, as it is plain http."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert client(api.url).json(PROJECT)["id"] == "p1"


API = "https://api.example"


@pytest.mark.parametrize("answer", [b"HTTP/1.1 407 No\r\n\r\n", b"HTTP/1.1 502 No\r\n\r\n", b""])
@pytest.mark.parametrize("user", ["", "user:p%40ss@"])
def test_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch, answer: bytes, user: str) -> None:
    with raw_server(answer) as url:
        proxy = url.removeprefix("http://")
        monkeypatch.setenv("HTTPS_PROXY", f"http://{user}{proxy}")
        reason = failure(API).reason

    assert f"the proxy http://{proxy}" in reason
    assert "p%40ss" not in reason
    assert "p@ss" not in reason


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://user:p4ss@127.0.0.1:1",
        "gopher://user:p4ss@x",
        "http://user:p4ss@127.0.0.1:99999999",
        "http://user:p4ss@[",
        "http://user:p4ss@",
        "user:p4ss@127.0.0.1:1",
    ],
)
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    try:
        reason = failure(API).reason
    except ApiError as error:
        reason = error.reason

    assert "proxy" in reason
    assert "p4ss" not in reason


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv(name, ".example")
    monkeypatch.setattr(socket, "getaddrinfo", _not_found)

    assert failure(API).reason == "there is no host api.example"


def _not_found(*_: Any, **__: Any) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_the_environment_names_no_proxy_for_loopback() -> None:
    assert ApiAddress("", "localhost", False, True).is_loopback
    assert not os.environ.get("HTTPS_PROXY")
