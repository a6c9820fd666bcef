"""What a manifest may contain, and which providers, objects and fields exist: data and lookups.

`manifest_schema` answers from the JSON Schema of the manifest, `catalog` from a dated snapshot of
the platform's providers, `objects` from one of their objects and fields. `closest_match` finds the
name that a misspelt one was meant to be; `typos` does so among incomplete lists of names.
"""

from __future__ import annotations
