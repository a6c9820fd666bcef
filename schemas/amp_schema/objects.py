"""The objects of a provider, their fields, and the actions that take them: a dated snapshot.

The data is `objects.json`, remade by `python -m amp_schema.build.refresh`. It has a line for each
provider, and only the lines that are asked for are read. It is far from complete: a name that it
does not have may well exist.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from amp_schema.catalog import catalog
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.resources import read

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "objects.json"
_ROOT = "root"


@dataclass(frozen=True, slots=True)
class CatalogObject:
    """An object as the snapshot knows it.

    `fields` are in the order of their letters; none are known of an object that the snapshot has
    only from a list of what an action takes. `actions` are those whose lists name the object; a
    provider without such lists leaves them empty, and that says nothing.
    """

    name: str
    display_name: str | None
    fields: tuple[str, ...]
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """What the snapshot has of a module: `patterns` are, for each action that has a list, the
    names in it, in which `*` stands for anything."""

    objects: Mapping[str, CatalogObject] = field(hash=False)
    patterns: Mapping[str, tuple[str, ...]] = field(hash=False)


_NOTHING = _Part(MappingProxyType({}), MappingProxyType({}))


def objects_of(provider: str, module: str | None = None) -> Mapping[str, CatalogObject]:
    """Return the known objects by name; none for a provider or a module that is not known.

    Without a module, the provider's default module counts. A provider that is the same product
    reached in another way (`objects_like`) has the objects of that product.
    """
    return _part(provider, module).objects


def names_for(provider: str, module: str | None, action: str) -> tuple[str, ...]:
    """Return the names of the objects that an action such as "write" is known to take, sorted.

    Where the snapshot does not say, or says that any name will do, these are all known objects.
    """
    part = _part(provider, module)
    named = [one.name for one in part.objects.values() if action in one.actions]
    return tuple(sorted(named if action in part.patterns else part.objects))


def takes(provider: str, module: str | None, action: str, name: str) -> bool:
    """Whether the snapshot says that an action takes an object of this name, known or not."""
    return _matches(name, _part(provider, module).patterns.get(action, ()))


@cache
def as_of() -> str:
    """Return the date of the snapshot, as an ISO date."""
    return str(_value(b' "asOf"') or "")


@lru_cache(maxsize=1024)
def _part(provider: str, module: str | None) -> _Part:
    known = catalog().provider(provider)
    # Of the two ways to the same product, often only the usual one has its modules listed.
    usual = catalog().provider(known.objects_like or provider) if known is not None else None
    if known is None or usual is None:
        return _NOTHING
    if module and module not in known.modules and module not in usual.modules:
        return _NOTHING
    parts = _parts(usual.name)
    default = known.default_module or usual.default_module or _ROOT
    chosen = module or default
    if chosen in parts:
        return parts[chosen]
    # What the facts file under no module is about the one that counts where none is written.
    return parts.get(_ROOT, _NOTHING) if chosen == default else _NOTHING


@cache
def _parts(provider: str) -> Mapping[str, _Part]:
    import json

    line = _value(b"  " + json.dumps(provider, ensure_ascii=False).encode())
    return {module: _read(part) for module, part in (line or {}).items()}


def _value(key: bytes) -> Any:
    """Decode the one line of a key, without a look at the others; None if there is none."""
    import json

    line = _lines().get(key)
    return None if line is None else json.loads(line.rstrip(b","))


@cache
def _lines() -> dict[bytes, bytes]:
    # JSON writes a line break within a text as `\n`, so a real one always begins a line.
    parts = (line.partition(b": ") for line in read(_FILE).split(b"\n"))
    return {key: value for key, _, value in parts}


def _read(part: Mapping[str, Any]) -> _Part:
    patterns = {action: tuple(names) for action, names in part["actions"].items()}
    described: Mapping[str, Any] = part["objects"]
    listed = {name for names in patterns.values() for name in names if "*" not in name}
    exact = {action: frozenset(names) for action, names in patterns.items()}
    wild = {
        action: tuple(name for name in names if "*" in name) for action, names in patterns.items()
    }
    objects = {}
    for name in (*described, *sorted(listed.difference(described))):
        display_name, fields = described.get(name, (None, ()))
        actions = frozenset(
            action for action in patterns if name in exact[action] or _matches(name, wild[action])
        )
        objects[name] = CatalogObject(name, display_name, tuple(fields), actions)
    return _Part(MappingProxyType(objects), MappingProxyType(patterns))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(name == one or ("*" in one and fnmatchcase(name, one)) for one in patterns)
