"""Messages for the errors that the JSON Schema finds in a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from amp_lint.config.toml_lines import KeyPath

_KINDS = (
    (bool, "true or false"),
    (str, "a string"),
    ((int, float), "a number"),
    (list, "a list"),
    (dict, "a table"),
)


def violations(table: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield each error: the keys that lead to it, and the message."""
    from jsonschema import Draft202012Validator

    from amp_schema.config_schema import schema

    try:
        for error in Draft202012Validator(schema()).iter_errors(table):
            yield from _worded(error)
    except (RecursionError, ValueError):
        # jsonschema prints the invalid value, and Python limits that.
        yield (), "has a value that is too deep or too large"


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
        near = did_you_mean(value, allowed)
        words = f"must be one of {', '.join(allowed)}, not {quoted(value)}{near}"
        yield path, f"{quoted(shown)} {words}"
    elif error.absolute_path and isinstance(error.absolute_path[-1], int):
        yield path, f"{quoted(shown)}: each entry must be {rules['title']}, not {_kind(value)}"
    else:
        yield path, f"{quoted(shown)} must be {rules['title']}, not {_kind(value)}"


def _kind(value: object) -> str:
    if value in ("", []):
        return "an empty string" if value == "" else "an empty list"
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    return "a date or a time"
