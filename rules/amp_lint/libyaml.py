"""The C parser of ruamel.yaml, without the whole of ruamel.yaml."""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from typing import Any


def c_parser() -> Any:
    """The class, or None where it is not installed."""
    _put_off_the_package()
    try:
        from _ruamel_yaml import CParser
    except ImportError:
        return None
    return CParser


def _put_off_the_package() -> None:
    """Let `ruamel.yaml` do what its `__init__` does when it is first asked for a name.

    The C parser needs some modules of the package, errors and events above all, and the package
    itself would import all others: a tenth of a short run.
    """
    spec = find_spec("ruamel.yaml") if "ruamel.yaml" not in sys.modules else None
    if spec is None or spec.loader is None:
        return
    package, loader = module_from_spec(spec), spec.loader

    def wake(name: str) -> object:
        vars(package).pop("__getattr__", None)
        loader.exec_module(package)
        return getattr(package, name)

    vars(package)["__getattr__"] = wake
    sys.modules["ruamel.yaml"] = package
    # As every import does, for those who write `ruamel.yaml.YAML`.
    setattr(sys.modules["ruamel"], "yaml", package)  # noqa: B010
