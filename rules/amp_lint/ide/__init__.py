"""What an editor asks about a manifest. Knows nothing of the language server protocol."""
