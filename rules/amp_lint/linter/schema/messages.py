"""Turns each violation of the schema into a message, assigned to the rule that reports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.linter.schema.key_messages import ACTIONS, missing_key, no_action, unknown_keys
from amp_lint.linter.schema.schema_error import SchemaError
from amp_lint.linter.schema.value_messages import BY_KEYWORD, wrong_type
from amp_lint.manifest.view import View
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Mapping, Node
from amp_schema.manifest_schema import Place, owner
from amp_schema.manifest_schema import place as place_at

if TYPE_CHECKING:
    from amp_schema.violations import Violation


def explain(error: Violation, node: Node, place: Place, raw: Node) -> Iterator[SchemaError]:
    """Yield what a violation means. `node` is what it is about, `place` what the schema says about
    it, and `raw` the node as written, which may be an alias of it.
    """
    keyword = error.keyword
    if keyword == "additionalProperties" and isinstance(node, Mapping):
        yield from unknown_keys(node, place)
    elif keyword == "required" and isinstance(node, Mapping):
        yield from missing_key(error, node, place)
    elif keyword == "type":
        yield from wrong_type(error, node, place, node if _is_at_its_anchor(node, place) else raw)
    elif keyword in BY_KEYWORD:
        rule = owner(error.schema, keyword) or "invalid-value"
        yield BY_KEYWORD[keyword](rule, error, node, place)
    else:
        owned = owner(error.schema, keyword)
        if owned == "integration-structure" and isinstance(node, Mapping) and _is_idle(node):
            yield no_action(owned, node, place)


def _is_idle(node: Mapping) -> bool:
    view = View(node, node)
    return all(view.lacks(action) for action in ACTIONS)


def _is_at_its_anchor(node: Node, place: Place) -> bool:
    """Return whether a value that an alias stands for is also wrong where it is written."""
    own = place_at(path_of(node))
    return own is not None and own.type == place.type
