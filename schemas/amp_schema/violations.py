"""What is wrong with a value according to a JSON Schema, without importing jsonschema.

Importing jsonschema takes more time than a whole run on a clean manifest. The walk knows the
keywords that `manifest.schema.json` uses; jsonschema judges a schema with any other one. A property
test compares both: the same errors at the same places in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from amp_schema.lite_dataclasses import dataclass
from amp_schema.quick_validate import SILENT

if TYPE_CHECKING:
    from typing import TypeAlias

    Path: TypeAlias = tuple[str | int, ...]
    Schema: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """A keyword of a schema that a value does not satisfy.

    `path` leads from the value that was judged to the part that is wrong. `argument` is the value
    of the keyword in `schema`, the innermost schema that has it. `missing` is the absent key if the
    keyword is `required`.
    """

    path: Path
    keyword: str
    argument: Any
    schema: Schema
    missing: str | None = None


class _UnknownKeywordError(ValueError):
    """The walk does not know what a keyword, or this argument of it, asks for."""


def violations(value: object, schema: Schema, definitions: Schema) -> Iterable[Violation]:
    """Return what is wrong with a value. `definitions` are the schema's `$defs`.

    The recursion is as deep as the schema, not as the value: unnamed parts are not entered.
    """
    try:
        return list(_Walk(definitions).of(value, schema, ()))
    except _UnknownKeywordError:
        from amp_schema.jsonschema_violations import violations as by_jsonschema

        return by_jsonschema(value, schema, definitions)


class _Walk:
    """Judges values by schemas that share definitions."""

    def __init__(self, definitions: Schema) -> None:
        self._definitions = definitions

    def of(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        """Yield what is wrong with a part of the value, keyword by keyword."""
        for keyword, argument in schema.items():
            fails = _FAILS.get(keyword)
            if fails is not None:
                if fails(value, argument):
                    yield Violation(path, keyword, argument, schema)
            elif keyword not in SILENT:
                inner = _INNER.get(keyword)
                if inner is None:
                    raise _UnknownKeywordError(keyword)
                yield from inner(self, value, schema, path)

    def fits(self, value: Any, schema: Schema) -> bool:
        """Return whether nothing is wrong with a value."""
        return next(self.of(value, schema, ()), None) is None

    def reference(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        name = schema["$ref"].removeprefix("#/$defs/")
        return self.of(value, self._definitions[name], path)

    def properties(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if isinstance(value, dict):
            for key, part in schema["properties"].items():
                if key in value:
                    yield from self.of(value[key], part, (*path, key))

    def items(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.of(item, schema["items"], (*path, index))

    def required(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if isinstance(value, dict):
            for key in schema["required"]:
                if key not in value:
                    yield Violation(path, "required", schema["required"], schema, key)

    def additional(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if schema["additionalProperties"] is not False:
            raise _UnknownKeywordError("additionalProperties")
        if isinstance(value, dict) and not value.keys() <= schema.get("properties", {}).keys():
            yield Violation(path, "additionalProperties", False, schema)

    def condition(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        branch = "then" if self.fits(value, schema["if"]) else "else"
        return self.of(value, schema.get(branch, {}), path)

    def all_of(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        for part in schema["allOf"]:
            yield from self.of(value, part, path)

    def any_of(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if not any(self.fits(value, part) for part in schema["anyOf"]):
            yield Violation(path, "anyOf", schema["anyOf"], schema)

    def one_of(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if sum(self.fits(value, part) for part in schema["oneOf"]) != 1:
            yield Violation(path, "oneOf", schema["oneOf"], schema)

    def negation(self, value: Any, schema: Schema, path: Path) -> Iterator[Violation]:
        if self.fits(value, schema["not"]):
            yield Violation(path, "not", schema["not"], schema)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    # 1.0 is an integer in JSON Schema.
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": _is_integer,
    "boolean": lambda value: isinstance(value, bool),
}


def _has_other_type(value: object, name: object) -> bool:
    is_of_type = _TYPES.get(name) if isinstance(name, str) else None
    if is_of_type is None:
        raise _UnknownKeywordError("type")
    return not is_of_type(value)


# Whether a value fails a keyword that is not about parts of it, by the keyword's argument.
_FAILS: dict[str, Callable[[Any, Any], bool]] = {
    "type": _has_other_type,
    "enum": lambda value, allowed: value not in allowed,
    "pattern": lambda value, pattern: isinstance(value, str) and not re.search(pattern, value),
    "minLength": lambda value, least: isinstance(value, str) and len(value) < least,
    "maxLength": lambda value, most: isinstance(value, str) and len(value) > most,
    "minItems": lambda value, least: isinstance(value, list) and len(value) < least,
    "minimum": lambda value, least: _is_number(value) and value < least,
    "maximum": lambda value, most: _is_number(value) and value > most,
}
_INNER: dict[str, Callable[[_Walk, Any, Schema, Path], Iterator[Violation]]] = {
    "$ref": _Walk.reference,
    "properties": _Walk.properties,
    "items": _Walk.items,
    "required": _Walk.required,
    "additionalProperties": _Walk.additional,
    "if": _Walk.condition,
    "allOf": _Walk.all_of,
    "anyOf": _Walk.any_of,
    "oneOf": _Walk.one_of,
    "not": _Walk.negation,
}
