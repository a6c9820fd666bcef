"""Run the examples of `docs/commands.md` and write their output after them.

An example is a comment with the command, `<!-- $ amp-lint ... -->`, and ends at `<!-- /$ -->`.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path("docs/commands.md")

_EXAMPLE = re.compile(r"(<!-- \$ (?P<command>amp-lint .*?) -->\n).*?(?=<!-- /\$ -->)", re.S)


def shown(example: re.Match[str]) -> str:
    """Return the example with its output. Raises SystemExit for a usage error."""
    command = example["command"]
    _, *arguments = shlex.split(command)
    run = subprocess.run(
        [sys.executable, "-m", "amp_lint", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode not in (0, 1) or run.stderr:
        raise SystemExit(f"{command}: {run.stderr or run.returncode}")
    return f"{example[1]}\n```console\n$ {command}\n{run.stdout}```\n\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the page with current output."""
    yield PAGE, _EXAMPLE.sub(shown, PAGE.read_text("utf-8"))
