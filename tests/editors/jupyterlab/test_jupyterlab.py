"""JupyterLab with jupyterlab-lsp and the snippet of `docs/editors.md`, in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..waiting import SECONDS, until

DRIVER = Path(__file__).with_name("drive.mjs")
# It asks the network for news and for a newer version.
QUIET = {"fetchNews": "false", "checkForUpdates": False}
SETTINGS = {"@jupyterlab/apputils-extension:notification": QUIET}
# JupyterLab renames only where its highlighting knows a token, and a quoted name is one.
MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    displayName: Größe
    provider: hubspot
    read:
      objects:
        - objectName: "contacts"
          destination: crm-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - {mapToDisplayName: "Größe", mapToName: size, promt: "Which?"}
    subscribe:
      objects:
        - objectName: "contacts"
          destination: crm-webhook
          inheritFieldsAndMapping: true
          deleteEvent:
            enabled: always
"""

Scenario = Callable[..., Any]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder that JupyterLab shows."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def address(
    environment: Mapping[str, str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    project: Path,
    tmp_path: Path,
) -> Iterator[str]:
    """Start JupyterLab with the snippet as its settings; the address of its page."""
    home, runtime = Path(environment["HOME"]), tmp_path / "runtime"
    installation = installed("jupyterlab-4.6.4/installed").parent
    (settings,) = snippets("JupyterLab", "json")
    (home / ".jupyter").mkdir()
    (home / ".jupyter" / "jupyter_server_config.json").write_text(settings, encoding="utf-8")
    overrides = tmp_path / "settings" / "overrides.json"
    overrides.parent.mkdir()
    overrides.write_text(json.dumps(SETTINGS), encoding="utf-8")
    command = [
        str(installation / "bin" / "jupyter-lab"),
        *("--no-browser", "--allow-root", "--port=0", "--ServerApp.ip=127.0.0.1"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={project}"),
        f"--LabServerApp.app_settings_dir={overrides.parent}",
    ]
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=project,
            env={**environment, "JUPYTER_RUNTIME_DIR": str(runtime)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as server,
    ):
        try:
            yield _address(server, runtime, log)
        finally:
            server.terminate()
            server.wait(SECONDS)


def _address(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Wait until a server has written down its address."""

    def addresses() -> list[str]:
        assert server.poll() is None, log.read_text("utf-8")
        files = runtime.glob("jpserver-*.json")
        return [json.loads(file.read_text("utf-8"))["url"] for file in files]

    until("the address", addresses, lambda: log.read_text("utf-8"))
    return addresses()[0]


@pytest.fixture
def scenario(
    drive: Callable[..., str],
    installed: Callable[[str], Path],
    address: str,
    project: Path,
    tmp_path: Path,
) -> Scenario:
    """Do in a manifest what a function of the driver says; return what it has seen."""
    editor = installed("codemirror-2/ready").parent
    plan, answer = tmp_path / "plan.json", tmp_path / "answer"

    def run(name: str, manifest: str = MANIFEST) -> Any:
        (project / "amp.yaml").write_text(manifest, encoding="utf-8")
        content = {
            "editor": str(editor),
            "address": f"{address}lab/tree/amp.yaml",
            "root": str(tmp_path),
            "browser": shutil.which("chromium"),
            "scenario": name,
            "answer": str(answer),
        }
        plan.write_text(json.dumps(content), encoding="utf-8")
        drive([editor / "node", DRIVER, plan], tmp_path)
        return json.loads(answer.read_text("utf-8"))

    return run


def test_a_mistake_is_underlined_exactly(
    scenario: Scenario, manifest: str, picture: Callable[..., None], tmp_path: Path
) -> None:
    under, message = scenario("diagnose", manifest)
    picture("jupyterlab", (tmp_path / "screen.png").read_bytes)
    assert under == "promt"
    assert message.startswith("a field entry has no key `promt`")


def test_a_completion_that_is_taken_is_inserted(scenario: Scenario) -> None:
    line = "          destination: crm-webhook\n"
    assert scenario("complete") == MANIFEST.replace(line, f"{line}          enabled: always\n", 1)


def test_a_quoted_object_is_renamed_in_all_actions(scenario: Scenario) -> None:
    # jupyterlab-lsp 5.3.0 drops the last line break of a file when it renames.
    assert scenario("rename") == MANIFEST.replace("contacts", "leads").removesuffix("\n")
