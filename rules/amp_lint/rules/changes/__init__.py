"""Changes that customers of the old manifest notice: `amp-lint changes` asks these rules."""
