"""Turns the API's lists into the parts of a snapshot: an allow list of facts.

Destinations have addresses and headers, provider apps have client ids; none of that gets in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from amp_lint.project.answers import mapping, text

# Of a field with more values the first ones are enough for a hover.
_MOST_VALUES = 100
_ACTIONS = ("read", "write", "subscribe", "proxy", "search", "delete")


class NotAListError(ValueError):
    """An answer is not the list that it should be."""


def listed(
    answer: object, make: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> tuple[list[dict[str, Any]], int]:
    """The entries that have a name, sorted by it, and the number of those that have none.

    Raises NotAListError.
    """
    if not isinstance(answer, list):
        raise NotAListError
    made = [make(mapping(one)) for one in answer]
    named = [one for one in made if one["name"]]
    return sorted(named, key=lambda one: (one["name"], one.get("id", ""))), len(made) - len(named)


def destination(one: Mapping[str, Any]) -> dict[str, Any]:
    """A destination."""
    return {"name": text(one.get("name")), "type": text(one.get("type"))}


def provider_app(one: Mapping[str, Any]) -> dict[str, Any]:
    """A provider app: only whose it is."""
    return {"name": text(one.get("provider"))}


def integration(one: Mapping[str, Any]) -> dict[str, Any]:
    """An integration with its latest revision."""
    revision = mapping(one.get("latestRevision"))
    facts = {key: text(revision.get(key)) for key in ("id", "createTime")}
    found: dict[str, Any] = {key: value for key, value in facts.items() if value}
    if isinstance(revision.get("content"), dict):
        found["content"] = revision["content"]
    return {
        "id": text(one.get("id")),
        "name": text(one.get("name")),
        "provider": text(one.get("provider")),
        "revision": found,
    }


def grant_type(provider: object) -> str:
    """The OAuth grant type of a provider of the catalog; empty if it says none."""
    return text(mapping(mapping(provider).get("oauth2Opts")).get("grantType"))


def catalog(answer: object) -> dict[str, dict[str, Any]]:
    """The catalog in the form of the one that comes with amp-lint."""
    return {
        name: _provider(name, facts)
        for name, facts in mapping(answer).items()
        if text(name) and text(mapping(facts).get("authType"))
    }


def _provider(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    modules = {
        module: _module(module, mapping(part))
        for module, part in mapping(facts.get("modules")).items()
        if text(module)
    }
    made = {**_module(name, facts), "authType": text(facts.get("authType"))}
    default = text(facts.get("defaultModule"))
    if modules:
        made["modules"] = modules
    if default in modules:
        made["defaultModule"] = default
    return made


def _module(name: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    support = mapping(facts.get("support"))
    return {
        "displayName": text(facts.get("displayName")) or name,
        # `search` is an object of its own.
        "supports": [one for one in _ACTIONS if support.get(one) is True],
    }


def fields(answer: object) -> dict[str, dict[str, Any]]:
    """The fields of an object's metadata, by name."""
    found = mapping(mapping(answer).get("fields"))
    return {name: _field(mapping(facts)) for name, facts in found.items() if text(name)}


def _field(facts: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "displayName": text(facts.get("displayName")),
        "type": text(facts.get("valueType")),
        "readOnly": facts.get("readOnly") is True,
        "custom": facts.get("isCustom") is True,
        "required": facts.get("isRequired") is True,
        "values": _values(facts.get("values")),
    }
    return {key: value for key, value in found.items() if value}


def _values(answer: object) -> list[str]:
    listed_values = answer[:_MOST_VALUES] if isinstance(answer, list) else []
    return [value for one in listed_values if (value := text(mapping(one).get("value")))]


def without_key(data: dict[str, Any], key: str) -> dict[str, Any]:
    """The parts without the key of the API, which a server may repeat anywhere."""
    from amp_schema.snapshot_schema import schema

    names = frozenset(_property_names(schema()))
    cleaned: dict[str, Any] = _without(data, key, names)
    return cleaned


def _property_names(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for keyword in ("properties", "$defs"):
        for inner in schema.get(keyword, {}).values():
            yield from _property_names(inner)
    for keyword in ("items", "additionalProperties"):
        if keyword in schema:
            yield from _property_names(schema[keyword])


def _without(value: Any, key: str, names: frozenset[str]) -> Any:
    if isinstance(value, str):
        return value.replace(key, "***") if key in value else value
    if isinstance(value, list):
        return [_without(one, key, names) for one in value]
    if isinstance(value, dict):
        return {
            name if name in names else _without(name, key, names): _without(one, key, names)
            for name, one in value.items()
        }
    return value
