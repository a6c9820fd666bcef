"""amp-lint: a linter for Ampersand integration manifests."""

from __future__ import annotations

__version__ = "0.1.0"
