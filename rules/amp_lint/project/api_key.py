"""The key of the API: from the environment or a file that the command line names."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

VARIABLE = "AMP_API_KEY"
STDIN = "-"

_MOST = 4096
# What a header can carry without doubt; a line break in it would begin another header.
_SENDABLE = re.compile(rb"[!-~]{1,%d}\Z" % _MOST)


class ApiKeyError(ValueError):
    """There is no usable key. The message never holds any part of it."""


def api_key(file: str | None, environment: Mapping[str, str]) -> str:
    """Return the key from a file (`-` is standard input), else from AMP_API_KEY.

    Raises ApiKeyError.
    """
    if file is not None:
        key = _from_file(file)
        source = "standard input" if file == STDIN else "the key file"
    else:
        key = os.fsencode(environment.get(VARIABLE, ""))
        source = VARIABLE
        if not key:
            raise ApiKeyError(f"no API key: set {VARIABLE}, or name a file with --key-file")
    if not key:
        raise ApiKeyError(f"no API key: {source} is empty")
    if not _SENDABLE.match(key):
        raise ApiKeyError(
            f"the API key in {source} must consist of printable ASCII characters without spaces "
            f"and line breaks, at most {_MOST}"
        )
    return key.decode("ascii")


def _from_file(file: str) -> bytes:
    try:
        if file == STDIN:
            if sys.stdin is None:
                raise OSError("it is closed")
            return _read(sys.stdin.buffer)
        # A pipe is fine here: `--key-file <(pass show ampersand)`.
        with Path(file).open("rb") as stream:
            return _read(stream)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ApiKeyError(f"cannot read the key from {file}: {why}") from None


def _read(stream: BinaryIO) -> bytes:
    """The content without the line break that editors and `echo` put at its end."""
    content = stream.read(_MOST + 3)
    return content.removesuffix(b"\n").removesuffix(b"\r")
