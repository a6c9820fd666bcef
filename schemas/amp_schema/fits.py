"""A quick look at whether a value surely fits a schema, so that jsonschema need not be loaded.

Knows the keywords that `manifest.schema.json` and `config.schema.json` use and no others; of a
schema with another one it says that it is not sure. Property tests hold it against jsonschema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

_SILENT = frozenset(
    (
        *("$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples"),
        *("deprecated", "x-url", "x-rule", "x-type-rule", "x-required-rules", "then", "else"),
    )
)


def surely_fits(value: object, schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> bool:
    """Whether jsonschema, too, would find nothing wrong. False means: ask it.

    `definitions` are the schema's `$defs`. The depth of the recursion is that of the schema, not
    of the value: what the schema does not name is not entered.
    """
    for keyword, argument in schema.items():
        if keyword in _SILENT:
            continue
        check = _CHECKS.get(keyword)
        if check is None or not check(value, argument, schema, definitions):
            return False
    return True


_Check = Callable[[Any, Any, Mapping[str, Any], Mapping[str, Any]], bool]


def _reference(value: Any, argument: Any, _schema: Any, definitions: Any) -> bool:
    definition = definitions.get(argument.removeprefix("#/$defs/"))
    return definition is not None and surely_fits(value, definition, definitions)


def _type(value: Any, argument: Any, _schema: Any, _definitions: Any) -> bool:
    kinds = _TYPES.get(argument) if isinstance(argument, str) else None
    return kinds is not None and type(value) in kinds


def _properties(value: Any, argument: Any, _schema: Any, definitions: Any) -> bool:
    if type(value) is not dict:
        return True
    for key, item in value.items():
        schema = argument.get(key)
        if schema is not None and not surely_fits(item, schema, definitions):
            return False
    return True


def _additional(value: Any, argument: Any, schema: Any, definitions: Any) -> bool:
    if type(value) is not dict:
        return isinstance(argument, (bool, dict))
    known = schema.get("properties", {})
    others = [item for key, item in value.items() if key not in known]
    if isinstance(argument, dict):
        return all(surely_fits(item, argument, definitions) for item in others)
    return argument is False and not others


def _items(value: Any, argument: Any, _schema: Any, definitions: Any) -> bool:
    return type(value) is not list or all(
        surely_fits(item, argument, definitions) for item in value
    )


def _condition(value: Any, argument: Any, schema: Any, definitions: Any) -> bool:
    if not _is_exact(argument):
        return False
    chosen = schema.get("then" if surely_fits(value, argument, definitions) else "else")
    return chosen is None or surely_fits(value, chosen, definitions)


def _negation(value: Any, argument: Any, _schema: Any, definitions: Any) -> bool:
    return _is_exact(argument) and not surely_fits(value, argument, definitions)


def _one_of(value: Any, argument: Any, _schema: Any, definitions: Any) -> bool:
    return (
        all(_is_exact(part) for part in argument)
        and sum(surely_fits(value, part, definitions) for part in argument) == 1
    )


def _is_exact(schema: Mapping[str, Any]) -> bool:
    """Whether a "not sure" about this schema is a "no": so it is for these plain keywords on
    what they are made for, which is all that the manifest's conditions use."""
    exact = {"type", "required", "properties", "enum"}
    return all(
        keyword in exact
        and (keyword != "properties" or all(_is_exact(part) for part in argument.values()))
        and (keyword != "type" or argument in ("object", "string", "array", "boolean"))
        for keyword, argument in schema.items()
        if keyword not in _SILENT
    )


@lru_cache(maxsize=32)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
}
_NUMBERS = (int, float)
_CHECKS: dict[str, _Check] = {
    "$ref": _reference,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "if": _condition,
    "not": _negation,
    "oneOf": _one_of,
    "allOf": lambda value, parts, _, definitions: all(
        surely_fits(value, part, definitions) for part in parts
    ),
    "anyOf": lambda value, parts, _, definitions: any(
        surely_fits(value, part, definitions) for part in parts
    ),
    "required": lambda value, keys, *_: type(value) is not dict or all(k in value for k in keys),
    "enum": lambda value, allowed, *_: type(value) is str and value in allowed,
    "minItems": lambda value, least, *_: type(value) is not list or len(value) >= least,
    "minLength": lambda value, least, *_: type(value) is not str or len(value) >= least,
    "maxLength": lambda value, most, *_: type(value) is not str or len(value) <= most,
    "minimum": lambda value, least, *_: type(value) not in _NUMBERS or value >= least,
    "maximum": lambda value, most, *_: type(value) not in _NUMBERS or value <= most,
    "pattern": lambda value, pattern, *_: (
        type(value) is not str or _pattern(pattern).search(value) is not None
    ),
}
