"""Rules about keys and values that the schema does not allow."""
