"""What the server loads before it answers `initialize`."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "amp_lint.editor",
    "amp_lint.explain",
    "amp_lint.incremental",
    "amp_lint.inventory",
    "amp_lint.mending",
    "amp_lint.parse",
    "amp_lint.proposals",
    "amp_lint.recovery",
    "amp_lint.refactorings",
    "amp_lint.renaming",
    "amp_lint.schedule",
    "amp_schema.catalog",
    "amp_schema.objects",
    "argparse",
    "difflib",
    "jsonschema",
    "ruamel.yaml",
)
SCRIPT = f"""
import gc, sys
from amp_language_server.server import create_server
create_server()
print([name for name in {LATER!r} if name in sys.modules], gc.isenabled())
"""


def test_what_a_feature_needs_is_loaded_when_it_is_used() -> None:
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.stdout == "[] True\n", run.stderr
