"""A manifest with every key, and the same with a few things changed, most of them for the worse."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from amp_schema.manifest_schema import Place, root

from .manifest_schema.manifest_cases import GOOD

FULL: dict[str, Any] = copy.deepcopy(GOOD)
FULL["integrations"].append(
    {
        "name": "other",
        "provider": "salesforce",
        "subscribe": {
            "objects": [
                {
                    "objectName": "deals",
                    "destination": "hook",
                    "updateEvent": {"enabled": "always", "watchFieldsAuto": "all"},
                }
            ]
        },
        "proxy": {"enabled": True},
    }
)

VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 28, 500, 501, 1.0, 30.0, 1.5, 10**30, float("nan")),
    *(float("inf"), "", "x", "always", "all", "auto", "true", "1.0.0", "a.b", "x" * 65, "x" * 101),
    *("\U0001f680" * 64, "a\n", "$['a']['b']", "$.a"),
]
FRESH = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from([[], {}, [None], [[]], [{}], {"enabled": True}, {"x": 1}, ["a"], ["a.b"], [1]]),
).map(copy.deepcopy)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, item in items:
        found += places(item, (*path, key))
    return found


def keys_of(place: Place) -> set[str]:
    found = set(place.properties)
    for one in place.properties.values():
        found |= keys_of(one)
    return found | (keys_of(place.item) if place.item is not None else set())


KEYS = sorted(keys_of(root()) | {"nonsense", "", "objectname", "<<"})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The full manifest with up to three things dropped, renamed, added or replaced."""
    manifest = copy.deepcopy(FULL)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(manifest)))
        if not path:
            continue
        holder = manifest
        for step in path[:-1]:
            holder = holder[step]
        act = draw(st.sampled_from(["drop", "drop", "replace", "replace", "add", "rename"]))
        target = holder[path[-1]]
        if act == "drop":
            del holder[path[-1]]
        elif act == "replace" or (act == "rename" and isinstance(holder, list)):
            holder[path[-1]] = draw(FRESH)
        elif act == "rename":
            holder[draw(st.sampled_from(KEYS))] = holder.pop(path[-1])
        elif isinstance(target, dict):
            target[draw(st.sampled_from(KEYS))] = draw(FRESH)
        elif isinstance(target, list):
            target.append(draw(FRESH))
    return manifest
