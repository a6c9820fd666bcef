"""The names of configuration files, and of the table in a pyproject.toml."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# In one folder the first of these wins.
NAMES = (".amp-lint.toml", "amp-lint.toml")
PYPROJECT = "pyproject.toml"
TABLE = "amp-lint"


def is_file(path: str | Path) -> bool:
    """Return whether there is a regular file, not a pipe or a folder."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False
