"""Conversions between our types and those of the protocol."""
