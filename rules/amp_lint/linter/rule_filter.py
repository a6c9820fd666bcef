"""Which rules a manifest concerns: the others are neither asked nor even imported."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from functools import cached_property

from amp_lint.linter.rule import (
    REPEATED_KEYS,
    SCHEDULES,
    SHAPE,
    SUPPRESSIONS,
    SYNTAX_PROBLEMS,
    Rule,
)
from amp_lint.manifest.usual_schedules import has_usual_schedule
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Mapping


class RuleFilter:
    """Whether a document has anything of what a rule needs to have something to say."""

    def __init__(
        self,
        document: Document,
        shapes: Callable[[], Collection[str]],
        suppressions: bool,
        names: AbstractSet[str] | None = None,
    ) -> None:
        self._document = document
        # The ids of the rules for which the JSON Schema has found something: work, so done late.
        self._shapes = shapes
        self._suppressions = suppressions
        # The names of all keys, where they are known.
        self._names = names

    def concerns(self, rule: Rule) -> bool:
        """Whether a rule is to be asked about the document."""
        if not rule.needs or not self._document.whole:
            return True
        if SHAPE in rule.needs and rule.id in self._shapes():
            return True
        return not rule.needs.isdisjoint(self._present)

    @cached_property
    def _present(self) -> set[str]:
        names = self._names
        present = set(key_names(self._document.mappings) if names is None else names)
        if self._document.faults:
            present.add(SYNTAX_PROBLEMS)
        if self._suppressions:
            present.add(SUPPRESSIONS)
        return present


def key_names(mappings: Collection[Mapping]) -> set[str]:
    """The names of the keys of some mappings, as if in small letters, and what else of them a rule
    may need."""
    names = {entry.name for mapping in mappings for entry in mapping.entries}
    present = set(map(str.casefold, names))
    if "schedule" in present and not all(map(has_usual_schedule, mappings)):
        present.add(SCHEDULES)
    if any(mapping.repeats_a_key for mapping in mappings):
        present.add(REPEATED_KEYS)
    return present
