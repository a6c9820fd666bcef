"""Writes the rules and the version into `vscode-extension/package.json`.

`python docs/extension.py`, run at the top of the repository; `--check` writes nothing and says
whether the file is out of date (exit code 1).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from amp_lint import __version__
from amp_lint.docs import rule_doc, update
from amp_lint.registry import rules

MANIFEST = Path("vscode-extension/package.json")
LEVELS = ["off", "info", "warning", "error"]


def current(text: str) -> str:
    """The manifest of the extension as it should be."""
    manifest = json.loads(text)
    manifest["version"] = __version__
    severity = manifest["contributes"]["configuration"]["properties"]["ampLint.severity"]
    severity["properties"] = {
        rule.id: {
            "type": "string",
            "enum": LEVELS,
            # Code in a plain text needs no marks.
            "description": rule_doc(rule).summary.replace("`", ""),
        }
        for rule in sorted(rules().values(), key=lambda rule: rule.id)
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the manifest if it is stale, or with `--check` say so. The exit code."""
    text = MANIFEST.read_text("utf-8")
    new = current(text)
    return update({MANIFEST: new}, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
