"""Emacs with eglot and the snippet of `docs/editors.md`, without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("drive.el")

Scenario = Callable[..., Any]


@pytest.fixture
def scenario(
    drive: Callable[..., str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    manifest: str,
    tmp_path: Path,
) -> Scenario:
    """Do in a manifest what a function of the driver says; return what it has seen."""
    emacs = installed("emacs/emacs")
    init, answer, project = tmp_path / "init.el", tmp_path / "answer", tmp_path / "project"
    (settings,) = snippets("Emacs", "elisp")
    init.write_text(settings, encoding="utf-8")
    project.mkdir()

    def run(name: str, file: str = "amp.yaml") -> Any:
        path = project / file
        path.write_text(manifest, encoding="utf-8")
        drive(
            # As Emacs does it itself before it reads an init file, if it has a screen.
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
    assert message.startswith("amp-lint [unknown-key]: a field entry has no key `promt`")


def test_a_mistake_that_is_typed_is_underlined_exactly(scenario: Scenario) -> None:
    assert {under for under, _ in scenario("amp-err")} == {"promt", "🙂hubspot"}


def test_the_hover_of_a_schedule_tells_it_in_words(scenario: Scenario) -> None:
    assert scenario("amp-hover").startswith("Runs every 30 minutes (UTC).")


def test_a_completion_that_is_taken_replaces_what_was_typed(
    scenario: Scenario, manifest: str
) -> None:
    assert scenario("amp-complete") == manifest.replace(
        "          requiredFields", "          mapToName: people\n          requiredFields"
    )


def test_a_fix_is_offered_and_made(scenario: Scenario, manifest: str) -> None:
    offered, text = scenario("amp-fix")

    assert offered == ["Change to `prompt`", "Ignore unknown-key for this line"]
    assert text == manifest.replace("promt", "prompt")


def test_an_object_is_renamed_in_all_actions(scenario: Scenario, manifest: str) -> None:
    assert scenario("amp-rename") == manifest.replace("contacts", "leads")


@pytest.mark.parametrize("name", ["amp.yaml", "amp.yml", "crm.amp.yaml", "crm.amp.yml"])
def test_each_name_of_a_manifest_is_served(scenario: Scenario, name: str) -> None:
    assert scenario("amp-served", name) is True


@pytest.mark.parametrize("name", ["other.yaml", "lamp.yaml", "amp.yaml.txt"])
def test_other_files_are_left_alone(scenario: Scenario, name: str) -> None:
    assert scenario("amp-served", name) is False
