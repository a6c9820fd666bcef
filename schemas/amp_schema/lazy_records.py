"""A mapping whose values are made when they are first read.

A run reads the records of one or two of the 230 providers, and few of the hundreds of objects of
each. Making all of them costs 5 % of a clean run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

Record = TypeVar("Record")


class LazyRecords(Mapping[str, Record]):
    """Records by name, in the order of `rows`. `make` gets a name and its row."""

    __slots__ = ("_made", "_make", "_rows")

    def __init__(self, rows: Mapping[str, Any], make: Callable[[str, Any], Record]) -> None:
        self._rows = rows
        self._make = make
        self._made: dict[str, Record] = {}

    def __getitem__(self, name: str) -> Record:
        """Return a record, the same each time. Raises KeyError."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(name, self._rows[name])
        return made

    def __contains__(self, name: object) -> bool:
        """Return whether there is a record; it is not made."""
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._rows)
