"""A manifest that git tracks is found even if `.gitignore` matches it, as in git itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.config import git_index
from amp_lint.config.discovery import discover, is_manifest_name, would_find
from amp_lint.config.git_index import TrackedManifests

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
Git = Callable[..., str]


@pytest.fixture
def git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in the folder, without the settings of this machine."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(folder / "no-such-file"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, cwd: Path = folder) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.invalid", *arguments],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    run("init", "--quiet")
    return run


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a: b\n", encoding="utf-8")


def found(folder: Path) -> set[str]:
    return {Path(file).relative_to(folder).as_posix() for file in discover([str(folder)]).files}


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_tracked_manifests_are_found_in_every_version_of_the_index(
    version: str, folder: Path, git: Git
) -> None:
    names = ["build/amp.yaml", "build/deep/er/crm.amp.yml", "né/amp.yaml", "one.amp.yaml"]
    others = ["build/other.amp.yaml", "build/deep/amp.yaml", "dist/amp.yaml", "two.amp.yaml"]
    write(folder, "amp.yaml", "build/readme.md", *names, *others)
    (folder / ".gitignore").write_text("build/\ndist/\nné/\none.*\ntwo.*\n", encoding="utf-8")
    git("update-index", "--index-version", version)
    git("add", "--force", "build/readme.md", *names)
    if version == "3":
        # What makes git write version 3: an entry with more flags.
        git("add", "--intent-to-add", "amp.yaml")
    assert (folder / ".git" / "index").read_bytes()[7] == int(version)
    assert found(folder) == {"amp.yaml", *names}
    assert found(folder / "build") == {"amp.yaml", "deep/er/crm.amp.yml", *()} | (
        {"other.amp.yaml", "deep/amp.yaml"}  # a folder that is named is searched
    )
    assert would_find(str(folder), str(folder / "build/amp.yaml"))
    assert not would_find(str(folder), str(folder / "build/other.amp.yaml"))


def test_a_linked_work_tree_has_an_index_of_its_own(folder: Path, git: Git) -> None:
    main = folder / "main"
    main.mkdir()
    git("init", "--quiet", cwd=main)
    write(main, "build/amp.yaml")
    (main / ".gitignore").write_text("build/\n", encoding="utf-8")
    git("add", "--force", "--all", cwd=main)
    git("commit", "--quiet", "--message", "All", cwd=main)
    git("worktree", "add", "--quiet", "../linked", cwd=main)
    assert found(folder / "linked") == {"build/amp.yaml"}
    git("rm", "--quiet", "--cached", "build/amp.yaml", cwd=folder / "linked")
    assert found(folder / "linked") == set()
    assert found(main) == {"build/amp.yaml"}


def test_an_inner_repository_has_its_own_index(folder: Path, git: Git) -> None:
    inner = folder / "inner"
    inner.mkdir()
    git("init", "--quiet", cwd=inner)
    write(inner, "build/amp.yaml", "dist/amp.yaml")
    (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
    (inner / ".gitignore").write_text("build/\ndist/\n", encoding="utf-8")
    git("add", "--force", "build/amp.yaml", cwd=inner)
    assert found(folder) == {"inner/build/amp.yaml"}


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize("data", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\1", b"x" * 200])
def test_a_damaged_index_tracks_nothing(data: bytes, folder: Path) -> None:
    write(folder, "amp.yaml", "build/amp.yaml")
    (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
    (folder / ".git" / "index").write_bytes(data)
    assert found(folder) == {"amp.yaml"}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([2, 3, 4]), st.integers(0, 2**32 - 1))
def test_no_bytes_raise(data: bytes, version: int, count: int) -> None:
    head = b"DIRC" + version.to_bytes(4, "big") + count.to_bytes(4, "big")
    try:
        for _ in git_index._names(head + data):
            pass
    except (ValueError, LookupError):
        return
    except Exception as error:  # noqa: BLE001
        # struct.error is none of them, and what `_files` catches has to be complete.
        pytest.fail(f"{type(error).__name__}: {error}")


def test_outside_a_repository_nothing_is_tracked(folder: Path) -> None:
    tracked = TrackedManifests(None, is_manifest_name)
    assert not tracked.covers(folder / "amp.yaml", is_folder=False)
