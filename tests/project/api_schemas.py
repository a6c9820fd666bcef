"""The part of the platform's API that amp-lint uses, as OpenAPI: written from its documentation.

Relaxed where the API's own examples do not fit its published schema.
"""

from __future__ import annotations

from typing import Any

TEXT = {"type": "string"}
FLAG = {"type": "boolean"}


def record(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these properties; `required` lists the names of those that must be there."""
    return {"type": "object", "required": required.split(), "properties": properties}


def by_name(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value}


PROBLEM = record(
    "", type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, retryAfter=TEXT
)
PROJECT = record("id name appName orgId", id=TEXT, name=TEXT, appName=TEXT, orgId=TEXT)
DESTINATION = record(
    "id name type metadata", id=TEXT, name=TEXT, type=TEXT, metadata={"type": "object"}
)
PROVIDER_APP = record(
    "id provider clientId projectId", id=TEXT, provider=TEXT, clientId=TEXT, projectId=TEXT
)
REVISION = record(
    "id specVersion createTime content",
    id=TEXT,
    specVersion=TEXT,
    createTime=TEXT,
    content=record("name provider", name=TEXT, provider=TEXT),
)
INTEGRATION = record(
    "id name provider latestRevision", id=TEXT, name=TEXT, provider=TEXT, latestRevision=REVISION
)
READ_OBJECT = record(
    "objectName",
    objectName=TEXT,
    schedule=TEXT,
    destination=TEXT,
    disabled=FLAG,
    selectedFields=by_name(FLAG),
    selectedFieldMappings=by_name(TEXT),
    backfill={"type": "object"},
)
CONTENT = record(
    "provider",
    provider=TEXT,
    read=record("", objects=by_name(READ_OBJECT)),
    write=record("", objects=by_name(record("objectName", objectName=TEXT))),
    subscribe=record("", objects=by_name(record("objectName", objectName=TEXT, destination=TEXT))),
    proxy=record("", enabled=FLAG),
)
GROUP = record("groupRef groupName", groupRef=TEXT, groupName=TEXT)
INSTALLATION = record(
    "id integrationId healthStatus connection config",
    id=TEXT,
    integrationId=TEXT,
    healthStatus={"type": "string", "enum": ["healthy", "unhealthy"]},
    group=GROUP,
    connection=record("id provider status", id=TEXT, provider=TEXT, status=TEXT),
    config=record("revisionId content", revisionId=TEXT, content=CONTENT),
)
FIELD = record(
    "fieldName displayName",
    fieldName=TEXT,
    displayName=TEXT,
    valueType=TEXT,
    readOnly=FLAG,
    isCustom=FLAG,
    isRequired=FLAG,
    values={"type": "array", "items": record("value displayValue", value=TEXT, displayValue=TEXT)},
)
METADATA = record("name fields", name=TEXT, displayName=TEXT, fields=by_name(FIELD))
SUPPORT = record("", read=FLAG, write=FLAG, subscribe=FLAG, proxy=FLAG)
PROVIDER = record(
    "name authType support",
    name=TEXT,
    displayName=TEXT,
    authType=TEXT,
    defaultModule=TEXT,
    oauth2Opts=record("grantType", grantType=TEXT),
    modules=by_name(record("displayName support", displayName=TEXT, support=SUPPORT)),
    support=SUPPORT,
)

PROJECT_PATH = "/projects/{projectIdOrName}"
METADATA_PATH = f"{PROJECT_PATH}/providers/{{provider}}/objects/{{objectName}}/metadata"
INSTALLATIONS_PATH = f"{PROJECT_PATH}/integrations/{{integrationId}}/installations"
SCHEMAS: dict[str, dict[str, Any]] = {
    "/projects": {"type": "array", "items": PROJECT},
    PROJECT_PATH: PROJECT,
    f"{PROJECT_PATH}/destinations": {"type": "array", "items": DESTINATION},
    f"{PROJECT_PATH}/provider-apps": {"type": "array", "items": PROVIDER_APP},
    f"{PROJECT_PATH}/integrations": {"type": "array", "items": INTEGRATION},
    f"{PROJECT_PATH}/installations": {"type": "array", "items": INSTALLATION},
    INSTALLATIONS_PATH: {"type": "array", "items": INSTALLATION},
    METADATA_PATH: METADATA,
    "/providers": by_name(PROVIDER),
    "/providers/{provider}": PROVIDER,
}


def openapi() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "the platform's API, as far as amp-lint reads it", "version": "1"},
        "servers": [{"url": "/v1"}],
        "security": [{"key": []}],
        "paths": {path: {"get": _operation(path, schema)} for path, schema in SCHEMAS.items()},
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
        },
    }


def _operation(path: str, schema: dict[str, Any]) -> dict[str, Any]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    parameters = [{"name": one, "in": "path", "required": True, "schema": TEXT} for one in names]
    if path == METADATA_PATH:
        parameters.append({"name": "groupRef", "in": "query", "required": True, "schema": TEXT})
    problem = {"application/problem+json": {"schema": PROBLEM}}
    return {
        "operationId": path.strip("/").replace("/", "-"),
        "parameters": parameters,
        "responses": {
            "200": {"description": "it", "content": {"application/json": {"schema": schema}}},
            "default": {"description": "an error", "content": problem},
        },
    }
