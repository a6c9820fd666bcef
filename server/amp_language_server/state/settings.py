"""The settings of a manifest: the configuration file that applies to it, and on top the editor's
settings for its workspace folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from amp_language_server.state.client_settings import ClientSettings
from amp_lint.config import ConfigError, Configuration, Problem, absolute, read_configuration
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import Settings
from amp_schema.lite_dataclasses import replace

if TYPE_CHECKING:
    from amp_lint.project.snapshot import Snapshot

# Seconds that the first documents wait for the editor's settings, so that findings which those
# disable never show. A client that is slower, or never answers, gets findings without them.
PATIENCE = 0.5


@dataclass(slots=True)
class SettingsFolder:
    """A workspace folder; without a root, everything outside of all workspace folders."""

    root: str | None = None
    client: ClientSettings = field(default_factory=ClientSettings)
    configurations: Configurations = field(default_factory=Configurations)
    # The last snapshot that could be read, by its file; None if there was none.
    snapshots: dict[str, Snapshot | None] = field(default_factory=dict)
    _valid: dict[Path, Configuration] = field(default_factory=dict)

    def snapshot(self, configuration: Configuration) -> tuple[Snapshot | None, ConfigError | None]:
        """Return the snapshot that a configuration names: if it is invalid, the one before."""
        if configuration.snapshot is None:
            return None, None
        path = configuration.snapshot.path
        try:
            found = self.snapshots[path] = self.configurations.snapshot_of(configuration)
        except ConfigError as error:
            return self.snapshots.setdefault(path, None), error
        return found, None

    def read_again(self) -> ConfigError | None:
        """Drop what was read. Return what is wrong with the file that the editor names."""
        self.configurations = Configurations()
        file = self._named_file()
        if file is None:
            return None
        try:
            self._valid[file] = read_configuration(file)
        except ConfigError as error:
            self.configurations = Configurations(self._valid.get(file, Configuration()))
            return error
        self.configurations = Configurations(self._valid[file])
        return None

    def configuration(self, path: str | Path) -> tuple[Configuration, ConfigError | None]:
        """Return the configuration of a manifest; the last valid one if its file is invalid."""
        folder = absolute(path).parent
        try:
            found = self._valid[folder] = self.configurations.of_folder(folder)
        except ConfigError as error:
            return self._valid.get(folder, Configuration()), error
        return found, None

    def excludes(self, path: str) -> bool:
        """Return whether a configuration between the root and a manifest excludes it."""
        file = absolute(path)
        above = (one for one in file.parents if self._contains(one) or one == file.parent)
        return any(
            self.configuration(folder / file.name)[0].excludes(file, is_folder=False)
            for folder in above
        )

    def _contains(self, folder: PurePath) -> bool:
        return self.root is not None and folder.is_relative_to(self.root)

    def _named_file(self) -> Path | None:
        """Return the file that the editor names.

        A relative path counts from the workspace folder. Outside of all folders it is ignored: the
        working directory of the editor has nothing to do with a manifest.
        """
        if self.client.config_file is None:
            return None
        file = Path(self.root or "", self.client.config_file)
        return absolute(file) if file.is_absolute() else None


@dataclass(slots=True)
class FolderSettings:
    """The settings of each workspace folder of one client.

    `tell` is called with a message for the user, once per problem. `show` is called with the
    problems of a configuration file, and with none once they may be solved. `watch` is called with
    the files that settings are read from, when there are new ones; on any thread.
    """

    tell: Callable[[str], None] = lambda _: None
    show: Callable[[Path, tuple[Problem, ...]], None] = lambda _, __: None
    watch: Callable[[frozenset[str]], None] = lambda _: None
    _outside: SettingsFolder = field(default_factory=SettingsFolder)
    _folders: dict[str, SettingsFolder] = field(default_factory=dict)
    _wrong: frozenset[str] = frozenset()
    _told: set[str] = field(default_factory=set)
    _told_before: set[str] = field(default_factory=set)
    _shown: set[Path] = field(default_factory=set)
    _sources: frozenset[str] = frozenset()
    _answer: asyncio.Event = field(default_factory=asyncio.Event)
    _is_asked: bool = False

    @property
    def all(self) -> list[SettingsFolder]:
        """The workspace folders."""
        return list(self._folders.values())

    def set_roots(self, roots: list[str]) -> None:
        """Set the client's folders. Those that stay keep their settings."""
        known = self._folders
        self._folders = {
            root: known.get(root) or SettingsFolder(root, self._outside.client) for root in roots
        }
        self.read_again()

    def set_client_settings(
        self, settings: Mapping[str | None, ClientSettings], problems: Iterable[str] = ()
    ) -> bool:
        """Set the editor's settings for each folder and (None) outside; report their problems.

        Return whether anything changed.
        """
        wrong = dict.fromkeys(problems)
        for words in wrong:
            if words not in self._wrong:
                self.tell(f"{words}; the setting is ignored until it is corrected")
        self._wrong = frozenset(wrong)
        before = [one.client for one in self._every()]
        for one in self._every():
            one.client = settings.get(one.root, settings.get(None, ClientSettings()))
        changed = before != [one.client for one in self._every()]
        if changed:
            self.read_again()
        return changed

    def read_again(self) -> None:
        """Read all configuration files again when they are next needed."""
        self._told_before, self._told = self._told, set()
        for file in sorted(self._shown):
            self.show(file, ())
        self._shown.clear()
        for one in self._every():
            error = one.read_again()
            if error is not None:
                self._complain(error)

    def of(self, path: str) -> SettingsFolder:
        """Return the innermost workspace folder that contains a manifest."""
        parents = set(map(str, PurePath(path).parents))
        around = [root for root in self._folders if root in parents]
        return self._folders[max(around, key=len)] if around else self._outside

    def settings(self, path: str) -> Settings:
        """Return the linter's settings for a manifest."""
        folder = self.of(path)
        configuration, error = folder.configuration(path)
        if error is not None:
            self._complain(error)
        snapshot, error = folder.snapshot(configuration)
        if error is not None:
            self._complain(error)
        self._note_sources(configuration)
        settings = configuration.with_flags(folder.client.flags).settings_for(path)
        return settings if snapshot is None else replace(settings, snapshot=snapshot)

    def is_source(self, path: str) -> bool:
        """Return whether settings were read from a file."""
        return path in self._sources

    def excludes(self, path: str) -> bool:
        """Return whether the configuration excludes a manifest."""
        return self.of(path).excludes(path)

    def debounce(self, path: str) -> float:
        """Return the seconds of rest after a keystroke before a document is analysed."""
        return self.of(path).client.debounce

    def compares_deployed(self, path: str) -> bool:
        """Return whether a manifest is to be compared with what is deployed."""
        return self.of(path).client.changes == "deployed"

    @property
    def trace(self) -> str:
        """How much is logged; there is one log for all folders."""
        return self._outside.client.trace

    def expect_answer(self) -> None:
        """Note that the editor has been asked for its settings."""
        self._is_asked = True

    def answered(self) -> None:
        """Note that the editor's settings are known, or that it has none."""
        self._answer.set()

    async def settled(self) -> None:
        """Wait for the editor's settings, at most `PATIENCE` seconds."""
        if self._is_asked and not self._answer.is_set():
            try:
                await asyncio.wait_for(self._answer.wait(), PATIENCE)
            except asyncio.TimeoutError:
                self.answered()

    def _note_sources(self, configuration: Configuration) -> None:
        files = {str(file) for file in configuration.files}
        if configuration.snapshot is not None:
            files.add(configuration.snapshot.path)
        new = frozenset(files - self._sources)
        if new:
            self._sources |= new
            self.watch(new)

    def _complain(self, error: ConfigError) -> None:
        for problem in error.problems:
            words = f"{problem.file}:{problem.line}: {problem.message}"
            if words not in self._told | self._told_before:
                self.tell(f"{words}; the last valid configuration applies until it is corrected")
            self._told.add(words)
        for file in sorted({problem.file for problem in error.problems} - self._shown):
            self._shown.add(file)
            self.show(file, tuple(one for one in error.problems if one.file == file))

    def _every(self) -> list[SettingsFolder]:
        return [self._outside, *self._folders.values()]
