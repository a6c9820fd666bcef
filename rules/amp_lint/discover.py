"""Which files are manifests: those named, and those found in the folders named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
        if stat.S_ISDIR(_mode(path)):
            search = _Search(Path(path))
            found = sorted(search.run())
            problems += search.problems
            if not found and not search.problems:
                problems.append(search.nothing_found())
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return Discovery(tuple(sorted(files.values())), tuple(dict.fromkeys(problems)))


@dataclass(slots=True)
class _Search:
    """A walk through one folder, in a loop. `ignored` counts manifests that git leaves alone."""

    root: Path
    problems: list[str] = field(default_factory=list)
    ignored: int = 0
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def run(self) -> Iterator[str]:
        """Yield the manifests as they are to be shown, in no particular order."""
        # Whoever names files, as hooks do, need not wait for this.
        from amp_lint.gitignore import Ignores

        top = Path(os.path.realpath(self.root))
        pending = [(self.root, top, Ignores.above(top))]
        while pending:
            shown, folder, ignores = pending.pop()
            entries = self._entries(shown, folder)
            names = {entry.name for entry in entries}
            if _ENVIRONMENT_MARK in names and folder != top:
                continue
            if not names.isdisjoint((".git", ".gitignore")):
                ignores = ignores.within(folder)
            for entry in entries:
                path = folder / entry.name
                if entry.is_dir(follow_symlinks=False):
                    skipped = entry.name in _NEVER_SEARCHED
                    if not skipped and not ignores.covers(path, is_folder=True):
                        pending.append((shown / entry.name, path, ignores))
                elif is_manifest_name(entry.name) and _may_be_read(path):
                    if ignores.covers(path, is_folder=False):
                        self.ignored += 1
                    else:
                        yield str(shown / entry.name)

    def nothing_found(self) -> str:
        """The words for a search that found no manifest."""
        why = f"none is called {', '.join(NAMES)}"
        if self.ignored:
            them = (
                "1 that git ignores was"
                if self.ignored == 1
                else f"{self.ignored} that git ignores were"
            )
            why = f"{them} left out"
        where = os.path.realpath(self.root)
        return f"no manifest in {where} or below: {why} (a file named as PATH is always linted)"

    def _entries(self, shown: Path, folder: Path) -> list[os.DirEntry[str]]:
        try:
            state = folder.stat()
            # Junctions and mounts can lead a folder into itself.
            if (state.st_dev, state.st_ino) in self._seen:
                return []
            self._seen.add((state.st_dev, state.st_ino))
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            self.problems.append(f"cannot read folder {shown}: {error.strerror or error}")
            return []


def _may_be_read(path: Path) -> bool:
    """False for what is no file, such as a pipe. What cannot be told will show on reading."""
    mode = _mode(path)
    return not mode or stat.S_ISREG(mode)


def _mode(path: str | Path) -> int:
    """What kind of file it is; 0 for none, and where nobody may look."""
    try:
        return Path(path).stat().st_mode
    except OSError:
        return 0
