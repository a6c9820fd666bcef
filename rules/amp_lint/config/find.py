"""Which configuration holds for a manifest: the nearest one upwards."""

from __future__ import annotations

import stat
from collections.abc import Container
from pathlib import Path

from amp_lint.config import ConfigError, Configuration, Problem, absolute, read_configuration
from amp_schema.records import dataclass, field

# In one folder the first of these wins.
NAMES = (".amp-lint.toml", "amp-lint.toml")
PYPROJECT = "pyproject.toml"
TABLE = "amp-lint"


@dataclass(slots=True)
class Configurations:
    """Finds configurations and remembers them, errors too; make a new one to read them anew.

    `fixed` is the one for every manifest, whatever lies around it.
    """

    fixed: Configuration | None = None
    _folders: dict[Path, Configuration | ConfigError] = field(default_factory=dict)

    def configuration_for(self, manifest: str | Path) -> Configuration:
        """The configuration of a manifest, which need not exist. Raises ConfigError.

        Of a symbolic link the folder that the link lies in counts, as the path says it.
        """
        return self.of_folder(absolute(manifest).parent)

    def of_folder(self, folder: str | Path, names: Container[str] | None = None) -> Configuration:
        """The configuration of what lies in a folder. Raises ConfigError.

        `names` are the files in the folder, for whoever has listed it anyway.
        """
        if self.fixed is not None:
            return self.fixed
        known = self._known(absolute(folder), names)
        if isinstance(known, ConfigError):
            raise known
        return known

    def _known(self, folder: Path, names: Container[str] | None) -> Configuration | ConfigError:
        way: list[Path] = []
        known: Configuration | ConfigError | None = None
        for place in (folder, *folder.parents):
            known = self._folders.get(place)
            if known is None:
                way.append(place)
                known = _own(place, names if place == folder else None)
            if known is not None:
                break
        known = known or Configuration()
        self._folders.update(dict.fromkeys(way, known))
        return known


def _own(folder: Path, names: Container[str] | None) -> Configuration | ConfigError | None:
    """What the files of the folder itself say; None if they say nothing."""
    try:
        for name in NAMES:
            if _is_there(folder / name, names):
                return read_configuration(folder / name)
        project = folder / PYPROJECT
        if _is_there(project, names) and _holds_table(project):
            return read_configuration(project)
    except ConfigError as error:
        return error
    return None


def is_file(path: Path) -> bool:
    """Whether there is a file that can be read to its end; no pipe, no folder."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_there(file: Path, names: Container[str] | None) -> bool:
    return (names is None or file.name in names) and is_file(file)


def _holds_table(project: Path) -> bool:
    """Whether a pyproject.toml is about us. Raises ConfigError."""
    try:
        # A quick look, which spares most projects the parser; the name needs no escapes.
        if TABLE.encode() not in project.read_bytes():
            return False
    except OSError as error:
        raise ConfigError(Problem(project, 1, f"cannot be read: {error.strerror}")) from error
    from amp_lint.config.read import our_table

    return our_table(project) is not None
