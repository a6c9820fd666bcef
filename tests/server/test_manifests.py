"""WorkspaceManifests that are not open, with the server's other parts played by the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from amp_language_server.state import workspace
from amp_language_server.state.documents import Analysis, OpenDocuments
from amp_language_server.state.settings import FolderSettings
from amp_language_server.state.workspace import WorkspaceManifests

from .editor import BROKEN, MANIFEST, write

pytestmark = pytest.mark.asyncio


@dataclass
class Screen:
    """What the user sees."""

    root: Path
    published: list[Analysis] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    bar: list[str] = field(default_factory=list)
    rounds: int = 0

    def begin(self) -> None:
        self.bar.append("begin")

    def report(self, done: int, of: int) -> None:
        self.bar.append(f"{done}/{of}")

    def end(self) -> None:
        self.bar.append("end")

    def changed(self) -> None:
        self.rounds += 1

    def manifests(self) -> WorkspaceManifests:
        projects = FolderSettings()
        projects.set_roots([str(self.root)])
        session = OpenDocuments(lambda _: None, folders=projects)
        return WorkspaceManifests(
            session, self.published.append, self.cleared.append, self.changed, self
        )


async def test_a_search_judges_all_in_one_round(tmp_path: Path) -> None:
    write(tmp_path, a=BROKEN, b=MANIFEST)
    screen = Screen(tmp_path)
    manifests = screen.manifests()
    manifests.search()
    await manifests.settled()
    assert [len(one.report.findings) for one in screen.published] == [1]
    assert len(manifests.closed()) == 2
    assert screen.bar == ["1/2", "2/2", "end"]
    assert screen.rounds == 1


async def test_what_says_the_same_keeps_its_name(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=BROKEN)
    screen = Screen(tmp_path)
    manifests = screen.manifests()
    manifests.search()
    await manifests.settled()
    before = manifests.closed()
    manifests.check(str(file))
    manifests.search()
    await manifests.settled()
    assert manifests.closed() == before
    assert len(screen.published) == 1


async def test_two_ways_to_a_file_are_one_manifest(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=BROKEN)
    manifests = Screen(tmp_path).manifests()
    manifests.search()
    await manifests.settled()
    link = tmp_path / "link.amp.yaml"
    link.symlink_to(file)
    manifests.check(str(link))
    await manifests.settled()
    assert len(manifests.closed()) == 1
    manifests.documents.open(link.as_uri(), 1, MANIFEST)
    assert manifests.closed() == []


async def test_a_whole_disk_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "MAX_FOLDERS", 3)
    files = write(tmp_path, a=BROKEN, b=BROKEN, c=BROKEN)
    manifests = Screen(tmp_path).manifests()
    manifests.search()
    await manifests.settled()
    assert manifests.closed() == []
    manifests.check(str(files[0]))
    monkeypatch.setattr(workspace, "MAX_FOLDERS", 4)
    await manifests.settled()
    assert len(manifests.closed()) == 1


async def test_many_folders_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "MANY_FOLDERS", 2)
    write(tmp_path, a=MANIFEST)
    screen = Screen(tmp_path)
    manifests = screen.manifests()
    manifests.search()
    await manifests.settled()
    assert screen.bar == ["begin", "1/1", "end"]


async def test_a_manifest_that_cannot_be_judged_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=BROKEN, b=MANIFEST)

    def fails(document: object) -> None:
        raise ZeroDivisionError(document)

    screen = Screen(tmp_path)
    manifests = screen.manifests()
    with monkeypatch.context() as patched:
        patched.setattr("amp_lint.ide.workspace_index.manifest_index", fails)
        manifests.search()
        await manifests.settled()
    assert manifests.closed() == []
    manifests.search()
    await manifests.settled()
    assert len(manifests.closed()) == 2


async def test_an_open_document_goes_first(tmp_path: Path) -> None:
    (file,) = write(tmp_path, a=BROKEN)
    order: list[str] = []
    manifests = Screen(tmp_path).manifests()
    manifests.publish = lambda analysis: order.append(analysis.name)
    manifests.documents.publish = lambda analysis: order.append(analysis.name)
    manifests.search()
    manifests.documents.open((tmp_path / "b.amp.yaml").as_uri(), 1, BROKEN)
    await manifests.settled()
    assert order == ["1.1", "disk.1"]
    assert str(file) == manifests.closed()[0].document.source.path


async def test_what_is_reported_during_a_search_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = write(tmp_path, a=BROKEN)
    monkeypatch.setattr(workspace, "_files", lambda *_: ())
    manifests = Screen(tmp_path).manifests()
    manifests.search()
    manifests.check(str(file))
    await manifests.settled()
    assert len(manifests.closed()) == 1


async def test_a_search_may_be_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=BROKEN)
    manifests = Screen(tmp_path).manifests()
    search = workspace._files

    def ended(*of: Any) -> tuple[str, ...]:
        files = search(*of)
        manifests.stop()
        return files

    monkeypatch.setattr(workspace, "_files", ended)
    manifests.search()
    await manifests.settled()
    assert manifests.closed() == []
