"""A client's capabilities, as far as they are well formed.

A client may be newer than this server and send capabilities of an unknown shape. Those parts are
dropped; refusing the client because of them would help nobody.
"""

from __future__ import annotations

import re
from typing import Any

import cattrs
from lsprotocol import types


def well_formed(capabilities: Any, converter: cattrs.Converter) -> dict[str, Any]:
    """Return the capabilities without the parts that the protocol does not allow."""
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


def _drop(value: Any, error: Exception) -> bool:
    """Drop the innermost parts that an error is about. Return whether it is about parts at all."""
    wrong = error.exceptions if isinstance(error, cattrs.BaseValidationError) else ()
    # Backwards, because dropping a member of a list moves the later ones.
    for one in reversed(wrong):
        step = _step(value, one)
        if step is None:
            return False
        if not _drop(value[step], one):
            del value[step]
    return bool(wrong)


def _step(value: Any, error: BaseException) -> Any:
    """Return the key or index of the part that an error is about; None if the part is missing."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(value, list):
            return getattr(note, "index", None)
        key = re.sub("_(.)", lambda match: match[1].upper(), getattr(note, "name", ""))
        if isinstance(value, dict) and key in value:
            return key
    return None
