"""Git is the judge of what git ignores."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from amp_lint.config.discovery import discover
from amp_lint.config.gitignore import _expression

ISOLATED = {
    "PATH": os.environ.get("PATH", ""),
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(
        command, env=ISOLATED, check=True, capture_output=True, text=True, timeout=60
    ).stdout


def kept_by_git(folder: Path) -> set[str]:
    listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return {name for name in listed.split("\0") if name.endswith(".yaml")}


def found(folder: Path) -> set[str]:
    return {Path(file).relative_to(folder).as_posix() for file in discover([str(folder)]).files}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))


TREE = ["amp.yaml", "foo/amp.yaml", "foo/keep.amp.yaml", "foo/bar/amp.yaml", "bar/foo/amp.yaml"]


@needs_git
@pytest.mark.parametrize(
    "patterns",
    [
        {".gitignore": "foo"},
        {".gitignore": "foo/"},
        {".gitignore": "/foo"},
        {".gitignore": "foo/*\n!foo/keep.amp.yaml"},
        {".gitignore": "foo/**\n!foo/keep.amp.yaml"},
        {".gitignore": "foo/\n!foo/keep.amp.yaml"},
        {".gitignore": "*\n!*/\n!keep.amp.yaml"},
        {".gitignore": "*.amp.yaml\n!foo/"},
        {".gitignore": "**/foo"},
        {".gitignore": "foo/**/amp.yaml"},
        {".gitignore": "bar/**/"},
        {".gitignore": "amp.yaml", "foo/.gitignore": "!amp.yaml"},
        {".gitignore": "foo/", "foo/.gitignore": "!amp.yaml\n!*"},
        {".gitignore": "*.yaml", "foo/.gitignore": "!bar/"},
        {"foo/.gitignore": "/amp.yaml", "bar/.gitignore": "amp.yaml"},
        {".gitignore": "!amp.yaml", ".git/info/exclude": "amp.yaml\nkeep*"},
        {".git/info/exclude": "/foo/bar"},
        {".gitignore": "# foo\n\\#foo\n\n \n  \nkeep.amp.yaml  \n"},
        {".gitignore": "foo \r\nbar\r\n"},
        {".gitignore": "\ufefffoo"},
        {".gitignore": "[[:alpha:]]oo/[!k]*"},
        {".gitignore": "f[^a]o/[a-b]*"},
        {".gitignore": "foo[\nba\\"},
        {".gitignore": "/\n!\n//\n"},
    ],
    ids=lambda patterns: " ; ".join(f"{name}: {text!r}" for name, text in patterns.items()),
)
def test_precedence_is_that_of_git(patterns: dict[str, str], tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, dict.fromkeys(TREE, ""))
    write(tmp_path, patterns)
    assert found(tmp_path) == kept_by_git(tmp_path)


PARTS = ["a", "b", "ab", "*", "**", "a*", "*b", "?", "[ab]", "[!a]", "[^b]b", "amp.yaml", "a**"]
PARTS += ["*.amp.yaml", "x.amp.yaml", "*a*b*", "[[:alpha:]]", "[a-b]?", "\\a", "\\*", "[", "[]a]"]
PARTS += ["a ", "a\\ ", "[a", "[a\\]b]", "[b-a]", "*.*", "x*l", " a", "ä", "?ä", "[ä]"]


def random_pattern(chance: random.Random) -> str:
    text = "/".join(chance.choice(PARTS) for _ in range(chance.choice([1, 1, 1, 2, 2, 3])))
    text = "/" * (chance.random() < 0.3) + text + "/" * (chance.random() < 0.3)
    return "!" * (chance.random() < 0.35) + text


@needs_git
@pytest.mark.parametrize("seed", range(40))
def test_random_trees(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    folders = [tmp_path]
    for _ in range(8):
        folder = chance.choice(folders) / chance.choice(["a", "b", "ab", "bb", "[", "a b", "ä"])
        folder.mkdir(exist_ok=True)
        folders.append(folder)
    git(tmp_path, "init", "--quiet")
    for folder in dict.fromkeys(folders):
        write(folder, {"amp.yaml": "", "x.amp.yaml": ""})
        if folder == tmp_path or chance.random() < 0.4:
            lines = [random_pattern(chance) for _ in range(chance.randint(1, 5))]
            write(folder, {".gitignore": "\n".join(lines)})
    assert found(tmp_path) == kept_by_git(tmp_path)


@needs_git
def test_a_folder_in_the_repository_obeys_the_files_above_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, dict.fromkeys(TREE, ""))
    write(tmp_path, {".gitignore": "keep*", "foo/.gitignore": "/bar/amp.yaml"})
    assert found(tmp_path / "foo") == {"amp.yaml"}
    assert found(tmp_path / "foo" / "bar") == set()


@needs_git
def test_an_ignored_folder_is_searched_when_it_is_named(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, dict.fromkeys(TREE, ""))
    write(tmp_path, {".gitignore": "foo/\namp.yaml", "foo/.gitignore": "bar"})
    assert found(tmp_path / "foo") == {"amp.yaml", "keep.amp.yaml"}
    assert found(tmp_path / "foo" / "bar") == {"amp.yaml"}


@needs_git
def test_a_repository_inside_knows_its_own_files_only(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, dict.fromkeys(["amp.yaml", "inner/amp.yaml", "inner/x.amp.yaml"], ""))
    git(tmp_path / "inner", "init", "--quiet")
    write(tmp_path, {".gitignore": "amp.yaml", "inner/.git/info/exclude": "x.*"})
    assert found(tmp_path) == {"inner/amp.yaml"}
    assert found(tmp_path / "inner") == {"amp.yaml"}


@needs_git
def test_a_work_tree_shares_the_excludes_of_its_repository(tmp_path: Path) -> None:
    main, tree = tmp_path / "main", tmp_path / "tree"
    main.mkdir()
    git(main, "init", "--quiet")
    write(main, {"amp.yaml": "", ".git/info/exclude": "x.amp.yaml"})
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    git(main, "add", "amp.yaml")
    git(main, *identity, "commit", "--quiet", "--no-gpg-sign", "-m", "x")
    git(main, "worktree", "add", "--quiet", "--detach", str(tree))
    write(tree, {"x.amp.yaml": "", "y.amp.yaml": ""})
    assert found(tree) == kept_by_git(tree) == {"amp.yaml", "y.amp.yaml"}


def test_without_a_repository_only_the_files_inside_count(tmp_path: Path) -> None:
    write(tmp_path, dict.fromkeys(TREE, ""))
    write(tmp_path, {".gitignore": "foo", "foo/.gitignore": "bar"})
    assert found(tmp_path) == {"amp.yaml"}
    assert found(tmp_path / "foo") == {"amp.yaml", "keep.amp.yaml"}


def test_what_cannot_be_read_ignores_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"amp.yaml": "", "b/amp.yaml": "", ".git": "gitdir: nowhere\n"})
    (tmp_path / ".gitignore").mkdir()
    (tmp_path / "b" / ".gitignore").symlink_to(".gitignore")
    assert found(tmp_path) == {"amp.yaml", "b/amp.yaml"}


@pytest.mark.parametrize(
    ("glob", "others"),
    [
        (b"a*b*c*d", 2),
        (b"*[a-z]*9", 1),
        (b"*a*b/*c*d", 2),
        (b"**/a/**/b/**/c", 2),
        (b"x/**/*a*b*/c", 2),
    ],
)
def test_a_match_goes_back_for_the_last_star_only(glob: bytes, others: int) -> None:
    """The time then grows with length times length. A reference back to a lookahead is never tried
    a second time, so each star that is not the last of its segment must be one."""
    assert _expression(glob).count(b"(?P=") == others
