"""Lookups in the schema of the manifest: what a place may contain, which rule reports its errors.

The only source is `manifest.schema.json`. Its `$comment` explains its own annotations.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from amp_schema.lite_dataclasses import dataclass
from amp_schema.resources import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FILE = "manifest.schema.json"
_DEFINITION = "#/$defs/"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the manifest (2020-12); shared by all callers, so read only."""
    import json

    loaded: dict[str, Any] = json.loads(read(_FILE))
    return loaded


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """What one place of a manifest may contain.

    `schema` is the subschema with its `$ref` resolved; keywords beside the `$ref` override those of
    the definition. `kind` is the name of a mapping here, such as "read object"; None if the place
    is not a mapping. `properties` and `required` are in the order in which an author writes the
    keys; `required` has the keys that are required unconditionally. `folded` maps a key in folded
    case to the key.
    """

    schema: Mapping[str, Any]
    kind: str | None
    properties: Mapping[str, Place]
    item: Place | None
    folded: Mapping[str, str]

    @property
    def title(self) -> str:
        """The name of the place in a few words."""
        return str(self.schema.get("title", ""))

    @property
    def description(self) -> str:
        """Markdown: what the place contains and what the platform does with it."""
        return str(self.schema.get("description", ""))

    @property
    def type(self) -> str:
        """The JSON type: object, array, string, integer or boolean."""
        return str(self.schema["type"])

    @property
    def required(self) -> tuple[str, ...]:
        """The required keys."""
        return tuple(self.schema.get("required", ()))

    @property
    def values(self) -> tuple[str, ...]:
        """The allowed values; empty if all values of the type are allowed."""
        return tuple(self.schema.get("enum", ()))

    @property
    def default(self) -> object:
        """The value that the platform assumes for an absent key; None if there is none."""
        return self.schema.get("default")

    @property
    def examples(self) -> tuple[object, ...]:
        """Typical values, the most instructive first."""
        return tuple(self.schema.get("examples", ()))

    @property
    def url(self) -> str:
        """The page of the platform's documentation on this place; empty if there is none."""
        return str(self.schema.get("x-url", ""))

    @property
    def deprecated(self) -> bool:
        """Whether the key is deprecated."""
        return bool(self.schema.get("deprecated", False))


@lru_cache(maxsize=1)
def root() -> Place:
    """Return the place of the whole manifest."""
    return _place(schema())


def place(path: Sequence[str | int]) -> Place | None:
    """Return the place at a path such as ("integrations", 0, "read", "objects", 0).

    Keys match as the platform matches them. Return None for an unknown key, an index into anything
    but a sequence, or a key of anything but a mapping.
    """
    here: Place | None = root()
    for step in path:
        if here is None:
            return None
        if isinstance(step, int):
            here = here.item
        else:
            key = canonical_key(here, step)
            here = None if key is None else here.properties[key]
    return here


def canonical_key(place: Place, key: str) -> str | None:
    """Return the key of this place that the platform takes `key` for; None if it takes none.

    The platform ignores case, and nothing else, when it matches keys.
    """
    return key if key in place.properties else place.folded.get(_fold(key))


@lru_cache(maxsize=1024)
def places_of_key(key: str) -> tuple[str, ...]:
    """Name the places where a key belongs, to follow the words "belongs in"; empty if unknown.

    Places come from the top of the manifest downwards, each kind once.
    """
    folded = _fold(key)
    return tuple(_phrase(mapping) for mapping in _mappings() if folded in mapping.folded)


def places_of_keys(keys: Sequence[str]) -> list[str]:
    """Name the places where all of some keys belong, as `places_of_key` does."""
    folded = {_fold(key) for key in keys}
    return [_phrase(mapping) for mapping in _mappings() if folded <= mapping.folded.keys()]


def owner(subschema: Mapping[str, Any], keyword: str, missing: str | None = None) -> str | None:
    """Return the id of the lint rule that reports an error; None if no rule is named.

    `subschema` is where `keyword` failed (`Violation.schema`, `Violation.keyword`), and
    `missing` is the absent key if the keyword is `required`. Other errors at a value with a `type`
    error are consequences of it; the caller drops them.
    """
    rule: str | None
    if keyword == "type":
        rule = subschema.get("x-type-rule")
    elif keyword == "required":
        rule = subschema.get("x-required-rules", {}).get(missing)
    else:
        rule = subschema.get("x-rule")
    return rule


def _place(subschema: Mapping[str, Any]) -> Place:
    # The recursion follows the schema, which has no cycles, not the manifest.
    reference = subschema.get("$ref")
    if reference is not None:
        definition = schema()["$defs"][reference.removeprefix(_DEFINITION)]
        words = {key: value for key, value in subschema.items() if key != "$ref"}
        subschema, kind = {**definition, **words}, definition["title"]
    else:
        kind = subschema["title"] if "properties" in subschema else None
    properties = {key: _place(value) for key, value in subschema.get("properties", {}).items()}
    item = subschema.get("items")
    return Place(
        schema=subschema,
        kind=kind,
        properties=properties,
        item=None if item is None else _place(item),
        folded={_fold(key): key for key in properties},
    )


def _fold(key: str) -> str:
    # The platform folds letter by letter: a sharp s or a ligature never becomes two letters.
    folded = key.casefold()
    return folded if len(folded) == len(key) else key


@lru_cache(maxsize=1)
def _mappings() -> tuple[Place, ...]:
    waiting, found = [root()], dict[str, Place]()
    while waiting:
        here = waiting.pop()
        if here.kind is not None:
            found.setdefault(here.kind, here)
        children = list(here.properties.values()) if here.item is None else [here.item]
        waiting.extend(reversed(children))
    return tuple(found.values())


def _phrase(place: Place) -> str:
    if place is root():
        return "the top level of the manifest"
    kind = str(place.kind)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
