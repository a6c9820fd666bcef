"""The editor's settings, the configuration files and the folders that both are for, over stdio."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from .conftest import every_editor
from .editor import (
    BROKEN,
    MANIFEST,
    change_text,
    found,
    instead,
    open_file,
    report,
    start,
    told,
    until,
    write,
)

UNKNOWN = MANIFEST + "colour: blue\n"
BARE = types.ClientCapabilities()
CHANGED = types.FileChangeType.Changed
pytestmark = pytest.mark.asyncio


def off(*rules: str) -> dict[str, Any]:
    return {"severity": dict.fromkeys(rules, "off")}


def push(client: LanguageClient, settings: Any) -> None:
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))


@every_editor
async def test_each_folder_has_its_settings(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    one, other, outside = write(tmp_path, a=UNKNOWN, b=UNKNOWN, c=UNKNOWN)
    client.set_configuration(off("unknown-key"), section="ampLint", scope_uri=one.parent.as_uri())
    client.set_configuration(
        {"severity": {"unknown-key": "error"}}, section="ampLint", scope_uri=other.parent.as_uri()
    )
    await start(client, editor, one.parent, other.parent)
    for file in (one, other, outside):
        open_file(client, file, UNKNOWN)
    await found(client, one)
    await found(client, other, "unknown-key")
    await found(client, outside, "unknown-key")
    assert [client.diagnostics[file.as_uri()][0].severity for file in (other, outside)] == [
        types.DiagnosticSeverity.Error,
        types.DiagnosticSeverity.Warning,
    ]


async def test_settings_are_asked_for_again(client: LanguageClient, tmp_path: Path) -> None:
    opened, closed = write(tmp_path, a=UNKNOWN, b=UNKNOWN)
    await start(client, "emacs", tmp_path)
    open_file(client, opened, UNKNOWN)
    await found(client, opened, "unknown-key")
    await found(client, closed, "unknown-key")
    client.set_configuration(off("unknown-key"), section="ampLint")
    push(client, None)
    await found(client, opened)
    await found(client, closed)


async def test_a_folder_that_comes_later_is_asked_for_and_searched(
    client: LanguageClient, tmp_path: Path
) -> None:
    one, other = write(tmp_path, a=UNKNOWN, b=UNKNOWN)
    config = {"destinations": ["elsewhere"]}
    client.set_configuration(config, section="ampLint", scope_uri=other.parent.as_uri())
    await start(client, "emacs", one.parent)
    await found(client, one, "unknown-key")
    folders = [types.WorkspaceFolder(file.parent.as_uri(), "x") for file in (one, other)]
    event = types.WorkspaceFoldersChangeEvent(added=[folders[1]], removed=[folders[0]])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await found(client, other, "unknown-key", "destination-exists")
    await found(client, one)


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_client_that_cannot_be_asked_may_tell(
    client: LanguageClient, tmp_path: Path, *, wrapped: bool
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    at_start, later = off("unknown-key"), {"destinations": ["elsewhere"]}
    await start(
        client,
        "",
        tmp_path,
        capabilities=BARE,
        options={"ampLint": at_start} if wrapped else at_start,
    )
    open_file(client, file, UNKNOWN)
    await found(client, file)
    push(client, {"ampLint": later} if wrapped else later)
    await found(client, file, "unknown-key", "destination-exists")
    push(client, {})
    await found(client, file, "unknown-key")


async def test_what_a_client_tells_counts_where_it_has_no_answer(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    await start(client, "neovim", tmp_path, options=off("unknown-key"))
    open_file(client, file, UNKNOWN)
    await found(client, file)


async def test_a_client_that_can_do_nothing_of_it_is_served(
    client: LanguageClient, tmp_path: Path
) -> None:
    opened, closed = write(tmp_path, a=UNKNOWN, b=BROKEN)
    await start(client, "", tmp_path, capabilities=BARE)
    open_file(client, opened, UNKNOWN)
    await found(client, opened, "unknown-key")
    await found(client, closed, "yaml-syntax")
    assert client.messages == []


@pytest.mark.parametrize("answer", ["late", "too short"])
async def test_without_an_answer_the_defaults_count(
    client: LanguageClient, answer: str, tmp_path: Path
) -> None:
    asked, over = asyncio.Event(), asyncio.Event()

    @instead(client, types.WORKSPACE_CONFIGURATION)
    async def _configuration(_: types.ConfigurationParams) -> list[Any]:
        asked.set()
        if answer == "too short":
            return []
        await over.wait()
        return [off("unknown-key")] * 2

    opened, closed = write(tmp_path, a=UNKNOWN, b=UNKNOWN)
    await start(client, "emacs", tmp_path)
    await asked.wait()
    open_file(client, opened, UNKNOWN)
    await found(client, opened, "unknown-key")
    await found(client, closed, "unknown-key")
    over.set()
    if answer == "late":
        await found(client, opened)
        await found(client, closed)


async def test_wrong_settings_are_told_once_and_do_not_count(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    wrong = {"trace": "loud", "severity": {"unknown-kye": "error", "unknown-key": "info"}}
    client.set_configuration(wrong, section="ampLint")
    await start(client, "emacs", tmp_path)
    await found(client, file, "unknown-key")
    await told(client, "`unknown-kye`", "`unknown-key`")
    await told(client, "`ampLint.trace`", "off, messages, verbose")
    push(client, None)
    client.set_configuration({**wrong, "debounceMs": -1}, section="ampLint")
    push(client, None)
    await told(client, "`ampLint.debounceMs`")
    assert len(client.messages) == 3


async def test_the_configuration_file_of_the_editor_is_used(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    (tmp_path / "amp-lint.toml").write_text('ignore = ["unknown-key"]', encoding="utf-8")
    named = tmp_path / "lint" / "strict.toml"
    named.parent.mkdir()
    named.write_text('destinations = ["elsewhere"]', encoding="utf-8")
    client.set_configuration({"configFile": "lint/strict.toml"}, section="ampLint")
    await start(client, "emacs", tmp_path)
    await found(client, file, "unknown-key", "destination-exists")
    named.write_text('ignore = ["unknown-key"]\ndestinations = ["elsewhere"]', encoding="utf-8")
    report(client, named, what=CHANGED)
    await found(client, file, "destination-exists")
    client.set_configuration({"configFile": "lint/none.toml"}, section="ampLint")
    push(client, None)
    await told(client, "none.toml:1: cannot be read")
    await found(client, file, "unknown-key")


async def test_a_relative_file_counts_for_no_manifest_outside_of_the_folders(
    client: LanguageClient, tmp_path: Path
) -> None:
    write(tmp_path, a=UNKNOWN)
    client.set_configuration({"configFile": "lint/none.toml"}, section="ampLint")
    await start(client, "emacs", tmp_path)
    await told(client, "none.toml:1: cannot be read")
    assert len(client.messages) == 1


async def test_the_settings_are_laid_on_the_configuration_file(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    config = tmp_path / "amp-lint.toml"
    config.write_text(
        'destinations = ["of-file"]\n[severity]\nunknown-key = "off"\nkey-case = "off"\n',
        encoding="utf-8",
    )
    said = {"severity": {"unknown-key": "error"}, "destinations": ["crm-hook"]}
    client.set_configuration(said, section="ampLint")
    await start(client, "emacs", tmp_path)
    await found(client, file, "unknown-key")
    assert client.diagnostics[file.as_uri()][0].severity is types.DiagnosticSeverity.Error


async def test_a_broken_configuration_is_told_and_the_last_good_one_counts(
    client: LanguageClient, tmp_path: Path
) -> None:
    opened, closed = write(tmp_path, a=UNKNOWN, b=UNKNOWN)
    config = tmp_path / "amp-lint.toml"
    config.write_text('destinations = ["elsewhere"]\n', encoding="utf-8")
    await start(client, "emacs", tmp_path)
    open_file(client, opened, UNKNOWN)
    both = ("unknown-key", "destination-exists")
    await found(client, opened, *both)
    await found(client, closed, *both)
    config.write_text('# new\ndestinations = "elsewhere"\n', encoding="utf-8")
    report(client, config, what=CHANGED)
    await told(client, "amp-lint.toml:2:", "`destinations` must be a list of names")
    uri = config.as_uri()
    await until(
        client, types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, lambda: bool(client.diagnostics.get(uri))
    )
    (problem,) = client.diagnostics[uri]
    assert problem.range == types.Range(types.Position(1, 0), types.Position(1, 26))
    report(client, config, what=CHANGED)
    await found(client, opened, *both)
    change_text(client, opened, MANIFEST, 2)
    await found(client, opened, "destination-exists")
    assert len(client.messages) == 1
    config.write_text("", encoding="utf-8")
    report(client, config, what=CHANGED)
    await found(client, opened)
    await found(client, closed, "unknown-key")
    assert not client.diagnostics[uri]


async def test_a_configuration_that_is_broken_from_the_start(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=UNKNOWN)
    (tmp_path / ".amp-lint.toml").write_text("select = [", encoding="utf-8")
    await start(client, "neovim", tmp_path)
    open_file(client, file, UNKNOWN)
    await told(client, ".amp-lint.toml:1:", "TOML")


@every_editor
async def test_changes_are_asked_for_where_that_is_possible(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    asked: dict[str, Any] = {}

    @instead(client, types.CLIENT_REGISTER_CAPABILITY)
    def _register(params: types.RegistrationParams) -> None:
        asked.update({one.method: one.register_options for one in params.registrations})

    (file,) = write(tmp_path, a=UNKNOWN)
    await start(client, editor, tmp_path)
    await found(client, file, "unknown-key")
    await client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
    workspace = client_capabilities(editor).workspace
    assert workspace is not None
    methods = {
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: workspace.did_change_watched_files,
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: workspace.did_change_configuration,
    }
    able = {name for name, one in methods.items() if one and one.dynamic_registration}
    assert set(asked) == able


async def test_a_longer_rest_may_be_asked_for(client: LanguageClient, tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=MANIFEST)
    client.set_configuration({"debounceMs": 60_000}, section="ampLint")
    await start(client, "emacs", tmp_path)
    open_file(client, file, UNKNOWN)
    await found(client, file, "unknown-key")
    change_text(client, file, MANIFEST, 2)
    client.set_configuration({"debounceMs": 0}, section="ampLint")
    assert client.diagnostics[file.as_uri()]
    push(client, None)
    await found(client, file)


async def test_changes_count_in_the_order_in_which_they_come(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=MANIFEST)
    await start(client, "emacs", tmp_path)
    open_file(client, file, MANIFEST, 5)
    change_text(client, file, UNKNOWN, 4)
    await found(client, file, "unknown-key")
