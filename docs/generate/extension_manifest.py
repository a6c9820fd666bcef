"""Generate the rules and the version in `vscode-extension/package.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from amp_lint import __version__
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc

MANIFEST = Path("vscode-extension/package.json")
LEVELS = ["off", "info", "warning", "error"]


def current(text: str) -> str:
    """Return the current manifest of the extension."""
    manifest = json.loads(text)
    manifest["version"] = __version__
    severity = manifest["contributes"]["configuration"]["properties"]["ampLint.severity"]
    severity["properties"] = {
        rule.id: {
            "type": "string",
            "enum": LEVELS,
            # The setting is shown as plain text, without Markdown.
            "description": rule_doc(rule).summary.replace("`", ""),
        }
        for rule in sorted(rules().values(), key=lambda rule: rule.id)
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the manifest of the extension."""
    yield MANIFEST, current(MANIFEST.read_text("utf-8"))
