"""Finds the rules: every module in `amp_lint.rules` is asked for the functions marked `@rule`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from amp_lint.rule import Rule, RuleError, rules_in


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of ids. Raises RuleError when two share an id."""
    found: dict[str, Rule] = {}
    for rule in sorted(_load(), key=lambda item: item.id):
        if rule.id in found:
            raise RuleError(f"{rule.id} is defined in {found[rule.id].module} and {rule.module}")
        found[rule.id] = rule
    return found


def _load() -> Iterator[Rule]:
    import amp_lint.rules

    for module in sorted(info.name for info in iter_modules(amp_lint.rules.__path__)):
        loaded = import_module(f"amp_lint.rules.{module}")
        yield from rules_in(vars(loaded))
