"""The identity of an Azure pipeline's run, which Azure DevOps requires in a SARIF report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PREFIX = "azuredevops/pipeline/build"

# The properties that GitHub Advanced Security for Azure DevOps identifies a pipeline by, and the
# variables of the pipeline's environment that hold them.
_PROPERTIES = {
    "buildDefinitionId": "SYSTEM_DEFINITIONID",
    "buildDefinitionName": "BUILD_DEFINITIONNAME",
    "phaseId": "SYSTEM_PHASEID",
    "phaseName": "SYSTEM_PHASENAME",
}


def automation_details(environment: Mapping[str, str]) -> dict[str, Any] | None:
    """Return `automationDetails` for a run in an Azure pipeline, None elsewhere."""
    if environment.get("TF_BUILD", "").casefold() != "true":
        return None
    properties = {
        f"{_PREFIX}/{name}": environment.get(variable) or "unknown"
        for name, variable in _PROPERTIES.items()
    }
    parts = (
        environment.get("SYSTEM_COLLECTIONURI", "").rstrip("/").rpartition("/")[2],
        environment.get("SYSTEM_TEAMPROJECT"),
        environment.get("SYSTEM_DEFINITIONID"),
        environment.get("SYSTEM_PHASEID"),
        environment.get("BUILD_SOURCEBRANCH"),
        environment.get("BUILD_BUILDID"),
    )
    return {
        "id": "/".join((_PREFIX, *(part or "unknown" for part in parts))),
        "properties": properties,
    }
