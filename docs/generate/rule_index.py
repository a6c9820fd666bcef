"""Generates `linter/rule_index.py`, the metadata of all rules.

Every module in `amp_lint.rules` is searched for functions marked `@rule`. With the index, a run
imports only the modules of rules that can apply to the manifest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from amp_lint.linter.rule import Rule, RuleError, rules_in

INDEX = Path("rules/amp_lint/linter/rule_index.py")
_HEAD = '''\
"""The metadata of all rules; made by `make docs` from the rules themselves, so do not edit."""

from __future__ import annotations

from amp_lint.linter.finding import Severity
from amp_lint.linter.rule import Group, LazyCheck, Rule, Scope

RULES = (
'''


def found() -> Mapping[str, Rule]:
    """All rules by id, in the order of ids. Raises RuleError when two share an id."""
    every: dict[str, Rule] = {}
    for rule in sorted(_load(), key=lambda item: item.id):
        if rule.id in every:
            raise RuleError(f"{rule.id} is defined in {every[rule.id].module} and {rule.module}")
        every[rule.id] = rule
    return every


def index() -> str:
    """Return the text of `rule_index.py`."""
    return f"{_HEAD}{''.join(map(_entry, found().values()))})\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the index."""
    yield INDEX, index()


def _load() -> Iterator[Rule]:
    import amp_lint.rules

    for module in sorted(info.name for info in iter_modules(amp_lint.rules.__path__)):
        loaded = import_module(f"amp_lint.rules.{module}")
        yield from rules_in(vars(loaded))


def _entry(rule: Rule) -> str:
    values = {str(key): _written(getattr(rule, key)) for key in Rule.__match_args__}
    values["check"] = f'LazyCheck("{rule.module}", "{rule.check.__name__}")'
    lines = (f"        {key}={value},\n" for key, value in values.items())
    return f"    Rule(\n{''.join(lines)}    ),\n"


def _written(value: object) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, frozenset):
        return f"frozenset([{', '.join(map(_written, sorted(value)))}])" if value else "frozenset()"
    return f'"{value}"' if isinstance(value, str) else repr(value)
