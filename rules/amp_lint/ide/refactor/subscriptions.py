"""Refactorings that add the read object of a subscription, or a subscription to a read object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from amp_lint.ide.refactor.context import RefactorContext, Refactoring
from amp_lint.linter.common_fixes import added_object, supports
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import ReadObject, SubscribeObject
from amp_lint.manifest.snippets import destination, feeding_object, subscribe_object
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import object_slip
from amp_lint.yaml.editor import Edits

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data


def read_too(
    context: RefactorContext, integration: Integration, item: SubscribeObject
) -> Refactoring | None:
    """Add the read object for a subscription."""
    if item.name is None or item.name.value.casefold() in integration.read_names:
        return None
    if object_slip(item.name.value) is not None:
        return None
    if not integration.knows_its_reads and not _lists_nothing(integration, "read"):
        return None
    name = item.name.value
    same = [
        one
        for one in integration.subscribe_objects
        if one.name is not None and one.name.value == name
    ]
    stub = feeding_object(name, same, context.destinations)
    edits = _added(context, integration, "read", stub, before="subscribe")
    return context.refactoring(f"Add {quoted(name)} to `read`", [edits])


def subscribed_too(
    context: RefactorContext, integration: Integration, item: ReadObject
) -> Refactoring | None:
    """Subscribe to a read object."""
    names, most = integration.subscribe_names, integration.most_subscriptions
    if item.name is None or item.name.value.casefold() in names:
        return None
    if object_slip(item.name.value) is not None:
        return None
    if not integration.knows_its_subscriptions and not _lists_nothing(integration, "subscribe"):
        return None
    if (most is not None and len(names) >= most) or not _can_subscribe(integration):
        return None
    used = (one.destination for one in (item, *integration.subscribe_objects))
    stub = subscribe_object(item.name.value, destination(used, context.destinations))
    edits = _added(context, integration, "subscribe", stub, after=("read", "write"))
    return context.refactoring(f"Add {quoted(item.name.value)} to `subscribe`", [edits])


def _added(
    context: RefactorContext,
    integration: Integration,
    action: str,
    stub: dict[str, Data],
    *,
    before: str | None = None,
    after: Iterable[str] = (),
) -> Edits | None:
    """Return the edits that add an object to an action, and the action if it is missing."""
    if not integration.lacks(action):
        return added_object(context.edit, integration, action, stub)
    misspelt = integration.misspelt(action) is not None
    if misspelt or not integration.takes(action) or not supports(integration, action):
        return None
    section: Data = {"objects": [stub]}
    return context.edit.put(integration.node, action, section, before=before, after=after)


def _lists_nothing(integration: Integration, action: str) -> bool:
    """Return whether an action exists and certainly has no objects."""
    view = integration.actions.get(action)
    return view is not None and view.lacks_items("objects")


def _can_subscribe(integration: Integration) -> bool:
    """Return whether the provider supports events, or the manifest subscribes already."""
    from amp_schema.catalog import catalog

    name = integration.provider
    known = name is not None and catalog().provider(name.value) is not None
    return bool(integration.subscribe_objects) or (known and supports(integration, "subscribe"))
