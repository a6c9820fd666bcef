"""Refactorings at the caret."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from amp_lint.ide.refactor.context import RefactorContext, Refactoring
from amp_lint.ide.refactor.field_mapping import turned
from amp_lint.ide.refactor.subscriptions import read_too, subscribed_too
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document

# A menu with more entries is of no use.
MOST = 20


def refactorings_at(
    document: Document, span: Span, destinations: Sequence[str] = ()
) -> list[Refactoring]:
    """Return the refactorings of everything that a selection touches; an empty one is the caret.

    `destinations` are the names that the configuration lists. In a document with syntax errors, the
    affected parts are left out. Never raises because of the manifest.
    """
    if not document.source.is_faithful:
        return []
    found = _every(RefactorContext(document, span, tuple(destinations)))
    return list(islice(_different(found), MOST))


def _every(context: RefactorContext) -> Iterator[Refactoring | None]:
    for integration in context.integrations():
        for subscribed in context.touched(integration, integration.subscribe_objects):
            yield read_too(context, integration, subscribed)
        for item in context.touched(integration, integration.read_objects):
            yield subscribed_too(context, integration, item)
            for field in context.touched(item, item.fields):
                yield turned(context, integration, item, field)


def _different(found: Iterator[Refactoring | None]) -> Iterator[Refactoring]:
    """Yield the possible refactorings, each once."""
    seen: set[Refactoring] = set()
    for one in found:
        if one is not None and one not in seen:
            seen.add(one)
            yield one
