"""What a rule may spend on comparing names, so that no file keeps it busy."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Allowance:
    """How many comparisons one run of a rule over a file has left."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most
        self._spent = 0
        self._paid: dict[Hashable, int] = {}

    def affords(self, comparisons: int, what: Hashable = None) -> bool:
        """Spend something, if enough is left. `what` names a question whose answer the rule keeps,
        so that another part of the file would not pay for it again."""
        self._left -= comparisons
        if what is None:
            self._spent += comparisons
        else:
            self._paid[what] = comparisons
        return self._left >= 0

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was spent."""
        return not self._spent and not self._paid

    @staticmethod
    def suffices(runs: Iterable[Allowance]) -> bool:
        """Whether one run could have afforded what several runs over parts of a file spent."""
        most, spent = 0, 0
        paid: dict[Hashable, int] = {}
        for run in runs:
            most = run._most
            spent += run._spent
            paid.update(run._paid)
        return spent + sum(paid.values()) <= most
