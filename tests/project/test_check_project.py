"""`amp-lint check` with `--project`, `--snapshot`, and the configuration's `snapshot`."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .api_schemas import METADATA_PATH, PROJECT_PATH
from .mock_api import Answer, MockApi, installation, integration, problem
from .pull_runs import MANIFEST, Run

SNAPSHOT: dict[str, Any] = {
    "version": 1,
    "asOf": "2026-11-29",
    "project": {"id": "p1", "name": "acme-dev"},
    "destinations": [{"name": "crmWebhook", "type": "webhook"}],
    "providerApps": ["hubspot"],
    "integrations": [{"name": "crm-sync", "installations": 3}, {"name": "old", "installations": 1}],
    "failed": {},
}
MISSPELT = MANIFEST.replace("crmWebhook", "crmWebhok")


@pytest.fixture
def manifest(folder: Path) -> Path:
    file = folder / "amp.yaml"
    file.write_text(MANIFEST)
    return file


@pytest.fixture
def snapshot(folder: Path) -> Path:
    file = folder / "project.json"
    file.write_text(json.dumps(SNAPSHOT))
    return file


@pytest.mark.usefixtures("manifest", "snapshot")
def test_a_manifest_that_fits_its_snapshot(run: Run, api: MockApi) -> None:
    outcome = run("check", "--snapshot", "project.json")

    assert (outcome.code, outcome.err) == (0, "")
    assert api.requests == []


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize("way", ["option", "configuration"])
def test_a_destination_that_the_snapshot_lacks(
    run: Run, manifest: Path, folder: Path, way: str
) -> None:
    manifest.write_text(MISSPELT)
    (folder / ".amp-lint.toml").write_text('snapshot = "project.json"\n')
    arguments = ["--isolated", "--snapshot", "project.json"] if way == "option" else []

    outcome = run("check", "--output-format", "concise", *arguments)

    assert outcome.code == 1
    assert (
        "error[destination-exists] project `acme-dev` has no destination `crmWebhok` (as of "
        "2026-11-29); write `crmWebhook`" in outcome.out
    )
    assert run("check", "--isolated").code == 0
    run("check", "--fix", "--unsafe-fixes", *arguments)
    assert manifest.read_text() == MANIFEST


@pytest.mark.usefixtures("manifest")
def test_the_project_wins_over_the_configuration(run: Run, api: MockApi, folder: Path) -> None:
    (folder / ".amp-lint.toml").write_text('snapshot = "missing.json"\n')

    assert run("check", "--project", "acme-dev").code == 0
    assert api.paths()[0] == "/projects/acme-dev"
    assert not (folder / ".amp-lint").exists()


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "does not exist; write it with `amp-lint pull`"),
        ("{", "is not valid JSON (line 1)"),
        ('{"version": 2}', "has version 2"),
        ("[]", "is invalid: it must be a JSON object"),
    ],
)
def test_a_snapshot_that_cannot_be_used(
    run: Run, folder: Path, content: str | None, reason: str
) -> None:
    (folder / ".amp-lint.toml").write_text('ignore = []\nsnapshot = "project.json"\n')
    if content is not None:
        (folder / "project.json").write_text(content)

    configured = run("check")
    named = run("check", "--isolated", "--snapshot", "project.json")

    assert (configured.code, named.code) == (2, 2)
    assert configured.err.startswith("amp-lint: .amp-lint.toml:2: `snapshot`: the file `project")
    assert reason in configured.err
    assert configured.err.count("\n") == named.err.count("\n") == 1
    assert "project.json" in named.err


def test_no_other_file_is_shown(run: Run, manifest: Path, folder: Path) -> None:
    """A configuration that comes with a repository may name any file of the user's."""
    manifest.with_name("secret").write_text("the secret of the user\n")
    (folder / ".amp-lint.toml").write_text('snapshot = "secret"\n')

    outcome = run("check")

    assert outcome.code == 2
    assert "the secret" not in outcome.err + outcome.out


@pytest.mark.usefixtures("manifest")
def test_a_list_that_fails_is_a_warning(run: Run, api: MockApi) -> None:
    api.set(
        f"{PROJECT_PATH}/destinations", problem(503, "Later", retryAfter="1994-11-06T08:49:37Z")
    )
    api.set(f"{PROJECT_PATH}/provider-apps", problem(403, "Forbidden", detail="key may not"))

    outcome = run("check", "--project", "acme-dev", "--output-format", "concise")

    assert outcome.code == 0
    assert "warning[destination-check-failed]" in outcome.out
    assert "(503 Later); fix the cause" in outcome.out
    assert "warning[provider-app-check-failed]" in outcome.out
    assert "(403 Forbidden: key may not); fix the cause" in outcome.out


@pytest.mark.usefixtures("manifest")
def test_an_api_out_of_reach_ends_the_run(run: Run, api: MockApi) -> None:
    api.set(PROJECT_PATH, problem(401, "Unauthorized"))

    outcome = run("check", "--project", "acme-dev")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "amp-lint: the API refused the key (401): Unauthorized\n"


def test_installations_that_a_deploy_would_leave(run: Run, manifest: Path, api: MockApi) -> None:
    manifest.write_text(MANIFEST.replace("crm-sync", "Crm-Sync"))
    api.set(
        f"{PROJECT_PATH}/installations",
        Answer([installation(number, "crm-sync") for number in range(3)]),
    )

    outcome = run("check", "--project", "acme-dev", "--output-format", "concise")

    assert outcome.code == 0
    assert "warning[integration-name-case]" in outcome.out
    assert "leaves 3 installations on `crm-sync`" in outcome.out


def test_standard_input_is_compared_too(
    run: Run, api: MockApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"firstname": {"fieldName": "firstname", "displayName": "First name"}}
    api.set(METADATA_PATH, Answer({"name": "contacts", "fields": fields}))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MANIFEST.encode())))

    outcome = run("check", "-p", "acme-dev", "--group", "g1", "--output-format", "concise", "-")

    assert "warning[field-exists] the account in the snapshot" in outcome.out
    assert "no field `email` in `contacts`" in outcome.out


@pytest.mark.usefixtures("manifest", "snapshot")
def test_integrations_of_all_manifests_count_together(run: Run, folder: Path) -> None:
    (folder / "b.amp.yaml").write_text(MANIFEST.replace("crm-sync", "other"))
    arguments = ["check", "--snapshot", "project.json", "--output-format", "concise"]

    assert "integration-orphaned" not in run(*arguments).out
    found = run(*arguments, "--severity", "integration-orphaned=warning").out

    assert found.count("integration-orphaned") == 1
    assert "`old` with 1 installation (as of 2026-11-29)" in found
    (folder / "c.amp.yaml").write_text(MANIFEST.replace("crm-sync", "old"))
    found = run(*arguments, "--severity", "integration-orphaned=warning").out
    assert "integration-orphaned" not in found


@pytest.mark.usefixtures("manifest", "snapshot")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--project", ""],
        ["--snapshot", ""],
        ["--project", "x", "--snapshot", "project.json"],
        ["--group", "g"],
        ["--key-file", "k"],
        ["--api-url", "https://x"],
        ["--timeout", "5"],
        ["--project", "x", "--key-file", "-", "-"],
        ["--project", "x", "--timeout", "soon"],
    ],
)
def test_options_that_do_not_go_together(run: Run, api: MockApi, arguments: list[str]) -> None:
    outcome = run("check", *arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert "try: amp-lint check --help" in outcome.err
    assert api.requests == []


@pytest.mark.usefixtures("manifest")
def test_a_live_catalog_decides_about_providers(run: Run, folder: Path) -> None:
    provider = {"displayName": "Ours", "authType": "none", "supports": ["proxy"]}
    hubspot = {"displayName": "HubSpot", "authType": "oauth2", "supports": ["proxy"]}
    catalog = {"our-own-crm": provider, "hubspot": hubspot}
    (folder / "project.json").write_text(json.dumps({**SNAPSHOT, "catalog": catalog}))

    outcome = run("check", "--snapshot", "project.json", "--output-format", "concise")

    assert outcome.code == 0
    assert "`hubspot` does not support `read` in the catalog of 2026-11-29" in outcome.out


GUARDED = """
import socket, sys
def refused(*_, **__):
    raise AssertionError("a socket was opened")
socket.socket = socket.create_connection = socket.getaddrinfo = refused
from amp_lint.cli.main import main
code = main(sys.argv[1:])
loaded = {"urllib3", "http.client", "ssl", "urllib.request"} & set(sys.modules)
assert not loaded, loaded
sys.exit(code)
"""


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize("arguments", [[], ["--snapshot", "project.json"]])
@pytest.mark.parametrize("text", [MANIFEST, MISSPELT])
def test_no_connection_and_no_client_without_project(
    manifest: Path, arguments: list[str], text: str
) -> None:
    manifest.write_text(text)
    environment = {"AMP_API_KEY": "k", "AMP_PROJECT": "acme-dev", "PATH": ""}

    ran = subprocess.run(
        [sys.executable, "-c", GUARDED, "check", *arguments],
        cwd=manifest.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.stderr == ""
    assert ran.returncode == int(bool(arguments) and text == MISSPELT)
    assert hasattr(socket, "create_connection")


def test_an_integration_that_the_snapshot_has_twice(run: Run, manifest: Path, api: MockApi) -> None:
    api.set(
        f"{PROJECT_PATH}/integrations", Answer([integration("crm-sync"), integration("crm-sync")])
    )
    assert run("check", "--project", "acme-dev", str(manifest)).code == 0
