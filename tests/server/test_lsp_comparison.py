"""Comparing open manifests with an old version, over stdio."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from amp_language_server.features.execute_command import PREFIX

from .conftest import every_editor
from .editor import change_text, found, open_file, start, told

OLD = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    displayName: "🎸"
    provider: hubspot
    read:
      objects:
        - {mapToDisplayName: "🎸", objectName: contacts, destination: crmWebhook,
           schedule: "0 * * * *", requiredFields: [{fieldName: email}]}
  - {name: other, provider: hubspot, proxy: {enabled: true}}
"""
NEW = OLD.replace("destination: crmWebhook", "mapToName: people, destination: crmWebhook")
CHANGE = "object-mapping-changed"
pytestmark = pytest.mark.asyncio


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A manifest in a repository whose last commit has it otherwise."""
    file = tmp_path / "amp.yaml"
    file.write_text(OLD, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "old")
    file.write_text(NEW, encoding="utf-8")
    return file


async def run(client: LanguageClient, name: str, **arguments: object) -> Any:
    return await client.workspace_execute_command_async(
        types.ExecuteCommandParams(PREFIX + name, [arguments])
    )


async def lenses(client: LanguageClient, file: Path) -> dict[int, str]:
    document = types.TextDocumentIdentifier(file.as_uri())
    answer = await client.text_document_code_lens_async(types.CodeLensParams(document))
    shown = {one.range.start.line: one.command.title for one in answer or [] if one.command}
    return {line: words for line, words in shown.items() if "change" in words}


@every_editor
async def test_changes_are_shown_until_the_comparison_ends(
    client: LanguageClient, editor: str, file: Path
) -> None:
    asked: list[None] = []
    client.feature(types.WORKSPACE_CODE_LENS_REFRESH)(lambda _: asked.append(None))
    await start(client, editor, file.parent)
    open_file(client, file, NEW)
    await found(client, file)

    assert await run(client, "compare", against="HEAD") == {"against": "HEAD"}
    await found(client, file, CHANGE)
    assert await lenses(client, file) == {2: "1 change since HEAD"}
    change_text(client, file, OLD, 2)
    await found(client, file)
    change_text(client, file, NEW.replace("email", "phone"), 3)
    await found(client, file, CHANGE, "required-field-added", "field-removed")

    assert await run(client, "compare") == {"against": ""}
    await found(client, file)
    assert await lenses(client, file) == {}
    assert len(asked) == (2 if editor == "visual_studio_code" else 0)


async def test_a_text_that_does_not_parse_has_no_changes(
    client: LanguageClient, file: Path
) -> None:
    await start(client, "neovim", file.parent)
    open_file(client, file, NEW)
    await run(client, "compare", against="HEAD")
    await found(client, file, CHANGE)

    change_text(client, file, NEW + '  - {name: "open\n', 2)

    await found(client, file, "yaml-syntax")


async def test_what_cannot_be_compared_is_told_once(client: LanguageClient, file: Path) -> None:
    await start(client, "neovim", file.parent)
    open_file(client, file, NEW)

    await run(client, "compare", against="no-such-revision")
    await told(client, "cannot compare with no-such-revision: ")
    change_text(client, file, OLD, 2)
    await found(client, file)

    assert len([one for one in client.messages if "cannot compare" in one.message]) == 1
    with pytest.raises(JsonRpcException, match="cannot compare with no-such-revision"):
        await run(client, "showGraph", uri=file.as_uri())


async def test_the_deployed_revision_is_compared_by_a_setting(
    client: LanguageClient, tmp_path: Path
) -> None:
    content = {
        "name": "crm-sync",
        "provider": "hubspot",
        "read": {
            "objects": [
                {
                    "objectName": "contacts",
                    "destination": "crmWebhook",
                    "schedule": "0 * * * *",
                    "requiredFields": [{"fieldName": "email"}],
                }
            ]
        },
    }
    snapshot = {
        "version": 1,
        "asOf": "2026-11-29",
        "project": {"id": "p1", "name": "acme"},
        "integrations": [
            {"name": "crm-sync", "revision": {"content": content}},
            {"name": "elsewhere", "revision": {"content": {**content, "name": "elsewhere"}}},
        ],
        "failed": {},
    }
    (tmp_path / "project.json").write_text(json.dumps(snapshot), encoding="utf-8")
    (tmp_path / ".amp-lint.toml").write_text('snapshot = "project.json"\n', encoding="utf-8")
    file = tmp_path / "amp.yaml"
    other = tmp_path / "other.amp.yaml"
    text = "".join(NEW.splitlines(keepends=True)[:-1]).replace('    displayName: "🎸"\n', "")
    await start(client, "neovim", tmp_path, options={"ampLint": {"changes": "deployed"}})

    open_file(client, other, text.replace("crm-sync", "elsewhere"))
    open_file(client, file, text)

    await found(client, file, CHANGE)
    assert list((await lenses(client, file)).values()) == ["1 change since deployed"]


async def test_the_picture_shows_what_came(client: LanguageClient, file: Path) -> None:
    await start(client, "neovim", file.parent)
    open_file(client, file, NEW)
    await found(client, file)
    plain = (await run(client, "showGraph", uri=file.as_uri()))["svg"]
    await run(client, "compare", against=os.fspath(file))

    compared = (await run(client, "showGraph", uri=file.as_uri()))["svg"]

    assert plain.startswith("<svg ")
    assert "contacts" in plain
    assert compared == plain
    change_text(client, file, NEW.replace("contacts", "deals"), 2)
    assert "deals" in (await run(client, "showGraph", uri=file.as_uri()))["svg"]
    assert "contacts" in (await run(client, "showGraph", uri=file.as_uri()))["svg"]
    change_text(client, file, "integrations: [", 3)
    assert (await run(client, "showGraph", uri=file.as_uri()))["svg"] is None
