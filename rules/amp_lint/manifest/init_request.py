"""Requests for a new manifest, checked against the catalog.

`amp-lint init` and editors use the same checks, which raise RequestError for an impossible request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amp_lint.manifest.model import ACTIONS, DESTINATION_NAME
from amp_lint.text.messages import did_you_mean, quoted, split_camel_case

if TYPE_CHECKING:
    from amp_lint.manifest.template import TemplateRequest
    from amp_schema.catalog import Provider

DESTINATION = "default-webhook"
LONGEST_NAME = 64

_MOST_SUBSCRIBED = 5
_USUAL_FIELDS = (
    *("id", "Id", "email", "Email", "name", "Name"),
    *("firstname", "first_name", "FirstName", "lastname", "last_name", "LastName"),
)


class RequestError(Exception):
    """The request is impossible; `hint` is a command that helps."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class InitRequest:
    """The content of a manifest as its author asks for it; None stands for a default."""

    provider: str
    module: str | None = None
    actions: tuple[str, ...] | None = None
    objects: tuple[str, ...] | None = None
    destination: str | None = None
    name: str | None = None


def draft(wishes: InitRequest) -> TemplateRequest:
    """Return the content of the manifest. Raises RequestError for an impossible request."""
    from amp_lint.manifest.template import TemplateRequest

    provider = known_provider(wishes.provider)
    module = known_module(wishes.module or "", provider)
    usual = usual_actions(provider, module)
    actions = known_actions(wishes.actions, provider, module) if wishes.actions else usual
    if wishes.destination is not None and not actions & {"read", "subscribe"}:
        raise _error("a destination receives the records that are read, and nothing is read here")
    objects = wishes.objects
    if objects is None and actions != {"proxy"}:
        objects = common_objects(provider, module, actions)[:1]
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
    """Return the provider of a name. Raises RequestError."""
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
    """Return the module to write; None for an empty name: the platform takes the default one.
    Raises RequestError."""
    from amp_schema.catalog import catalog

    if not name or name in provider.modules:
        return name or None
    if not provider.modules:
        raise _error(f"{quoted(provider.name)} has no modules")
    near = catalog().near_module(provider, name)
    hint = f"did you mean {quoted(near)}?" if near else f"it has {', '.join(provider.modules)}"
    raise _error(f"{quoted(provider.name)} has no module {quoted(name)}; {hint}")


def supported_actions(provider: Provider, module: str | None) -> list[str]:
    """Return the actions that a provider supports, the usual one first."""
    return [action for action in ACTIONS if provider.supports(action, module)]


def usual_actions(provider: Provider, module: str | None) -> frozenset[str]:
    """Return the default actions. A provider for which the catalog lists no action gets a proxy,
    which the manifest turns off."""
    return frozenset([*supported_actions(provider, module), "proxy"][:1])


def known_actions(words: Iterable[str], provider: Provider, module: str | None) -> frozenset[str]:
    """Return the actions of these names; a subscription needs `read` too. Raises RequestError."""
    wanted = set(words)
    for word in sorted(wanted):
        if word not in ACTIONS:
            raise _error(f"{quoted(word)} is not an action{did_you_mean(word, ACTIONS)}")
    wanted |= {"read"} if "subscribe" in wanted else set()
    check_supported(sorted(wanted, key=ACTIONS.index), provider, module)
    return frozenset(wanted)


def check_supported(wanted: Iterable[str], provider: Provider, module: str | None) -> None:
    """Raise RequestError for an action that the provider does not support."""
    from amp_schema.catalog import catalog

    supported = supported_actions(provider, module)
    for action in wanted:
        if action not in supported:
            where = quoted(provider.name) + (f" with module {quoted(module)}" if module else "")
            has = ", ".join(supported) or "nothing"
            raise _error(
                f"{where} does not support {action} in the catalog of {catalog().as_of}, but {has}"
            )


def usual_fields(provider: Provider, module: str | None, name: str) -> Sequence[str]:
    """Return the known fields of an object that most applications need."""
    from amp_schema.objects import find_object

    known = find_object(provider.name, module, name)
    return [field for field in _USUAL_FIELDS if known is not None and field in known.fields]


def common_objects(
    provider: Provider, module: str | None, actions: frozenset[str]
) -> tuple[str, ...]:
    """Return objects that the provider has and that take the actions, the most common first.

    An action of which the catalog knows no object of the provider is not required of them.
    """
    from amp_schema.objects import objects_of

    known = [one for one in objects_of(provider.name, module).values() if one.trust != "C"]
    told = {action for one in known for action in one.actions}
    if not told and "write" in actions:
        return ()
    return tuple(one.name for one in known if actions & told <= one.actions)


def known_objects(
    names: Iterable[str], provider: Provider, module: str | None, actions: frozenset[str]
) -> Mapping[str, Sequence[str]]:
    """Return the objects of these names with their usual fields. Raises RequestError."""
    # The platform does not tell capital letters apart.
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault(name.casefold(), _object(name))
    chosen = list(distinct.values())
    if actions == {"proxy"}:
        if chosen:
            raise _error(
                f"only the proxy of {quoted(provider.name)} is used here, and it has no objects"
            )
        return {}
    if not chosen:
        why = f": the catalog knows none of {quoted(provider.name)}"
        known = common_objects(provider, module, actions)
        raise _error(f"an object must be named{'' if known else why}")
    most = _MOST_SUBSCRIBED
    if "subscribe" in actions and provider.name == "salesforce" and len(chosen) > most:
        raise _error(f"an integration can subscribe to at most {most} objects of Salesforce")
    return {name: usual_fields(provider, module, name) for name in chosen}


def _object(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise _error(f"{quoted(name)} is not a valid name of an object")
    return name


def destination(name: str) -> str:
    """Return a valid name of a destination. Raises RequestError."""
    if not DESTINATION_NAME.match(name):
        raise _error(
            f"{quoted(name)} is not a valid name of a destination: use letters, digits and dashes"
        )
    return name


def integration_name(name: str) -> str:
    """Return a valid name of an integration. Raises RequestError."""
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise _error(f"{quoted(name)} must have 1 to {LONGEST_NAME} printable characters")
    return name


def default_name(provider: Provider) -> str:
    """Return the default name of an integration."""
    return f"{split_camel_case(provider.name, '-').lower()}-sync"


def _error(message: str) -> RequestError:
    return RequestError(message, "amp-lint init --help")
