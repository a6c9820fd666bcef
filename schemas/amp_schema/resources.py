"""Reading of the data files beside this module."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def read(name: str) -> bytes:
    """Return the bytes of a file of this package, which may be in a zip archive."""
    # Loaders of files and of archives both have it; `importlib.resources` takes 10 ms to import.
    loader: Any = globals()["__loader__"]
    data: bytes = loader.get_data(os.path.join(os.path.dirname(__file__), name))
    return data
