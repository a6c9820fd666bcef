"""Build the data from a folder of facts: `python -m amp_schema.build.refresh FACTS_FOLDER`.

`providers.json` is built from the facts of the same name, `object_sources.json` and the files in
`provider_objects/` from all of them. For maintainers; nothing runs it while linting.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amp_schema.build import refresh_objects
from amp_schema.build.facts import ACTIONS, FactsError, by_name, document, refuse_unknown
from amp_schema.objects import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TARGET = Path(__file__).parent.parent


def render(facts: Mapping[str, Any], aliases: Mapping[str, str] | None = None) -> str:
    """Return the text of `providers.json` for the given facts, one line per provider.

    `aliases` add providers that share the objects of another. Raises FactsError where the facts
    contradict themselves or hold something unknown, so that a new kind of fact is not lost.
    """
    as_of, providers = facts["asOf"], facts["providers"]
    lines = {name: _line(name, providers[name]) for name in providers}
    for name, of in (aliases or {}).items():
        if name not in lines:
            raise FactsError(f"{name}, an alias in objects-more.json, is not a provider")
        if lines[name].setdefault("objectsLike", of) != of:
            raise FactsError(f"{name}: objectsLike is not {of}, as objects-more.json has it")
    for name, line in lines.items():
        like = line.get("objectsLike")
        if like is not None and like not in providers:
            raise FactsError(f"{name}: objectsLike names {like}, which is not a provider")
    return document({"asOf": as_of, "providers": {name: lines[name] for name in by_name(lines)}}, 2)


def main(arguments: Sequence[str], target: Path = _TARGET) -> int:
    """Write the files into `target` from the folder named in `arguments`; return the exit code.

    0 when all are written; 2, and nothing is written, when the facts cannot be used.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m amp_schema.build.refresh FACTS_FOLDER\n")
        return 2
    folder = Path(arguments[0])
    facts: dict[str, Any] = {}
    source = folder
    try:
        for name in ("providers", "objects", "operations", "objects-more"):
            source = folder / f"{name}.json"
            facts[name] = json.loads(source.read_bytes())
        source = folder
        made = _made(facts)
    except OSError as error:
        sys.stderr.write(f"cannot read {source}: {error.strerror}\n")
        return 2
    except KeyError as missing:
        sys.stderr.write(f"{source}: {missing} is missing\n")
        return 2
    except ValueError as error:
        sys.stderr.write(f"{source}: {error}\n")
        return 2
    shutil.rmtree(target / FOLDER, ignore_errors=True)
    (target / FOLDER).mkdir()
    for name, text in made.items():
        (target / name).write_bytes(text.encode())
    return 0


def _made(facts: Mapping[str, Any]) -> dict[str, str]:
    more = facts["objects-more"]
    providers = render(facts["providers"], more["meta"]["aliases"])
    objects = refresh_objects.Facts(facts["providers"], facts["objects"], facts["operations"], more)
    return {"providers.json": providers, **refresh_objects.render(objects)}


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
