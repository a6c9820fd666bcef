"""How commands read manifests from standard input, and write them back to their files."""

from __future__ import annotations

import sys

from amp_lint.text.source import Source


def read_stdin(shown: str) -> Source:
    """Read standard input as a manifest with a name. Raises OSError."""
    if sys.stdin is None:
        raise OSError("it is closed")
    return Source.from_stream(sys.stdin.buffer, shown)


def replace_file(source: Source, data: bytes) -> None:
    """Replace the content of a source's file, in one step. Raises OSError, also if the file is not
    what was read."""
    from pathlib import Path

    from amp_lint.cli import atomic_write

    # A pipe cannot be read a second time.
    if not Path(source.path).is_file():
        raise OSError("it is no regular file")
    if Source.from_file(source.path).to_bytes() != source.to_bytes():
        raise OSError("it has changed in the meantime")
    atomic_write.write(source.path, data)
