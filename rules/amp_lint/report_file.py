"""Writes the report of `--output-file`: the whole of it, or nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write(lines: Iterable[str], name: str) -> None:
    """Write lines to a file as UTF-8 in place of what it held. Raises OSError.

    What is no regular file, such as a pipe, is written to as it is. A link stays one: the file that
    it leads to is replaced.
    """
    text = "".join(f"{line}\n" for line in lines).encode()
    target = Path(os.path.realpath(name))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        _replace(target, text, None)
        return
    if stat.S_ISREG(mode):
        _replace(target, text, stat.S_IMODE(mode))
    else:
        target.write_bytes(text)


def _replace(target: Path, text: bytes, mode: int | None) -> None:
    """Write beside the target, then take its place. Without a mode the umask decides."""
    beside = target.with_name(f".amp-lint-{os.urandom(8).hex()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(text)
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file."""
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False
