"""What a new manifest is to hold: the wishes of its author, checked against the catalog.

The same checks serve the options and answers of `amp-lint init` and what an editor sends. Whatever
cannot be had raises RequestError, whose words do not depend on where the wish came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amp_lint.manifest.model import ACTIONS, DESTINATION_NAME
from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from amp_lint.manifest.template import TemplateRequest
    from amp_schema.catalog import Provider

DESTINATION = "default-webhook"
LONGEST_NAME = 64

_MOST_SUBSCRIBED = 5
# Tried in this order where nobody says which object; the first is what most providers have.
_TYPICAL_OBJECTS = (
    *("contacts", "contact", "customers", "people", "leads", "accounts", "account", "users"),
    *("companies", "deals", "tickets", "issues", "projects", "tasks", "orders", "employees"),
)
_USUAL_FIELDS = ("id", "Id", "email", "Email", "name", "Name", "first_name", "last_name")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class RequestError(Exception):
    """What was asked for cannot be had; `hint` is a command that helps."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class InitRequest:
    """What somebody wants in a manifest; None leaves a thing to us."""

    provider: str
    module: str | None = None
    actions: tuple[str, ...] | None = None
    objects: tuple[str, ...] | None = None
    destination: str | None = None
    name: str | None = None


def draft(wishes: InitRequest) -> TemplateRequest:
    """What fulfils the wishes. Raises RequestError for what cannot be had."""
    from amp_lint.manifest.template import TemplateRequest

    provider = known_provider(wishes.provider)
    module = known_module(wishes.module or "", provider)
    usual = usual_actions(provider, module)
    actions = known_actions(wishes.actions, provider, module) if wishes.actions else usual
    if wishes.destination is not None and not actions & {"read", "subscribe"}:
        raise _error("a destination is where records that are read go, and nothing is read here")
    objects = wishes.objects
    if objects is None and actions != {"proxy"}:
        objects = (typical_object(known_fields(provider, module)),)
    return TemplateRequest(
        name=integration_name(default_name(provider) if wishes.name is None else wishes.name),
        provider=provider.name,
        title=provider.display_name,
        module=module,
        actions=actions,
        objects=known_objects(objects or (), provider, module, actions),
        destination=destination(DESTINATION if wishes.destination is None else wishes.destination),
        proxied=provider.supports("proxy", module),
    )


def known_provider(name: str) -> Provider:
    """The provider of a name. Raises RequestError."""
    from amp_schema.catalog import catalog

    known = catalog()
    provider = known.provider(name)
    if provider is not None:
        return provider
    near = known.near_provider(name)
    hint = f"; did you mean {quoted(near)}?" if near else ""
    raise RequestError(
        f"there is no provider {quoted(name)} in the catalog of {known.as_of}{hint}",
        f"amp-lint providers {near}" if near else "amp-lint providers",
    )


def known_module(name: str, provider: Provider) -> str | None:
    """The module to name; None for an empty name, which leaves it to the platform. Raises
    RequestError."""
    from amp_schema.catalog import catalog

    if not name or name in provider.modules:
        return name or None
    if not provider.modules:
        raise _error(f"{quoted(provider.name)} has no modules")
    near = catalog().near_module(provider, name)
    hint = f"did you mean {quoted(near)}?" if near else f"it has {', '.join(provider.modules)}"
    raise _error(f"{quoted(provider.name)} has no module {quoted(name)}; {hint}")


def supported_actions(provider: Provider, module: str | None) -> list[str]:
    """The actions that a provider supports, the usual one first."""
    return [action for action in ACTIONS if provider.supports(action, module)]


def usual_actions(provider: Provider, module: str | None) -> frozenset[str]:
    """What is done where nobody says what. The catalog lists providers that support nothing yet;
    their manifest has a proxy that is switched off."""
    return frozenset([*supported_actions(provider, module), "proxy"][:1])


def known_actions(words: Iterable[str], provider: Provider, module: str | None) -> frozenset[str]:
    """The actions of these names; who subscribes also reads. Raises RequestError."""
    wanted = set(words)
    for word in sorted(wanted):
        if word not in ACTIONS:
            raise _error(f"{quoted(word)} is no action{did_you_mean(word, ACTIONS)}")
    wanted |= {"read"} if "subscribe" in wanted else set()
    check_supported(sorted(wanted, key=ACTIONS.index), provider, module)
    return frozenset(wanted)


def check_supported(wanted: Iterable[str], provider: Provider, module: str | None) -> None:
    """Refuse what the provider cannot do. Raises RequestError."""
    from amp_schema.catalog import catalog

    supported = supported_actions(provider, module)
    for action in wanted:
        if action not in supported:
            where = quoted(provider.name) + (f" with module {quoted(module)}" if module else "")
            has = ", ".join(supported) or "nothing"
            raise _error(
                f"{where} does not support {action} in the catalog of {catalog().as_of}, but {has}"
            )


def known_fields(provider: Provider, module: str | None) -> Mapping[str, Sequence[str]]:
    """The objects that can be read from a provider, as far as is known, each with those of its
    fields that most applications want."""
    from amp_schema.objects import names_for, objects_of

    objects = objects_of(provider.name, module)
    return {
        name: [field for field in _USUAL_FIELDS if field in objects[name].fields]
        for name in names_for(provider.name, module, "read")
    }


def typical_object(known: Iterable[str]) -> str:
    """The object that most applications begin with, spelt as the provider has it."""
    spelt = {name.casefold(): name for name in known}
    usual = (spelt[name] for name in _TYPICAL_OBJECTS if name in spelt)
    # What is known need not be what is usual: HubSpot's contacts are not in the catalog.
    return next(usual, _TYPICAL_OBJECTS[0])


def known_objects(
    names: Iterable[str], provider: Provider, module: str | None, actions: frozenset[str]
) -> Mapping[str, Sequence[str]]:
    """The objects of these names, with the fields known of them. Raises RequestError."""
    # The platform does not tell capital letters apart.
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(name.casefold(), _object(name))
    chosen = list(distinct.values())
    if actions == {"proxy"}:
        if chosen:
            raise _error(
                f"{quoted(provider.name)} is only proxied here, and a proxy has no objects"
            )
        return {}
    if not chosen:
        raise _error("an object is missing")
    most = _MOST_SUBSCRIBED
    if "subscribe" in actions and provider.name == "salesforce" and len(chosen) > most:
        raise _error(f"an integration can subscribe to at most {most} objects of Salesforce")
    known = known_fields(provider, module)
    return {name: known.get(name, ()) for name in chosen}


def _object(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise _error(f"{quoted(name)} is no name of an object")
    return name


def destination(name: str) -> str:
    """A name that a destination may have. Raises RequestError."""
    if not DESTINATION_NAME.match(name):
        raise _error(
            f"{quoted(name)} is no name of a destination: it holds letters, digits and dashes"
        )
    return name


def integration_name(name: str) -> str:
    """A name that an integration may have. Raises RequestError."""
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise _error(f"{quoted(name)} is no name of at most {LONGEST_NAME} printable characters")
    return name


def default_name(provider: Provider) -> str:
    """The name of an integration that nobody gave one."""
    return f"{_HUMP.sub('-', provider.name).lower()}-sync"


def _error(message: str) -> RequestError:
    return RequestError(message, "amp-lint init --help")
