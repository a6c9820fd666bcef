"""What a manifest may contain, and which providers, objects and fields exist: data and look-ups.

`manifest` answers from the JSON Schema of the manifest, `catalog` from a dated snapshot of the
platform's providers, `objects` from one of their objects and fields. `nearest` finds the name that
a misspelt one was meant to be; `slips` does so among names that are known only in part.
"""

from __future__ import annotations
