"""Build the data about objects from the files of facts; `amp_schema.build.refresh` calls it.

`object_sources.json` has the trust level and the date of each source. `provider_objects/` has one
file per provider, so that a lookup reads one. It maps each module (`root` where the facts name
none) to

    {"open": true, "anyCase": true, "objects": {NAME: [LABEL, SOURCES, ACTIONS, FIELDS, MORE]}}

or to the name of the module that it shares its objects with. `open` marks modules that take any
name, because customers add objects of their own or an action lists `*`; `anyCase` marks those that
match names without regard to case. LABEL is the display name or null; SOURCES are joined with `+`,
ACTIONS with a space. FIELDS come from the platform's own metadata, MORE from the other sources;
both are joined with commas, because one text is decoded faster than a list of hundreds.
Empty values at the end are left out. A `*` in a name matches any text. Objects and fields are
ordered by how common they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from amp_schema.build.facts import ACTIONS, FactsError, document, refuse_unknown
from amp_schema.objects import SOURCES, file_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = "root"
PLATFORM = "platform"

# Modules that are two versions of one API: the newer, then the older, which has the same objects.
_VERSIONS = {"pipedrive": ("crm", "legacy")}
# Public packages: `meta.trust` describes them by these beginnings.
_PACKAGES = ("airbyte-", "dbt-", "n8n-", "tap-")
_META = {
    "asOf",
    "note",
    "case_insensitive",
    "fields_case_insensitive",
    "aliases",
    "module_aliases",
    "trust",
    "open_objects",
    "default_module",
}


@dataclass(slots=True)
class _Object:
    """What the files of facts together say about an object."""

    label: str | None = None
    fields: set[str] = field(default_factory=set)
    more: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def add(self, fields: Iterable[str]) -> None:
        """Add fields that are not known; the platform reads names without regard to case."""
        have = {name.casefold() for name in self.fields | self.more}
        self.more.update(name for name in fields if name.casefold() not in have)

    def merge(self, twin: _Object) -> None:
        """Add what is known of an object that is the same to the provider."""
        more = self.more | twin.more
        self.label = self.label or twin.label
        self.fields |= twin.fields
        self.more = set()
        self.add(sorted(more))
        self.actions |= twin.actions
        self.sources |= twin.sources


@dataclass(frozen=True, slots=True)
class Facts:
    """The decoded files of facts, each under its own name."""

    providers: Mapping[str, Any]
    objects: Mapping[str, Any]
    operations: Mapping[str, Any]
    more: Mapping[str, Any]


_Modules = dict[str, dict[str, _Object]]


def render(facts: Facts) -> dict[str, str]:
    """Return the texts of the files.

    Raises FactsError where the facts name a provider or a module that does not exist, differ in
    their dates, or hold something unknown; KeyError where something is missing.
    """
    meta = _checked_meta(facts)
    merged = {name: _modules(name, facts) for name in _names(facts)}
    common = _Commonness(merged)
    as_of = max(facts.providers["asOf"], meta["asOf"])
    made = {SOURCES: document({"asOf": as_of, "sources": _sources(merged, facts)}, 2)}
    for name, parts in merged.items():
        modules = {
            module: _part(name, module, part, common, facts) for module, part in parts.items()
        }
        aliases = meta["module_aliases"].get(name, {})
        made[file_of(name)] = document({**modules, **aliases}, 3)
    return made


def _checked_meta(facts: Facts) -> Mapping[str, Any]:
    meta: Mapping[str, Any] = facts.more["meta"]
    refuse_unknown("operations.json", facts.operations, {"asOf", "note", "operations"})
    refuse_unknown("objects-more.json", facts.more, {"meta", "providers"})
    refuse_unknown("objects-more.json, meta", meta, _META)
    listed, platform = facts.operations["asOf"], facts.providers["asOf"]
    if listed != platform:
        raise FactsError(f"operations.json is of {listed}, providers.json of {platform}")
    return meta


def _names(facts: Facts) -> Iterator[str]:
    given = (facts.objects, facts.operations["operations"], facts.more["providers"])
    for name in {name: None for names in given for name in names}:
        if name not in facts.providers["providers"]:
            raise FactsError(f"{name} is not a provider")
        yield name


def _modules(provider: str, facts: Facts) -> _Modules:
    """Merge what the files say about the objects of a provider."""
    modules: _Modules = {}

    def at(module: str) -> dict[str, _Object]:
        return modules.setdefault(_module(provider, module, facts), {})

    for module, objects in facts.objects.get(provider, {}).items():
        _add_described(f"{provider}.{module}", at(module), objects)
    for module, actions in facts.operations["operations"].get(provider, {}).items():
        _add_listed(f"{provider}.{module} in operations.json", at(module), actions)
    for module, objects in facts.more["providers"].get(provider, {}).items():
        _add_more(f"{provider}.{module} in objects-more.json", at(module), objects)
    if provider in _VERSIONS:
        newer, older = _VERSIONS[provider]
        _complete(modules.get(newer, {}), modules.get(older, {}))
    if provider in facts.more["meta"]["case_insensitive"]:
        return {module: _without_twins(objects) for module, objects in modules.items()}
    return modules


def _module(provider: str, module: str, facts: Facts) -> str:
    """Return the module under which facts are filed: the default one where they name none."""
    known = facts.providers["providers"][provider]
    refuse_unknown(provider, {module: None}, {ROOT, *known.get("modules", {})})
    chosen: str = known.get("defaultModule", ROOT) if module == ROOT else module
    return chosen


def _add_described(where: str, known: dict[str, _Object], objects: Mapping[str, Any]) -> None:
    for name, facts in objects.items():
        refuse_unknown(f"{where}.{name}", facts, {"displayName", "fields"})
        one = known.setdefault(name, _Object())
        one.label = facts.get("displayName")
        one.fields.update(_texts(f"{where}.{name}", facts["fields"]))
        one.sources.add(PLATFORM)


def _add_listed(where: str, known: dict[str, _Object], actions: Mapping[str, Any]) -> None:
    refuse_unknown(where, actions, set(ACTIONS))
    for action, names in actions.items():
        for name in _texts(f"{where}.{action}", names):
            one = known.setdefault(name, _Object())
            one.actions.add(action)
            one.sources.add(PLATFORM)


def _add_more(where: str, known: dict[str, _Object], objects: Mapping[str, Any]) -> None:
    for name, facts in objects.items():
        refuse_unknown(f"{where}.{name}", facts, {"fields", "actions", "source"})
        refuse_unknown(f"{where}.{name}", dict.fromkeys(facts.get("actions", ())), set(ACTIONS))
        one = known.setdefault(name, _Object())
        one.add(_texts(f"{where}.{name}", facts.get("fields", [])))
        one.actions.update(facts.get("actions", ()))
        one.sources.update(facts["source"].split("+"))


def _texts(where: str, names: Any) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FactsError(f"{where}: not a list of names")
    if any("," in name for name in names):
        raise FactsError(f"{where}: a name has a comma, which separates the names in the file")
    return names


def _complete(newer: Mapping[str, _Object], older: Mapping[str, _Object]) -> None:
    """Add the fields that the older version of an API has to the objects of the newer one."""
    for name in newer.keys() & older.keys():
        newer[name].add(older[name].fields | older[name].more)


def _without_twins(objects: dict[str, _Object]) -> dict[str, _Object]:
    """Merge objects whose names differ only in case, under the spelling with the most fields."""
    merged: dict[str, tuple[str, _Object]] = {}
    for name, one in objects.items():
        spelling, twin = merged.get(name.casefold(), (name, one))
        if twin is not one:
            if len(one.fields | one.more) > len(twin.fields | twin.more):
                spelling = name
            twin.merge(one)
        merged[name.casefold()] = spelling, twin
    return dict(merged.values())


class _Commonness:
    """Orders names by how common they are.

    An object is the more common the more sources know it and the more providers have one of its
    name; a field, the more objects have one of its name. Letters break ties.
    """

    def __init__(self, merged: Mapping[str, _Modules]) -> None:
        self._objects = Counter[str]()
        self._fields = Counter[str]()
        for modules in merged.values():
            self._objects.update({name.casefold() for part in modules.values() for name in part})
            for part in modules.values():
                for one in part.values():
                    self._fields.update({name.casefold() for name in one.fields | one.more})

    def objects(self, part: Mapping[str, _Object]) -> list[str]:
        """Return the names of objects, the most common first."""

        def key(name: str) -> tuple[int, int, str, str]:
            folded = name.casefold()
            return (-len(part[name].sources), -self._objects[folded], folded, name)

        return sorted(part, key=key)

    def fields(self, names: Iterable[str]) -> list[str]:
        """Return the names of fields, the most common first."""

        def key(name: str) -> tuple[int, str, str]:
            return (-self._fields[name.casefold()], name.casefold(), name)

        return sorted(names, key=key)


def _part(
    provider: str,
    module: str,
    part: Mapping[str, _Object],
    common: _Commonness,
    facts: Facts,
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    meta = facts.more["meta"]
    listed = {_module(provider, one, facts) for one in meta["open_objects"].get(provider, ())}
    if "*" in part or module in listed:
        made["open"] = True
    if provider in meta["case_insensitive"]:
        made["anyCase"] = True
    made["objects"] = {
        name: _row(part[name], common) for name in common.objects(part) if name != "*"
    }
    return made


def _row(one: _Object, common: _Commonness) -> list[Any]:
    row: list[Any] = [
        one.label,
        "+".join(sorted(one.sources)),
        " ".join(action for action in ACTIONS if action in one.actions),
        ",".join(common.fields(one.fields)),
        ",".join(common.fields(one.more)),
    ]
    while not row[-1]:
        row.pop()
    return row


def _sources(merged: Mapping[str, _Modules], facts: Facts) -> dict[str, list[str]]:
    """Return the trust level and the date of each source."""
    meta = facts.more["meta"]
    levels = {name: level for level, names in meta["trust"].items() for name in names}
    used = {
        source
        for modules in merged.values()
        for part in modules.values()
        for one in part.values()
        for source in one.sources - {PLATFORM}
    }
    table = {PLATFORM: ["A", facts.providers["asOf"]]}
    for source in sorted(used):
        level = levels.get(source, "B" if source.startswith(_PACKAGES) else None)
        if level is None:
            raise FactsError(f"objects-more.json: the source {source} has no level of trust")
        table[source] = [level, meta["asOf"]]
    return table
