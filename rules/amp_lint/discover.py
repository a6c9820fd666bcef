"""Which files are manifests: those named, and those found in the folders named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from amp_lint.gitignore import Ignores

NAMES = ("amp.yaml", "amp.yml", "*.amp.yaml", "*.amp.yml")

_WHOLE_NAMES = frozenset(name for name in NAMES if not name.startswith("*"))
_ENDINGS = tuple(name[1:] for name in NAMES if name.startswith("*"))
_NEVER_SEARCHED = frozenset({".git", "node_modules"})

# Python writes this file into every virtual environment, whatever the folder is called.
_ENVIRONMENT_MARK = "pyvenv.cfg"

# Emacs puts a dangling link of this name beside a file while it is edited.
_LOCK_PREFIX = ".#"


@dataclass(frozen=True, slots=True)
class Discovery:
    """The manifests to lint, each once, in the order of their names; and what went wrong."""

    files: tuple[str, ...]
    problems: tuple[str, ...]


def is_manifest_name(name: str) -> bool:
    """Whether a folder search takes a file of this name (case matters)."""
    if name.startswith(_LOCK_PREFIX):
        return False
    return name in _WHOLE_NAMES or name.endswith(_ENDINGS)


def discover(paths: Iterable[str]) -> Discovery:
    """Find the manifests that `paths` stand for.

    A folder is searched; links to folders inside it are not followed. Anything else is taken as
    it is, even if git ignores it, and even if it does not exist: reading it will tell.
    """
    files: dict[str, str] = {}
    problems: list[str] = []
    for path in paths:
        found: Sequence[str] = (path,)
        if os.path.isdir(path):
            search = _Search(path)
            found = sorted(search.run())
            problems += search.problems
            if not found and not search.problems:
                problems.append(_nothing_found(path, search.ignored))
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return Discovery(tuple(sorted(files.values())), tuple(dict.fromkeys(problems)))


def _nothing_found(folder: str, ignored: int) -> str:
    where = os.path.abspath(folder)
    words = f"no manifest in {where} or below: none is called {', '.join(NAMES)}"
    if ignored:
        them = "1 that git ignores was" if ignored == 1 else f"{ignored} that git ignores were"
        words = f"no manifest in {where} or below; {them} left out"
    return f"{words} (a file named as PATH is linted whatever its name)"


@dataclass(slots=True)
class _Search:
    """A walk through one folder, in a loop. `ignored` counts manifests that git leaves alone."""

    root: str
    problems: list[str] = field(default_factory=list)
    ignored: int = 0
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def run(self) -> Iterator[str]:
        """Yield the manifests as they are to be shown, in no particular order."""
        top = os.path.realpath(self.root)
        # The current folder is not part of a name: `amp.yaml`, not `./amp.yaml`.
        shown = "" if os.path.normpath(self.root) == os.curdir else self.root
        pending = [(shown, top, Ignores.above(top))]
        while pending:
            shown, folder, ignores = pending.pop()
            entries = self._entries(shown, folder)
            names = {entry.name for entry in entries}
            if _ENVIRONMENT_MARK in names and folder != top:
                continue
            if not names.isdisjoint((".git", ".gitignore")):
                ignores = ignores.within(folder)
            for entry in entries:
                name = os.path.join(shown, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    skipped = entry.name in _NEVER_SEARCHED
                    if not skipped and not ignores.covers(entry.path, is_folder=True):
                        pending.append((name, entry.path, ignores))
                elif is_manifest_name(entry.name) and _may_be_read(entry.path):
                    if ignores.covers(entry.path, is_folder=False):
                        self.ignored += 1
                    else:
                        yield name

    def _entries(self, shown: str, folder: str) -> list[os.DirEntry[str]]:
        try:
            state = os.stat(folder)
            # Junctions and mounts can lead a folder into itself.
            if (state.st_dev, state.st_ino) in self._seen:
                return []
            self._seen.add((state.st_dev, state.st_ino))
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            self.problems.append(f"cannot read folder {shown or folder}: {error.strerror or error}")
            return []


def _may_be_read(path: str) -> bool:
    """False for what is no file, such as a pipe. What cannot be told will show on reading."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True
