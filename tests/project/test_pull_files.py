"""The file that `amp-lint pull` writes, and the files that it must leave alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.project import snapshot as snapshot_module

from .pull_runs import Run


def test_an_interrupted_run_writes_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("amp_lint.project.fetch.ask_all", interrupted)
    (folder / "project.json").write_text("old")

    assert run("pull", "-p", "acme-dev", "-o", "project.json").code == 130
    assert (folder / "project.json").read_text() == "old"


def test_a_link_in_the_repository_is_not_written_through(
    refused: Callable[..., str], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    precious = tmp_path_factory.mktemp("home") / "precious"
    precious.write_text("mine")
    (folder / ".amp-lint").mkdir()
    (folder / ".amp-lint" / "project.json").symlink_to(precious)

    assert "is a symbolic link; name the file with --output" in refused("-p", "acme-dev")
    assert precious.read_text() == "mine"


def test_a_linked_folder_in_the_repository_is_not_written_into(
    refused: Callable[..., str], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (folder / ".amp-lint").symlink_to(home)

    assert "leads out of" in refused("-p", "acme-dev")
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("path", ["../precious", "/etc/precious", "a/../../precious"])
def test_a_configuration_cannot_choose_a_file_elsewhere(
    refused: Callable[..., str], folder: Path, path: str
) -> None:
    (folder / ".amp-lint.toml").write_text(f'snapshot = "{path}"\n')

    assert "leads out of" in refused("-p", "acme-dev")


@pytest.mark.parametrize("content", ["", '{\n "asOf": "2026-1'])
def test_a_damaged_snapshot_is_replaced(run: Run, folder: Path, content: str) -> None:
    (folder / ".amp-lint").mkdir()
    (folder / ".amp-lint" / "project.json").write_text(content)

    assert run("pull", "-p", "acme-dev").code == 0


def test_a_configuration_cannot_choose_another_file_of_the_repository(
    refused: Callable[..., str], folder: Path
) -> None:
    (folder / ".amp-lint.toml").write_text('snapshot = "package.json"\n')
    (folder / "package.json").write_text('{"name": "mine"}')

    assert "package.json is not a snapshot" in refused("-p", "acme-dev")
    assert (folder / "package.json").read_text() == '{"name": "mine"}'


def test_a_file_that_is_named_may_lie_anywhere(
    run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("home") / "facts.json"

    assert run("pull", "-p", "acme-dev", "-o", str(target)).code == 0
    assert json.loads(target.read_bytes())["version"] == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(refused: Callable[..., str], folder: Path) -> None:
    folder.chmod(0o500)
    assert "cannot write the snapshot: Permission denied" in refused("-p", "acme-dev")


def test_a_folder_in_the_place_of_the_file(refused: Callable[..., str], folder: Path) -> None:
    (folder / "taken").mkdir()
    assert "cannot write the snapshot" in refused("-p", "acme-dev", "-o", "taken")
    (folder / "file").write_text("")
    assert "cannot write the snapshot" in refused("-p", "acme-dev", "-o", "file/x.json")


def test_a_snapshot_that_nothing_could_read_is_not_written(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_module, "MAX_BYTES", 100)

    assert "would be larger than" in refused("-p", "acme-dev")
