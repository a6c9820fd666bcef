"""What the JSON Schema finds wrong with a configuration, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from amp_lint.config.toml_lines import KeyPath

_KINDS = (
    (bool, "true or false"),
    (str, "text"),
    ((int, float), "a number"),
    (list, "a list"),
    (dict, "a table"),
)


def misfits(table: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Each mistake: the keys that lead to it, and the words."""
    from jsonschema import Draft202012Validator

    from amp_schema.config_schema import schema

    try:
        for error in Draft202012Validator(schema()).iter_errors(table):
            yield from _worded(error)
    except (RecursionError, ValueError):
        # jsonschema writes out what it finds fault with, and Python has limits there.
        yield (), "holds a value too deep or too large to be looked at"


def _worded(error: ValidationError) -> Iterator[tuple[KeyPath, str]]:
    path = tuple(str(part) for part in error.absolute_path if isinstance(part, str))
    shown = ".".join(path)
    value: Any = error.instance
    rules: Any = error.schema
    if error.validator == "additionalProperties":
        known = rules["properties"]
        for key in value:
            if key not in known:
                yield (key,), f"there is no key {quoted(key)}{did_you_mean(key, known)}"
    elif error.validator == "enum":
        allowed = rules["enum"]
        words = f"{quoted(value)} is none of {', '.join(allowed)}{did_you_mean(value, allowed)}"
        yield path, f"{quoted(shown)}: {words}"
    elif error.absolute_path and isinstance(error.absolute_path[-1], int):
        yield path, f"{quoted(shown)}: every entry has to be {rules['title']}, not {_kind(value)}"
    else:
        yield path, f"{quoted(shown)} has to be {rules['title']}, not {_kind(value)}"


def _kind(value: object) -> str:
    if value in ("", []):
        return "an empty text" if value == "" else "an empty list"
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    return "a date or a time"
