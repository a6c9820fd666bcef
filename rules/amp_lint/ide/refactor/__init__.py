"""Larger changes of a manifest that nobody has to make, offered where the caret is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from amp_lint.ide.refactor.context import RefactorContext, Refactoring
from amp_lint.ide.refactor.field_mapping import turned
from amp_lint.ide.refactor.subscriptions import read_too, subscribed_too
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document

# Who selects a whole file does not want a menu of a thousand orders.
MOST = 20


def refactorings_at(
    document: Document, span: Span, destinations: Sequence[str] = ()
) -> list[Refactoring]:
    """The refactorings of what a selection touches, an empty one where it is the caret.

    `destinations` are the names that the configuration lists. In a broken document, what the fault
    may have touched is left alone. Never raises for what the manifest holds.
    """
    if not document.source.is_faithful:
        return []
    found = _every(RefactorContext(document, span, tuple(destinations)))
    return list(islice(_different(found), MOST))


def _every(scene: RefactorContext) -> Iterator[Refactoring | None]:
    for integration in scene.integrations():
        for subscribed in scene.touched(integration, integration.subscribe_objects):
            yield read_too(scene, integration, subscribed)
        for item in scene.touched(integration, integration.read_objects):
            yield subscribed_too(scene, integration, item)
            for field in scene.touched(item, item.fields):
                yield turned(scene, integration, item, field)


def _different(found: Iterator[Refactoring | None]) -> Iterator[Refactoring]:
    """Those that are possible, each once."""
    seen: set[Refactoring] = set()
    for one in found:
        if one is not None and one not in seen:
            seen.add(one)
            yield one
