"""Regular expressions that are compiled when they are first used.

A clean manifest needs few of the forty that the modules of a short run have, and compiling them all
is a twentieth of the run. To a reader and a type checker they are what `re.compile` makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:
    import re

    class pattern:  # noqa: N801 - it stands for a function
        """A compiled pattern, or what will be one."""

        def __init__(self, text, flags=0):
            self._source = text, flags

        def __getattr__(self, name):
            # Kept, so that it is an attribute like any other from now on.
            found = getattr(re.compile(*self._source), name)
            setattr(self, name, found)
            return found
