"""What a rule may spend on comparing names, so that no file keeps it busy."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from amp_schema.lite_dataclasses import dataclass, field


@dataclass(slots=True)
class ComparisonBudget:
    """The comparisons that one run of a rule over a file may make, and those that it made: `spent`
    at once, and `paid` for questions whose answers the rule keeps."""

    most: int
    spent: int = 0
    paid: dict[Hashable, int] = field(default_factory=dict)
    _made: int = 0

    @property
    def is_untouched(self) -> bool:
        """Whether no comparison was made."""
        return not self._made

    def affords(self, comparisons: int, question: Hashable = None) -> bool:
        """Make some comparisons, if that many are left. Another part of the file in which the same
        question comes up would not pay for it again."""
        self._made += comparisons
        if question is None:
            self.spent += comparisons
        else:
            self.paid[question] = comparisons
        return self._made <= self.most

    @staticmethod
    def suffices(runs: Iterable[ComparisonBudget]) -> bool:
        """Whether one run could have afforded what several runs over parts of a file spent."""
        most, spent = 0, 0
        paid: dict[Hashable, int] = {}
        for run in runs:
            most = run.most
            spent += run.spent
            paid.update(run.paid)
        return spent + sum(paid.values()) <= most
