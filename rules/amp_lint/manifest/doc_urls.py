"""The platform's documentation pages, by topic."""

from __future__ import annotations

_SITE = "https://docs.withampersand.com"

MANIFEST = f"{_SITE}/manifest-reference"
READ = f"{_SITE}/read-actions"
WRITE = f"{_SITE}/write-actions"
SUBSCRIBE = f"{_SITE}/subscribe-actions"
DESTINATIONS = f"{_SITE}/destinations"
MAPPING = f"{_SITE}/object-and-field-mapping"
PROVIDERS = f"{_SITE}/provider-guides"
