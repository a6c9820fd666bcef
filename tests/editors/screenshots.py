"""Takes the pictures of `docs/editors.md` in the real editors.

`make screenshots`; needs what `make editors` installs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
IMAGES = HERE.parents[1] / "docs" / "images"
EDITORS = ("codemirror", "jupyterlab", "kate", "vim")


def main() -> int:
    """Write the pictures. The exit code."""
    IMAGES.mkdir(exist_ok=True)
    # The tests take them; here they must not be skipped.
    os.environ["CI"] = "true"
    os.environ["AMP_LINT_EDITOR_PICTURES"] = str(IMAGES)
    return pytest.main([*(str(HERE / name) for name in EDITORS), "-k", "mistake or completion"])


if __name__ == "__main__":
    sys.exit(main())
