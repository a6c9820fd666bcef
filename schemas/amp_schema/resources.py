"""Reading of the data files beside this module."""

from __future__ import annotations

import os


def read(name: str) -> bytes:
    """Return the bytes of a file of this package."""
    with open(os.path.join(os.path.dirname(__file__), name), "rb") as file:
        return file.read()
