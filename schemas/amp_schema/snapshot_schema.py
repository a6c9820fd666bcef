"""The JSON Schema of a project's snapshot, the file that `amp-lint pull` writes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from amp_schema.resources import read

_FILE = "snapshot.schema.json"


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a snapshot (2020-12); shared by all callers, so read only."""
    import json

    loaded: dict[str, Any] = json.loads(read(_FILE))
    return loaded
