"""How `objects.json` is made from the facts; `amp_schema.build.refresh` runs it.

A line is what `amp_schema.objects` reads of one provider: for each module (`root` where the facts
name none) the objects with their display name, or null, and their fields, and for each action the
names it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amp_schema.build.facts import ACTIONS, FactsError, by_name, document, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = "root"


def render(
    providers: Mapping[str, Any], objects: Mapping[str, Any], operations: Mapping[str, Any]
) -> str:
    """Return the text of `objects.json`, one line a provider.

    Raises FactsError where the facts speak of a provider or a module that does not exist, date
    from different days, or hold something unknown; KeyError where something is missing.
    """
    refuse_unknown("operations", operations, {"asOf", "note", "operations"})
    if operations["asOf"] != providers["asOf"]:
        raise FactsError(f"of {operations['asOf']}, but providers.json of {providers['asOf']}")
    actions = operations["operations"]
    lines: dict[str, Any] = {}
    for name in {**objects, **actions}:
        if name not in providers["providers"]:
            raise FactsError(f"{name} is no provider")
        modules = providers["providers"][name].get("modules", {})
        described, listed = objects.get(name, {}), actions.get(name, {})
        refuse_unknown(name, {**described, **listed}, {ROOT, *modules})
        lines[name] = {
            module: {
                "objects": _objects(f"{name}.{module}", described.get(module, {})),
                "actions": _actions(f"{name}.{module}", listed.get(module, {})),
            }
            for module in by_name({**described, **listed})
        }
    return document(operations["asOf"], lines)


def _objects(where: str, objects: Mapping[str, Any]) -> dict[str, Any]:
    made = {}
    for name in by_name(objects):
        one = objects[name]
        refuse_unknown(f"{where}.{name}", one, {"displayName", "fields"})
        made[name] = [one.get("displayName"), sorted(set(_names(f"{where}.{name}", one["fields"])))]
    return made


def _actions(where: str, actions: Mapping[str, Any]) -> dict[str, Any]:
    refuse_unknown(f"{where} in operations.json", actions, set(ACTIONS))
    return {
        action: sorted(set(_names(f"{where}.{action}", actions[action])))
        for action in ACTIONS
        if action in actions
    }


def _names(where: str, names: Any) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FactsError(f"{where}: not a list of names")
    return names
