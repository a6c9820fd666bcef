"""Write generated files that are stale, or only name them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path


def update(wanted: Mapping[Path, str], *, check: bool, stray: Iterable[Path] = ()) -> int:
    """Write stale files, delete `stray` ones; with `check` only name them. Return the exit code."""
    stale = [
        path
        for path, text in wanted.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    wrong = [*stale, *stray]
    if check:
        for path in wrong:
            sys.stderr.write(f"{path} is out of date; run `make docs`\n")
        return 1 if wrong else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in stray:
        path.unlink()
    return 0
