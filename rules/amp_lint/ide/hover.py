"""Hover texts in Markdown: what is known of the key or value at one place of a manifest.

They work in a broken file, for the parts that can be read. Mistakes are left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from amp_lint.ide import project_facts
from amp_lint.ide.anchors import routes
from amp_lint.ide.hover_place import Here
from amp_lint.ide.workspace_index import DestinationUse, destination_uses
from amp_lint.linter.suppressions import read_suppressions
from amp_lint.manifest.model import (
    ACTIONS,
    READ_MINIMUM,
    WATCH_MINIMUM,
    Integration,
    Manifest,
    manifest_of,
)
from amp_lint.manifest.objects import Field
from amp_lint.manifest.view import View
from amp_lint.text.messages import KINDS, quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from amp_lint.project.snapshot import Snapshot
    from amp_schema.catalog import Module, Provider
    from amp_schema.objects import CatalogObject

_MOST_USES = 20
# The manifest, its list of integrations, and the integration.
_IN_INTEGRATION = 3
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class HoverText:
    """A text about a span of the manifest."""

    span: Span
    text: str


def explain(
    document: Document,
    offset: int,
    now: datetime,
    elsewhere: Iterable[tuple[str, Iterable[DestinationUse]]] = (),
    manifest: Manifest | None = None,
    project: Snapshot | None = None,
) -> HoverText | None:
    """Return what is known of the key or value at an offset, or directly in front of it; or None.

    The next runs of a schedule count from `now`. `elsewhere` are the names of other files, each
    with the destinations that it uses. `manifest` is the view of the document, if it exists.
    `project` is the snapshot of the project.
    """
    if document.root is None:
        return None
    suppression = read_suppressions(document).at(offset)
    if suppression is not None:
        for name in suppression.names:
            if name.span.start <= offset <= name.span.end:
                return _explanation(name.span, _rule(name.id))
        return None
    node = node_at(document.root, offset)
    manifest = manifest or manifest_of(document.root)
    if node is None:
        return None
    # An anchored mapping may be outside of all known places, and mean something where it is merged.
    ways = (Here.of(document, manifest, node, way, elsewhere) for way in routes(document, node))
    here = next((one for one in ways if one is not None), None)
    if here is not None and project is not None:
        here = replace(here, project=project)
    if here is None:
        return None
    about = None if here.is_key else _VALUES.get(here.key)
    parts = list(about(here, now)) if about is not None else []
    return _explanation(node.span, parts or _place(here))


def node_at(root: Node, offset: int) -> Scalar | Alias | None:
    """Return the scalar or alias around an offset, else the one that ends there."""
    behind = None
    for node in _around(root, offset):
        if isinstance(node, Scalar | Alias) and node.start <= offset <= node.end:
            if offset < node.end:
                return node
            if node.end > node.start:
                behind = node
    return behind


def _around(root: Node, offset: int) -> Iterator[Node]:
    """Yield the nodes that contain an offset or touch it, the outermost first."""
    stack = [root]
    while stack:
        node = stack.pop()
        if not node.start <= offset <= node.end:
            continue
        yield node
        if isinstance(node, Mapping):
            for entry in reversed(node.entries):
                stack += (entry.value, entry.key)
        elif isinstance(node, Sequence):
            stack += reversed(node.items)


def _explanation(span: Span, parts: Iterable[str]) -> HoverText | None:
    text = "\n\n".join(part for part in parts if part)
    return HoverText(span, text) if text else None


def _place(here: Here) -> Iterator[str]:
    known, owner = here.place, here.above
    title = known.title[:1].upper() + known.title[1:]
    needed = ", required" if owner is not None and here.key in owner.required else ""
    gone = ", deprecated" if known.deprecated else ""
    yield f"**{title}** (`{here.key}`): {KINDS[known.type]}{needed}{gone}"
    yield known.description
    if known.values:
        yield f"Allowed: {', '.join(_code(value) for value in known.values)}"
    if known.default is not None:
        yield f"Default: {_code(_written(known.default))}"
    if known.url:
        yield f"[Documentation]({known.url})"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _provider(here: Here, _: datetime) -> Iterator[str]:
    from amp_lint.manifest.doc_urls import provider_guide
    from amp_schema.catalog import catalog

    provider = catalog().provider(here.name or "")
    if provider is None:
        return
    yield f"**{provider.display_name}** ({_code(provider.name)})"
    yield f"Supports {_supported(provider)}."
    yield f"[Guide]({provider_guide(provider)})"
    if provider.modules:
        yield "Modules:\n\n" + "\n".join(
            f"- {_code(module.name)}, {_module_facts(provider, module)}"
            for module in provider.modules.values()
        )
    yield f"From the catalog of {catalog().as_of}."


def _module(here: Here, _: datetime) -> Iterator[str]:
    from amp_schema.catalog import catalog

    integration = here.integration
    name = integration.provider if integration is not None else None
    provider = catalog().provider(name.value) if name is not None else None
    module = provider.modules.get(here.name or "") if provider is not None else None
    if provider is None or module is None:
        return
    yield f"**{module.display_name}** ({_code(module.name)}), a module of {provider.display_name}"
    yield f"Supports {_supported(provider, module.name)}."
    if module.name == provider.default_module:
        yield "This is the default: it applies if the integration names no module."
    yield f"From the catalog of {catalog().as_of}."


def _module_facts(provider: Provider, module: Module) -> str:
    default = " (default)" if module.name == provider.default_module else ""
    return f"{module.display_name}{default}: {_supported(provider, module.name)}"


def _supported(provider: Provider, module: str | None = None) -> str:
    names = [action for action in ACTIONS if provider.supports(action, module)]
    return ", ".join(names) or "no action that the catalog knows"


def _schedule(here: Here, now: datetime) -> Iterator[str]:
    from amp_lint.manifest.cron import ScheduleError, parse, shortest_gap
    from amp_lint.manifest.cron.describe import describe, length, moment
    from amp_lint.manifest.cron.next_runs import next_runs

    try:
        schedule = parse((here.name or "").rstrip("\n"))
    except ScheduleError:
        return
    yield f"Runs {describe(schedule)} (UTC)."
    gap = shortest_gap(schedule)
    if gap is not None:
        watches = here.above is not None and here.above.kind == "watchSchema section"
        least = length(WATCH_MINIMUM if watches else READ_MINIMUM)
        yield (
            f"Shortest gap: {length(gap.minutes)}, between {gap.words}; the platform requires at "
            f"least {least}."
        )
    runs = next_runs(schedule, now)
    if runs:
        yield "Next runs:\n\n" + "\n".join(f"- {moment(run)}" for run in runs)


def _object(here: Here, _: datetime) -> Iterator[str]:
    from amp_schema.objects import as_of

    if here.name is None:
        return
    known = _catalog_object(here.integration, here.name)
    if known is None or known.display_name is None:
        yield f"The object {_code(here.name)}"
    else:
        yield f"**{known.display_name}** ({_code(here.name)})"
    yield _shown_as(here.object)
    if known is not None and known.fields:
        count = len(known.fields)
        yield f"{count} known field{'' if count == 1 else 's'}"
    yield (
        f"From the catalog of {known.as_of}."
        if known is not None
        else f"Not in the catalog of {as_of()}, which lacks many names, and all custom ones."
    )


def _field(here: Here, _: datetime) -> Iterator[str]:
    object_ = here.object
    name = object_.name if object_ is not None else None
    if here.name is None or name is None:
        return
    known = _catalog_object(here.integration, name.value)
    called = known.display_name if known is not None else None
    yield f"The field {_code(here.name)} of {called or _code(name.value)}"
    # The mapping around the name; a watched field has none.
    field = here.holder(7, Field)
    yield _shown_as(field)
    mapped = field.map_to_name if field is not None else None
    if mapped is not None:
        yield f"Delivered as {_code(mapped.value)}."
    provider = here.integration.provider if here.integration is not None else None
    if here.project is not None and provider is not None:
        facts = project_facts.account_field
        yield from facts(here.project, provider.value, name.value, here.name)
    if known is not None and known.field(here.name) is not None:
        yield f"From the catalog of {known.as_of}."


def _catalog_object(integration: Integration | None, name: str) -> CatalogObject | None:
    from amp_schema.objects import find_object

    provider = integration.provider if integration is not None else None
    if integration is None or provider is None:
        return None
    module = integration.module
    found = find_object(provider.value, module.value if module is not None else None, name)
    # The other sources are good enough to complete a name, but not to confirm one.
    return found if found is not None and found.trust != "C" else None


def _shown_as(view: View | None) -> str:
    """Return the name that a customer sees, if the manifest has one."""
    shown = view.text("mapToDisplayName") if view is not None else None
    return f"Shown to customers as {_code(shown.value)}." if shown is not None else ""


def _destination(here: Here, _: datetime) -> Iterator[str]:
    if here.name is None:
        return
    every = destination_uses(here.document, here.manifest)
    uses = [one for one in every if one.name == here.name]
    times = "once" if len(uses) == 1 else f"{len(uses)} times"
    yield f"The destination {_code(here.name)}, used {times} in this file"
    if here.project is not None:
        yield project_facts.destination(here.project, here.name)
    yield _listed_uses(f"- {_use(one)}" for one in uses)
    others = [(file, one) for file, used in here.elsewhere for one in used if one.name == here.name]
    if others:
        yield "In other files"
        yield _listed_uses(f"- {_code(file)}, {_use(one)}" for file, one in others)


def _integration(here: Here, _: datetime) -> Iterator[str]:
    if here.name is not None and here.project is not None and len(here.holders) == _IN_INTEGRATION:
        facts = list(project_facts.deployed(here.project, here.name))
        if facts:
            yield f"The integration {_code(here.name)}"
            yield from facts


def _listed_uses(lines: Iterable[str]) -> str:
    listed = list(lines)
    more = [f"- and {len(listed) - _MOST_USES} more"] if len(listed) > _MOST_USES else []
    return "\n".join((*listed[:_MOST_USES], *more))


def _use(use: DestinationUse) -> str:
    """Return where a destination is used, and for what."""
    where = f" of {_code(use.integration)}" if use.integration is not None else ""
    called = f" {_code(use.object)}" if use.object is not None else ""
    what = "`watchSchema`" if use.section == "watchSchema" else f"{use.section} object{called}"
    return f"line {use.line}: {what}{where}"


def _rule(rule_id: str) -> Iterator[str]:
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    rule = rules().get(rule_id)
    if rule is None:
        return
    doc = rule_doc(rule)
    off = "" if rule.on else ", off by default"
    yield f"**{rule.id}**: {rule.severity.value}{off} ({rule.group.value})"
    yield doc.summary
    yield doc.why
    yield f"[Documentation]({rule.url})"


def _code(name: str) -> str:
    """Return a name as code, even if it contains backticks."""
    text = quoted(name)[1:-1]
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    if not longest:
        return f"`{text}`"
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"


_VALUES: dict[str, Callable[[Here, datetime], Iterator[str]]] = {
    "name": _integration,
    "provider": _provider,
    "module": _module,
    "schedule": _schedule,
    "objectName": _object,
    "fieldName": _field,
    "requiredWatchFields": _field,
    "destination": _destination,
}
