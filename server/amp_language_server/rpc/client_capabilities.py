"""What a client says of itself, as far as it is understood.

A client may be newer than this server, and have capabilities of a shape that is not known yet. What
is not understood of them is left out; to refuse the client for it would help nobody.
"""

from __future__ import annotations

import re
from typing import Any

import cattrs
from lsprotocol import types


def understood(capabilities: Any, converter: cattrs.Converter) -> dict[str, Any]:
    """A client's capabilities without the parts that are none."""
    while isinstance(capabilities, dict):
        if (error := _error_in(capabilities, converter)) is None:
            return capabilities
        if not _drop(capabilities, error):
            break
    return {}


def _error_in(capabilities: dict[str, Any], converter: cattrs.Converter) -> Exception | None:
    try:
        converter.structure(capabilities, types.ClientCapabilities)
    except Exception as error:  # noqa: BLE001 - the hooks of lsprotocol raise all kinds
        return error
    return None


def _drop(said: Any, error: Exception) -> bool:
    """Drop the innermost parts that an error is about; whether it is about parts at all."""
    wrong = error.exceptions if isinstance(error, cattrs.BaseValidationError) else ()
    # From the back: members of a list would move up.
    for one in reversed(wrong):
        step = _step(said, one)
        if step is None:
            return False
        if not _drop(said[step], one):
            del said[step]
    return bool(wrong)


def _step(said: Any, error: BaseException) -> Any:
    """The key or index of the part that an error is about, None for one that is missing."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(said, list):
            return getattr(note, "index", None)
        key = re.sub("_(.)", lambda match: match[1].upper(), getattr(note, "name", ""))
        if isinstance(said, dict) and key in said:
            return key
    return None
