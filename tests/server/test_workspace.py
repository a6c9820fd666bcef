"""Manifests that are not open, over stdio."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import LanguageClient

from .conftest import every_editor
from .editor import (
    BROKEN,
    MANIFEST,
    change_text,
    close_file,
    codes,
    found,
    instead,
    marked,
    open_file,
    pulled,
    report,
    start,
    until,
    workspace_symbols,
    write,
)

WRONG = MANIFEST.replace("hubspot", "hubspto")
CREATED = types.FileChangeType.Created
CHANGED = types.FileChangeType.Changed
DELETED = types.FileChangeType.Deleted
pytestmark = pytest.mark.asyncio


@every_editor
async def test_closed_manifests_are_judged(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    wrong, right, broken = write(tmp_path, a=WRONG, b=MANIFEST, c=BROKEN)
    await start(client, editor, tmp_path)
    await found(client, wrong, "provider-not-supported")
    await found(client, broken, "yaml-syntax")
    (one,) = client.diagnostics[wrong.as_uri()]
    assert marked(WRONG, one.range, editor) == "hubspto"
    assert right.as_uri() not in client.diagnostics


@every_editor
async def test_a_client_that_asks_gets_them_all(
    client: LanguageClient, editor: str, tmp_path: Path
) -> None:
    wrong, right, opened = write(tmp_path, a=WRONG, b=MANIFEST, c=WRONG)
    await start(client, editor, tmp_path, pulls=True)
    open_file(client, opened, BROKEN)
    reports = await pulled(client)
    assert {uri: codes(one) for uri, one in reports.items()} == {
        wrong.as_uri(): ["provider-not-supported"],
        right.as_uri(): [],
        opened.as_uri(): ["yaml-syntax"],
    }
    assert [reports[one.as_uri()].version for one in (wrong, opened)] == [None, 1]
    assert client.diagnostics == {}


async def test_what_has_not_changed_is_not_sent_again(
    client: LanguageClient, tmp_path: Path
) -> None:
    one, other, gone = write(tmp_path, a=WRONG, b=WRONG, c=WRONG)
    await start(client, "visual_studio_code", tmp_path, pulls=True)
    before = [
        types.PreviousResultId(uri, str(one.result_id))
        for uri, one in (await pulled(client)).items()
    ]
    other.write_text(MANIFEST, encoding="utf-8")
    gone.unlink()
    report(client, one, other, what=CHANGED)
    report(client, gone, what=DELETED)
    reports = await pulled(client, before)
    assert isinstance(reports[one.as_uri()], types.WorkspaceUnchangedDocumentDiagnosticReport)
    assert codes(reports[other.as_uri()]) == []
    assert codes(reports[gone.as_uri()]) == []
    assert gone.as_uri() not in await pulled(client)


async def test_a_client_that_can_wait_gets_them_one_by_one(
    client: LanguageClient, tmp_path: Path
) -> None:
    files = write(tmp_path, a=WRONG, b=MANIFEST)
    parts: list[str] = []

    @instead(client, types.PROGRESS)
    def _part(params: types.ProgressParams) -> None:
        parts.extend(item["uri"] for item in params.value["items"])

    await start(client, "emacs", tmp_path, pulls=True)
    params = types.WorkspaceDiagnosticParams([], partial_result_token="parts")
    answer = await client.workspace_diagnostic_async(params)
    assert sorted(parts) == [file.as_uri() for file in files]
    assert not answer.items


async def test_events_keep_them_current(client: LanguageClient, tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=WRONG)
    await start(client, "emacs", tmp_path)
    await found(client, file, "provider-not-supported")
    file.write_text(BROKEN, encoding="utf-8")
    report(client, file, what=CHANGED)
    await found(client, file, "yaml-syntax")
    (new,) = write(tmp_path, b=WRONG)
    report(client, new, what=CREATED)
    await found(client, new, "provider-not-supported")
    file.unlink()
    report(client, file, what=DELETED)
    await found(client, file)


async def test_a_deleted_folder_takes_its_manifests_along(
    client: LanguageClient, tmp_path: Path
) -> None:
    inside, beside = write(tmp_path, **{"a/b": WRONG, "ab": WRONG})
    await start(client, "emacs", tmp_path)
    await found(client, inside, "provider-not-supported")
    await found(client, beside, "provider-not-supported")
    report(client, tmp_path / "a", what=DELETED)
    await found(client, inside)
    assert client.diagnostics[beside.as_uri()]


async def test_the_refresh_is_asked_for_where_a_client_asks(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=WRONG)
    await start(client, "visual_studio_code", tmp_path, pulls=True)
    assert codes((await pulled(client))[file.as_uri()])
    await until(
        client, types.WORKSPACE_DIAGNOSTIC_REFRESH, lambda: client.diagnostic_refresh_count > 0
    )


async def test_the_text_of_the_editor_counts_while_it_is_open(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=WRONG)
    await start(client, "emacs", tmp_path)
    await found(client, file, "provider-not-supported")
    open_file(client, file, MANIFEST)
    await found(client, file)
    file.write_text(BROKEN, encoding="utf-8")
    report(client, file, what=CHANGED)
    change_text(client, file, WRONG, 2)
    await found(client, file, "provider-not-supported")
    close_file(client, file)
    await found(client, file, "yaml-syntax")


async def test_a_closed_document_shows_the_file_though_it_has_not_changed(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=WRONG)
    await start(client, "emacs", tmp_path)
    await found(client, file, "provider-not-supported")
    open_file(client, file, WRONG)
    close_file(client, file)
    await found(client, file)
    await found(client, file, "provider-not-supported")


async def test_a_document_of_no_folder_is_cleared_when_closed(
    client: LanguageClient, tmp_path: Path
) -> None:
    inside, outside = write(tmp_path, **{"in": MANIFEST, "out": WRONG})
    await start(client, "emacs", inside.parent)
    open_file(client, outside, WRONG)
    await found(client, outside, "provider-not-supported")
    close_file(client, outside)
    await found(client, outside)
    assert await workspace_symbols(client, "out") == []


async def test_what_git_ignores_or_the_project_excludes_is_left_out(
    client: LanguageClient, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    config = tmp_path / "amp-lint.toml"
    config.write_text('exclude = ["vendor/"]\n', encoding="utf-8")
    kept, *others = write(tmp_path, a=WRONG, build=WRONG, vendor=WRONG, node_modules=WRONG)
    await start(client, "emacs", tmp_path, pulls=True)
    assert list(await pulled(client)) == [kept.as_uri()]
    report(client, *others, what=CHANGED)
    assert list(await pulled(client)) == [kept.as_uri()]
    config.unlink()
    report(client, config, what=DELETED)
    assert list(await pulled(client)) == [one.as_uri() for one in (kept, others[1])]
    (tmp_path / ".gitignore").write_text("vendor/\n", encoding="utf-8")
    report(client, tmp_path / ".gitignore", what=CHANGED)
    assert list(await pulled(client)) == [one.as_uri() for one in (kept, others[0])]


async def test_odd_folders_do_no_harm(client: LanguageClient, tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=WRONG)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "dangling.amp.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "b.amp.yaml").symlink_to(file)
    (tmp_path / "c.amp.yaml").mkdir()
    os.mkfifo(tmp_path / "d.amp.yaml")
    (tmp_path / "huge.amp.yaml").write_bytes(b"#" * (10 * 1024 * 1024 + 1))
    (tmp_path / "bytes.amp.yaml").write_bytes(b"\xff\xfe\x00")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    await start(client, "emacs", tmp_path, tmp_path / "missing", pulls=True)
    uris = set(await pulled(client))
    read = {file, tmp_path / "bytes.amp.yaml", tmp_path / "huge.amp.yaml"}
    assert uris == {one.as_uri() for one in read}
    report(client, tmp_path / "d.amp.yaml", tmp_path / "c.amp.yaml", what=CHANGED)
    assert set(await pulled(client)) == uris


async def test_addresses_that_name_no_file_do_no_harm(
    client: LanguageClient, tmp_path: Path
) -> None:
    (file,) = write(tmp_path, a=WRONG)
    await start(client, "emacs", tmp_path, pulls=True)
    for uri in ("untitled:amp.yaml", "file:///a%00b/amp.yaml", "amp.yaml", "file:amp.yaml"):
        item = types.TextDocumentItem(uri, "yaml", 1, MANIFEST)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams(
                [types.FileEvent(uri, one) for one in types.FileChangeType]
            )
        )
        document = types.TextDocumentIdentifier(uri)
        client.text_document_did_close(types.DidCloseTextDocumentParams(document))
    assert list(await pulled(client)) == [file.as_uri()]


async def test_much_work_is_shown(client: LanguageClient, tmp_path: Path) -> None:
    files = write(tmp_path, **{f"m{number:03}": WRONG for number in range(60)})
    await start(client, "visual_studio_code", tmp_path)
    for file in files:
        await found(client, file, "provider-not-supported")
    await until(
        client,
        types.PROGRESS,
        lambda: any(
            isinstance(one, types.WorkDoneProgressEnd)
            for one in client.progress_reports.get("amp-lint-1", ())
        ),
    )
    first, *between, last = client.progress_reports["amp-lint-1"]
    assert isinstance(first, types.WorkDoneProgressBegin)
    assert first.cancellable
    assert isinstance(last, types.WorkDoneProgressEnd)
    shares = [one.percentage for one in between if isinstance(one, types.WorkDoneProgressReport)]
    assert len(shares) == len(between)
    assert shares == sorted(set(shares), key=shares.index)


async def test_the_user_may_end_it(client: LanguageClient, tmp_path: Path) -> None:
    count = 400
    write(tmp_path, **{f"m{number:03}": WRONG for number in range(count)})
    ended = asyncio.Event()

    @instead(client, types.PROGRESS)
    def _progress(params: types.ProgressParams) -> None:
        if params.value["kind"] == "begin":
            client.window_work_done_progress_cancel(
                types.WorkDoneProgressCancelParams(params.token)
            )
        if params.value["kind"] == "end":
            ended.set()

    await start(client, "visual_studio_code", tmp_path)
    await ended.wait()
    assert len(client.diagnostics) < count
    (new,) = write(tmp_path, new=WRONG)
    report(client, new, what=CREATED)
    await found(client, new, "provider-not-supported")


async def test_a_question_may_be_withdrawn(client: LanguageClient, tmp_path: Path) -> None:
    write(tmp_path, **{f"m{number:03}": WRONG for number in range(200)})
    await start(client, "emacs", tmp_path, pulls=True)
    asked = client.protocol.send_request(
        types.WORKSPACE_DIAGNOSTIC, types.WorkspaceDiagnosticParams([]), msg_id="all"
    )
    client.cancel_request(types.CancelParams("all"))
    with pytest.raises(JsonRpcException) as refused:
        await asyncio.wrap_future(asked)
    assert refused.value.code == types.LSPErrorCodes.RequestCancelled
    assert len(await pulled(client)) == 200
