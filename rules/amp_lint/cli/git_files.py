"""Reads a file from a git revision. Only `amp-lint changes --against REV` starts git.

A repository's configuration can name programs; `rev-parse` and `cat-file` run none of them (seen
with git 2.39.5), and the settings here keep a partial clone from fetching. Time and size are
bounded.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from amp_lint.text.messages import quoted
from amp_lint.text.source import MAX_SIZE, Source

# Seconds; reading an object takes milliseconds.
_TIMEOUT = 20
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class GitError(Exception):
    """A revision or a file in it cannot be had; the message is one line."""


class NoSuchFileError(GitError):
    """The revision is there, and the file is not in it."""


def file_in_revision(file: str, revision: str, path: str | None = None) -> Source:
    """Return a file as it is in a revision. Raises GitError.

    `path` is its path there from the top of the repository, None for the same path.
    """
    folder = str(Path(file).absolute().parent)
    commit = _commit(folder, revision)
    name = f"./{Path(file).name}" if path is None else path
    place = f"{commit}:{name}"
    shown = f"{path or Path(file).name} in {revision}"
    size = _git(folder, "cat-file", "-s", place)
    if size is None:
        raise NoSuchFileError(
            f"{shown} does not exist; if the file was renamed, use --against {revision}:OLD_PATH"
        )
    if int(size) > MAX_SIZE:
        raise GitError(f"{shown} is larger than {MAX_SIZE // 1024 // 1024} MB")
    content = _git(folder, "cat-file", "blob", place)
    if content is None:
        raise GitError(f"{shown} is not a file, or its content is not in this partial clone")
    return Source.from_bytes(
        content, f"{file}@{revision}" if path is None else f"{path}@{revision}"
    )


def _commit(folder: str, revision: str) -> str:
    """Return the id of the commit that a revision names. Raises GitError."""
    if not revision or revision.startswith("-"):
        raise GitError(f"{quoted(revision)} is not a git revision")
    found = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if found is not None:
        return found.decode("ascii", "replace").strip()
    if _git(folder, "rev-parse", "--git-dir") is None:
        raise GitError(
            f"{folder} is not in a git repository that may be read; name a file with --against"
        )
    if _git(folder, "rev-parse", "--is-shallow-repository") == b"true\n":
        raise GitError(
            f"revision {quoted(revision)} is not in this shallow clone; fetch it first "
            "(GitHub Actions: `fetch-depth: 0`)"
        )
    raise GitError(f"there is no revision {quoted(revision)} in this repository")


def _git(folder: str, *arguments: str) -> bytes | None:
    """Run git and return its output; None if it fails. Raises GitError if it cannot run."""
    command = ["git", "-c", "protocol.allow=never", "--no-pager", "-C", folder, *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, **_ENVIRONMENT},
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise GitError("git is not installed; name a file with --against") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git did not answer within {_TIMEOUT} s") from None
    except (OSError, ValueError) as error:
        raise GitError(f"git cannot be started: {error}") from None
    return done.stdout if done.returncode == 0 else None
