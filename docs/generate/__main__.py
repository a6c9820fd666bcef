"""Generate all files that are made from code: `python docs/generate`, or `make docs`.

Run at the top of the repository. `--check` writes nothing, names the stale files, and exits with 1
if there are any. `--only index` generates the index of rules, which the other generators read.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from generated_files import update

INDEX = ("rule_index",)
OTHERS = (
    "rule_pages",
    "output_examples",
    "command_examples",
    "server_methods",
    "shell_completions",
    "extension_manifest",
    "catalog_page",
)
PAGES = Path("docs/rules")


def main(arguments: list[str]) -> int:
    """Write stale files, or with `--check` name them. Return the exit code."""
    status = 0
    for name in INDEX if "--only" in arguments else OTHERS:
        wanted = dict(import_module(name).generated())
        stray = (
            [one for one in PAGES.glob("*.md") if one not in wanted] if name == "rule_pages" else []
        )
        status |= update(wanted, check="--check" in arguments, stray=stray)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
