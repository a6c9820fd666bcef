"""Near matches for misspelt names, within a budget of comparisons."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from amp_lint.linter.comparison_budget import ComparisonBudget
from amp_schema.closest_match import nearest

if TYPE_CHECKING:
    from amp_lint.manifest.model import Integration

# About half a second. No manifest written by hand comes near it.
MOST_COMPARISONS = 3_000


class Hints:
    """Near matches for one run of a rule.

    Every hint costs a comparison with every known name. In a file where thousands of names are
    wrong among thousands that are right, the hints end and the findings go on without.
    """

    def __init__(self, budget: ComparisonBudget) -> None:
        self._budget = budget

    def nearest(self, word: str, names: Collection[str], limit: int | None = None) -> str | None:
        """Return the one of `names` that `word` was meant to be, if it is clear and affordable."""
        affordable = self._budget.affords(len(names))
        return nearest(word, names, limit=limit) if affordable else None

    def read_name(self, word: str, integration: Integration) -> str | None:
        """Return the `objectName` of the read object that `word` was meant to be: a misspelling of
        it, its singular or plural, or the name that it is mapped to."""
        mapped = [
            item.name.value
            for item in integration.read_objects
            if item.name is not None and item.maps_to == word
        ]
        if len(mapped) == 1:
            return mapped[0]
        from amp_schema.typos import is_form

        names = integration.read_by_name
        forms = [name for name in names if is_form(word, name)]
        return forms[0] if len(forms) == 1 else self.nearest(word, names)
