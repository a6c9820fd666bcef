"""Near matches for misspelt names, within a budget of comparisons."""

from __future__ import annotations

from collections.abc import Collection

from amp_lint.linter.comparison_budget import ComparisonBudget
from amp_schema.closest_match import nearest

# About half a second. No manifest written by hand comes near it.
MOST_COMPARISONS = 3_000


class Hints:
    """Near matches for one run of a rule.

    Every hint costs a comparison with every known name. In a file where thousands of names are
    wrong among thousands that are right, the hints end and the findings go on without.
    """

    def __init__(self, allowance: ComparisonBudget) -> None:
        self._allowance = allowance

    def nearest(self, word: str, names: Collection[str], limit: int | None = None) -> str | None:
        """Return the one of `names` that `word` was meant to be, if it is clear and affordable."""
        affordable = self._allowance.affords(len(names))
        return nearest(word, names, limit=limit) if affordable else None
