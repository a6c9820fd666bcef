"""Takes the pictures of the extension's README in the real editor, and draws its icon.

`make screenshots`; needs what `make editors` installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

IMAGES = Path(__file__).parents[3] / "vscode-extension" / "images"
SIZE = 256


def main() -> int:
    """Write the icon and the pictures. The exit code."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("There is no chromium; run `make editors`.\n")
        return 2
    draw(chromium, IMAGES / "icon.svg", IMAGES / "icon.png")
    # The test of the screen takes them; here it must not be skipped.
    os.environ["CI"] = "true"
    os.environ["AMP_LINT_PICTURES"] = str(IMAGES)
    return pytest.main([f"{Path(__file__).parent}/test_window.py", "-k", "screen or reported"])


def draw(chromium: str, drawing: Path, picture: Path) -> None:
    """Make a picture of a drawing."""
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            f"--window-size={SIZE},{SIZE}",
            "--default-background-color=00000000",
            f"--screenshot={picture}",
        ]
        subprocess.run([chromium, *options, drawing.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
