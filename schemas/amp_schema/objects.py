"""The objects of a provider, their fields, and the actions that take them: a dated snapshot.

The data is in `provider_objects/`, built by `python -m amp_schema.build.refresh`. It has one file
per provider, and a lookup reads only that file. The snapshot is incomplete: a name that it lacks
may well exist.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from amp_schema.catalog import catalog
from amp_schema.lazy_records import LazyRecords
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.resources import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER, SOURCES = "provider_objects", "object_sources.json"
_ROOT = "root"
# Label, sources, actions, described fields, other fields.
_EMPTY_ROW: tuple[Any, ...] = (None, "", "", "", "")


@dataclass(frozen=True, slots=True)
class CatalogObject:
    """An object as the snapshot knows it.

    `name` may hold a `*`, which matches any text. The first `described` of the `fields` come from
    the platform's own metadata, the others from elsewhere; both are ordered by how common they are.
    `actions` are those that are known to take the object; an action that is missing may still be
    supported. `sources` name where the facts come from; see `trust` and `as_of`.
    """

    name: str
    display_name: str | None
    fields: tuple[str, ...]
    described: int
    actions: frozenset[str]
    sources: tuple[str, ...]

    @property
    def trust(self) -> str:
        """The level of the best source: `A` and `B` are reliable, `C` is good for completion."""
        return min(_sources()[source][0] for source in self.sources)

    @property
    def as_of(self) -> str:
        """The ISO date of the newest source."""
        return max(_sources()[source][1] for source in self.sources)

    def field(self, name: str) -> str | None:
        """Return the known spelling of a field, which the platform reads without regard to case;
        None if the field is unknown."""
        if name in self.fields:
            return name
        folded = name.casefold()
        return next((known for known in self.fields if known.casefold() == folded), None)


@dataclass(frozen=True)
class _Part:
    """The objects of a module by name, and those whose names are patterns.

    `is_open` is set where any name may be right, `any_case` where names match without regard to
    case.
    """

    objects: Mapping[str, CatalogObject] = field(hash=False)
    patterns: tuple[CatalogObject, ...]
    is_open: bool
    any_case: bool

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """The known spelling of each name in lower case."""
        return {name.casefold(): name for name in self.objects}


_NOTHING = _Part(MappingProxyType({}), (), is_open=False, any_case=False)


def objects_of(provider: str, module: str | None = None) -> Mapping[str, CatalogObject]:
    """Return the known objects by name, the most common first; none for an unknown provider or
    module.

    Without a module, the provider's default module counts. A provider that is the same product
    reached in another way (`objects_like`) has the objects of that product.
    """
    return _part(provider, module).objects


def find_object(provider: str, module: str | None, name: str) -> CatalogObject | None:
    """Return the object that the platform uses for a name; None if it is unknown.

    Case is ignored where the provider ignores it, and names with a `*` match.
    """
    part = _part(provider, module)
    known = part.objects.get(name)
    if known is None and part.any_case:
        known = part.objects.get(part.folded.get(name.casefold(), ""))
    if known is None:
        known = next((one for one in part.patterns if fnmatchcase(name, one.name)), None)
    return known


def ignores_case(provider: str, module: str | None) -> bool:
    """Return whether the provider matches the names of objects without regard to case."""
    return _part(provider, module).any_case


def is_open(provider: str, module: str | None) -> bool:
    """Return whether any name may be right: customers add objects, or an action takes all."""
    return _part(provider, module).is_open


def names_for(provider: str, module: str | None, action: str) -> tuple[str, ...]:
    """Return the names of all known objects, those first that fit an action such as "write".

    First come the objects that the action is known to take, then those of which no action is known,
    then the others; within each group the most common first.
    """
    objects = _part(provider, module).objects.values()
    ranked = sorted(objects, key=lambda one: action not in one.actions and 1 + bool(one.actions))
    return tuple(one.name for one in ranked)


def has_guide(provider: str) -> bool:
    """Return whether the platform's guide to the provider is among the sources."""
    return any(
        source.startswith("guide")
        for module in _modules(provider)
        for one in _part_of(provider, module).objects.values()
        for source in one.sources
    )


@cache
def as_of() -> str:
    """Return the ISO date of the newest facts in the snapshot."""
    return str(_file(SOURCES)["asOf"])


@lru_cache(maxsize=1024)
def _part(provider: str, module: str | None) -> _Part:
    known = catalog().provider(provider)
    # A second way to reach a product often has no modules of its own in the facts.
    usual = catalog().provider(known.objects_like or provider) if known is not None else None
    if known is None or usual is None:
        return _NOTHING
    if module and module not in known.modules and module not in usual.modules:
        return _NOTHING
    default = known.default_module or usual.default_module or _ROOT
    return _part_of(usual.name, module or default)


@cache
def _part_of(provider: str, module: str) -> _Part:
    part = _modules(provider).get(module)
    # A text names the module that this one shares its objects with.
    if isinstance(part, str):
        return _part_of(provider, part)
    return _NOTHING if part is None else _read(part)


def file_of(provider: str) -> str:
    """Return the name of the file with the objects of a provider."""
    return f"{FOLDER}/{provider}.json"


@cache
def _modules(provider: str) -> Mapping[str, Any]:
    """Return the objects of a provider by module; empty if none is known."""
    try:
        return _file(file_of(provider))
    except OSError:
        return {}


@cache
def _sources() -> Mapping[str, tuple[str, str]]:
    """Return the trust level and the date of each source."""
    return {name: (level, date) for name, (level, date) in _file(SOURCES)["sources"].items()}


def _file(name: str) -> Mapping[str, Any]:
    import json

    read_file: Mapping[str, Any] = json.loads(read(name))
    return read_file


def _read(part: Mapping[str, Any]) -> _Part:
    rows = part["objects"]
    objects = {name: row for name, row in rows.items() if "*" not in name}
    return _Part(
        LazyRecords(objects, _object),
        tuple(_object(name, row) for name, row in rows.items() if "*" in name),
        is_open=part.get("open", False),
        any_case=part.get("anyCase", False),
    )


def _object(name: str, row: Sequence[Any]) -> CatalogObject:
    # A row ends before the values that would be empty.
    label, sources, actions, fields, more = (*row, *_EMPTY_ROW[len(row) :])
    described = fields.split(",") if fields else []
    return CatalogObject(
        name,
        label,
        (*described, *(more.split(",") if more else ())),
        len(described),
        frozenset(actions.split()),
        tuple(sources.split("+")),
    )
