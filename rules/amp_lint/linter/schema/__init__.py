"""Validation of a manifest's shape against the JSON Schema, with messages and fixes of our own."""
