"""Writes the report of `--output-file`: the whole of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from amp_lint.cli import atomic_write


def write(lines: Iterable[str], name: str) -> None:
    """Write lines to a file as UTF-8 in place of what it held. Raises OSError.

    Something that is not a regular file, such as a pipe, is written to directly.
    """
    text = "".join(f"{line}\n" for line in lines).encode()
    target = Path(name)
    if target.exists() and not target.is_file():
        target.write_bytes(text)
    else:
        atomic_write.write(name, text)


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file."""
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
