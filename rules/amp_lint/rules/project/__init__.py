"""Rules that compare a manifest with a snapshot of its project."""
