"""A quick validation that avoids importing jsonschema for values that are clearly valid.

It knows only the keywords that `manifest.schema.json` and `config.schema.json` use; for a schema
with another keyword the answer is "not sure". Property tests compare it with jsonschema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Schema = Mapping[str, Any]
    Check = Callable[[Any], bool]

# Annotations, and what other keywords read themselves.
SILENT = frozenset(
    (
        *("$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples"),
        *("deprecated", "x-url", "x-rule", "x-type-rule", "x-required-rules", "then", "else"),
    )
)


def surely_valid(value: object, schema: Schema, definitions: Schema) -> bool:
    """Return whether the value is valid for jsonschema too. False means that it may be invalid.

    `definitions` are the schema's `$defs`.
    """
    return quick_look(schema, definitions)(value)


def quick_look(schema: Schema, definitions: Schema) -> Check:
    """Return `surely_fits` for one schema, which is compiled only once.

    The recursion is as deep as the schema, not as the value: unnamed parts are not entered.
    """
    return _Maker(definitions).check(schema)


class _Maker:
    """Compiles schemas that share definitions into checks."""

    def __init__(self, definitions: Schema) -> None:
        self.definitions = definitions
        self.made: dict[str, Check] = {}

    def check(self, schema: Schema) -> Check:
        """Return the check for a schema, which runs those of its keywords in order."""
        named = schema.get("type")
        kind = _TYPES.get(named) if isinstance(named, str) else None
        others = [one for one in schema if one != "type" and one not in SILENT]
        if (named is not None and kind is None) or not _KEYWORDS.keys() >= set(others):
            return _not_sure
        checks = [_KEYWORDS[one](self, schema[one], schema) for one in others]
        if len(checks) == 1 and kind is None:
            return checks[0]

        def fits(value: Any) -> bool:
            if kind is not None and type(value) is not kind:
                return False
            for check in checks:  # noqa: SIM110 - a third faster than `all`
                if not check(value):
                    return False
            return True

        return fits

    def reference(self, argument: Any, _: Schema) -> Check:
        """Compile a definition when it is first needed: definitions may refer to each other."""
        name = argument.removeprefix("#/$defs/")
        made = self.made

        def fits(value: Any) -> bool:
            check = made.get(name)
            if check is None:
                known = name in self.definitions
                check = made[name] = self.check(self.definitions[name]) if known else _not_sure
            return check(value)

        return fits

    def properties(self, argument: Any, _: Schema) -> Check:
        checks = {key: self.check(schema) for key, schema in argument.items()}

        def fits(value: Any) -> bool:
            if type(value) is dict:
                for key, item in value.items():
                    check = checks.get(key)
                    if check is not None and not check(item):
                        return False
            return True

        return fits

    def additional(self, argument: Any, schema: Schema) -> Check:
        known = schema.get("properties", {}).keys()
        if argument is False:
            return lambda value: type(value) is not dict or value.keys() <= known
        if not isinstance(argument, dict):
            return lambda value: type(value) is not dict and argument is True
        check = self.check(argument)
        return lambda value: (
            type(value) is not dict
            or all(check(item) for key, item in value.items() if key not in known)
        )

    def items(self, argument: Any, _: Schema) -> Check:
        check = self.check(argument)
        return lambda value: type(value) is not list or all(map(check, value))

    def condition(self, argument: Any, schema: Schema) -> Check:
        if not _is_exact(argument):
            return _not_sure
        check = self.check(argument)
        chosen = [self.check(schema.get(branch, {})) for branch in ("else", "then")]
        return lambda value: chosen[check(value)](value)

    def negation(self, argument: Any, _: Schema) -> Check:
        if not _is_exact(argument):
            return _not_sure
        check = self.check(argument)
        return lambda value: not check(value)

    def one_of(self, argument: Any, _: Schema) -> Check:
        if not all(map(_is_exact, argument)):
            return _not_sure
        checks = [self.check(part) for part in argument]
        return lambda value: sum(check(value) for check in checks) == 1

    def all_of(self, argument: Any, _: Schema) -> Check:
        checks = [self.check(part) for part in argument]
        return lambda value: all(check(value) for check in checks)

    def any_of(self, argument: Any, _: Schema) -> Check:
        checks = [self.check(part) for part in argument]
        return lambda value: any(check(value) for check in checks)


def _not_sure(_: object) -> bool:
    return False


def _is_exact(schema: Schema) -> bool:
    """Return whether the quick answer "not sure" means "invalid" for this schema.

    It does for the plain keywords that the conditions of the manifest's schema use.
    """
    exact = {"type", "required", "properties", "enum"}
    return all(
        keyword in exact
        and (keyword != "properties" or all(_is_exact(part) for part in argument.values()))
        and (keyword != "type" or argument in ("object", "string", "array", "boolean"))
        for keyword, argument in schema.items()
        if keyword not in SILENT
    )


def _required(_: _Maker, argument: Any, __: Schema) -> Check:
    needed = frozenset(argument)
    return lambda value: type(value) is not dict or value.keys() >= needed


def _enum(_: _Maker, argument: Any, __: Schema) -> Check:
    return lambda value: type(value) is str and value in argument


def _pattern(_: _Maker, argument: Any, __: Schema) -> Check:
    search = re.compile(argument).search
    return lambda value: type(value) is not str or search(value) is not None


_TYPES: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}
_NUMBERS = (int, float)
_KEYWORDS: dict[str, Callable[[_Maker, Any, Schema], Check]] = {
    "$ref": _Maker.reference,
    "properties": _Maker.properties,
    "additionalProperties": _Maker.additional,
    "items": _Maker.items,
    "if": _Maker.condition,
    "not": _Maker.negation,
    "oneOf": _Maker.one_of,
    "allOf": _Maker.all_of,
    "anyOf": _Maker.any_of,
    "required": _required,
    "enum": _enum,
    "pattern": _pattern,
    "minItems": lambda _, least, __: lambda value: type(value) is not list or len(value) >= least,
    "minLength": lambda _, least, __: lambda value: type(value) is not str or len(value) >= least,
    "maxLength": lambda _, most, __: lambda value: type(value) is not str or len(value) <= most,
    "minimum": lambda _, least, __: lambda value: type(value) not in _NUMBERS or value >= least,
    "maximum": lambda _, most, __: lambda value: type(value) not in _NUMBERS or value <= most,
}
