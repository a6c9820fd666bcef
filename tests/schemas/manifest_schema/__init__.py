"""The JSON Schema of a manifest: what it accepts, what it says, and how it is looked up.

`manifest_cases` is what the tests share: a manifest with every key, mistakes and what deploys.
"""
