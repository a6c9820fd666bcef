"""The manifests that git tracks, from the index of a repository.

Git never ignores a file that it tracks, so neither does a search. The format is that of git's own
documentation (gitformat-index), versions 2 to 4. A library for it would take ten times as long to
import as a search takes, and running git itself can run commands that a repository configures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from struct import error as StructError  # noqa: N812
from struct import unpack_from

# Larger ones belong to repositories of more than a million files.
MAX_BYTES = 200 * 1024 * 1024

# Up to the flags: times, device, inode, mode, owner, size (40 bytes), and a SHA-1.
_BEFORE_FLAGS = 60
_EXTENDED = 0x4000
_HEADER = 12


class TrackedManifests:
    """The tracked manifests of the repository whose top is `top`; none outside a repository.

    What cannot be read counts as not tracked: a damaged index, one of SHA-256 names, or one split
    over several files.
    """

    def __init__(self, top: Path | None, is_manifest_name: Callable[[str], bool]) -> None:
        self._top = top
        self._is_manifest_name = is_manifest_name

    def covers(self, path: Path, *, is_folder: bool) -> bool:
        """Return whether a manifest is tracked, or any below a folder.

        `path` is an absolute path without links.
        """
        if self._top is None:
            return False
        name = path.relative_to(self._top).as_posix()
        if is_folder:
            return any(file.startswith(f"{name}/") for file in self._files)
        return name in self._files

    @cached_property
    def _files(self) -> frozenset[str]:
        assert self._top is not None
        try:
            data = _index_of(self._top)
            names = map(os.fsdecode, _names(data))
            return frozenset(one for one in names if self._is_manifest_name(_last(one)))
        except (OSError, ValueError, LookupError):
            return frozenset()


def repository_top(folder: Path) -> Path | None:
    """Return the top of the repository that a folder lies in."""
    return next((one for one in (folder, *folder.parents) if os.path.lexists(one / ".git")), None)


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _index_of(top: Path) -> bytes:
    """Return the content of the index. Raises OSError, ValueError."""
    git = top / ".git"
    if git.is_file():
        # A linked work tree or a submodule: the file names the folder.
        git = top / git.read_text("utf-8").strip().removeprefix("gitdir:").strip()
    with (git / "index").open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError("the index is too large")
    return data


def _names(data: bytes) -> Iterator[bytes]:
    """Yield the paths in an index. Raises ValueError, IndexError if it is damaged."""
    try:
        signature, version, count = unpack_from(">4sII", data)
        if signature != b"DIRC" or version not in (2, 3, 4):
            raise ValueError("not an index of a known version")
        at, name = _HEADER, b""
        for _ in range(count):
            (flags,) = unpack_from(">H", data, at + _BEFORE_FLAGS)
            start = at + _BEFORE_FLAGS + (4 if flags & _EXTENDED else 2)
            if version == 4:
                removed, start = _variable_number(data, start)
                end = data.index(b"\0", start)
                name = name[: len(name) - removed] + data[start:end]
                at = end + 1
            else:
                end = data.index(b"\0", start)
                name = data[start:end]
                # One to eight NULs fill an entry up to a multiple of eight.
                at += (end - at) // 8 * 8 + 8
            yield name
    except StructError as error:
        raise ValueError("the index is damaged") from error


def _variable_number(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at an offset, encoded as in pack files, and the offset behind it."""
    byte = data[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = data[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, at + 1
