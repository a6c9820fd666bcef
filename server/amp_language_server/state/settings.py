"""What holds for a manifest: the configuration file around it, and on top the editor's settings
for its workspace folder."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from amp_language_server.state.client_settings import ClientSettings
from amp_lint.config import ConfigError, Configuration, Problem, absolute, read_configuration
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import Settings

# Seconds that the first documents wait for the editor's settings, so that nothing shows up that
# those switch off. An editor that is slower, or never answers, gets what holds without them.
PATIENCE = 0.5


@dataclass(slots=True)
class Project:
    """A workspace folder; or, without a root, everything that lies in none."""

    root: str | None = None
    asked: ClientSettings = field(default_factory=ClientSettings)
    configurations: Configurations = field(default_factory=Configurations)
    _good: dict[Path, Configuration] = field(default_factory=dict)

    def read_anew(self) -> ConfigError | None:
        """Forget what was read. Returns what is wrong with the file that the editor names."""
        self.configurations = Configurations()
        file = self._named_file()
        if file is None:
            return None
        try:
            self._good[file] = read_configuration(file)
        except ConfigError as error:
            self.configurations = Configurations(self._good.get(file, Configuration()))
            return error
        self.configurations = Configurations(self._good[file])
        return None

    def configuration(self, path: str) -> tuple[Configuration, ConfigError | None]:
        """What holds for a manifest: where the file cannot be used, what held before."""
        folder = absolute(path).parent
        try:
            found = self._good[folder] = self.configurations.of_folder(folder)
        except ConfigError as error:
            return self._good.get(folder, Configuration()), error
        return found, None

    def _named_file(self) -> Path | None:
        """The file that the editor names. Outside of all folders a relative path counts from
        nowhere: where the editor was started says nothing about a manifest."""
        if self.asked.config_file is None:
            return None
        file = Path(self.root or "", self.asked.config_file)
        return absolute(file) if file.is_absolute() else None


@dataclass(slots=True)
class Projects:
    """The workspace folders of one client.

    `tell` is given what the user should know, once as long as it holds. `show` is given what is
    wrong in a configuration file, and nothing once that may be over.
    """

    tell: Callable[[str], None] = lambda _: None
    show: Callable[[Path, tuple[Problem, ...]], None] = lambda _, __: None
    _outside: Project = field(default_factory=Project)
    _projects: dict[str, Project] = field(default_factory=dict)
    _wrong: frozenset[str] = frozenset()
    _told: set[str] = field(default_factory=set)
    _told_before: set[str] = field(default_factory=set)
    _shown: set[Path] = field(default_factory=set)
    _answer: asyncio.Event = field(default_factory=asyncio.Event)
    _is_asked: bool = False

    @property
    def folders(self) -> list[Project]:
        """The workspace folders."""
        return list(self._projects.values())

    def set_roots(self, roots: list[str]) -> None:
        """Take over the client's folders; those that stay keep what is asked in them."""
        known = self._projects
        self._projects = {
            root: known.get(root) or Project(root, self._outside.asked) for root in roots
        }
        self.read_anew()

    def set_asked(
        self, asked: Mapping[str | None, ClientSettings], problems: Iterable[str] = ()
    ) -> bool:
        """Take over the editor's settings, for each folder and (None) outside, and what is wrong
        with them; whether anything changed."""
        wrong = dict.fromkeys(problems)
        for words in wrong:
            if words not in self._wrong:
                self.tell(f"{words}; until that is mended, the setting does not count")
        self._wrong = frozenset(wrong)
        before = [one.asked for one in self._all()]
        for one in self._all():
            one.asked = asked.get(one.root, asked.get(None, ClientSettings()))
        changed = before != [one.asked for one in self._all()]
        if changed:
            self.read_anew()
        return changed

    def read_anew(self) -> None:
        """Read all configuration files again, when they are next asked for."""
        self._told_before, self._told = self._told, set()
        for file in sorted(self._shown):
            self.show(file, ())
        self._shown.clear()
        for one in self._all():
            error = one.read_anew()
            if error is not None:
                self._complain(error)

    def of(self, path: str) -> Project:
        """The project that a manifest is of: that of the innermost folder around it."""
        parents = set(map(str, PurePath(path).parents))
        around = [root for root in self._projects if root in parents]
        return self._projects[max(around, key=len)] if around else self._outside

    def settings(self, path: str) -> Settings:
        """What the engine is to know about a manifest."""
        project = self.of(path)
        configuration, error = project.configuration(path)
        if error is not None:
            self._complain(error)
        return configuration.with_flags(project.asked.flags).settings_for(path)

    def debounce(self, path: str) -> float:
        """Seconds of rest behind a key before a document is judged."""
        return self.of(path).asked.debounce

    @property
    def trace(self) -> str:
        """What is to be written into the log; it is one log for all folders."""
        return self._outside.asked.trace

    def expect_answer(self) -> None:
        """The editor has been asked for its settings."""
        self._is_asked = True

    def answered(self) -> None:
        """The editor's settings are known, or it has none."""
        self._answer.set()

    async def settled(self) -> None:
        """Wait for the editor's settings, but not for long."""
        if self._is_asked and not self._answer.is_set():
            try:
                await asyncio.wait_for(self._answer.wait(), PATIENCE)
            except asyncio.TimeoutError:
                self.answered()

    def _complain(self, error: ConfigError) -> None:
        for problem in error.problems:
            words = f"{problem.file}:{problem.line}: {problem.message}"
            if words not in self._told | self._told_before:
                self.tell(f"{words}; until that is mended, what held before does")
            self._told.add(words)
        for file in sorted({problem.file for problem in error.problems} - self._shown):
            self._shown.add(file)
            self.show(file, tuple(one for one in error.problems if one.file == file))

    def _all(self) -> list[Project]:
        return [self._outside, *self._projects.values()]
