"""The manifest and the lock file of the VS Code extension agree with the linter."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from amp_language_server.features.execute_command import COMMANDS, PREFIX
from amp_language_server.state.client_settings import SECTION, ClientSettings, read_settings
from amp_lint.config.discovery import NAMES
from amp_lint.linter.registry import rules

REPOSITORY = Path(__file__).parents[2]
EXTENSION = REPOSITORY / "vscode-extension"


@pytest.fixture
def manifest() -> dict[str, Any]:
    return json.loads((EXTENSION / "package.json").read_text("utf-8"))


def test_the_language_has_the_names_of_manifests(manifest: dict[str, Any]) -> None:
    (language,) = manifest["contributes"]["languages"]
    names = {*language["filenames"], *(f"*{ending}" for ending in language["extensions"])}
    assert names == set(NAMES)
    patterns = {f"**/{name}" for name in NAMES}
    # A manifest may be plain YAML to an editor that associates its name with that.
    assert {f"workspaceContains:{pattern}" for pattern in patterns} | {"onLanguage:yaml"} == set(
        manifest["activationEvents"]
    )


def test_the_settings_are_those_of_the_server_and_its_path(manifest: dict[str, Any]) -> None:
    settings = manifest["contributes"]["configuration"]["properties"]
    defaults = {
        name.removeprefix(f"{SECTION}."): setting["default"] for name, setting in settings.items()
    }
    assert set(defaults) == {
        *("severity", "destinations", "configFile", "debounceMs", "trace", "changes"),
        "server.path",
    }
    assert read_settings(defaults) == (ClientSettings(), ())
    assert set(settings[f"{SECTION}.severity"]["properties"]) == set(rules())


def test_settings_that_name_programs_and_files_need_trust(manifest: dict[str, Any]) -> None:
    restricted = manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert restricted == [f"{SECTION}.server.path", f"{SECTION}.configFile"]


def test_the_commands_that_the_extension_asks_for_exist() -> None:
    sources = "".join(file.read_text("utf-8") for file in (EXTENSION / "src").glob("*.ts"))
    asked = set(re.findall(r'server\.ask<.*?>\("(\w+)"', sources))
    assert asked
    assert asked <= set(COMMANDS)
    assert f"`{PREFIX}${{command}}`" in sources


def test_no_command_of_the_server_has_the_name_of_one_of_the_extension(
    manifest: dict[str, Any],
) -> None:
    contributed = {command["command"] for command in manifest["contributes"]["commands"]}
    assert contributed.isdisjoint(PREFIX + name for name in COMMANDS)


def test_the_lock_file_names_no_place_to_download_from() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text("utf-8"))
    assert lock["packages"]
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]


def test_the_license_is_the_one_of_the_project() -> None:
    assert (EXTENSION / "LICENSE").read_bytes() == (REPOSITORY / "LICENSE").read_bytes()
