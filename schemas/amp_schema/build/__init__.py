"""Building the data files from facts; for maintainers, and not in the wheel."""
