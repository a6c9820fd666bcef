"""CodeMirror with two clients and the snippets of `docs/editors.md`, in a browser."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("drive.mjs")

# By what its snippet imports.
CLIENTS = ["@codemirror/lsp-client", "codemirror-languageserver"]

Scenario = Callable[[str], Any]


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def scenario(
    client: str,
    drive: Callable[..., str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    manifest: str,
    tmp_path: Path,
) -> Scenario:
    """Do in a manifest what a function of the driver says; return what it has seen."""
    editor = installed("codemirror-2/ready").parent
    browser = shutil.which("chromium")
    assert browser is not None
    page, plan, answer = tmp_path / "page.mjs", tmp_path / "plan.json", tmp_path / "answer"
    (text,) = (one for one in snippets("CodeMirror", "js") if f'from "{client}"' in one)
    page.write_text(text, encoding="utf-8")
    path = tmp_path / "amp.yaml"
    path.write_text(manifest, encoding="utf-8")

    def run(name: str) -> Any:
        content = {
            "editor": str(editor),
            "page": str(page),
            "root": str(tmp_path),
            "browser": browser,
            "server": str(Path(sys.executable).with_name("amp-language-server")),
            "manifest": str(path),
            "scenario": name,
            "answer": str(answer),
        }
        plan.write_text(json.dumps(content), encoding="utf-8")
        drive([editor / "node", DRIVER, plan], tmp_path)
        return json.loads(answer.read_text("utf-8"))

    return run


def test_a_mistake_is_underlined_exactly(
    scenario: Scenario, client: str, picture: Callable[..., None], tmp_path: Path
) -> None:
    under, message = scenario("diagnose")
    if client == "@codemirror/lsp-client":
        picture("codemirror", (tmp_path / "screen.png").read_bytes)
    assert under == "promt"
    assert message.startswith("a field entry has no key `promt`")


def test_a_completion_that_is_taken_replaces_what_was_typed(
    scenario: Scenario, manifest: str
) -> None:
    assert scenario("complete") == manifest.replace(
        "          requiredFields", "          mapToName: people\n          requiredFields"
    )


def test_an_object_is_renamed_in_all_actions(scenario: Scenario, manifest: str) -> None:
    assert scenario("rename") == manifest.replace("contacts", "leads")
