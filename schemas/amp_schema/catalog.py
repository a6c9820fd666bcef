"""The platform's providers, their modules and what they support: a snapshot with its date.

The data is `providers.json`, built by `python -m amp_schema.build.refresh`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from amp_schema.closest_match import closest
from amp_schema.lazy_records import LazyRecords
from amp_schema.lite_dataclasses import dataclass, field
from amp_schema.resources import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FILE = "providers.json"


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a provider. `actions` are those that the catalog lists for the module itself."""

    name: str
    display_name: str
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Provider:
    """A product that the platform connects to.

    `actions` are those that the catalog lists for the provider itself; `supports` also considers
    modules. `default_module` is the module that the platform uses if a manifest names none.
    `objects_like` is the provider that is the same product reached in another way, and has the same
    objects.
    """

    name: str
    display_name: str
    auth_type: str
    actions: frozenset[str]
    modules: Mapping[str, Module] = field(hash=False)
    default_module: str | None
    objects_like: str | None

    def supports(self, action: str, module: str | None = None) -> bool:
        """Return whether the provider or the module supports an action such as "read".

        The two levels of the catalog disagree in places, so one of them is enough. Without a
        module, or with one that does not exist, the default module is considered.
        """
        chosen = self.modules.get(module or "") or self.modules.get(self.default_module or "")
        return action in self.actions or (chosen is not None and action in chosen.actions)


@dataclass(frozen=True)
class Catalog:
    """All providers by name, as they were on `as_of` (an ISO date)."""

    as_of: str
    providers: Mapping[str, Provider] = field(hash=False)

    def provider(self, name: str) -> Provider | None:
        """Return the provider of a name, which is case-sensitive; None if it is unknown."""
        return self.providers.get(name)

    def near_provider(self, name: str) -> str | None:
        """Return the provider that `name` was meant to be; None if there is no clear winner.

        Display names and modules count too: "Amazon Web Services", "google-calendar".
        """
        # One edit in four letters: a wrong guess turns a warning into an error, and many products
        # outside the catalog have almost the name of one in it.
        limit = len(name) // 4
        fewest, found = limit + 1, set[str]()
        for meant in self._meant:
            matches = closest(name, meant, limit=limit)
            if matches.words and matches.distance < fewest:
                fewest = matches.distance
                found = set[str]().union(*(meant[word] for word in matches.words))
        # Of two providers for the same product, the one that `objects_like` names is the usual one.
        winners = [one for one in found if self.providers[one].objects_like not in found]
        return winners[0] if len(winners) == 1 else None

    def near_module(self, provider: Provider, name: str) -> str | None:
        """Return the module of `provider` that `name` was meant to be; None if none clearly was.

        Display names and names that begin with the provider's count too: "google-calendar".
        """
        meant = _meant(
            (spelling, module.name)
            for module in provider.modules.values()
            for spelling in (module.name, *_module_spellings(provider, module))
        )
        found = set[str]().union(*(meant[word] for word in closest(name, meant).words))
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _meant(self) -> tuple[dict[str, set[str]], ...]:
        # The more exact spellings come first, because the first of several at one distance wins.
        every = self.providers.values()
        return (
            _meant((one.name, one.name) for one in every),
            _meant((one.display_name, one.name) for one in every),
            _meant(
                (spelling, one.name)
                for one in every
                for module in one.modules.values()
                for spelling in _module_spellings(one, module)
            ),
        )


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """Return the snapshot that comes with this package."""
    import json

    data = json.loads(read(_FILE))
    return catalog_of(data["asOf"], data["providers"])


def catalog_of(as_of: str, providers: Mapping[str, Mapping[str, Any]]) -> Catalog:
    """Return the catalog that these facts, in the form of `providers.json`, describe."""
    return Catalog(as_of, LazyRecords(providers, _provider))


def _provider(name: str, facts: Mapping[str, Any]) -> Provider:
    modules = {
        module: Module(module, part["displayName"], frozenset(part["supports"]))
        for module, part in facts.get("modules", {}).items()
    }
    return Provider(
        name=name,
        display_name=facts["displayName"],
        auth_type=facts["authType"],
        actions=frozenset(facts["supports"]),
        modules=modules,
        default_module=facts.get("defaultModule"),
        objects_like=facts.get("objectsLike"),
    )


def _module_spellings(provider: Provider, module: Module) -> Iterator[str]:
    yield module.display_name
    yield f"{provider.name} {module.name}"


def _meant(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    meant: dict[str, set[str]] = {}
    for spelling, name in pairs:
        meant.setdefault(spelling, set()).add(name)
    return meant
