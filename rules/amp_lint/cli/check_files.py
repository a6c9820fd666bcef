"""The manifests of a run of `check`, and what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from amp_lint.cli.stderr import Complaints
from amp_lint.config import ConfigError, Configuration, read_configuration
from amp_lint.config.lookup import Configurations
from amp_lint.linter.engine import lint
from amp_lint.text.source import Source
from amp_schema.lite_dataclasses import dataclass, replace

if TYPE_CHECKING:
    from amp_lint.cli.check_run import CheckRequest
    from amp_lint.linter.engine import Report, Settings
    from amp_lint.linter.fixer import AppliedFix
    from amp_lint.project.snapshot import Snapshot

# The path that stands for standard input.
STDIN = "-"


class UnusableError(Exception):
    """A manifest has nothing to be compared with; the message is one line."""


class WorkerDiedError(Exception):
    """A process that lints manifests ended before it was done; the message is one line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A manifest as it was read, the report on it with the fixes applied, and these fixes."""

    source: Source
    report: Report
    fixes: tuple[AppliedFix, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome for one file; None if something could not be done, which `complaints` tells."""

    outcome: Outcome | None
    complaints: Complaints


def configurations_of(request: CheckRequest) -> Configurations:
    """Return where a run finds the configuration of each manifest. Raises ConfigError."""
    if request.isolated:
        return Configurations(Configuration())
    return Configurations(read_configuration(request.config) if request.config else None)


class FilesOfRun:
    """The manifests of a run, each read once, with the settings for it.

    `snapshot` is the project to compare all of them with, if the user asked for one.
    """

    def __init__(
        self,
        files: Sequence[str],
        request: CheckRequest,
        configurations: Configurations,
        snapshot: Snapshot | None = None,
    ) -> None:
        self.files = files
        self.request = request
        self.snapshot = snapshot
        self._configurations = configurations
        self._sources: dict[str, Source] = {}

    def read_project(self, complaints: Complaints) -> bool:
        """Fetch or read the project that the user asked for; return whether that succeeded."""
        named = self.request.project
        if named is None:
            return True
        from amp_lint.cli.check_project import asked_for
        from amp_lint.cli.project_options import ProjectError

        try:
            self.snapshot = asked_for(named, self._readable().values())
        except ProjectError as error:
            complaints.add(str(error))
            return False
        return True

    def result(self, file: str) -> Result:
        """Lint a file. With fixes, they are applied to the text in memory only."""
        complaints = Complaints(self.request.debug)
        return Result(self._outcome(file, complaints), complaints)

    def settings(self, file: str) -> Settings:
        """Return the settings of the engine for a file. Raises ConfigError, UnusableError."""
        shown = self._shown(file)
        configuration = self._configurations.configuration_for(shown).with_flags(self.request.flags)
        settings = configuration.settings_for(shown)
        snapshot = self.snapshot or self._configurations.snapshot_of(configuration)
        if self.request.against is not None:
            from amp_lint.cli.old_manifests import compared

            return compared(self.request.against, file, settings, snapshot, self._readable())
        if snapshot is None:
            return settings
        settings = replace(settings, snapshot=snapshot)
        from amp_lint.cli.check_project import integration_names, wants_names

        if wants_names(settings) and file in self.files[:1]:
            names = integration_names(self._readable())
            settings = replace(settings, deployed_elsewhere=names)
        return settings

    def _outcome(self, file: str, complaints: Complaints) -> Outcome | None:
        shown = self._shown(file)
        try:
            settings = self.settings(file)
        except ConfigError as error:
            complaints.config(error)
            return None
        except UnusableError as error:
            complaints.add(f"cannot compare {shown}: {error}")
            return None
        try:
            source = self._source(file)
        except OSError as error:
            complaints.add(f"cannot read {shown}: {error.strerror or error}")
            return None
        if settings.old is not None:
            from amp_lint.cli.old_manifests import refusal, refusal_of_new

            complaints.notes += filter(None, [refusal(settings.old)])
            complaints.problems += filter(None, [refusal_of_new(source)])
        try:
            return self._linted(source, settings)
        except Exception as error:  # noqa: BLE001  (one manifest must not cost the others)
            from traceback import format_exc

            words = f"cannot lint {shown}: {type(error).__name__}: {error}"
            complaints.fault(words, format_exc())
            return None

    def _linted(self, source: Source, settings: Settings) -> Outcome:
        if self.request.fixing == "no":
            return Outcome(source, lint(source, settings))
        from amp_lint.linter.fixer import fix_source

        fixed = fix_source(source, settings, unsafe=self.request.unsafe_fixes)
        return Outcome(source, fixed.report, fixed.applied)

    def _shown(self, file: str) -> str:
        """Return the name of a file in the report."""
        return self.request.stdin_name if file == STDIN else file

    def _source(self, file: str) -> Source:
        """Read a file. Raises OSError."""
        if file not in self._sources:
            self._sources[file] = Source.from_file(file) if file != STDIN else self._stdin()
        return self._sources[file]

    def _stdin(self) -> Source:
        from amp_lint.cli.manifest_io import read_stdin

        return read_stdin(self.request.stdin_name)

    def _readable(self) -> dict[str, Source]:
        """Read every file that can be read."""
        for file in self.files:
            with suppress(OSError):
                self._source(file)
        return self._sources
