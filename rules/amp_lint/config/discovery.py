"""The search for manifests: the files that are named, and those in the folders that are named."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from pathlib import Path

    from amp_lint.config import Configuration
    from amp_lint.config.git_index import TrackedManifests
    from amp_lint.config.gitignore import Ignores
    from amp_lint.config.lookup import Configurations

NAMES = ("amp.yaml", "amp.yml", "*.amp.yaml", "*.amp.yml")

_WHOLE_NAMES = frozenset(name for name in NAMES if not name.startswith("*"))
_ENDINGS = tuple(name[1:] for name in NAMES if name.startswith("*"))
_NEVER_SEARCHED = frozenset({".git", "node_modules"})

# Python writes this file into every virtual environment.
_ENVIRONMENT_MARK = "pyvenv.cfg"

# Emacs puts a dangling link of this name beside a file while it is edited.
_LOCK_PREFIX = ".#"


@dataclass(frozen=True, slots=True)
class Discovery:
    """The manifests to lint, each once, sorted by name, and messages about problems."""

    files: tuple[str, ...]
    problems: tuple[str, ...]


def is_manifest_name(name: str) -> bool:
    """Return whether a search of a folder finds a file of this name (case matters)."""
    if name.startswith(_LOCK_PREFIX):
        return False
    return name in _WHOLE_NAMES or name.endswith(_ENDINGS)


def discover(
    paths: Iterable[str],
    configurations: Configurations | None = None,
    on_folder: Callable[[], None] | None = None,
    *,
    force_exclude: bool = False,
) -> Discovery:
    """Find the manifests of `paths`, without those that `configurations` exclude.

    A folder is searched; links to folders inside it are not followed. Any other path is returned
    as it is, also if git ignores it or it does not exist. If configurations exclude it, it is left
    out with `force_exclude` only. `on_folder` is called for each folder that is searched; an
    exception from it ends the search.
    """
    files: dict[str, str] = {}
    problems: list[str] = []
    for path in paths:
        found: Sequence[str] = (path,)
        if stat.S_ISDIR(_mode(path)):
            from pathlib import Path

            search = _Search(Path(path), configurations, on_folder=on_folder)
            found = sorted(search.run())
            problems += search.problems
            if not found and not search.problems:
                problems.append(search.nothing_found())
        elif force_exclude and is_excluded(path, configurations):
            continue
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return Discovery(tuple(sorted(files.values())), tuple(dict.fromkeys(problems)))


def is_excluded(file: str, configurations: Configurations | None) -> bool:
    """Return whether the configuration for a file excludes it. An invalid one excludes nothing."""
    from amp_lint.config import ConfigError

    if configurations is None:
        return False
    try:
        return configurations.configuration_for(file).excludes(file, is_folder=False)
    except ConfigError:
        return False


def would_find(root: str, file: str, configurations: Configurations | None = None) -> bool:
    """Return whether a search of the folder `root` would find a file below it."""
    from pathlib import Path

    if not is_manifest_name(Path(file).name):
        return False
    return file in _Search(Path(root), configurations, towards=Path(file)).run()


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to search: as it is shown, and without links.

    `ignores` and `tracked` are those of its repository. `ignored`: git ignores the folder, so only
    tracked files count.
    """

    shown: Path
    path: Path
    ignores: Ignores
    tracked: TrackedManifests
    ignored: bool = False


@dataclass(slots=True)
class _Search:
    """A search of one folder, without recursion.

    `ignored` counts manifests that git ignores; `excluded` names the configurations that exclude
    something. With `towards`, only the folders on the way to that file are entered.
    """

    root: Path
    configurations: Configurations | None = None
    on_folder: Callable[[], None] | None = None
    towards: Path | None = None
    problems: list[str] = field(default_factory=list)
    ignored: int = 0
    excluded: set[str] = field(default_factory=set)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def run(self) -> Iterator[str]:
        """Yield the manifests as they are to be shown, in no particular order."""
        # Runs that only name files, as those of hooks, do not need these.
        from pathlib import Path

        from amp_lint.config.git_index import TrackedManifests, repository_top
        from amp_lint.config.gitignore import Ignores

        top = Path(os.path.realpath(self.root))
        tracked = TrackedManifests(repository_top(top), is_manifest_name)
        pending = [_Folder(self.root, top, Ignores.above(top), tracked)]
        while pending:
            folder = pending.pop()
            entries = self._entries(folder.shown, folder.path)
            names = {entry.name for entry in entries}
            if _ENVIRONMENT_MARK in names and folder.path != top:
                continue
            if ".git" in names:
                tracked = TrackedManifests(folder.path, is_manifest_name)
                folder = replace(folder, tracked=tracked, ignored=False)
            if not names.isdisjoint((".git", ".gitignore")):
                folder = replace(folder, ignores=folder.ignores.within(folder.path))
            configuration = self._configuration(folder.shown, names)
            if folder.path == top and self._excludes(configuration, folder.shown, is_folder=True):
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending += self._to_search(folder, entry.name, configuration)
                elif is_manifest_name(entry.name) and _may_be_read(folder.path / entry.name):
                    yield from self._manifest(folder, entry.name, configuration)

    def _to_search(
        self, folder: _Folder, name: str, configuration: Configuration | None
    ) -> Iterator[_Folder]:
        """Yield a folder inside another, if it is to be searched."""
        shown, path = folder.shown / name, folder.path / name
        if name in _NEVER_SEARCHED or not self._leads_on(shown):
            return
        ignored = folder.ignored or folder.ignores.covers(path, is_folder=True)
        if ignored and not folder.tracked.covers(path, is_folder=True):
            return
        if not self._excludes(configuration, shown, is_folder=True):
            yield _Folder(shown, path, folder.ignores, folder.tracked, ignored)

    def _manifest(
        self, folder: _Folder, name: str, configuration: Configuration | None
    ) -> Iterator[str]:
        """Yield a manifest in a folder, if it is to be linted."""
        path = folder.path / name
        ignored = folder.ignored or folder.ignores.covers(path, is_folder=False)
        if ignored and not folder.tracked.covers(path, is_folder=False):
            self.ignored += 1
        elif not self._excludes(configuration, folder.shown / name, is_folder=False):
            yield str(folder.shown / name)

    def _leads_on(self, folder: Path) -> bool:
        return self.towards is None or folder in self.towards.parents

    def nothing_found(self) -> str:
        """Return the message for a search without a result."""
        why = f"none is called {', '.join(NAMES)}"
        if self.ignored:
            them = (
                "1 that git ignores was"
                if self.ignored == 1
                else f"{self.ignored} that git ignores were"
            )
            why = f"{them} left out"
        if self.excluded:
            files = ", ".join(sorted(self.excluded))
            also = f"{why}, and " if self.ignored else ""
            why = f"{also}what `exclude` in {files} covers was left out"
        where = os.path.realpath(self.root)
        return f"no manifest in {where} or below: {why} (a file that is named as PATH is linted)"

    def _configuration(self, folder: Path, names: set[str]) -> Configuration | None:
        """Return the configuration of a folder, None if it is invalid.

        An invalid one excludes nothing; it is reported when a manifest in the folder is linted.
        """
        from amp_lint.config import ConfigError

        if self.configurations is None:
            return None
        try:
            return self.configurations.of_folder(folder, names or None)
        except ConfigError:
            return None

    def _excludes(
        self, configuration: Configuration | None, path: Path, *, is_folder: bool
    ) -> bool:
        if configuration is None or not configuration.excludes(path, is_folder=is_folder):
            return False
        self.excluded.add(str(configuration.file))
        return True

    def _entries(self, shown: Path, folder: Path) -> list[os.DirEntry[str]]:
        if self.on_folder is not None:
            self.on_folder()
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
    """Return False for a pipe or device. A file whose kind is unknown is reported on reading."""
    mode = _mode(path)
    return not mode or stat.S_ISREG(mode)


def _mode(path: str | Path) -> int:
    """Return the mode of a file; 0 if there is none, or it may not be looked at."""
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0
