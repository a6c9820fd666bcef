"""The snapshot of a project in an editor, over stdio: completion, hover, lenses, diagnostics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from .conftest import every_editor
from .editor import at, found, open_file, report, start, told

TEXT = """\
specVersion: 1.0.0
integrations:
  - name: "🎸"
    provider: hubspot
    proxy: {enabled: true}
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crmWebhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
            - fieldName: stage
            - fieldName:
"""
FIELDS = {
    "email": {"displayName": "E-mail", "type": "string", "accounts": 1},
    "stage": {
        "displayName": "Stage",
        "type": "singleSelect",
        "readOnly": True,
        "custom": True,
        "values": ["lead", "customer"],
    },
    "own__c": {"displayName": "Own", "custom": True},
}
SNAPSHOT: dict[str, Any] = {
    "version": 1,
    "asOf": "2026-11-29",
    "project": {"id": "p1", "name": "Acme-dev"},
    "destinations": [
        {"name": "alerts", "type": "kinesis"},
        {"name": "crmWebhook", "type": "webhook"},
    ],
    "providerApps": ["hubspot"],
    "integrations": [
        {
            "name": "crm-sync",
            "provider": "hubspot",
            "installations": 12,
            "revision": {"createTime": "2026-01-05T09:00:00Z"},
        },
        {"name": "other-one", "installations": 0},
    ],
    "metadata": {
        "hubspot": {
            "contacts": {"accounts": 1, "missing": 0, "fields": FIELDS},
            "own_objects": {"accounts": 1, "missing": 0, "displayName": "Own", "fields": {}},
        }
    },
    "failed": {},
}
pytestmark = pytest.mark.asyncio


def workspace(folder: Path, snapshot: Any = SNAPSHOT) -> tuple[Path, Path]:
    """A manifest and its snapshot, both in a folder with a configuration."""
    (folder / ".amp-lint.toml").write_text('snapshot = ".amp-lint/project.json"\n')
    (folder / ".amp-lint").mkdir()
    file = folder / ".amp-lint" / "project.json"
    file.write_text(json.dumps(snapshot))
    return folder / "amp.yaml", file


async def offered(
    client: LanguageClient, file: Path, text: str, mark: str, editor: str
) -> dict[str, str]:
    """The completions behind a mark, with their details, in the order shown."""
    position = at(text, mark, editor)
    position = types.Position(position.line, position.character + len(mark) - 1)
    document = types.TextDocumentIdentifier(file.as_uri())
    answer = await client.text_document_completion_async(types.CompletionParams(document, position))
    items = answer if isinstance(answer, list) else answer.items if answer else []
    ordered = sorted(items, key=lambda one: one.sort_text or "")
    return {one.label: one.detail or "" for one in ordered}


@every_editor
async def test_completion_knows_the_project(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    file, _ = workspace(tmp_path)
    await start(client, editor, tmp_path)
    open_file(client, file, TEXT)

    destinations = await offered(client, file, TEXT, "destination: crm", editor)
    assert destinations["alerts"] == "kinesis in `Acme-dev` as of 2026-11-29"
    names = await offered(client, file, TEXT, '- name: "', editor)
    assert names == {
        "other-one": "in `Acme-dev` as of 2026-11-29, no installations",
    }
    objects = await offered(client, file, TEXT, "objectName: con", editor)
    assert list(objects)[:2] == ["contacts", "own_objects"]
    assert objects["own_objects"] == "Own"
    fields = await offered(client, file, TEXT, "- fieldName:", editor)
    assert "own__c" in fields


@every_editor
async def test_hovers_know_the_project(client: LanguageClient, editor: str, tmp_path: Path) -> None:
    file, _ = workspace(tmp_path)
    await start(client, editor, tmp_path)
    open_file(client, file, TEXT)

    async def said(mark: str) -> str:
        document = types.TextDocumentIdentifier(file.as_uri())
        answer = await client.text_document_hover_async(
            types.HoverParams(document, at(TEXT, mark, editor))
        )
        assert answer is not None
        assert isinstance(answer.contents, types.MarkupContent)
        return answer.contents.value

    assert "In `Acme-dev` as of 2026-11-29: `webhook`." in await said("crmWebhook")
    assert "deployed 2026-01-05, 12 installations." in await said("crm-sync")
    assert "a deploy makes a new integration" in await said("🎸")
    stage = await said("stage")
    assert "as of 2026-11-29: `Stage`, `singleSelect`, `custom`, `read-only`." in stage
    assert "Allowed values: `lead`, `customer`" in stage


async def test_a_lens_tells_the_installations(client: LanguageClient, tmp_path: Path) -> None:
    file, _ = workspace(tmp_path)
    await start(client, "neovim", tmp_path)
    open_file(client, file, TEXT)

    lenses = await client.text_document_code_lens_async(
        types.CodeLensParams(types.TextDocumentIdentifier(file.as_uri()))
    )

    assert next(one.command.title for one in lenses or () if one.command) == "12 installations"
    assert (lenses or ())[0].range.start.line == 5


async def test_the_snapshot_is_watched(client: LanguageClient, tmp_path: Path) -> None:
    file, snapshot = workspace(tmp_path)
    text = TEXT.replace("crmWebhook", "crmWebhok").replace("            - fieldName:\n", "")
    file.write_text(text)
    await start(client, "emacs", tmp_path)
    open_file(client, file, text)
    await found(client, file, "destination-exists")
    assert "project `Acme-dev` has no destination" in str(
        client.diagnostics[file.as_uri()][0].message
    )
    more = [*SNAPSHOT["destinations"], {"name": "crmWebhok", "type": "webhook"}]
    snapshot.write_text(json.dumps({**SNAPSHOT, "destinations": more}))
    report(client, snapshot, what=types.FileChangeType.Changed)
    await found(client, file)
    # What cannot be read costs nothing of what was known.
    snapshot.write_text("{")
    report(client, snapshot, what=types.FileChangeType.Changed)
    await told(client, "`snapshot`", "is not valid JSON")
    snapshot.write_text(json.dumps(SNAPSHOT))
    report(client, snapshot, what=types.FileChangeType.Changed)
    await found(client, file, "destination-exists")


async def test_a_snapshot_that_is_missing_is_said(client: LanguageClient, tmp_path: Path) -> None:
    file, snapshot = workspace(tmp_path)
    snapshot.unlink()
    await start(client, "emacs", tmp_path)
    open_file(client, file, TEXT)

    await told(client, ".amp-lint.toml:1", "write it with `amp-lint pull`")
