"""Remakes `providers.json` from a folder of facts: `python -m amp_schema.refresh FACTS_FOLDER`.

For maintainers; nothing runs it while linting.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TARGET = Path(__file__).with_name("providers.json")
_ACTIONS = ("read", "write", "subscribe", "proxy", "search", "delete")


class FactsError(ValueError):
    """The facts are not what this program knows how to read; the message says where."""


def render(facts: Mapping[str, Any]) -> str:
    """Return the text of `providers.json` for the given facts, one line a provider.

    Raises FactsError where the facts contradict themselves or hold something unknown, so that a
    new kind of fact is noticed rather than lost.
    """
    providers = facts["providers"]
    lines = []
    for name in sorted(providers, key=lambda name: (name.casefold(), name)):
        line = _line(name, providers[name])
        twin = line.get("objectsLike")
        if twin is not None and twin not in providers:
            raise FactsError(f"{name}: objectsLike names {twin}, which is no provider")
        lines.append(f"  {_dump(name)}: {_dump(line)}")
    body = ",\n".join(lines)
    return f'{{\n "asOf": {_dump(facts["asOf"])},\n "providers": {{\n{body}\n }}\n}}\n'


def main(arguments: Sequence[str], target: Path = _TARGET) -> int:
    """Write `target` from the folder named in `arguments`; return the exit code, 0 or 2."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m amp_schema.refresh FACTS_FOLDER\n")
        return 2
    source = Path(arguments[0]) / "providers.json"
    try:
        text = render(json.loads(source.read_bytes()))
    except OSError as problem:
        sys.stderr.write(f"cannot read {source}: {problem.strerror}\n")
        return 2
    except KeyError as missing:
        sys.stderr.write(f"{source}: {missing} is missing\n")
        return 2
    except ValueError as problem:
        sys.stderr.write(f"{source}: {problem}\n")
        return 2
    target.write_bytes(text.encode())
    return 0


def _line(name: str, provider: Mapping[str, Any]) -> dict[str, Any]:
    known = {"displayName", "authType", "support", "defaultModule", "modules", "objectsLike"}
    _refuse_unknown(name, provider, known)
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
    _refuse_unknown(where, module, {"displayName", "support"})
    return {
        "displayName": module["displayName"],
        "supports": _supports(where, module["support"]),
    }


def _supports(where: str, support: Mapping[str, bool]) -> list[str]:
    _refuse_unknown(f"{where}.support", support, set(_ACTIONS))
    return [action for action in _ACTIONS if support.get(action, False)]


def _refuse_unknown(where: str, facts: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(facts) - known)
    if unknown:
        raise FactsError(f"{where}: no use is known for {', '.join(unknown)}")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
