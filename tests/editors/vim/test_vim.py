"""Vim with ALE and the snippet of `docs/editors.md`, without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..screen import running, screen
from ..terminal import Terminal, terminal

DRIVER = Path(__file__).with_name("drive.vim")
# ALE 3.3.0 takes the protocol's columns for bytes, so the mistake is on a line of ASCII.
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

Scenario = Callable[..., Any]


@pytest.fixture
def scenario(
    drive: Callable[..., str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    tmp_path: Path,
) -> Scenario:
    """Do in a manifest what a function of the driver says; return what it has seen."""
    vim = installed("vim/vim")
    vimrc, answer, project = tmp_path / "vimrc", tmp_path / "answer", tmp_path / "project"
    (settings,) = (one for one in snippets("Vim", "vim") if "ale#linter#Define" in one)
    vimrc.write_text(settings, encoding="utf-8")
    project.mkdir()

    def run(name: str, file: str = "amp.yaml") -> Any:
        path = project / file
        path.write_text(MANIFEST, encoding="utf-8")
        drive(
            [vim, "-N", "--not-a-term", "-T", "xterm", "-u", vimrc, "-S", DRIVER, path],
            project,
            AMP_SCENARIO=name,
            AMP_ANSWER=str(answer),
        )
        return json.loads(answer.read_text("utf-8"))

    return run


def test_a_mistake_is_underlined_exactly(scenario: Scenario) -> None:
    ((under, message),) = scenario("AmpDiagnose")
    assert under == "promt"
    assert message.startswith("a field entry has no key `promt`")


def test_the_hover_of_a_schedule_is_plain_text(scenario: Scenario) -> None:
    text = scenario("AmpHover")
    assert text.startswith("Runs every 30 minutes (UTC).")
    assert "**" not in text


def test_a_completion_that_is_taken_replaces_what_was_typed(
    environment: Mapping[str, str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    picture: Callable[..., None],
    tmp_path: Path,
) -> None:
    tmux, vimrc, path = installed("vim/tmux"), tmp_path / "vimrc", tmp_path / "amp.yaml"
    (settings,) = (one for one in snippets("Vim", "vim") if "ale#linter#Define" in one)
    vimrc.write_text(settings, encoding="utf-8")
    text = MANIFEST.replace(" 🙂", "")
    path.write_text(text, encoding="utf-8")
    vim = [str(installed("vim/vim")), "-N", "-n", "--cmd", "syntax on", "-u", str(vimrc)]
    before = "          requiredFields"
    with terminal(tmux, [*vim, str(path)], environment, tmp_path) as shown:
        shown.wait_for("a field entry has no")
        picture("vim", lambda: photograph(shown, installed("kate/openbox").parent, tmp_path))
        shown.type("/requiredFields\n")
        shown.type("O")
        shown.press("C-u")
        shown.type("          mapToN")
        shown.press("C-x", "C-o")
        shown.wait_for("The only match")
        shown.type("people")
        shown.press("Escape")
        shown.type(":wqall\n")
        shown.wait("the end", lambda: not shown.runs())
    wanted = text.replace(before, f"          mapToName: people\n{before}")
    assert path.read_text("utf-8") == wanted


def photograph(shown: Terminal, programs: Path, folder: Path) -> bytes:
    """Return a picture of a terminal in a window."""
    with screen(programs, shown.environment, folder) as window:
        font = ["-fa", "DejaVu Sans Mono", "-fs", "10"]
        command = ["xterm", *font, "-e", *shown.tmux, "attach"]
        with running(command, window.environment):
            # The window is wider.
            shown.wait_for("a field entry has no key")
            return window.steady().png()


def test_a_fix_is_offered_and_made(scenario: Scenario) -> None:
    """ALE sends no diagnostics with its request."""
    offered, text = scenario("AmpFix")
    assert offered[:2] == ["Change to `prompt`", "Ignore unknown-key for this line"]
    assert text == MANIFEST.replace("promt", "prompt")


def test_an_object_is_renamed(scenario: Scenario) -> None:
    assert scenario("AmpRename") == MANIFEST.replace("contacts", "leads")


@pytest.mark.parametrize(
    ("name", "served"), [("amp.yml", True), ("crm.amp.yaml", True), ("lamp.yaml", False)]
)
def test_the_name_of_a_file_decides(scenario: Scenario, name: str, served: bool) -> None:
    assert scenario("AmpServed", name) == int(served)
