"""Commands that an extension runs, over stdio."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.features.execute_command import COMMANDS, PREFIX
from amp_language_server.lsp.positions import Positions
from amp_lint import lint_text
from amp_lint.linter.fixer import compatible
from amp_lint.linter.registry import rules
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source
from amp_schema.catalog import catalog

from .conftest import EDITORS, every_editor
from .wire import URI

WRONG = """\
specVersion: 1.0.0
integrations:
  - displayName: "🎸 é"
    name: crm # 🎸
    provider: hubspot
    read: {objects: [{objectName: "é", destination: hook, enabled: Always, scheduel: 0 * * * *}]}
    write: {objects: [{objectName: "é", inheritMapping: "yes"}]}
    proxy: {enabled: "true"}
"""
BROKEN = WRONG + '  - name: "open\n    provider: hubspot\n'
BAD_ARGUMENTS: list[tuple[str, list[object], str]] = [
    ("generateManifest", [], "`provider` is missing"),
    ("generateManifest", [None], "a command takes one object"),
    ("generateManifest", [["hubspot"]], "a command takes one object"),
    ("generateManifest", [{}, {}], "a command takes one object"),
    ("generateManifest", [{"provider": 5}], "`provider` must be a string"),
    ("generateManifest", [{"provider": "hubspto"}], "did you mean `hubspot`?"),
    ("generateManifest", [{"provider": "gong", "module": "x"}], "`gong` has no modules"),
    ("generateManifest", [{"provider": "gong", "object": "x"}], "did you mean `objects`?"),
    ("generateManifest", [{"provider": "gong", "objects": "x"}], "must be a list of strings"),
    ("generateManifest", [{"provider": "gong", "objects": [1]}], "must be a list of strings"),
    ("generateManifest", [{"provider": "gong", "objects": []}], "an object must be named"),
    ("generateManifest", [{"provider": "gong", "objects": ["\ud800"]}], "is not a valid name of"),
    ("generateManifest", [{"provider": "gong", "actions": ["raed"]}], "did you mean `read`?"),
    (
        "generateManifest",
        [{"provider": "gong", "destination": "a b"}],
        "is not a valid name of a dest",
    ),
    ("generateManifest", [{"provider": "airtable", "destination": "a"}], "nothing is read"),
    ("generateManifest", [{"provider": "airtable", "objects": ["a"]}], "only the proxy of"),
    ("generateManifest", [{"provider": "gong", "name": ""}], "must have 1 to 64"),
    ("generateManifest", [{"provider": "gong", "uri": "untitled:x"}], "is not the URI of a file"),
    ("fixAll", [], "`uri` is missing"),
    ("fixAll", [{"uri": "file:///nowhere/b/amp.yaml"}], "is not an open manifest"),
    ("restart", [{"hard": True}], "unknown argument `hard`"),
    ("objects", [{"provider": "gong", "action": "raed"}], "did you mean `read`?"),
    ("objects", [{}], "`provider` is missing"),
    ("explainRule", [{"id": "unknown-kye"}], "did you mean `unknown-key`?"),
]
pytestmark = pytest.mark.asyncio


async def start(
    client: LanguageClient, editor: str = "emacs", *, applies: bool = True, modern: bool = True
) -> None:
    capabilities = client_capabilities(editor)
    assert capabilities.workspace is not None
    capabilities.workspace.apply_edit = applies
    capabilities.workspace.workspace_edit = types.WorkspaceEditClientCapabilities(
        document_changes=modern,
        resource_operations=[types.ResourceOperationKind.Create] if modern else None,
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))


def opened(client: LanguageClient, text: str, uri: str = URI, version: int = 7) -> None:
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", version, text))
    )


async def execute(client: LanguageClient, name: str, *arguments: object) -> Any:
    return await client.workspace_execute_command_async(
        types.ExecuteCommandParams(PREFIX + name, list(arguments))
    )


def applied(client: LanguageClient, *, accepts: bool = True) -> list[types.WorkspaceEdit]:
    """The edits that the client was asked to make."""
    edits: list[types.WorkspaceEdit] = []

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def _apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        edits.append(params.edit)
        return types.ApplyWorkspaceEditResult(accepts)

    return edits


async def test_the_server_announces_its_commands(client: LanguageClient) -> None:
    result = await client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities("emacs"))
    )
    assert result.capabilities.execute_command_provider is not None
    announced = result.capabilities.execute_command_provider.commands
    assert sorted(announced) == sorted(PREFIX + name for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ({"provider": "hubspot"}, []),
        ({"provider": "zoho", "module": "desk", "name": "desk"}, ["--module=desk", "--name=desk"]),
        ({"provider": "airtable"}, []),
        ({"provider": "adyen"}, []),
        (
            {
                "provider": "salesforce",
                "actions": ["read", "write", "subscribe"],
                "objects": ["account", "yes"],
                "destination": "hook",
            },
            ["--write", "--subscribe", "--object=account", "--object=yes", "--destination=hook"],
        ),
    ],
)
async def test_a_manifest_is_generated_as_on_the_command_line(
    client: LanguageClient, arguments: dict[str, object], options: list[str]
) -> None:
    await start(client)
    result = await execute(client, "generateManifest", arguments)
    command = ["init", "--provider", str(arguments["provider"]), *options, "--output=-"]
    run = subprocess.run(
        [sys.executable, "-m", "amp_lint", *command], capture_output=True, check=True
    )
    assert result == {"text": run.stdout.decode().replace("\r\n", "\n"), "created": False}


async def test_the_client_creates_the_manifest(client: LanguageClient, tmp_path: Path) -> None:
    edits = applied(client)
    await start(client)
    uri = (tmp_path / "amp.yaml").as_uri()
    result = await execute(client, "generateManifest", {"provider": "gong", "uri": uri})
    assert result["created"] is True
    ((create, fill),) = [edit.document_changes or () for edit in edits]
    assert create == types.CreateFile(uri)
    assert isinstance(fill, types.TextDocumentEdit)
    assert (fill.text_document.uri, fill.text_document.version) == (uri, None)
    (edit,) = fill.edits
    assert isinstance(edit, types.TextEdit)
    assert edit.new_text == result["text"]
    assert lint_text(edit.new_text).findings == ()


@pytest.mark.parametrize("modern", [True, False])
async def test_a_client_that_cannot_create_files_gets_the_text(
    client: LanguageClient, tmp_path: Path, modern: bool
) -> None:
    edits = applied(client)
    await start(client, applies=not modern, modern=modern)
    uri = (tmp_path / "amp.yaml").as_uri()
    result = await execute(client, "generateManifest", {"provider": "gong", "uri": uri})
    assert result["created"] is False
    assert "provider: gong" in result["text"]
    assert edits == []


async def test_a_refusal_of_the_client_is_told(client: LanguageClient, tmp_path: Path) -> None:
    edits = applied(client, accepts=False)
    await start(client)
    uri = (tmp_path / "amp.yaml").as_uri()
    result = await execute(client, "generateManifest", {"provider": "gong", "uri": uri})
    assert result["created"] is False
    assert len(edits) == 1


@pytest.mark.parametrize("kind", ["file", "link", "open"])
async def test_what_is_there_is_never_overwritten(
    client: LanguageClient, tmp_path: Path, kind: str
) -> None:
    edits = applied(client)
    await start(client)
    path = tmp_path / "amp.yaml"
    if kind == "file":
        path.write_text("mine", encoding="utf-8")
    elif kind == "link":
        path.symlink_to("nowhere")
    else:
        opened(client, "mine", path.as_uri())
    with pytest.raises(JsonRpcInvalidParams, match="exists already"):
        await execute(client, "generateManifest", {"provider": "gong", "uri": path.as_uri()})
    assert edits == []


@every_editor
@pytest.mark.parametrize("text", [WRONG, BROKEN, "\ufeff" + WRONG], ids=["whole", "broken", "bom"])
async def test_all_safe_fixes_are_made(client: LanguageClient, editor: str, text: str) -> None:
    edits = applied(client)
    await start(client, editor)
    opened(client, text)
    found = lint_text(text).findings
    wanted = list(compatible(found, unsafe=False))
    assert len(wanted) > 1
    result = await execute(client, "fixAll", {"uri": URI})
    assert result == {"fixed": len(wanted), "applied": True}
    ((change,),) = [edit.document_changes or () for edit in edits]
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(URI, 7)
    positions = Positions(Source.from_text(text), EDITORS[editor])
    made = apply(
        positions.source.text,
        [Edit(positions.span(one.range), one.new_text) for one in change.edits],
    )
    assert "invalid-type" in [finding.rule for finding in found]
    assert "invalid-type" not in [finding.rule for finding in lint_text(made).findings]


async def test_an_old_client_gets_changes_without_a_version(client: LanguageClient) -> None:
    edits = applied(client)
    await start(client, modern=False)
    opened(client, WRONG)
    assert (await execute(client, "fixAll", {"uri": URI}))["applied"] is True
    assert [list(edit.changes or ()) for edit in edits] == [[URI]]


async def test_where_nothing_can_be_fixed_nothing_is_asked_for(client: LanguageClient) -> None:
    edits = applied(client)
    await start(client)
    opened(client, "specVersion: 1.0.0\n")
    assert await execute(client, "fixAll", {"uri": URI}) == {"fixed": 0, "applied": False}
    assert edits == []


async def test_a_restart_reads_the_configuration_anew(
    client: LanguageClient, tmp_path: Path
) -> None:
    capabilities = client_capabilities("emacs")
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = None
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    uri = (tmp_path / "amp.yaml").as_uri()
    opened(client, "specVersion: 1.0.0\nx: 1\nintegrations: []\n", uri)
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert "unknown-key" in [one.code for one in client.diagnostics[uri]]
    (tmp_path / "amp-lint.toml").write_text('ignore = ["unknown-key"]\n', encoding="utf-8")
    assert await execute(client, "restart") is None
    while "unknown-key" in [one.code for one in client.diagnostics[uri]]:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


async def test_providers_and_their_objects_are_listed(client: LanguageClient) -> None:
    await start(client)
    found = {one["name"]: one for one in await execute(client, "providers")}
    assert list(found) == list(catalog().providers)
    assert found["hubspot"]["displayName"] == "HubSpot"
    assert found["hubspot"]["actions"] == ["read", "write", "subscribe", "proxy"]
    assert found["google"]["defaultModule"] == "calendar"
    assert "calendar" in [module["name"] for module in found["google"]["modules"]]
    objects = await execute(client, "objects", {"provider": "intercom"})
    (companies,) = [one for one in objects if one["name"] == "companies"]
    assert companies["fields"] > 0
    writable = await execute(client, "objects", {"provider": "asana", "action": "write"})
    assert writable != await execute(client, "objects", {"provider": "asana"})


async def test_every_rule_is_explained(client: LanguageClient) -> None:
    await start(client)
    for rule in rules().values():
        found = await execute(client, "explainRule", {"id": rule.id})
        assert found["url"] == rule.url
        assert found["markdown"].startswith(f"# {rule.id}\n")
        assert ".md)" not in found["markdown"]


async def test_bad_arguments_are_answered_in_words(client: LanguageClient) -> None:
    edits = applied(client)
    await start(client)
    for name, arguments, said in BAD_ARGUMENTS:
        with pytest.raises(JsonRpcInvalidParams) as error:
            await execute(client, name, *arguments)
        assert said in error.value.message, (name, arguments)
    assert edits == []
    assert await execute(client, "providers")


async def test_a_command_that_nobody_knows_is_an_error(client: LanguageClient) -> None:
    await start(client)
    with pytest.raises(JsonRpcInvalidParams):
        await execute(client, "makeCoffee")
