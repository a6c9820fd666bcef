"""A revision of a manifest, and what changed between two of them.

`model` holds what the platform reads, typed and with defaults filled in; `matching` pairs what the
old and the new revision have in common.
"""
