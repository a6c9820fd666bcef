"""Runs the examples of `docs/commands.md` and puts what they print behind them.

`python docs/commands.py`, run at the top of the repository; `--check` writes nothing and says
whether the file is out of date (exit code 1). An example is a comment with the command, `<!-- $
amp-lint ... -->`, and ends at `<!-- /$ -->`.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from amp_lint.docs import update

PAGE = Path("docs/commands.md")

_EXAMPLE = re.compile(r"(<!-- \$ (?P<command>amp-lint .*?) -->\n).*?(?=<!-- /\$ -->)", re.S)


def shown(example: re.Match[str]) -> str:
    """The example with its output. Raises SystemExit where the command was not understood."""
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


def main() -> int:
    """Write the page if it is stale, or with `--check` say so. The exit code."""
    text = PAGE.read_text("utf-8")
    new = _EXAMPLE.sub(shown, text)
    return update({PAGE: new}, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
