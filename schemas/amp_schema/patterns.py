"""Regular expressions that are compiled when they are first used.

A clean run of the command line imports modules with some forty patterns and uses few of them.
Compiling all of them costs 10 % more instructions (`benchmarks/instructions.md`). Type checkers
see `re.compile`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:
    import re

    class pattern:  # noqa: N801 - used like the function `re.compile`
        """A pattern that is compiled when an attribute is first read."""

        def __init__(self, text, flags=0):
            self._source = text, flags

        def __getattr__(self, name):
            # The next access finds the attribute without this method.
            found = getattr(re.compile(*self._source), name)
            setattr(self, name, found)
            return found
