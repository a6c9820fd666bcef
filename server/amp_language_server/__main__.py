"""`python -m amp_language_server`."""

from __future__ import annotations

import sys

from amp_language_server.main import main

if __name__ == "__main__":
    sys.exit(main())
