"""Recovery from syntax errors: one finding on the error itself, and all else as without it.

`broken_manifests` and `breaks` are what the tests share: a manifest of three integrations and the
syntax errors that are written into one of them.
"""
