"""What a manifest may contain, and which providers exist: the data, and how to look things up.

`manifest` answers from the JSON Schema of the manifest, `catalog` from a dated snapshot of the
platform's providers, and `nearest` finds the name that a misspelt one was meant to be.
"""

from __future__ import annotations
