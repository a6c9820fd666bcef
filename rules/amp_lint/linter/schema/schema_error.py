"""A violation of the JSON Schema, and the rule that reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.linter.finding import Severity
    from amp_lint.linter.schema.fixes import SchemaFix
    from amp_lint.yaml.nodes import Entry, Node


@dataclass(frozen=True, slots=True)
class SchemaError:
    """A violation of the schema, assigned to the rule that reports it.

    `at` is what to underline, `about` the node with the violation if that is another one, `fixes`
    the possible fixes, the preferred one first. `claims` are the entries that the message explains:
    they are not reported as unknown keys as well.
    """

    rule: str
    at: Node | Entry
    message: str
    label: str = ""
    severity: Severity | None = None
    about: Node | None = None
    fixes: tuple[SchemaFix, ...] = ()
    claims: tuple[Entry, ...] = ()
