"""The language server: amp-lint's findings in any editor that speaks LSP."""
