"""Conversions between the types of amp_lint and those of the protocol."""
