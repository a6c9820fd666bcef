"""An API on loopback, a key, and runs against them."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from amp_lint.cli.main import main
from amp_lint.project.address import parse_address
from amp_lint.project.api import Client, Limits
from amp_lint.project.fetch import fetch
from amp_lint.project.snapshot import Snapshot

from .fetch_runs import QUICK, WANTED, Fetch
from .mock_api import KEY, MockApi
from .pull_runs import Outcome, Run


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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(
    api: MockApi, folder: Path, key: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:  # fmt: skip
    """Run a command in this process with a key; no output ever holds it."""
    monkeypatch.setenv("AMP_API_URL", api.url)

    def run_here(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = main(arguments)
        outcome = Outcome(code, *capsys.readouterr())
        assert key not in outcome.out + outcome.err
        written = [path for path in folder.rglob("*") if path.is_file()]
        assert not any(key.encode() in path.read_bytes() for path in written)
        assert not [path for path in written if path.name.startswith(".amp-lint-")]
        return outcome

    return run_here


@pytest.fixture
def refused(run: Run, folder: Path) -> Callable[..., str]:
    """Run `pull`, which writes nothing and says why on one line."""

    def refused(*arguments: str) -> str:
        before = sorted(folder.rglob("*"))
        outcome = run("pull", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("amp-lint: ")
        assert outcome.err.count("\n") == 1
        assert outcome.err[:-1].isprintable()
        assert sorted(folder.rglob("*")) == before
        return outcome.err[:-1]

    return refused


@pytest.fixture
def pull(api: MockApi) -> Fetch:
    """Fetch a snapshot with a key, within short limits."""

    def pull(limits: Limits = QUICK, **wanted: Any) -> Snapshot:
        client = Client(parse_address(api.url), KEY, limits)
        return fetch(client, dataclasses.replace(WANTED, **wanted))

    return pull
