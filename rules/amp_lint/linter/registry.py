"""All rules, from the index that `indexing.py` makes: their modules are imported when asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from amp_lint.linter.rule import Rule


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of ids."""
    from amp_lint.linter.rule_index import RULES

    return {rule.id: rule for rule in RULES}
