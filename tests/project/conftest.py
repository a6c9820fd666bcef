from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer

from .mock_api import KEY, MockApi


@pytest.fixture(autouse=True)
def no_project_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment of the tests says about keys, projects and proxies does not count."""
    for name in list(os.environ):
        if name.startswith("AMP_") and name != "AMP_LINT_SHARED":
            monkeypatch.delenv(name)
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def http_server() -> Iterator[HTTPServer]:
    """One server for all tests: to stop one takes half a second."""
    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        yield server


@pytest.fixture
def api(http_server: HTTPServer) -> MockApi:
    """A healthy API on loopback."""
    http_server.clear()
    return MockApi(http_server)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """A key in the environment."""
    monkeypatch.setenv("AMP_API_KEY", KEY)
    return KEY
