"""What is left out in an editor: excluded files and later documents; and where that is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .editor import MANIFEST, change_text, found, instead, open_file, report, start, write

UNKNOWN = MANIFEST.replace("specVersion: 1.0.0", "specVersion: 1.0") + "colour: blue\n"
FINDINGS = ("spec-version", "unknown-key")
LATER = f"{MANIFEST}---\nspecVersion: 1.0.0 # 🎸\nintegrations:\n  - name: é\n    provder: x\n\n"
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(99, 0))
CHANGED = types.FileChangeType.Changed
pytestmark = pytest.mark.asyncio


async def actions(
    client: LanguageClient, file: Path, at: types.Range = EVERYWHERE, *only: str
) -> list[str]:
    """The titles of the actions that are offered in a range."""
    context = types.CodeActionContext([], only=only or None)
    document = types.TextDocumentIdentifier(file.as_uri())
    params = types.CodeActionParams(document, at, context)
    return [one.title for one in await client.text_document_code_action_async(params) or ()]


@pytest.mark.parametrize("patterns", ['["vendor/"]', '["**/vendor/*.yaml"]', '["vendor/amp.yaml"]'])
async def test_an_excluded_file_has_no_findings_and_no_fixes(
    client: LanguageClient, patterns: str, tmp_path: Path
) -> None:
    kept, excluded = write(tmp_path, kept=UNKNOWN, vendor=UNKNOWN)
    (tmp_path / "amp-lint.toml").write_text(f"exclude = {patterns}\n", encoding="utf-8")
    await start(client, "emacs", tmp_path)
    open_file(client, excluded, UNKNOWN)
    open_file(client, kept, UNKNOWN)
    await found(client, kept, *FINDINGS)
    await found(client, excluded)
    change_text(client, excluded, f"{UNKNOWN}size: 1\n", 2)
    change_text(client, kept, f"{UNKNOWN}size: 1\n", 2)
    await found(client, kept, *FINDINGS, "unknown-key")
    await found(client, excluded)
    for only in ((), ("quickfix",), ("refactor",), ("source.fixAll",), ("source.fixAll.amp-lint",)):
        assert await actions(client, excluded, EVERYWHERE, *only) == []
    line = types.Range(types.Position(0, 0), types.Position(0, 18))
    assert await actions(client, excluded, line) == []
    assert await actions(client, kept, line) != []
    assert await actions(client, kept, EVERYWHERE, "source.fixAll") == ["Apply all safe fixes"]
    options = types.FormattingOptions(2, insert_spaces=True)
    document = types.TextDocumentIdentifier(excluded.as_uri())
    format_params = types.DocumentFormattingParams(document, options)
    assert not await client.text_document_formatting_async(format_params)


@every_editor
async def test_what_is_excluded_while_it_is_open_is_cleared(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, vendor=UNKNOWN)
    config = tmp_path / "amp-lint.toml"
    await start(client, editor, tmp_path)
    open_file(client, file, UNKNOWN)
    await found(client, file, *FINDINGS)
    config.write_text('exclude = ["vendor/"]\n', encoding="utf-8")
    report(client, config, what=types.FileChangeType.Created)
    await found(client, file)
    assert await actions(client, file) == []
    config.unlink()
    report(client, config, what=types.FileChangeType.Deleted)
    await found(client, file, *FINDINGS)


async def test_an_excluded_file_has_no_findings_for_a_client_that_asks(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, vendor=UNKNOWN)
    (tmp_path / "amp-lint.toml").write_text('exclude = ["vendor/"]\n', encoding="utf-8")
    await start(client, "visual_studio_code", tmp_path, pulls=True)
    open_file(client, file, UNKNOWN)
    document = types.TextDocumentIdentifier(file.as_uri())
    answer = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
    assert isinstance(answer, types.RelatedFullDocumentDiagnosticReport)
    assert not answer.items


@pytest.mark.parametrize(
    "name", ["team-settings", "lint.conf", "shared/rules.ini", "../team/lint", "amp.json"]
)
async def test_a_file_of_any_name_that_is_extended_is_watched(
    client: LanguageClient, name: str, tmp_path: Path
) -> None:
    watched: set[str] = set()

    @instead(client, types.CLIENT_REGISTER_CAPABILITY)
    def _register(params: types.RegistrationParams) -> None:
        for one in params.registrations:
            if one.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES:
                options: Any = one.register_options
                watched.update(watcher["globPattern"] for watcher in options["watchers"])

    folder = tmp_path / "project"
    (file,) = write(folder, a=UNKNOWN)
    base = folder / name
    base.parent.mkdir(exist_ok=True)
    base.write_text('ignore = ["unknown-key"]\n', encoding="utf-8")
    (folder / "amp-lint.toml").write_text(f'extend = "{name}"\n', encoding="utf-8")
    await start(client, "visual_studio_code", folder)
    open_file(client, file, UNKNOWN)
    await found(client, file, "spec-version")
    # The registration is sent in front of this answer.
    await client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
    assert f"**/{base.name}" in watched
    base.write_text('ignore = ["spec-version"]\n', encoding="utf-8")
    report(client, base, what=CHANGED)
    await found(client, file, "unknown-key")
    # A file that the base begins to extend counts, and is watched as well.
    (base.parent / "next.settings").write_text('ignore = ["unknown-key"]\n', encoding="utf-8")
    base.write_text('extend = "next.settings"\n', encoding="utf-8")
    report(client, base, what=CHANGED)
    await found(client, file, "spec-version")
    await client.workspace_symbol_async(types.WorkspaceSymbolParams(""))
    assert "**/next.settings" in watched


def dimmed(found: list[types.Diagnostic]) -> list[types.Diagnostic]:
    return [one for one in found if types.DiagnosticTag.Unnecessary in (one.tags or ())]


@every_editor
@pytest.mark.parametrize("dims", [True, False])
async def test_later_documents_are_dimmed_where_the_client_can(
    client: LanguageClient, editor: str, dims: bool, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=LATER)
    able = client_capabilities(editor)
    assert able.text_document is not None
    able.text_document.diagnostic = None
    tags = types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary])
    able.text_document.publish_diagnostics = types.PublishDiagnosticsClientCapabilities(
        tag_support=tags if dims else None
    )
    await start(client, editor, tmp_path, capabilities=able)
    open_file(client, file, LATER)
    rule = "yaml-extra-document"
    await found(client, file, *([rule, rule] if dims else [rule]))
    shown = list(client.diagnostics[file.as_uri()])
    positions = Positions(Source(LATER), EDITORS[editor])
    spans = [positions.span(one.range) for one in dimmed(shown)]
    texts = [LATER[one.start : one.end] for one in spans]
    assert texts == ([LATER[LATER.index("---") :].rstrip()] if dims else [])
    change_text(client, file, MANIFEST, 2)
    await found(client, file)


@every_editor
async def test_nothing_is_offered_in_a_later_document(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=LATER)
    await start(client, editor, tmp_path)
    open_file(client, file, LATER)
    document = types.TextDocumentIdentifier(file.as_uri())
    first = LATER[: LATER.index("---")].count("\n")
    for number, line in list(enumerate(LATER.splitlines()))[first + 1 :]:
        for column in range(len(line) + 1):
            place = types.Position(number, column)
            answer = await client.text_document_completion_async(
                types.CompletionParams(document, place)
            )
            items = answer.items if isinstance(answer, types.CompletionList) else answer
            assert not items, (number, column)
