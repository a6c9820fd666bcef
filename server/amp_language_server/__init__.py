"""The language server: amp-lint's findings in any editor that speaks LSP."""

from __future__ import annotations

SERVER_NAME = "amp-language-server"
