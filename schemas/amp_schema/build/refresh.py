"""Remakes the data from a folder of facts: `python -m amp_schema.build.refresh FACTS_FOLDER`.

`providers.json` comes from the facts of the same name, `objects.json` from those and
`operations.json`. For maintainers; nothing runs it while linting.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amp_schema.build import refresh_objects
from amp_schema.build.facts import ACTIONS, FactsError, document, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HERE = Path(__file__).parents[1]


def render(facts: Mapping[str, Any]) -> str:
    """Return the text of `providers.json` for the given facts, one line a provider.

    Raises FactsError where the facts contradict themselves or hold something unknown, so that a
    new kind of fact is noticed rather than lost.
    """
    providers = facts["providers"]
    lines = {name: _line(name, providers[name]) for name in providers}
    for name, line in lines.items():
        twin = line.get("objectsLike")
        if twin is not None and twin not in providers:
            raise FactsError(f"{name}: objectsLike names {twin}, which is no provider")
    return document(facts["asOf"], lines)


def main(arguments: Sequence[str], target: Path = _HERE) -> int:
    """Write the files into `target` from the folder named in `arguments`; return the exit code.

    0 when both are written; 2, and nothing is written, when the facts cannot be used.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m amp_schema.build.refresh FACTS_FOLDER\n")
        return 2
    folder = Path(arguments[0])
    source = folder / "providers.json"
    try:
        providers = json.loads(source.read_bytes())
        made = {"providers.json": render(providers)}
        source = folder / "objects.json"
        objects = json.loads(source.read_bytes())
        source = folder / "operations.json"
        operations = json.loads(source.read_bytes())
        made["objects.json"] = refresh_objects.render(providers, objects, operations)
    except OSError as problem:
        sys.stderr.write(f"cannot read {source}: {problem.strerror}\n")
        return 2
    except KeyError as missing:
        sys.stderr.write(f"{source}: {missing} is missing\n")
        return 2
    except ValueError as problem:
        sys.stderr.write(f"{source}: {problem}\n")
        return 2
    for name, text in made.items():
        (target / name).write_bytes(text.encode())
    return 0


def _line(name: str, provider: Mapping[str, Any]) -> dict[str, Any]:
    known = {"displayName", "authType", "support", "defaultModule", "modules", "objectsLike"}
    refuse_unknown(name, provider, known)
    line = {
        "displayName": provider["displayName"],
        "authType": provider["authType"],
        "supports": _supports(name, provider["support"]),
    }
    for key in ("objectsLike", "defaultModule"):
        if key in provider:
            line[key] = provider[key]
    modules = provider.get("modules", {})
    if modules:
        line["modules"] = {part: _module(f"{name}.{part}", modules[part]) for part in modules}
    if provider.get("defaultModule") not in {None, *modules}:
        raise FactsError(f"{name}: the default module {provider['defaultModule']} does not exist")
    return line


def _module(where: str, module: Mapping[str, Any]) -> dict[str, Any]:
    refuse_unknown(where, module, {"displayName", "support"})
    return {
        "displayName": module["displayName"],
        "supports": _supports(where, module["support"]),
    }


def _supports(where: str, support: Mapping[str, bool]) -> list[str]:
    refuse_unknown(f"{where}.support", support, set(ACTIONS))
    return [action for action in ACTIONS if support.get(action, False)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
