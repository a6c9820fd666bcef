"""What the server loads before it answers `initialize`."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "amp_lint.yaml.editor",
    "amp_lint.ide.hover",
    "amp_lint.ide.incremental",
    "amp_lint.ide.workspace_index",
    "amp_lint.linter.fixer",
    "amp_lint.yaml.parser",
    "amp_lint.ide.completion",
    "amp_lint.yaml.recovery",
    "amp_lint.ide.refactor",
    "amp_lint.ide.rename",
    "amp_lint.manifest.cron",
    "amp_schema.catalog",
    "amp_schema.objects",
    "argparse",
    "difflib",
    "jsonschema",
    "ruamel.yaml",
)
SCRIPT = f"""
import gc, sys
from amp_language_server.main import create_server
create_server()
print([name for name in {LATER!r} if name in sys.modules], gc.isenabled())
"""


def test_what_a_feature_needs_is_loaded_when_it_is_used() -> None:
    command = [sys.executable, "-c", SCRIPT]
    run = subprocess.run(command, capture_output=True, text=True, check=True)

    assert run.stdout == "[] True\n", run.stderr
