"""Rules about the fields of read objects."""
