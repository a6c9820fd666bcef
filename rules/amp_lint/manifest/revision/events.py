"""The events that a subscribe object asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_lint.manifest.revision.model import STANDARD_EVENTS, ActionObject

if TYPE_CHECKING:
    from amp_lint.manifest.decode.values import Value


def events(one: ActionObject) -> dict[str, Value]:
    """Return the events by name: the standard ones that are enabled, and each of `otherEvents`."""
    standard = (key for key in STANDARD_EVENTS if one.part(key).text("enabled") == "always")
    found = {key: one.keys[key] for key in standard}
    for value in one.parts("otherEvents"):
        if isinstance(value.data, str):
            found.setdefault(value.data, value)
    return found
