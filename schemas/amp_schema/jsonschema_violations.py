"""What jsonschema finds wrong with a value, for schemas with keywords that the walk of
`amp_schema.violations` does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amp_schema.violations import Violation

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from amp_schema.quick_validate import Schema


def violations(value: object, schema: Schema, definitions: Schema) -> Iterator[Violation]:
    """Yield the same as `amp_schema.violations.violations`, for every schema."""
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator({**schema, "$defs": definitions}).iter_errors(value):
        path, keyword = tuple(error.absolute_path), str(error.validator)
        yield Violation(path, keyword, error.validator_value, error.schema, _missing(error))


def _missing(error: ValidationError) -> str | None:
    """Return the absent key of an error of `required`, which only its message names."""
    if error.validator != "required":
        return None
    keys: Any = error.validator_value
    return str(next(key for key in keys if error.message.startswith(f"{key!r} is")))
