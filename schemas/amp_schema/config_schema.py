"""The JSON Schema of the linter's own configuration."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from amp_schema.resources import read

_FILE = "config.schema.json"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a configuration (2020-12); shared by all callers, so read only."""
    import json

    loaded: dict[str, Any] = json.loads(read(_FILE))
    return loaded
