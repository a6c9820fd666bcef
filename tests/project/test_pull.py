"""`amp-lint pull`, against an API on loopback: exit codes, one line, and nothing half-written."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .api_schemas import METADATA_PATH, PROJECT_PATH
from .mock_api import KEY, Answer, MockApi, destination, problem, raw_server
from .pull_runs import MANIFEST, Run


def test_a_snapshot_is_written(run: Run, folder: Path) -> None:
    outcome = run("pull", "--project", "acme-dev")

    written = json.loads((folder / ".amp-lint" / "project.json").read_bytes())
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"Wrote .amp-lint/project.json: project acme-dev as of {written['asOf']}\n"
        "  2 destinations, 1 provider app, 1 integration, 2 installations\n"
        'To lint with it, put `snapshot = ".amp-lint/project.json"` into .amp-lint.toml.\n'
    )


def test_two_runs_give_the_same_bytes(run: Run, folder: Path) -> None:
    file = folder / "one.json"
    run("pull", "-p", "acme-dev", "-o", "one.json")
    first = file.read_bytes()
    run("pull", "-p", "acme-dev", "-o", "one.json")

    assert file.read_bytes() == first


def test_parts_that_fail_are_named(run: Run, api: MockApi) -> None:
    api.set(f"{PROJECT_PATH}/destinations", problem(403, "For\x1b[2Jbidden"))

    outcome = run("pull", "-p", "acme-dev")

    assert outcome.code == 0
    assert "  not complete: destinations: 403 For\\x1b[2Jbidden\n" in outcome.out


@pytest.mark.parametrize("name", ["AMP_PROJECT", "AMP_PROJECT_ID"])
def test_the_environment_names_the_project(
    run: Run, api: MockApi, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "from-environment")
    assert run("pull").code == 0
    assert api.paths()[0] == "/projects/from-environment"


def test_the_configuration_names_the_project_and_the_file(
    run: Run, api: MockApi, folder: Path
) -> None:
    (folder / ".amp-lint.toml").write_text('project = "ours"\nsnapshot = "facts.json"\n')

    outcome = run("pull")

    assert outcome.code == 0
    assert api.paths()[0] == "/projects/ours"
    assert (folder / "facts.json").is_file()
    assert "To lint with it" not in outcome.out


def test_without_a_project(refused: Callable[..., str]) -> None:
    assert "no project: name it with --project" in refused()
    assert "is empty" in refused("-p", "")


def test_without_a_key(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMP_API_KEY")

    assert refused("-p", "x") == (
        "amp-lint: no API key: set AMP_API_KEY, or name a file with --key-file"
    )


@pytest.mark.parametrize("bad", ["a\nb", "é", "two words"])
def test_a_key_that_cannot_be_sent_is_not_sent(
    refused: Callable[..., str], api: MockApi, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setenv("AMP_API_KEY", bad)

    assert bad not in refused("-p", "x")
    assert api.requests == []


def test_the_key_in_a_file_or_on_standard_input(
    run: Run, api: MockApi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AMP_API_KEY")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from-stdin\n")))
    assert run("pull", "-p", "x", "--key-file", "-").code == 0
    assert api.requests[0].headers["X-Api-Key"] == "from-stdin"
    (folder / "key").write_text("from-file\n")
    assert run("pull", "-p", "x", "--key-file", "key").code == 0
    assert api.requests[-1].headers["X-Api-Key"] == "from-file"


@pytest.mark.parametrize("arguments", [["-k", "s3cr3t"], ["-ks3cr3t"], ["--key=s3cr3t"]])
@pytest.mark.parametrize("command", ["pull", "check"])
def test_a_key_on_the_command_line_is_refused(
    run: Run, api: MockApi, command: str, arguments: list[str]
) -> None:
    outcome = run(command, "-p", "x", *arguments)

    assert outcome.code == 2
    assert "a key on the command line is visible to other users" in outcome.err
    assert "s3cr3t" not in outcome.err
    assert api.requests == []


@pytest.mark.parametrize(
    "url", ["http://api.example", "https://user:s3cr3t@api.example", "ftp://x", "x"]
)
def test_an_address_that_would_leak_the_key(refused: Callable[..., str], url: str) -> None:
    assert "s3cr3t" not in refused("-p", "x", "--api-url", url)


def test_a_wrong_key(refused: Callable[..., str], api: MockApi) -> None:
    api.set(PROJECT_PATH, problem(401, "Unauthorized", detail=f"unknown key {KEY}"))

    assert refused("-p", "acme-dev").startswith("amp-lint: the API refused the key (401)")


def test_an_unknown_project(refused: Callable[..., str], api: MockApi) -> None:
    api.set(PROJECT_PATH, problem(404, "Not Found"))

    assert refused("-p", "acme-dve").endswith("did you mean `acme-dev`?")


@pytest.mark.parametrize("name", ["..", ".", " "])
def test_a_project_that_is_no_name(refused: Callable[..., str], api: MockApi, name: str) -> None:
    assert "cannot be a name" in refused("-p", name)
    assert api.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        problem(500, "Broken"),
        Answer(b"<html>", 500),
        Answer(b"", 302, {"Location": "https://evil.example"}),
        Answer(None),
        Answer(b""),
        Answer(b"[" * 1_000),
        Answer("x" * 10),
    ],
)
def test_an_api_that_answers_everything_so(
    refused: Callable[..., str], api: MockApi, answer: Answer
) -> None:
    api.answers = {}
    for path in (PROJECT_PATH, "/projects/x/destinations", "/projects/x/provider-apps"):
        api.set(path, answer)
    api.set("/projects/x/integrations", answer)
    api.set("/projects/x/installations", answer)

    refused("-p", "x")


def test_a_server_that_hangs(refused: Callable[..., str]) -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\n", hold=True) as url:
        assert refused("-p", "x", "--api-url", url, "--timeout", "0.2") == (
            "amp-lint: no complete answer within 0.2 s"
        )


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", "1e9"])
def test_odd_time_limits(run: Run, seconds: str) -> None:
    outcome = run("pull", "-p", "x", f"--timeout={seconds}")

    assert outcome.code == 2
    assert "is not a number of seconds" in outcome.err


def test_a_key_in_the_place_of_the_project_is_not_shown(
    refused: Callable[..., str], api: MockApi
) -> None:
    api.set(PROJECT_PATH, problem(404, "Not Found"))

    assert "no project `***`" in refused("-p", KEY)


def test_a_broken_configuration(refused: Callable[..., str], folder: Path) -> None:
    (folder / ".amp-lint.toml").write_text("project = 5\n")

    assert ".amp-lint.toml:1: " in refused("-p", "acme-dev")


def test_groups_are_asked_about_the_objects_of_the_manifests(
    run: Run, api: MockApi, folder: Path
) -> None:
    (folder / "amp.yaml").write_text(MANIFEST)
    fields = {"email": {"fieldName": "email", "displayName": "E-mail"}}
    api.set(METADATA_PATH, Answer({"name": "contacts", "fields": fields}))

    outcome = run("pull", "-p", "acme-dev", "--group", "g1", "--group", "g2", "--with-customers")

    assert outcome.code == 0
    assert "1 field\n" in outcome.out
    written = json.loads((folder / ".amp-lint" / "project.json").read_bytes())
    contacts = written["metadata"]["hubspot"]["contacts"]
    assert (contacts["accounts"], contacts["groups"]) == (2, ["g1", "g2"])
    assert written["integrations"][0]["customers"] == ["Customer 1", "Customer 2"]


def test_groups_without_manifests(refused: Callable[..., str]) -> None:
    assert "--group needs manifests" in refused("-p", "x", "--group", "g1")
    assert "cannot read gone.yaml" in refused("-p", "x", "--group", "g1", "gone.yaml")
    assert "is empty" in refused("-p", "x", "--group", "")


def test_debug_tells_the_requests_and_not_the_key(run: Run, api: MockApi) -> None:
    api.set(f"{PROJECT_PATH}/destinations", problem(403, KEY))

    outcome = run("pull", "-p", "acme-dev", "--debug")

    assert outcome.err.count("GET http") == 5
    assert "/v1/projects/acme-dev/destinations: 403 ***" in outcome.err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_the_progress(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    run("pull", "-p", "acme-dev")

    assert "Fetching the project: 5 answers" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_names_that_would_steer_the_terminal(run: Run, api: MockApi) -> None:
    api.set(PROJECT_PATH, Answer({"id": "p1", "name": "acme\x1b]0;evil\x07\u202e\n"}))
    api.set(f"{PROJECT_PATH}/destinations", Answer([destination("\x1b[2J")]))

    outcome = run("pull", "-p", "acme-dev")

    assert outcome.code == 0
    assert all(line.isprintable() for line in outcome.out.splitlines())


def test_help(run: Run) -> None:
    assert "exit codes:" in run("pull", "--help").out
    assert run("pull", "--nonsense").code == 2
    assert run("pull", "-o", "").code == 2
