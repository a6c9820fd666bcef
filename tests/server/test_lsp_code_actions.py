"""Fixes and refactorings that an editor is offered over stdio."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.lsp.positions import Positions
from amp_lint import lint_text
from amp_lint.linter.fixer import fix_source
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source, Span

from .conftest import EDITORS, every_editor
from .wire import URI

TEXT = """\
specVersion: 1.0
integrations:
  - displayName: "🎸 é" # the guitar moves what follows
    name: crm-sync
    provider: hubspto
    proxy: {displayName: "🎸", enabld: true, enabled: true}
"""
SYNC = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - {objectName: contacts, destination: crm, requiredFields: [{fieldName: "🎸"}]}
    subscribe:
      objects:
        - objectName: deals # 🎸
          destination: hook
          otherEvents: [deal.merge]
"""
READS_DEALS = """\
        - objectName: deals
          destination: hook
          optionalFieldsAuto: all
"""
SUBSCRIBES_TO_CONTACTS = """\
        - objectName: contacts
          destination: crm
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
          updateEvent:
            enabled: always
            watchFieldsAuto: all
          deleteEvent:
            enabled: always
"""
EVERYWHERE = types.Range(types.Position(0, 0), types.Position(99, 0))
pytestmark = pytest.mark.asyncio


async def start(client: LanguageClient, editor: str, *, literals: bool = True) -> None:
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = None
    if not literals:
        capabilities.text_document.code_action = None
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))


async def opened(client: LanguageClient, text: str) -> list[types.Diagnostic]:
    """Open a document; its diagnostics."""
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "yaml", 1, text))
    )
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics.get(URI, ()))


async def answers(
    client: LanguageClient,
    found: list[types.Diagnostic],
    only: list[str] | None = None,
    at: types.Range = EVERYWHERE,
) -> list[types.CodeAction | types.Command]:
    result = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(URI), at, types.CodeActionContext(found, only=only)
        )
    )
    return list(result or ())


async def actions(
    client: LanguageClient,
    found: list[types.Diagnostic],
    only: list[str] | None = None,
    at: types.Range = EVERYWHERE,
) -> list[types.CodeAction]:
    result = await answers(client, found, only, at)
    return [one for one in result if isinstance(one, types.CodeAction)]


def edits_of(edit: types.WorkspaceEdit | None) -> list[types.TextEdit]:
    """The edits of the document: of version 1 where they are for one."""
    assert edit is not None
    if edit.changes is not None:
        return list(edit.changes[URI])
    assert edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(URI, 1)
    return [one for one in change.edits if isinstance(one, types.TextEdit)]


def applied(text: str, action: types.CodeAction, encoding: types.PositionEncodingKind) -> str:
    positions = Positions(Source(text), encoding)
    edits = [Edit(positions.span(one.range), one.new_text) for one in edits_of(action.edit)]
    return apply(text, edits)


@every_editor
async def test_every_fix_is_a_quick_fix(client: LanguageClient, editor: str) -> None:
    await start(client, editor)
    found = await opened(client, TEXT)
    encoding = EDITORS[editor]
    for finding, diagnostic in zip(lint_text(TEXT).findings, found, strict=True):
        touching = await actions(client, [diagnostic], ["quickfix"], diagnostic.range)
        offered = [one for one in touching if diagnostic in (one.diagnostics or ())]
        assert [one.title for one in offered] == [
            *(fix.title for fix in finding.fixes),
            f"Ignore {finding.rule} for this line",
        ]
        for fix, action in zip(finding.fixes, offered, strict=False):
            assert applied(TEXT, action, encoding) == apply(TEXT, fix.edits)
            assert list(action.diagnostics or ()) == [diagnostic]
        assert offered[0].is_preferred == (True if finding.fixes else None)
        silent = lint_text(applied(TEXT, offered[-1], encoding)).findings
        assert finding.message not in {one.message for one in silent}


async def test_edits_are_for_a_version_where_the_client_can_tell(client: LanguageClient) -> None:
    await start(client, "visual_studio_code")
    found = await opened(client, TEXT)
    assert {one.edit.changes for one in await actions(client, found) if one.edit} == {None}


@pytest.mark.parametrize(
    "data",
    [
        None,
        {"version": 1, "fixes": [{"title": "Do harm", "edits": [{"range": None}]}]},
        ["version", 1],
    ],
)
async def test_fixes_do_not_depend_on_the_clients_data(
    client: LanguageClient, data: object
) -> None:
    await start(client, "emacs")
    found = await opened(client, TEXT)
    whole = await actions(client, found)
    for diagnostic in found:
        diagnostic.data = data
    changed = await actions(client, found)
    assert [one.title for one in changed] == [one.title for one in whole]
    assert {type(one.data) for action in changed for one in action.diagnostics or ()} == {
        type(data)
    }


async def test_fixes_are_for_the_text_that_the_client_has(client: LanguageClient) -> None:
    await start(client, "emacs")
    found = await opened(client, TEXT)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(2, URI),
            [types.TextDocumentContentChangeWholeDocument("# new\n" + TEXT)],
        )
    )
    text = "# new\n" + TEXT
    fix = next(one for one in await actions(client, found) if "1.0.0" in one.title)
    assert fix.edit is not None
    assert fix.edit.document_changes is not None
    (change,) = fix.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 2
    positions = Positions(Source(text), EDITORS["emacs"])
    edits = [Edit(positions.span(one.range), one.new_text) for one in change.edits]
    assert apply(text, edits) == text.replace("1.0\n", "1.0.0\n")


async def test_what_other_servers_found_is_theirs(client: LanguageClient) -> None:
    await start(client, "neovim")
    await opened(client, TEXT)
    foreign = types.Diagnostic(
        EVERYWHERE, "no", code="unknown-key", source="YAML", data={"version": 1, "fixes": []}
    )
    offered = await actions(client, [foreign])
    assert offered
    assert foreign not in [one for action in offered for one in action.diagnostics or ()]


async def test_two_findings_of_a_rule_on_one_line_are_suppressed_by_one_comment(
    client: LanguageClient,
) -> None:
    await start(client, "neovim")
    text = TEXT.replace("enabld", "enabld: true, enbled")
    found = [one for one in await opened(client, text) if one.code == "unknown-key"]
    offered = await actions(client, found)
    ignored = [one for one in offered if one.title.startswith("Ignore")]
    (ignore,) = [one for one in ignored if "unknown-key" in one.title]
    assert list(ignore.diagnostics or ()) == found
    assert len(found) > 1


@every_editor
@pytest.mark.parametrize("only", [None, ["quickfix"]])
async def test_all_fixes_of_a_document_can_be_applied_one_after_the_other(
    client: LanguageClient, editor: str, only: list[str] | None
) -> None:
    """Kate asks for the whole document without a diagnostic, and applies every action."""
    await start(client, editor)
    await opened(client, TEXT)
    text, encoding = TEXT, EDITORS[editor]
    offered = await actions(client, [], only)
    assert {(one.kind, one.is_preferred) for one in offered} == {("quickfix", True)}
    shown = [one.message for action in offered for one in action.diagnostics or ()]
    assert len(shown) == len(set(shown)) == len(offered)
    for action in offered:
        text = applied(text, action, encoding)
    assert [one.rule for one in lint_text(text).findings if one.rule == "unknown-provider"] == []
    assert text.startswith("specVersion: 1.0.0\n")


@pytest.mark.parametrize(
    "only", [["source"], ["source.fixAll"], ["source.fixAll.amp-lint"], ["source", "quickfix"]]
)
async def test_all_safe_fixes_are_made_at_once(client: LanguageClient, only: list[str]) -> None:
    await start(client, "neovim")
    await opened(client, TEXT)
    offered = await actions(client, [], only)
    (action,) = [one for one in offered if one.kind == "source.fixAll.amp-lint"]
    assert applied(TEXT, action, EDITORS["neovim"]) == TEXT.replace(": 1.0\n", ": 1.0.0\n")


@every_editor
async def test_fixing_goes_on_until_nothing_is_left(client: LanguageClient, editor: str) -> None:
    text = "SpecVersion: 1.0\n# 🎸\n" + TEXT.partition("\n")[2].replace("name:", "Name:")
    fixed = fix_source(Source.from_text(text))
    await start(client, editor)
    await opened(client, text)
    (action,) = await actions(client, [], ["source.fixAll"])
    assert applied(text, action, EDITORS[editor]) == fixed.report.source.text
    assert "SpecVersion" not in fixed.report.source.text
    assert "1.0.0" in fixed.report.source.text


async def test_a_file_without_safe_fixes_has_none_to_make(client: LanguageClient) -> None:
    await start(client, "emacs")
    await opened(client, SYNC)
    assert await actions(client, [], ["source.fixAll"]) == []


@every_editor
async def test_refactorings_are_offered_where_the_caret_is(
    client: LanguageClient, editor: str
) -> None:
    await start(client, editor)
    await opened(client, SYNC)
    encoding = EDITORS[editor]
    positions = Positions(Source(SYNC), encoding)

    async def offered(words: str) -> list[types.CodeAction]:
        at = SYNC.index(words) + len(words)
        return await actions(client, [], ["refactor"], positions.range(Span(at, at)))

    assert await offered("specVersion") == []
    (read,) = await offered("deals # 🎸")
    assert (read.title, read.kind) == ("Add `deals` to `read`", "refactor.rewrite")
    section = "    subscribe:\n"
    assert applied(SYNC, read, encoding) == SYNC.replace(section, READS_DEALS + section)
    (subscribe,) = await offered("destination: crm")
    assert subscribe.title == "Add `contacts` to `subscribe`"
    assert applied(SYNC, subscribe, encoding) == SYNC + SUBSCRIBES_TO_CONTACTS
    _, turn = await offered('fieldName: "🎸')
    assert turn.title == "Turn `🎸` into a user-defined mapping"
    assert applied(SYNC, turn, encoding) == SYNC.replace(
        '{fieldName: "🎸"}',
        '{mapToName: "🎸", mapToDisplayName: 🎸, prompt: "Which field holds 🎸?", default: 🎸}',
    )


@pytest.mark.parametrize(
    ("only", "count"),
    [
        # One of them is a quick fix, which is found by the range.
        ([""], 4),
        (["refactor"], 3),
        (["refactor.rewrite"], 3),
        (["refactor.rewrite.more"], 0),
        (["refactor.extract"], 0),
        (["ref"], 0),
        (["quickfix"], 1),
        ([], 0),
    ],
)
async def test_only_what_is_asked_for_is_offered(
    client: LanguageClient, only: list[str] | None, count: int
) -> None:
    await start(client, "emacs")
    await opened(client, SYNC)
    assert len(await actions(client, [], only)) == count


async def test_what_a_quick_fix_does_is_not_offered_again(client: LanguageClient) -> None:
    text = SYNC.replace("deals # 🎸", "contact").replace(
        "otherEvents: [deal.merge]",
        "inheritFieldsAndMapping: true\n          deleteEvent: {enabled: always}",
    )
    await start(client, "emacs")
    found = await opened(client, text)
    titles = [one.title for one in await actions(client, found)]
    assert titles.count("Add `contact` to `read`") == 1
    (kind,) = {one.kind for one in await actions(client, found) if "to `read`" in one.title}
    assert kind == "quickfix"


@every_editor
async def test_a_broken_part_costs_only_what_is_in_it(client: LanguageClient, editor: str) -> None:
    text = SYNC + '  - name: "open\n    provider: hubspot\n'
    await start(client, editor)
    found = await opened(client, text)
    offered = {one.title: one for one in await actions(client, found)}
    read = offered["Add `deals` to `read`"]
    section = "    subscribe:\n"
    assert applied(text, read, EDITORS[editor]) == text.replace(section, READS_DEALS + section)
    assert "Ignore yaml-syntax for this line" not in offered


async def test_a_client_that_knows_only_commands_has_the_edit_sent(client: LanguageClient) -> None:
    sent: list[types.ApplyWorkspaceEditParams] = []

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def _apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        sent.append(params)
        return types.ApplyWorkspaceEditResult(applied=True)

    await start(client, "neovim", literals=False)
    await opened(client, SYNC)
    (command, *_) = await answers(client, [], ["refactor"])
    assert isinstance(command, types.Command)
    await client.workspace_execute_command_async(
        types.ExecuteCommandParams(command.command, command.arguments)
    )
    (params,) = sent
    assert params.label == command.title == "Add `deals` to `read`"
    assert [one.new_text for one in edits_of(params.edit)] == ["\n" + READS_DEALS.rstrip("\n")]


async def test_an_unknown_document_has_no_actions(client: LanguageClient) -> None:
    await start(client, "emacs")
    assert await actions(client, []) == []
