"""Words that authors write for keys of the manifest: those of other tools, and of everyday use."""

from __future__ import annotations

# By the canonical key, in folded case.
SYNONYMS: dict[str, frozenset[str]] = {
    "specVersion": frozenset(("version", "apiversion", "schemaversion")),
    "integrations": frozenset(("integration", "connections", "connectors")),
    "name": frozenset(("integrationname", "integration", "id")),
    "displayName": frozenset(("title", "label")),
    "provider": frozenset(("service", "connector", "platform", "source", "saas")),
    "objects": frozenset(("object", "entities", "tables", "resources")),
    "objectName": frozenset(("name", "object", "entity", "table", "resource", "sobject")),
    "destination": frozenset(("webhook", "target", "sink", "destinationname", "to", "url")),
    "schedule": frozenset(
        ("cron", "crontab", "cronexpression", "cronschedule", "interval", "frequency", "every")
    ),
    "requiredFields": frozenset(("fields", "columns", "attributes", "properties", "required")),
    "optionalFields": frozenset(("optional",)),
    "fieldName": frozenset(("field", "column", "attribute", "property")),
    "mapToName": frozenset(("mapto", "mapname", "mappedname", "alias", "as", "rename", "target")),
    "mapToDisplayName": frozenset(("label", "title", "displayname")),
    "prompt": frozenset(("question", "help", "description", "helptext")),
    "days": frozenset(("day", "numberofdays", "period")),
    "fullHistory": frozenset(("full", "all", "history")),
    "inheritFieldsAndMapping": frozenset(
        ("inheritfields", "inheritmappings", "inherit", "inheritfieldmapping", "inheritall")
    ),
    "createEvent": frozenset(("create", "created", "oncreate", "oncreated", "insert", "created")),
    "updateEvent": frozenset(("update", "updated", "onupdate", "onupdated", "change")),
    "deleteEvent": frozenset(("delete", "deleted", "ondelete", "ondeleted", "remove")),
    "fieldCreated": frozenset(("fieldadded", "fieldinserted")),
    "fieldDeleted": frozenset(("fieldremoved",)),
    "fieldChanged": frozenset(("fieldupdated", "fieldmodified", "fieldedited", "fieldaltered")),
    "enabled": frozenset(("active", "enable", "on")),
    "requiredWatchFields": frozenset(("watchfields", "watch", "fields")),
}


def synonyms(key: str) -> frozenset[str]:
    """Return the words, in folded case, that authors write for a key."""
    return SYNONYMS.get(key, frozenset())
