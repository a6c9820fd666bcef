"""Completion of names: providers, modules, objects, fields, destinations and schedules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from amp_lint.ide.completion.context import CompletionContext
from amp_lint.ide.completion.item import Completion
from amp_lint.ide.project_facts import dated, field_detail, installations, shown
from amp_lint.manifest.model import ACTIONS, READ_MINIMUM, WATCH_MINIMUM, Integration
from amp_lint.manifest.objects import Object
from amp_lint.yaml.node_path import Path
from amp_schema.catalog import Provider, catalog
from amp_schema.objects import CatalogObject, find_object, ignores_case, names_for, objects_of

# The length of the path integrations, 0, watchSchema, schedule; that of a read object is longer.
_WATCH_DEPTH = 4
# That of integrations, 0, name.
_INTEGRATION_DEPTH = 3
_SCHEDULES = (
    "*/10 * * * *",
    "*/15 * * * *",
    "*/30 * * * *",
    "0 * * * *",
    "0 */2 * * *",
    "0 */6 * * *",
    "0 */12 * * *",
    "0 0 * * *",
    "0 0 * * 1-5",
    "0 0 * * 0",
    "0 0 1 * *",
)


def names(context: CompletionContext, path: Path) -> Iterator[Completion]:
    """Yield the names that fit the value at a path, the likeliest first."""
    source = _delivered if "requiredWatchFields" in path else _BY_KEY.get(str(path[-1]).casefold())
    return source(context, path) if source is not None else iter(())


def supported_actions(provider: Provider) -> list[str]:
    """Return the actions that a provider supports, itself or in any of its modules."""
    modules = (None, *provider.modules)
    return [action for action in ACTIONS if any(provider.supports(action, one) for one in modules)]


def _providers(_: CompletionContext, __: Path) -> Iterator[Completion]:
    for provider in catalog().providers.values():
        actions = ", ".join(supported_actions(provider)) or "no action"
        detail = f"{provider.display_name}: {actions}"
        yield Completion("provider", provider.name, provider.name, (), detail)


def _modules(context: CompletionContext, _: Path) -> Iterator[Completion]:
    provider = catalog().provider(context.provider)
    if provider is None:
        return
    for module in provider.modules.values():
        default = ", the default" if module.name == provider.default_module else ""
        yield Completion("module", module.name, module.name, (), module.display_name + default)


def _objects(context: CompletionContext, path: Path) -> Iterator[Completion]:
    """Yield the objects of the provider, those of the read section first."""
    integration, action = context.integration, str(path[2]).casefold()
    if integration is None:
        return
    siblings: list[Object] = {
        "read": list[Object](integration.read_objects),
        "write": list[Object](integration.write_objects),
        "subscribe": list[Object](integration.subscribe_objects),
    }.get(action, [])
    taken = {one.name.value for one in siblings if one.name is not None}
    read = [] if action == "read" else list(integration.read_by_name)
    for name in read:
        if name not in taken:
            yield Completion("object", name, name, (), "in the read section")
    known = objects_of(context.provider, context.module)
    any_case = ignores_case(context.provider, context.module)
    folded = {name.casefold() for name in (*taken, *read)}
    spell = _spelling(_object_names(integration)) if any_case else str
    for name, detail in _account_objects(context).items():
        if name not in taken and name not in read:
            folded.add(name.casefold())
            taken.add(name)
            yield Completion("object", name, name, (), detail)
    for name in names_for(context.provider, context.module, action):
        if name not in taken and name not in read and not (any_case and name.casefold() in folded):
            yield Completion("object", spell(name), spell(name), (), _about(known[name], action))


def _object_names(integration: Integration) -> Iterator[str]:
    for objects in (
        integration.read_objects,
        integration.write_objects,
        integration.subscribe_objects,
    ):
        yield from (one.name.value for one in objects if one.name is not None)


def _spelling(written: Iterable[str]) -> Callable[[str], str]:
    """Return how to spell names whose case does not matter: as the manifest does."""
    names = list(written)
    return str.lower if names and all(name == name.lower() for name in names) else str


def _about(known: CatalogObject, action: str) -> str:
    """Return the display name of an object, and what it is known for if not for the action."""
    others = [one for one in ACTIONS if one in known.actions]
    only = f"known for {', '.join(others)} only" if others and action not in others else ""
    return ", ".join(part for part in (known.display_name, only) if part)


def _account_objects(context: CompletionContext) -> dict[str, str]:
    """Return the label of each object that the customer's account has, as far as it was asked."""
    objects = context.project.objects(context.provider) if context.project is not None else {}
    return {
        name: shown(one.get("displayName", "in the customer's account"))
        for name, one in objects.items()
        if one["accounts"]
    }


def _integration_names(context: CompletionContext, path: Path) -> Iterator[Completion]:
    """Yield the integrations of the project that the manifest does not have."""
    project, here = context.project, context.integration
    if project is None or len(path) != _INTEGRATION_DEPTH:
        return
    named = (one.name for one in context.manifest.integrations if one is not here)
    taken = {name.value for name in named if name is not None}
    for name, deployed in (project.integrations or {}).items():
        if name not in taken:
            words = installations(deployed)
            detail = f"{dated(project)}, {words}" if words else dated(project)
            yield Completion("integration", name, name, (), detail)


def _fields(context: CompletionContext, _: Path) -> Iterator[Completion]:
    """Yield the fields of the object around the caret, those that are listed already last."""
    integration = context.integration
    here = context.around(integration.read_objects) if integration is not None else None
    if here is None or here.name is None:
        return
    known = find_object(context.provider, context.module, here.name.value)
    listed = [one.field_name.value for one in here.fields if one.field_name is not None]
    # Only these providers have fields in capitals that manifests write in lower case.
    spell = _spelling(listed) if ignores_case(context.provider, context.module) else str
    folded = {name.casefold() for name in listed}
    details = _account_fields(context, here.name.value)
    of_catalog = dict.fromkeys(map(spell, known.fields if known else ()), "")
    every = {**details, **of_catalog, **details}
    for name in sorted(every, key=lambda one: one.casefold() in folded):
        detail = "listed already" if name.casefold() in folded else every[name]
        yield Completion("field", name, name, (), detail)


def _account_fields(context: CompletionContext, owner: str) -> dict[str, str]:
    """Return what the customer's account has of each field of an object."""
    project = context.project
    account = project.object(context.provider, owner) if project is not None else None
    return {name: field_detail(one) for name, one in account.fields.items()} if account else {}


def _delivered(context: CompletionContext, _: Path) -> Iterator[Completion]:
    """Yield the names that the read object of the subscription around the caret delivers."""
    integration = context.integration
    here = context.around(integration.subscribe_objects) if integration is not None else None
    if integration is None or here is None or here.name is None:
        return
    read_object = integration.read_by_name.get(here.name.value)
    event = here.events.get("updateEvent")
    watched = {one.value for one in event.texts("requiredWatchFields")} if event else set()
    for name in read_object.fields_by_delivered_name if read_object is not None else ():
        if name not in watched and not set(name) & set(".[]"):
            yield Completion("field", name, name)


def _destinations(context: CompletionContext, _: Path) -> Iterator[Completion]:
    used = [node.value for node in context.manifest.destinations]
    project = context.project
    existing = (project.destinations or {}) if project is not None else {}
    known = {
        **dict.fromkeys(context.elsewhere, "used in another file"),
        **dict.fromkeys(context.configured, "from the configuration"),
        **dict.fromkeys(used, "used in this file"),
    }
    if project is not None:
        known |= {name: f"{kind} {dated(project)}".strip() for name, kind in existing.items()}
    for name in dict.fromkeys((*used, *existing, *context.configured, *context.elsewhere)):
        yield Completion("destination", name, name, (), known[name])


def _schedules(_: CompletionContext, path: Path) -> Iterator[Completion]:
    from amp_lint.manifest.cron import parse, shortest_gap
    from amp_lint.manifest.cron.describe import describe

    minimum = WATCH_MINIMUM if len(path) == _WATCH_DEPTH else READ_MINIMUM
    for text in _SCHEDULES:
        schedule = parse(text)
        gap = shortest_gap(schedule)
        if gap is not None and gap.minutes >= minimum:
            yield Completion("schedule", text, text, (), describe(schedule))


_BY_KEY: dict[str, Callable[[CompletionContext, Path], Iterator[Completion]]] = {
    "name": _integration_names,
    "provider": _providers,
    "module": _modules,
    "objectname": _objects,
    "fieldname": _fields,
    "default": _fields,
    "destination": _destinations,
    "schedule": _schedules,
}
