"""The extension in the real VS Code, the newest and the oldest that it allows."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from amp_lint import __version__, lint_text

from .conftest import NEWEST, OLDEST, REPOSITORY, Window, missing, packed

every_version = pytest.mark.parametrize("version", [NEWEST, OLDEST])

EXTENSION = REPOSITORY / "vscode-extension"
MOST_BYTES = 2_000_000

SHOWN = (
    "the extension starts",
    "a manifest has a language of its own",
    "a finding stands under the text that is wrong",
    "columns behind an emoji are right",
    "a hover explains a schedule",
    "a definition leads to the read object",
    "the outline shows integration, actions and objects",
    "a hint tells the schedule in words",
)
CHANGED = (
    "a rename changes a destination everywhere in the manifest",
    "an accepted completion replaces the prefix",
    "an accepted key is a snippet in the document's indentation",
    "a quick fix is applied",
    "a comment suppresses a finding",
    "fix all makes the safe fixes",
    "the comment key makes a comment",
    "the enter key indents below a key",
    "the enter key begins the next item below a finished one",
)
LAID_OUT = (
    "the extension formats its documents without being chosen",
    "a selection is formatted alone, and the caret keeps its place",
    "saving formats where the setting says so, and only there",
)
SERVED = (
    "a changed setting is followed",
    "a manifest is generated from what was picked",
    "a rule is explained",
    "a manifest is shown as the platform reads it",
    "a manifest is compared until that is stopped",
    "a picture of the manifest opens beside it",
    "a server that crashes is started again",
    "a server that keeps crashing is given up until it is asked for",
)
# A manifest for HubSpot: letters that narrow a list and the name to accept in it; letters; keys.
STEPS = [
    {"accept": "specVersion", "letters": "s"},
    {"press": ["Enter"]},
    {"accept": "integrations", "letters": "i"},
    {"type": "crm"},
    {"press": ["Tab"]},
    {"accept": "hubspot", "letters": "hu"},
    {"press": ["Enter"]},
    {"accept": "read", "letters": "r"},
    {"accept": "contacts", "letters": "c"},
    {"press": ["Tab"]},
    {"type": "hook"},
    {"press": ["Enter"]},
    {"accept": "schedule", "letters": "s"},
    {"accept": "*/30 * * * *", "letters": "*/3"},
    {"press": ["Enter"]},
    {"accept": "requiredFields", "letters": "r"},
    {"accept": "email", "letters": "email"},
    {"press": ["Enter"]},
    {"accept": "fieldName", "letters": "f"},
    {"accept": "firstname", "letters": "f"},
    {"press": ["Enter", "Backspace", "Backspace", *["Shift+Tab"] * 4]},
    {"accept": "subscribe", "letters": "s"},
    {"accept": "contacts", "letters": "c"},
    {"press": ["Tab"]},
    {"accept": "hook"},
    {"press": ["Tab", "Enter"]},
    {"accept": "createEvent", "letters": "c"},
    {"press": ["Enter", *["Shift+Tab"] * 4]},
    {"accept": "write", "letters": "w"},
    {"accept": "contacts", "letters": "c"},
]
MOST_KEYS = 75
SERVER = Path(sys.executable).with_name("amp-language-server")


NEIGHBOUR = {
    "name": "validator",
    "displayName": "Ampersand Schema Validator",
    "publisher": "somebody",
    "version": "1.0.0",
    "engines": {"vscode": "^1.80.0"},
}


def passes(window: Window, version: str, *names: str) -> None:
    results = window.check(version, names)
    failures = [f"{name}\n{result}" for name, result in results.items() if result != "passed"]
    assert not failures, "\n\n".join([*failures, window.log])
    assert list(results) == list(names)


def test_the_package_is_complete_and_small(window: Window) -> None:
    (vsix,) = window.extensions
    with ZipFile(vsix) as archive:
        names = {name.removeprefix("extension/") for name in archive.namelist()}
    assert {
        "package.json",
        "readme.md",
        "changelog.md",
        "LICENSE.txt",
        "images/icon.png",
        "out/extension.js",
        "out/licenses.txt",
        f"server/amp_lint-{__version__}-py3-none-any.whl",
    } <= names
    assert not [name for name in names if name.endswith((".ts", ".map")) or "node_modules" in name]
    assert vsix.stat().st_size < MOST_BYTES


@every_version
def test_a_manifest_is_shown_mended_and_served(window: Window, version: str) -> None:
    window.settings["ampLint.server.path"] = str(SERVER)
    passes(window, version, *SHOWN, *CHANGED, *LAID_OUT, *SERVED)


@every_version
def test_a_workspace_brings_the_server_if_it_is_trusted(window: Window, version: str) -> None:
    without_server(window)
    own = window.folder / ".venv" / "bin"
    own.mkdir(parents=True)
    (own / "amp-language-server").symlink_to(SERVER)
    (window.folder / "amp.yaml").write_text("", "utf-8")
    passes(window, version, "the server is the one of the workspace's environment")


@every_version
def test_a_workspace_without_trust_starts_nothing_of_its_own(window: Window, version: str) -> None:
    without_server(window)
    window.trusted = False
    own = window.folder / ".venv" / "bin"
    own.mkdir(parents=True)
    (own / "amp-language-server").symlink_to(SERVER)
    settings = window.folder / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"ampLint.server.path": str(SERVER)}), "utf-8")
    window.seen = ["amp-lint has found no language server"]
    passes(window, version, "a workspace without trust starts nothing of its own")


def test_a_server_that_does_not_start_is_reported(window: Window) -> None:
    # It ends at once.
    window.settings["ampLint.server.path"] = program = shutil.which("true")
    shutil.copyfile(REPOSITORY / "docs" / "examples" / "amp.yaml", window.folder / "amp.yaml")
    window.seen = [f"The language server {program} (named by the setting", "amp-lint is off"]
    window.picture = str(window.pictures / "off.png")
    passes(window, NEWEST, "a server that does not start is no server")


def test_a_manifest_may_be_plain_yaml_to_the_editor(window: Window) -> None:
    window.settings["ampLint.server.path"] = str(SERVER)
    window.settings["files.associations"] = {"*amp.yaml": "yaml"}
    passes(window, NEWEST, "a manifest that is plain YAML to the editor has findings")


@every_version
def test_a_platform_extension_installs_its_server_without_an_index(
    window: Window, version: str
) -> None:
    window.extensions = [platform_extension()]
    without_server(window)
    window.environment |= NO_INDEX
    window.seen = ["Nothing is downloaded."]
    window.clicks = ["amp-lint is off"]
    passes(
        window,
        version,
        "the server is the one of the private environment",
        "the extension's own server can be removed",
    )


@every_version
def test_an_update_takes_over_when_it_has_answered(window: Window, version: str) -> None:
    window.extensions = [platform_extension()]
    without_server(window)
    earlier_server(window)
    window.environment |= NO_INDEX
    passes(window, version, "the update has taken over")


@every_version
def test_an_update_that_cannot_be_installed_leaves_the_earlier_server(
    window: Window, version: str
) -> None:
    without_server(window)
    earlier_server(window)
    window.environment |= NO_INDEX
    window.seen = ["The package index that pip uses cannot be reached."]
    passes(window, version, "the server is the earlier one")


def test_a_broken_environment_is_replaced_by_the_own_server(window: Window) -> None:
    window.extensions = [platform_extension()]
    without_server(window)
    window.environment |= NO_INDEX
    own = window.folder / ".venv" / "bin"
    own.mkdir(parents=True)
    (own / "amp-language-server").write_text("#!/nonexistent/python\n", "utf-8")
    (own / "amp-language-server").chmod(0o755)
    (window.folder / "amp.yaml").write_text("", "utf-8")
    window.seen = ["(from the workspace's virtual environment) does not start."]
    window.clicks = ["Use the Extension's Own"]
    passes(window, NEWEST, "the server is the one of the private environment")


def test_a_person_sees_it_on_the_screen(window: Window) -> None:
    window.settings["ampLint.server.path"] = str(SERVER)
    window.show(NEWEST, window.pictures)
    assert {"completion.png", "fix.png", "generate.png", "hover.png", "problems.png"} <= {
        picture.name for picture in window.pictures.iterdir()
    }


@pytest.mark.network
@every_version
def test_the_server_that_the_extension_brings_is_installed(window: Window, version: str) -> None:
    without_server(window)
    window.extensions.append(packed(NEIGHBOUR, {}, window.root / "neighbour.vsix"))
    window.seen = ["Ampersand Schema Validator checks manifests as well"]
    window.clicks = ["Install"]
    window.environment |= pip_settings()
    passes(window, version, "the server is the one of the private environment")


# Nobody listens there, as on a machine without a network.
NO_INDEX = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull}


def platform_extension() -> Path:
    """Return the extension that brings all wheels."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip("the extension with all wheels is built for linux-x64")
    vsix = EXTENSION / "amp-lint-linux-x64.vsix"
    if not vsix.exists():
        missing(f"{vsix} is missing; `make extension TARGET=linux-x64` builds it")
    return vsix


def earlier_server(window: Window) -> None:
    """Put a private environment of an earlier version into the extension's storage."""
    storage = window.root / "data" / "User" / "globalStorage" / "amp-lint.amp-lint"
    python = storage / "amp_lint-0.0.1-0123456789ab" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\n{sys.executable} "$@"\n', "utf-8")
    python.chmod(0o755)


def without_server(window: Window) -> None:
    """Leave only Python on the search path."""
    python = window.root / "bin"
    python.mkdir()
    (python / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    window.environment["PATH"] = f"{python}{os.pathsep}/usr/bin{os.pathsep}/bin"


def pip_settings() -> dict[str, str]:
    """Where this machine's pip gets its packages, for a home that does not know."""
    home = Path.home()
    files = [home / ".config" / "pip" / "pip.conf", home / ".pip" / "pip.conf"]
    found = next((file for file in files if file.exists()), None)
    return {} if found is None else {"PIP_CONFIG_FILE": str(found)}


def test_a_manifest_is_written_by_completion(window: Window) -> None:
    window.settings["ampLint.server.path"] = str(SERVER)
    (window.folder / "amp.yaml").write_text("", "utf-8")
    result = window.root / "written.json"
    window.run(
        NEWEST, "write.mjs", open=["amp.yaml"], result=str(result), steps=STEPS, end="contacts"
    )
    written = json.loads(result.read_text("utf-8"))
    assert written["keys"] <= MOST_KEYS
    assert lint_text(written["text"]).findings == ()
