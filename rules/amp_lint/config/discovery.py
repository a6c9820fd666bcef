"""Which files are manifests: those named, and those found in the folders named."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from amp_lint.config import Configuration
    from amp_lint.config.lookup import Configurations

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


def discover(
    paths: Iterable[str],
    configurations: Configurations | None = None,
    on_folder: Callable[[], None] | None = None,
) -> Discovery:
    """Find the manifests that `paths` stand for; what `configurations` exclude is left out.

    A folder is searched; links to folders inside it are not followed. Anything else is taken as
    it is, even if git ignores it, and even if it does not exist: reading it will tell.
    `on_folder` is called for each folder that is searched; what it raises ends the search.
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
        for file in found:
            files.setdefault(os.path.realpath(file), file)
    return Discovery(tuple(sorted(files.values())), tuple(dict.fromkeys(problems)))


def would_find(root: str, file: str, configurations: Configurations | None = None) -> bool:
    """Whether a search of the folder `root` finds a file below it, asked without a search."""
    from pathlib import Path

    if not is_manifest_name(Path(file).name):
        return False
    return file in _Search(Path(root), configurations, towards=Path(file)).run()


@dataclass(slots=True)
class _Search:
    """A walk through one folder, in a loop. `ignored` counts manifests that git leaves alone;
    `excluded` says which configurations left something out. With `towards`, only the folders on
    the way to that file are entered."""

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
        # Whoever names files, as hooks do, need not wait for this.
        from pathlib import Path

        from amp_lint.config.gitignore import Ignores

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
            configuration = self._configuration(shown, names)
            if folder == top and self._excludes(configuration, shown, is_folder=True):
                continue
            for entry in entries:
                path = folder / entry.name
                if entry.is_dir(follow_symlinks=False):
                    if (
                        entry.name not in _NEVER_SEARCHED
                        and self._leads_on(shown / entry.name)
                        and not ignores.covers(path, is_folder=True)
                        and not self._excludes(configuration, shown / entry.name, is_folder=True)
                    ):
                        pending.append((shown / entry.name, path, ignores))
                elif is_manifest_name(entry.name) and _may_be_read(path):
                    ignored = ignores.covers(path, is_folder=False)
                    self.ignored += ignored
                    if not (
                        ignored
                        or self._excludes(configuration, shown / entry.name, is_folder=False)
                    ):
                        yield str(shown / entry.name)

    def _leads_on(self, folder: Path) -> bool:
        return self.towards is None or folder in self.towards.parents

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
        if self.excluded:
            files = ", ".join(sorted(self.excluded))
            also = f"{why}, and " if self.ignored else ""
            why = f"{also}what `exclude` in {files} covers was left out"
        where = os.path.realpath(self.root)
        return f"no manifest in {where} or below: {why} (a file named as PATH is always linted)"

    def _configuration(self, folder: Path, names: set[str]) -> Configuration | None:
        """What holds in a folder. One that cannot be used excludes nothing; whoever lints a
        manifest in the folder asks for it again, and learns what is wrong."""
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
    """False for what is no file, such as a pipe. What cannot be told will show on reading."""
    mode = _mode(path)
    return not mode or stat.S_ISREG(mode)


def _mode(path: str | Path) -> int:
    """What kind of file it is; 0 for none, and where nobody may look."""
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0
