"""Which files a search finds, and what it does about what it cannot search."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from amp_lint.config.discovery import Discovery, discover, is_manifest_name, would_find


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def search(*paths: str | Path) -> list[str]:
    discovery = discover(map(str, paths))
    assert discovery.problems == ()
    return [Path(file).as_posix() for file in discovery.files]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("amp.yaml", True),
        ("amp.yml", True),
        ("crm.amp.yaml", True),
        ("a.b.amp.yml", True),
        (".amp.yaml", True),
        ("Amp.yaml", False),
        ("amp.YAML", False),
        ("crm.AMP.yaml", False),
        ("myamp.yaml", False),
        ("amp.yaml.bak", False),
        ("amp.json", False),
        ("camp.yaml", False),
        (".#crm.amp.yaml", False),
    ],
)
def test_names_of_manifests(name: str, wanted: bool) -> None:
    assert is_manifest_name(name) is wanted


def test_a_folder_is_searched_through_and_through(folder: Path) -> None:
    write(folder, "b/amp.yaml", "a/b/c/crm.amp.yml", "amp.yml", ".hidden/amp.yaml", "x.yaml")
    expected = [".hidden/amp.yaml", "a/b/c/crm.amp.yml", "amp.yml", "b/amp.yaml"]
    assert search(".") == expected
    assert search("./") == expected
    assert search("a", "b") == expected[1::2]
    assert search("./a/b") == ["a/b/c/crm.amp.yml"]
    assert search(folder / "a") == [(folder / "a/b/c/crm.amp.yml").as_posix()]
    assert search("a/../b") == ["a/../b/amp.yaml"]


def test_what_is_never_searched(folder: Path) -> None:
    write(folder, "amp.yaml", ".git/amp.yaml", "node_modules/x/amp.yaml", "a/node_modules/amp.yaml")
    write(folder, "env/pyvenv.cfg", "env/lib/amp.yaml", "env/amp.yaml", "venv/amp.yaml")
    assert search(".") == ["amp.yaml", "venv/amp.yaml"]


def test_a_folder_that_is_named_is_searched_whatever_it_is(folder: Path) -> None:
    write(folder, "node_modules/amp.yaml", "env/pyvenv.cfg", "env/amp.yaml")
    assert search("node_modules", "env") == ["env/amp.yaml", "node_modules/amp.yaml"]


def test_a_file_that_is_named_is_taken_whatever_it_is(folder: Path) -> None:
    write(folder, "x.txt", "amp.yaml", ".git/config")
    (folder / ".gitignore").write_text("*")
    named = ["x.txt", "./amp.yaml", "missing", ".git/config"]
    assert discover(named).files == ("./amp.yaml", ".git/config", "missing", "x.txt")


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    write(folder, "a/amp.yaml")
    (folder / "a" / "loop").symlink_to("..")
    (folder / "a" / "self").symlink_to("self")
    (folder / "b").symlink_to("a")
    (folder / "b.amp.yaml").symlink_to("a")
    assert search(".") == ["a/amp.yaml"]
    assert search("b") == ["b/amp.yaml"]


def test_links_to_files_are(folder: Path) -> None:
    write(folder, "a/x.txt")
    (folder / "amp.yaml").symlink_to("a/x.txt")
    assert search(".") == ["amp.yaml"]


def test_folders_that_lie_in_themselves(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount or a junction shows no link; only that the folder is the same tells."""
    write(folder, "amp.yaml", "loop/placeholder")
    scandir = os.scandir

    def scan(path: Path) -> object:
        return scandir(folder if path.name == "loop" else path)

    stat = Path.stat

    def see(self: Path, **options: bool) -> os.stat_result:
        return stat(folder if self.name == "loop" else self, **options)

    monkeypatch.setattr("amp_lint.config.discovery.os.scandir", scan)
    monkeypatch.setattr(Path, "stat", see)
    assert search(".") == ["amp.yaml"]


def test_what_is_no_file_is_left_out(folder: Path) -> None:
    (folder / "amp.yaml").mkdir()
    write(folder, "amp.yaml/crm.amp.yaml")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.amp.yaml")
    assert search(".") == ["amp.yaml/crm.amp.yaml"]


def test_a_deep_tree_is_not_walked_by_recursion(folder: Path) -> None:
    deep = folder / "/".join("d" * 300)
    deep.mkdir(parents=True)
    write(deep, "amp.yaml")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        assert search(".") == ["d/" * 300 + "amp.yaml"]
    finally:
        sys.setrecursionlimit(before)


@pytest.fixture
def locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that nobody may look into. Root may look anywhere, so it is told a lie."""
    write(folder, "locked/amp.yaml", "open/amp.yaml")
    secret = folder / "locked"
    secret.chmod(0)
    scandir = os.scandir

    def scan(path: Path) -> object:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    if os.access(secret, os.R_OK):
        monkeypatch.setattr("amp_lint.config.discovery.os.scandir", scan)
    yield secret
    secret.chmod(0o700)


@pytest.mark.usefixtures("locked")
def test_a_folder_that_cannot_be_read_does_not_stop_the_search() -> None:
    problem = "cannot read folder locked: Permission denied"
    assert discover(["."]) == Discovery((str(Path("open/amp.yaml")),), (problem,))
    assert discover(["locked"]) == Discovery((), (problem,))
    assert discover(["locked", ".", "locked"]).problems == (problem,)


def test_ignored_manifests_are_spoken_of_when_there_is_no_other(folder: Path) -> None:
    write(folder, "amp.yaml", "a/amp.yaml", "b/crm.amp.yaml")
    (folder / ".gitignore").write_text("*.yaml")
    where = os.path.realpath(".")
    named = "(a file that is named as PATH is linted)"
    assert discover(["."]).problems == (
        f"no manifest in {where} or below: 3 that git ignores were left out {named}",
    )
    assert discover(["."]).files == ()
    write(folder, "c/x.txt", "d/amp.yaml")
    (folder / "d" / ".gitignore").write_text("*.yaml")
    assert "1 that git ignores was left out" in discover(["d"]).problems[0]
    assert "none is called amp.yaml" in discover(["c"]).problems[0]


def test_whether_a_search_would_find_a_file_needs_no_search(tmp_path: Path) -> None:
    names = ["a/amp.yaml", "a/b/x.amp.yaml", "a/x.yaml", "node_modules/amp.yaml", "out/amp.yaml"]
    names += ["env/amp.yaml", "env/pyvenv.cfg", "amp.yaml", "a/hidden.amp.yaml"]
    write(tmp_path, *names)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("out/\n", encoding="utf-8")
    (tmp_path / "a" / ".gitignore").write_text("hidden*\n", encoding="utf-8")
    root = str(tmp_path)
    found = discover([root]).files
    for name in (*names, "missing/amp.yaml", "../amp.yaml"):
        file = os.path.normpath(tmp_path / name)
        assert would_find(root, file) == (file in found)
    assert len(found) == 3


def test_whoever_counts_the_folders_may_end_the_search(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number}/amp.yaml" for number in range(9)))
    seen: list[None] = []

    def count() -> None:
        seen.append(None)
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        discover([str(tmp_path)], None, count)
    assert len(seen) == 3
