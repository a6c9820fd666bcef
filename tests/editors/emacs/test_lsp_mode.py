"""Emacs with lsp-mode and the snippet of `docs/editors.md`, without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("drive-lsp.el")
# lsp-mode 8.0.0 counts columns in characters, so there are only those of ASCII behind a column.
MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    displayName: "Größe 🙂"
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crm-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - {mapToName: size, promt: "Which?", mapToDisplayName: Size}
"""

Scenario = Callable[[str], Any]


@pytest.fixture
def scenario(
    drive: Callable[..., str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    tmp_path: Path,
) -> Scenario:
    """Do in a manifest what a function of the driver says; return what it has seen."""
    emacs = installed("emacs/emacs")
    init, answer, project = tmp_path / "init.el", tmp_path / "answer", tmp_path / "project"
    (settings,) = snippets("Emacs with lsp-mode", "elisp")
    init.write_text(settings, encoding="utf-8")
    # lsp-mode takes the folder of a repository for the root.
    (project / ".git").mkdir(parents=True)
    path = project / "amp.yaml"

    def run(name: str) -> Any:
        path.write_text(MANIFEST, encoding="utf-8")
        drive(
            [emacs, "--batch", "-q", "-f", "package-activate-all", "-l", init, "-l", DRIVER],
            project,
            AMP_SCENARIO=name,
            AMP_FILE=str(path),
            AMP_ANSWER=str(answer),
        )
        return json.loads(answer.read_text("utf-8"))

    return run


def test_a_mistake_is_underlined_exactly(scenario: Scenario) -> None:
    ((under, message),) = scenario("amp-diagnose")
    assert under == "promt"
    assert message.startswith("a field entry has no key `promt`")


def test_the_hover_of_a_schedule_tells_it_in_words(scenario: Scenario) -> None:
    assert scenario("amp-hover").startswith("Runs every 30 minutes (UTC).")


def test_a_completion_that_is_taken_replaces_what_was_typed(scenario: Scenario) -> None:
    before = "          requiredFields"
    wanted = MANIFEST.replace(before, f"          mapToName: people\n{before}")
    assert scenario("amp-complete") == wanted


def test_a_fix_is_offered_and_made(scenario: Scenario) -> None:
    offered, text = scenario("amp-fix")
    assert offered[:2] == ["Change to `prompt`", "Ignore unknown-key for this line"]
    assert text == MANIFEST.replace("promt", "prompt")


def test_an_object_is_renamed(scenario: Scenario) -> None:
    assert scenario("amp-rename") == MANIFEST.replace("contacts", "leads")
