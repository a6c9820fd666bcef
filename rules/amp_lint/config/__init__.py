"""The configuration of a project, and the flags that override it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from amp_lint.linter.engine import Settings
from amp_lint.linter.finding import Severity
from amp_schema.lite_dataclasses import dataclass, field, replace

if TYPE_CHECKING:
    from pathlib import Path

    from amp_lint.config.gitignore import Ignores
    from amp_lint.project.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a configuration, with the file (absolute) and the line (from 1)."""

    file: Path
    line: int
    message: str


class ConfigError(Exception):
    """An invalid configuration. It has at least one problem; they are in the order of lines."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(f"{p.file}:{p.line}: {p.message}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Flags:
    """Settings of the command line or an editor that override the configuration file.

    None stands for a setting that is not given. `fail_on` is one of the severities or `never`.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()
    fail_on: str | None = None


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """The file that the key `snapshot` names (an absolute path), and where the key is."""

    path: str
    file: Path
    line: int

    def read(self) -> Snapshot:
        """Read the snapshot. Raises ConfigError."""
        from amp_lint.project.snapshot import SnapshotError, read_snapshot
        from amp_lint.text.messages import quoted

        try:
            return read_snapshot(self.path)
        except FileNotFoundError:
            reason = "does not exist; write it with `amp-lint pull`"
        except (OSError, SnapshotError) as error:
            reason = getattr(error, "strerror", None) or str(error)
        words = f"`snapshot`: the file {quoted(os.path.basename(self.path))} {reason}"
        raise ConfigError(Problem(self.file, self.line, words))


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration for the manifests of a folder. `file` is None if there is no file.

    `snapshot` is the file with the facts of the project, `project` the name to fetch it by.
    `fail_on` is None where findings never fail a run. `per_file_ignores` leads from a pattern to
    what it reaches and the rules that are not asked there. `files` are `file` and those that it
    extends.
    """

    file: Path | None = None
    settings: Settings = field(default_factory=Settings)
    fail_on: Severity | None = Severity.ERROR
    exclude: Ignores | None = None
    per_file_ignores: Mapping[str, tuple[Ignores, frozenset[str]]] = field(default_factory=dict)
    snapshot: SnapshotFile | None = None
    project: str | None = None
    files: tuple[Path, ...] = ()

    def settings_for(self, manifest: str) -> Settings:
        """Return the settings for one manifest, which need not exist."""
        if not self.per_file_ignores:
            return self.settings
        path = absolute(manifest)
        entries = self.per_file_ignores.values()
        more = [ids for pattern, ids in entries if pattern.reach(path, is_folder=False)]
        return replace(self.settings, ignore=self.settings.ignore.union(*more))

    def excludes(self, path: str | Path, *, is_folder: bool) -> bool:
        """Return whether a search leaves a path out."""
        if self.exclude is None:
            return False
        return self.exclude.reach(absolute(path), is_folder=is_folder)

    def with_flags(self, flags: Flags) -> Configuration:
        """Return the configuration with flags applied.

        `select`, `fail_on` and each severity replace, `ignore` and `destinations` add.
        """
        if flags == Flags():
            return self
        settings = replace(
            self.settings,
            select=self.settings.select if flags.select is None else flags.select,
            ignore=self.settings.ignore | flags.ignore,
            severity={**self.settings.severity, **flags.severity},
            destinations=tuple(dict.fromkeys((*self.settings.destinations, *flags.destinations))),
        )
        fail_on = self.fail_on if flags.fail_on is None else level(flags.fail_on)
        return replace(self, settings=settings, fail_on=fail_on)


def level(word: str) -> Severity | None:
    """Return the severity for a value of `fail-on` or `severity`; None for `never` and `off`."""
    return None if word in ("never", "off") else Severity(word)


def read_configuration(file: str | Path) -> Configuration:
    """Read one file of any name, with what it extends. Raises ConfigError."""
    from amp_lint.config.loader import configuration_in

    return configuration_in(absolute(file))


def absolute(path: str | Path) -> Path:
    """Return an absolute path without `..`. Links are not resolved."""
    from pathlib import Path

    return Path(absolute_name(path))


def absolute_name(path: str | Path) -> str:
    """Return the same as `absolute`, without importing pathlib."""
    try:
        return os.path.abspath(path)
    except OSError:
        # The current folder is deleted, so a relative path has no place.
        return os.path.join(os.sep, path)
