"""Which rules a manifest concerns: the others are neither asked nor even imported."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property

from amp_lint.document import Document
from amp_lint.rule import DIRECTIVES, FAULTS, SHAPE, Rule


class Relevance:
    """Whether a document has anything of what a rule needs to have something to say."""

    def __init__(
        self, document: Document, shapes: Callable[[], Collection[str]], directives: bool
    ) -> None:
        self._document = document
        # The ids of the rules for which the JSON Schema has found something: work, so done late.
        self._shapes = shapes
        self._directives = directives

    def concerns(self, rule: Rule) -> bool:
        """Whether a rule is to be asked about the document."""
        if not rule.needs or not self._document.whole:
            return True
        if SHAPE in rule.needs and rule.id in self._shapes():
            return True
        return not rule.needs.isdisjoint(self._present)

    @cached_property
    def _present(self) -> set[str]:
        names = {entry.name for mapping in self._document.mappings for entry in mapping.entries}
        present = set(map(str.casefold, names))
        if self._document.faults:
            present.add(FAULTS)
        if self._directives:
            present.add(DIRECTIVES)
        return present
