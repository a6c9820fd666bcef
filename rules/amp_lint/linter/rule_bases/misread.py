"""Read objects whose name is misspelt, while other actions have the right one."""

from __future__ import annotations

from amp_lint.linter.common_fixes import rename
from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.linter.rule_bases.near_misses import catalog_place, named
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import ReadObject
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar
from amp_schema.objects import objects_of

# One name in two other places outweighs that of the read object.
_MOST_USES = 2


def misread(
    context: Context, integration: Integration, name: str, near: str, *, claims: bool = False
) -> Finding | None:
    """Return the finding about a read object of the name `near` that was meant to have the name
    `name`: more places have this one, or the catalog knows no other. `claims`: whether no other
    rule may say so."""
    item = integration.read_by_name[near]
    if not _is_outweighed(integration, item, name, near):
        return None
    entry = item.own("objectName")
    value = entry.value if entry is not None else None
    if not isinstance(value, Scalar):
        return None
    others = list(named(integration, name))
    return context.finding(
        value,
        f"{quoted(near)} is read, but {_where(integration, name)} say{_ending(integration, name)} "
        f"{quoted(name)}, and the names must be equal; write {quoted(name)}",
        related=[context.related(one, f"{quoted(name)} here") for one in others],
        fixes=[rename(context, [value], name)],
        claims=[value] if claims else [],
    )


def _is_outweighed(integration: Integration, item: ReadObject, name: str, near: str) -> bool:
    used = list(named(integration, near))
    # A name that other actions have as well, or that this one is mapped to, is none by mistake.
    if len(used) != 1 or item.maps_to == name or name.casefold() == near.casefold():
        return False
    place = catalog_place(integration)
    known = set(objects_of(*place)) if place is not None else set()
    if (name in known) != (near in known):
        return name in known
    return len(list(named(integration, name))) >= _MOST_USES


def _actions(integration: Integration, name: str) -> list[str]:
    subscribed = any(one.name and one.name.value == name for one in integration.subscribe_objects)
    written = any(one.name and one.name.value == name for one in integration.write_objects)
    return ["`subscribe`"] * subscribed + ["`write`"] * written


def _where(integration: Integration, name: str) -> str:
    return " and ".join(_actions(integration, name))


def _ending(integration: Integration, name: str) -> str:
    return "s" if len(_actions(integration, name)) == 1 else ""
