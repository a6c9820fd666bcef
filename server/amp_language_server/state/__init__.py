"""What the server knows: open documents, the workspace, settings."""
