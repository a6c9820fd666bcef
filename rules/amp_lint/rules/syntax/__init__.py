"""Rules about YAML that cannot be read, or is read otherwise than it looks."""
