"""The platform's documentation, by topic: pages, and sections of pages.

The sections are the headings of the pages as of 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amp_schema.catalog import Provider

_SITE = "https://docs.withampersand.com"

MANIFEST = f"{_SITE}/manifest-reference"
TOP_LEVEL = f"{MANIFEST}#top-level-structure"
INTEGRATION = f"{MANIFEST}#integration-definition"
SUBSCRIBE_SECTION = f"{MANIFEST}#subscribe-definition"
READ_SECTION = f"{MANIFEST}#read-definition"
WRITE_SECTION = f"{MANIFEST}#write-definition"
READ_OBJECT = f"{MANIFEST}#read-object"
WRITE_OBJECT = f"{MANIFEST}#write-object"
SUBSCRIBE_OBJECT = f"{MANIFEST}#subscribe-object"
OBJECT_NAME = f"{MANIFEST}#object-name"
DESTINATION = f"{MANIFEST}#destination"
SCHEDULE = f"{MANIFEST}#schedule"
FIELD = f"{MANIFEST}#field"
EVENTS = f"{MANIFEST}#subscribe-action-events"
READ = f"{_SITE}/read-actions"
FIELDS = f"{READ}#required-fields-and-optional-fields"
BACKFILL = f"{READ}#backfill-behavior"
DELIVERY = f"{READ}#delivery-modes"
WRITE = f"{_SITE}/write-actions"
SUBSCRIBE = f"{_SITE}/subscribe-actions"
DESTINATIONS = f"{_SITE}/destinations"
MAPPING = f"{_SITE}/object-and-field-mapping"
PROVIDERS = f"{_SITE}/provider-guides"


def provider_guide(provider: Provider) -> str:
    """Return the guide to a provider or its product; the list of guides where none is known."""
    from amp_schema.objects import has_guide

    product = provider.objects_like or provider.name
    return f"{PROVIDERS}/{product}" if has_guide(product) else PROVIDERS
