"""Finds the configuration for a manifest: the nearest one upwards."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from amp_lint.config import (
    ConfigError,
    Configuration,
    Problem,
    absolute,
    absolute_name,
    read_configuration,
)
from amp_lint.config.names import NAMES, PYPROJECT, TABLE, is_file
from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

    from amp_lint.project.snapshot import Snapshot


@dataclass(slots=True)
class Configurations:
    """Finds configurations and remembers them, errors too; make a new one to read them again.

    `fixed` is the one for every manifest in any folder.
    """

    fixed: Configuration | None = None
    _folders: dict[str, Configuration | ConfigError] = field(default_factory=dict)
    _snapshots: dict[str, Snapshot | ConfigError] = field(default_factory=dict)

    def snapshot_of(self, configuration: Configuration) -> Snapshot | None:
        """Return the snapshot that a configuration names; None if it names none.

        Raises ConfigError if it cannot be used.
        """
        named = configuration.snapshot
        if named is None:
            return None
        if named.path not in self._snapshots:
            try:
                self._snapshots[named.path] = named.read()
            except ConfigError as error:
                self._snapshots[named.path] = error
        found = self._snapshots[named.path]
        if isinstance(found, ConfigError):
            raise found
        return found

    def configuration_for(self, manifest: str | Path) -> Configuration:
        """Return the configuration for a manifest, which need not exist. Raises ConfigError.

        For a symbolic link it is that of the folder with the link.
        """
        return self.of_folder(os.path.dirname(absolute_name(manifest)))

    def of_folder(self, folder: str | Path, names: Container[str] | None = None) -> Configuration:
        """Return the configuration for the files in a folder. Raises ConfigError.

        `names` are the files in the folder, if the caller has listed it already.
        """
        if self.fixed is not None:
            return self.fixed
        known = self._known(absolute_name(folder), names)
        if isinstance(known, ConfigError):
            raise known
        return known

    def _known(self, folder: str, names: Container[str] | None) -> Configuration | ConfigError:
        way: list[str] = []
        known: Configuration | ConfigError | None = None
        for place in _upwards(folder):
            known = self._folders.get(place)
            if known is None:
                way.append(place)
                known = _own(place, names if place == folder else None)
            if known is not None:
                break
        known = known or Configuration()
        self._folders.update(dict.fromkeys(way, known))
        return known


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


def _own(folder: str, names: Container[str] | None) -> Configuration | ConfigError | None:
    """Return the configuration in the folder itself, None if it has none."""
    try:
        for name in NAMES:
            if _is_there(folder, name, names):
                return read_configuration(os.path.join(folder, name))
        if _is_there(folder, PYPROJECT, names):
            project = os.path.join(folder, PYPROJECT)
            if _holds_table(project):
                return read_configuration(project)
    except ConfigError as error:
        return error
    return None


def _is_there(folder: str, name: str, names: Container[str] | None) -> bool:
    return (names is None or name in names) and is_file(os.path.join(folder, name))


def _holds_table(project: str) -> bool:
    """Return whether a pyproject.toml has a table for amp-lint. Raises ConfigError."""
    try:
        # Most projects have no such table, and this is faster than parsing.
        with open(project, "rb") as file:
            if TABLE.encode() not in file.read():
                return False
    except OSError as error:
        raise ConfigError(
            Problem(absolute(project), 1, f"cannot be read: {error.strerror}")
        ) from error
    from amp_lint.config.loader import our_table

    return our_table(absolute(project)) is not None
