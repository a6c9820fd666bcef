"""All rules, by id, from the generated index; a rule is imported when it is first called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from amp_lint.linter.rule import Rule


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of ids."""
    from amp_lint.linter.rule_index import RULES

    return {rule.id: rule for rule in RULES}
