"""Rules about the provider and what the catalog knows of it."""
